# 分配報告（evenhand route 寫出的 report.html）。說事實、說怎麼辦，不說人。

report-title = 名單分配報告
report-product = 衡派
report-subtitle = { $file } · { $rows } 列 · { $reps } 位業務
report-made = 分配時間 { $at }（{ $zone }）· 第 { $run } 次執行 · 分配規則 { $policy }

# 首屏
report-card-rows = 讀到的列
report-card-rows-note = 空白列不計
report-card-assigned = 已分配
report-card-assigned-note = 占可用名單的 { $share }
report-card-unassigned = 未分配
report-card-unassigned-note = { $outcome } { $count }
report-card-none-left = 全部分出
report-card-repeated = 重複
report-card-repeated-note = 同一筆名單只分一次
report-card-rejected = 無法使用
report-card-rejected-note = 見 rejected.csv
report-card-none-rejected = 每一列都能用
report-card-furthest = 離應得最遠
report-card-furthest-note = { $name }，{ $side ->
    [owed] 待補
    [ahead] 已超
   *[even] 持平
}{ $group ->
    [no-value] {""}
   *[other] （{ $group }）
}；理論上限 { $bound }
report-card-nothing-booked = 本次沒有記帳
report-card-sum = 台帳核對
report-card-sum-good = 通過
report-card-sum-bad = 未通過
report-card-sum-good-note = 每個等級的待補與已超相抵為零
report-card-sum-bad-note = 請保留 receipts.jsonl 並回報給我們

report-amount = { $unit ->
    [turns] { $amount } 筆
   *[points] { $amount } 分
}
report-owed = { $sign ->
    [owed] 待補 { $amount }
    [ahead] 已超 { $amount }
   *[even] 持平
}
report-names-more = { $shown } 等 { $count } 人
report-dash = –
report-share-of-all = { $percent }%

report-chart = 誰分到了什麼
report-chart-desc = 橫條是本次實得，依名單等級分段；直線是應得（含前次結轉）。橫條短於直線就是待補，長於直線就是已超。
report-chart-unit = { $unit ->
    [turns] 單位：筆。直線是應得（含前次結轉），與橫條的差就是餘額。
   *[points] 單位：分。直線是應得（含前次結轉），與橫條的差就是餘額。
}
report-chart-cut = 圖中是餘額最大的 { $shown } 人，共 { $all } 人；全部在下方表格裡。
report-chart-due = 應得
report-chart-empty = 本次沒有分出名單。

report-attention = 需要處理
report-attention-none = 沒有需要處理的事。
report-attention-unsound = 台帳核對未通過。請保留 receipts.jsonl 並回報給我們。
report-attention-unassigned = { $count } 筆未分配，原因與作法見下
report-attention-pooled = { $count } 筆依規則進了公海
report-attention-direct = { $name } { $balance }，超出逐筆比較時的上限 { $bound }：來自不經比較直接記帳的名單（老客戶、指定人員等）
report-attention-rejected = { $count } 列無法使用；改好後再放進表格，下次會分
report-attention-repeated = { $count } 列重複，沒有再分
report-attention-nothing = { $count } 位在職同仁本次沒有分到：{ $names }
report-attention-rules = { $count } 條規則沒有作用：{ $names }
report-attention-team = 團隊表有 { $count } 個儲存格沒有用上
report-attention-unbooked = { $count } 筆沒有別人能接，不記帳

report-ask = 想知道為什麼
report-ask-text = 每筆名單都有分配依據。在結果資料夾裡執行：
report-ask-why = 這筆為什麼分給了這位同仁
report-ask-why-not = 為什麼沒有分給另一位同仁，怎樣才會
report-ask-replay = 把所有分配重算一遍，與分配依據核對
report-ask-book = 主管調整後記帳（作廢、轉交、指定）

report-more = 詳細

# 每個人
report-people = 每個人分到的
report-people-of = { $kind ->
    [value] 名單分值
    [work] 工作量點數
   *[count] 筆數（依權重輪流）
}
report-people-text = 應得：每筆名單的分值依權重記給每位能接的同仁，加起來就是應得。實得：分到的名單整筆記入。餘額 = 前次結轉 + 應得 − 實得；待補的人下次優先，已超的人下次靠後。
report-people-count-text = 依權重輪流的規則只數筆數：每筆算一份，與分值無關。
report-people-work-text = 待辦事項以工作量點數另外記帳，不與名單分值相加。
report-head-person = 業務
report-head-items = 筆數
report-head-grade = 等級 { $grade }
report-head-received = 實得
report-head-entitled = 應得
report-head-before = 前次結轉
report-head-balance = 餘額
report-head-unbooked = 不記帳
report-head-weight = 權重
report-head-load = 在手 / 上限
report-total = 合計
report-unlimited = 不限
report-weight-base = 基礎 { $value }
report-weight-ramp = 上手期 { $value }
report-weight-merit = 業績 { $value }
report-weight-adjustment = 臨時 { $value }
report-weight-range = { $low } – { $high }
report-weight-varies = 因等級或條件而異
report-all-grades = 不分等級

# 公平核對
report-proof = 公平核對
report-proof-text = 每筆名單記給大家的應得，與接到的人付出的分值相等，所以每個等級裡所有人的餘額加起來必須正好是零。任何人離零不會超過理論上限，不論誰請假、誰能接什麼。
report-proof-whole-company = 全公司
report-proof-title = { $group } · { $kind }
report-proof-good = 合計為零，在上限之內
report-proof-bad = 未通過
report-proof-furthest = 離應得最遠：{ $name }，{ $balance }。
report-proof-even = 每個人都正好持平。
report-proof-bound = 理論上限 { $bound }：（最大單筆 { $largest } + 優先區間 { $slack }）×（參與過的人數 { $people } − 1）÷ 2{ $has-shift ->
    [yes] {" "}+ 不經比較直接記帳的部分（交給負責人、人員離開、主管調整等）{ $shift }
   *[no] {""}
}。
report-proof-jain = Jain 指數 { $jain }：以實得 ÷ 應得計算，1 表示人人恰好依應得分到；名單越多越接近 1。
report-proof-departed = { $name } 已離開，{ $balance }，由其餘同仁分攤。
report-proof-departed-even = { $name } 已離開，餘額為零。
report-proof-none = 沒有使用台帳：本次沒有依應得或輪流分出的名單。
report-head-grade-book = 等級
report-head-dealt = 本次筆數
report-head-dealt-points = 本次分值
report-head-owed-sum = 待補合計
report-head-ahead-sum = 已超合計
report-head-sum = 兩者相抵

# 批次計畫
report-plan = 批次計畫
report-plan-text = 這批名單是一次統籌分配的。計畫依序追求三件事：沒分出去的名單盡量少；每個人盡量接近應得；適配×分值盡量高。任何人都不會超過容量上限。
report-plan-value-text = 適配×分值：一筆 8 分的名單，適配度 0.5，計 4 分。逐筆分配：同樣的名單一筆一筆分的結果。最佳上限：在同樣少的未分出、同樣接近應得的前提下，任何計畫都不可能超過的值。
report-plan-no-value = 這裡沒有誰比別人更適合某筆名單，適配上沒有可最佳化的：每個人依應得分到，四捨五入到整筆。
report-plan-together = 適配×分值 { $value }，逐筆分配 { $in-turn }：{ $compared ->
    [more] 統籌多出 { $difference }
    [less] 為了前兩個目標，統籌少了 { $difference }
   *[same] 統籌沒有差別
}。{ $bound ->
    [no-value] {""}
   *[other] 最佳上限 { $bound }。
}
report-plan-sequence = 有 { $count } 筆超出了已安裝求解器的能力，改為逐筆分配。
report-plan-best = 已證明最佳
report-plan-near = 未證明最佳
report-plan-short-unit = { $kind ->
    [flow] 筆
   *[gap] 分
}
report-plan-left-in-turn = { $count } 筆未分出
report-head-plan-of = 等級
report-head-plan-items = 筆數
report-head-plan-left = 未分出
report-head-plan-short = 離應得還差
report-head-plan-value = 適配×分值
report-head-plan-in-turn = 逐筆分配
report-head-plan-bound = 最佳上限
report-head-plan-proved = 結論

# 誰沒有參與
report-excluded = 誰沒有參與分配，為什麼
report-excluded-text = 一筆名單只要有一條規則能分給某人，就不算排除。直接給負責人、指定人員或公海的名單不計。
report-excluded-none = 沒有人被排除：每筆名單人人都能接。
report-excluded-people = { $people } 人 · { $items } 筆名單
report-excluded-inactive = 已停用，任何名單都不分：{ $names }
report-excluded-outside = 不在任何分配組裡，只會收到指定給本人的名單：{ $names }
report-head-missed = 沒有參與的筆數
report-head-detail = 最常見的情形
report-kept-availability-on-leave = 請假
report-kept-availability-switched-off = 接單開關已關閉
report-kept-closed = 不在工作時間
report-kept-capacity-open-items = 在手筆數到達容量上限
report-kept-capacity-open-points = 在手分值到達容量上限
report-kept-capacity-window-items = 時段內筆數到達上限
report-kept-capacity-window-points = 時段內分值到達上限
report-kept-weight-zero = 權重為 0
report-kept-level-does-not-take = 業務職級不承接這一類
report-kept-level-no-mentor = 進階名單沒有帶教人
report-kept-level-unknown = 業務職級不在分配規則裡
report-kept-match-region = 不在負責地區
report-kept-match-industry = 不在負責產業
report-kept-match-product = 不在負責產品
report-kept-match-skill = 技能不符
report-kept-match-language = 語言不符
report-kept-condition = 不符合規則的人員條件
report-kept-other = 其他原因

# 未分配
report-unassigned = 未分配的名單
report-unassigned-none = 每筆可用的名單都分出了。
report-unassigned-text = 待分配、待主管處理與無適用規則的名單沒有記入「已分配過」：處理好原因，用同一個結果資料夾再執行一次，它們會重新分配。
report-heap-title = { $outcome }：{ $count } 筆
report-heap-rule = 規則「{ $rule }」
report-heap-why = 原因：{ $why }
report-heap-causes = 主要原因：{ $causes }
report-heap-cause = { $label }（{ $people } 人）
report-remedy = 作法：{ $advice }
report-remedy-pooled = 同仁可以在公海領取。如果不該進公海，改這條規則的去向。
report-remedy-escalated = 請 { $where } 決定歸誰，再用 evenhand book 登記，台帳就會記上。
report-remedy-no-rule = 在規則最後加一條沒有條件的規則，接住其餘的名單。
report-remedy-group-empty = 分配組裡還沒有人：改分配組的條件，或在團隊表裡補上人。
report-remedy-full = 人人都到了容量上限：請同仁處理在手的名單，或提高上限，或寫明無人可接時轉給誰。
report-remedy-departed = 原負責人已離開：給這家公司定一位新負責人，或把 if_departed 改成 next_rule。
report-remedy-owner-none = 沒有負責人：補上負責人，或把無人可接時改成下一條規則。
report-remedy-match-region = 沒有人負責這些地區：在團隊表的負責地區裡加上，或另寫一條不看地區的規則。
report-remedy-match-industry = 沒有人負責這些產業：在團隊表的產業裡加上，或從規則的 match 裡去掉產業。
report-remedy-match-product = 沒有人負責這些產品：在團隊表的產品裡加上，或從規則的 match 裡去掉產品。
report-remedy-match-skill = 沒有人有這項技能：在團隊表的技能裡加上，或從規則的 match 裡去掉技能。
report-remedy-match-language = 沒有人會這種語言：在團隊表的語言裡加上，或從規則的 match 裡去掉語言。
report-remedy-level = 沒有合適職級的人能接：放寬業務職級承接的範圍，或把合適的人加進分配組。
report-remedy-away = 能接的人現在都不在：等人回來再執行一次，或寫明無人可接時轉給誰。
report-remedy-weight = 能接的人權重都是 0：在團隊表裡給出權重。
report-remedy-who = 沒有人符合這條規則的人員條件（who）：放寬條件，或寫明無人可接時轉給誰。
report-remedy-other = 寫明無人可接時轉給誰：下一條規則、公海或後備負責人。
report-head-row = 列號
report-head-item = 名單編號
report-head-company = 公司
report-head-outcome = 結果
report-head-points = 分值
report-head-why = 原因
report-first-rows = 列出前 { $shown } 筆，共 { $all } 筆；全部在 { $file } 裡。

# 規則
report-rules = 規則起了什麼作用
report-rules-text = 依順序問：第一條符合條件又找得到人的規則定去向。
report-head-rule = 規則
report-head-when = 條件
report-head-to = 分給
report-head-applied = 符合條件
report-head-assigned = 分出
report-head-otherwise = 未分出
report-head-passed = 轉下一條
report-head-state = 狀態
report-when-always = 全部名單
report-state-fired = 起作用
report-state-not-reached = 沒輪到：上面的規則已經分完
report-state-led-nowhere = 沒有找到人
report-state-never-applied = 沒有名單符合條件
report-state-off = 已停用
report-to-fair-share = 依應得分給「{ $group }」
report-to-rotation = 依權重輪流分給「{ $group }」
report-to-best-fit = 最佳適配，「{ $group }」
report-to-owner = { $of ->
    [company] 公司的負責人
    [territory] 業務區域的負責人
   *[collector] 採集人
}
report-to-person = 指定人員 { $rep }
report-to-pool = 公海「{ $pool }」
report-if-nobody = { $do ->
    [next-rule] 無人可接：下一條規則
    [wait] 無人可接：待分配
    [pool] 無人可接：進公海「{ $where }」
    [overflow] 無人可接：{ $where } 後備
   *[escalate] 無人可接：{ $where } 決定
}
report-causes = 憑什麼分到的
report-cause-fair-share = 依應得 { $count }
report-cause-rotation = 依權重輪流 { $count }
report-cause-best-fit = 最佳適配 { $count }
report-cause-owner = 原負責人 { $count }
report-cause-person = 指定人員 { $count }
report-cause-overflow = 後備負責人 { $count }
report-cause-planned = 批次計畫 { $count }
report-cause-manual = 人工指定 { $count }
report-cause-random = 隨機校準 { $count }

# 無法使用與重複的列
report-rows = 無法使用的列與重複的列
report-rows-none = 沒有無法使用的列，也沒有重複的列。
report-rejected = 無法使用的列：{ $count }
report-repeated = 重複的列：{ $count }
report-head-column = 欄位
report-head-value = 值
report-team-cells = 團隊表裡沒有用上的儲存格：{ $count }
report-team-cells-text = 這些人照常參與分配，只是沒有這一項。

# 說明
report-notes = 說明與設定
report-notes-none = 沒有需要說明的假定。
report-setting-policy = 分配規則
report-setting-moment = 分配時間
report-setting-seed = 公司種子
report-setting-tau = 適配加分上限 τ
report-setting-band = 優先區間
report-setting-grades = 等級分帳
report-setting-fit = 適配度
report-setting-hours = 工作時間
report-setting-exploration = 隨機校準
report-setting-files = 結果檔案
report-on = 使用
report-off = 不用
report-fit-none = 不用（τ 不起作用）
report-fit-declared = 依登記的範圍
report-fit-learnt = 從歷史結果學到
report-hours-ignore = 不影響分配
report-hours-exclude = 下班不分
report-moment = { $at }（{ $zone }）

# 附帶的例子
demo-files = 例子的輸入在 { $folder }：名單表、團隊表、分配規則與歷史紀錄。
demo-report = 開啟報告：{ $report }
demo-why = 問一筆為什麼：{ $command }
demo-next = 換成自己的兩張表：{ $command }
demo-checkup = 看看過去一年分得怎樣：{ $command }
demo-folder-in-use = { $folder } 裡是您自己的結果，例子不會動它；請用 --out 換一個資料夾。
