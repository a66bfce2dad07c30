# The command `evenhand route`: outcomes, one-sentence reasons, headings, messages.

route-outcome-assigned = 已分配
route-outcome-pooled = 已入公海
route-outcome-waiting = 待分配
route-outcome-escalated = 待主管處理
route-outcome-no-rule = 無適用規則

route-why-fair-share = 規則「{ $rule }」：待補最多
route-why-owed = 規則「{ $rule }」：計入本筆後待補 { $owed } 分，排在最前
route-why-owed-and-fit = 規則「{ $rule }」：計入本筆後待補 { $owed } 分，加上適配加分 { $bonus } 分，排在最前
route-why-random = 規則「{ $rule }」：隨機校準，在待補相近的同事中隨機選出
route-why-rotation = 規則「{ $rule }」：依筆數輪到
route-why-best-fit = 規則「{ $rule }」：適配度最高
route-why-owner = 規則「{ $rule }」：由原負責人跟進
route-why-person = 規則「{ $rule }」：指定負責人
route-why-overflow = 規則「{ $rule }」：無人可接，轉給後備負責人
route-why-planned = 批次計畫
route-why-manual = 人工指定
route-why-pooled = 規則「{ $rule }」：進入公海「{ $where }」
route-why-pooled-because = 規則「{ $rule }」：進入公海「{ $where }」（{ $why }）
route-why-waiting = 規則「{ $rule }」：暫留待分配（{ $why }）
route-why-escalated = 規則「{ $rule }」：交由 { $where } 決定（{ $why }）
route-why-no-rule = 沒有規則適用於這筆名單
route-why-no-rule-because = 適用的規則都未能分出（{ $why }）

route-column-row = 列號
route-column-outcome = 分配結果
route-column-owner = 負責人
route-column-owner-id = 負責人編號
route-column-why = 分配依據
route-column-rule = 規則
route-column-grade = 名單等級
route-column-points = 名單分值
route-column-mentor = 帶教人
route-column-item = 名單編號
route-column-column = 欄位
route-column-value = 值
route-column-reason = 原因
route-column-first-row = 首次出現列號

route-sheet-assignments = 分配結果
route-reading = 正在分配
route-done = 共 { $rows } 列：已分配 { $assigned }，未分配 { $left }，重複 { $repeated }，無法使用 { $rejected }。
route-sound = 台帳核對：各等級合計為零；離應得最遠 { $furthest } 分，理論上限 { $bound } 分。
route-unsound = 台帳核對未通過：請保留 { $file } 並回報給我們。
route-files = 結果在 { $folder }：
route-compact = 超過 { $limit } 列：不產生 XLSX 與報告，分配依據為精簡格式（可用 explain 還原）。
route-assumed = 說明：
route-team-cell = 團隊表第 { $row } 列，「{ $column }」欄，這個值沒有用：{ $why }
route-planning = 先讀完所有列，再整批安排……
route-planned = 批次計畫：{ $plans } 個計畫共安排 { $items } 筆，{ $left } 筆沒有空位；適配×分值 { $value }（{ $optimal ->
    [yes] 已證明最佳
   *[no] 未證明最佳
}；{ $solver }）。
route-plan-too-large = { $items } 筆改為逐筆分配：已安裝的求解器算不了這麼大的計畫；可安裝 evenhand[optimise]。
route-replaced = 原有結果已移到 { $folder }。

cannot-access = { $file ->
    [no-value] 無法寫入：{ $what }；請檢查磁碟空間
   *[other] 無法讀寫 { $file }：{ $what }；請檢查路徑和權限
}
interrupted = 已中斷，沒有作任何變更。

book-done = 已登記 { $booked } 項變更，{ $refused } 項未登記。
book-refused = 第 { $row } 列未登記：{ $why }

replay-running = 正在重算
replay-done = 已重算 { $runs } 次執行、{ $decisions } 筆分配、{ $edits } 項變更。
replay-identical = 與分配依據逐位元組一致。
replay-differs = 有 { $count } 行與重算結果不一致：
replay-line = 第 { $line } 行：

route-default-group = 全員
route-default-owner-rule = 老客戶歸原負責人
route-default-share-rule = 公平分配

explain-unknown-lead = 分配依據中沒有名單 { $lead }。請核對名單編號。
explain-unknown-rep = 團隊中沒有「{ $rep }」。請寫員工編號，或不重複的姓名。
explain-differs = 注意：檔案記錄的負責人與依規則重算的結果不一致，請執行 evenhand replay 核對。
explain-edit-void = 之後作廢（經辦人：{ $by }；原因：{ $note }）
explain-edit-transfer = 之後轉交給 { $to }（經辦人：{ $by }；原因：{ $note }）
explain-edit-return = 之後退回（經辦人：{ $by }；原因：{ $note }）
explain-edit-claim = 之後由 { $to } 領取（經辦人：{ $by }；原因：{ $note }）
explain-edit-assign = 之後指定給 { $to }（經辦人：{ $by }；原因：{ $note }）
explain-edit-credit = 之後為 { $to } 補分（經辦人：{ $by }；原因：{ $note }）
explain-colleague = 同事 { $number }
