# 分配試算表時的假定與問題：名單列、團隊表、狀態檔。

route-all-worth-the-same = 沒有等級和分值，每筆名單都以 { $points } 分計
route-already-routed = { $id } 上次已分配，這次略過
route-at-unreadable = 「{ $value }」不是可用的時間；請寫成 2026-11-23T09:00
route-default-policy = 沒有給分配規則，用了預設規則；見輸出裡的 policy.yaml
route-duplicate-email = 電子郵件與第 { $first-row } 列相同，算同一筆名單
route-duplicate-id = 編號與第 { $first-row } 列相同，算同一筆名單
route-duplicate-phone = 電話與第 { $first-row } 列相同，算同一筆名單
route-fields-absent = 規則要看 { $fields }，名單表沒有這樣的欄位，都當作空白
route-fit-learnt = 適配度由 { $reps } 人的 { $outcomes } 筆過往結果學得
route-history-rows-left-out = 過往紀錄裡有 { $count } 列的格數比標題多，沒有計入，例如第 { $first } 列；內容裡有分隔符號時請加引號
route-history-strangers = { $count ->
    [1] 過往紀錄裡的負責人 { $names } 不在團隊表中
   *[other] 過往紀錄裡有 { $count } 位負責人不在團隊表中，例如 { $names }
}
route-kind-unknown = 「{ $value }」不是分配項目的種類；可寫名單、待辦事項、客戶、商機、據點
route-state-in-use = 另一次執行正在使用 { $file }。沒有更動任何內容：請等它結束，或換一個 --state
route-folder-in-use = 另一次執行正在使用 { $folder }。沒有更動任何內容：請等它結束，或換一個 --out
route-helper-lost = 第二個行程沒有做完就結束了（代碼 { $code }）：可能被終止，或記憶體不足。沒有寫入任何結果；用 --processes 1 可不用第二個行程
route-plan-too-long = --plan 最多處理 { $limit } 列；請去掉 --plan，或拆分表格
receipts-unreadable = { $line ->
    [no-value] 這不是完整的分配依據檔；請給 evenhand route 寫出的 receipts.jsonl，或從備份還原
   *[other] 分配依據第 { $line } 行讀不懂；請給 evenhand route 寫出的 receipts.jsonl，或從備份還原
}
state-newer = { $file } 由較新的版本寫成；請升級後再試
state-of-another-run = { $file } 不是這次分配的狀態檔；請用 --state 指定這次的
state-unreadable = { $file } 不是分配的狀態檔；請從備份還原，或移除它重新開始
team-id-twice = 團隊表第 { $row } 列：{ $id } 出現了兩次；請給每人不同的編號
team-nobody = 團隊表裡沒有人；請至少寫一位業務
team-row-without-name = 這一列沒有姓名和編號；請補上

# 異動表（evenhand book）
act-void = 作廢
act-transfer = 轉交
act-return = 退回
act-claim = 領取
act-assign = 指定
act-credit = 補分
act-extend = 延期
edit-act-unknown = { $value ->
    [no-value] 沒有寫操作；可寫：{ $acts }
   *[other] 「{ $value }」不是一種操作；可寫：{ $acts }
}
edit-already-owned = { $item } 已有負責人 { $rep }；要換人請寫轉交
edit-already-void = { $item } 已經作廢
edit-item-missing = 沒有寫名單編號；請補上
edit-item-unknown = 分配紀錄裡沒有 { $item }；請核對編號
edit-not-owned = { $item } 目前沒有負責人，不能轉交或退回
edit-person-left = { $name } 已離職或停用，不再接收；請寫別人
edit-person-missing = 沒有寫給誰；請補上
edit-person-unknown = 團隊裡沒有「{ $name }」；請核對
edit-points-missing = 補分要寫分值；請補上
edit-points-out-of-range = 分值 { $value } 不在 0 到 { $limit } 之間
edit-rate-out-of-range = 返還比例 { $value } 不在 0 到 100 之間
