# 試算表檔案：哪裡讀不出來、作了什麼假定、怎麼改。

# 讀不了的檔案
sheet-area-too-large = { $file }：工作表「{ $sheet }」有 { $cells } 個儲存格，上限 { $limit }；請刪除表格以外的零散內容，或另存為 CSV
sheet-cell-too-large = { $file }：第 { $row } 列有一格超過 { $limit } 個字元；請縮短，或檢查這一列的引號是否沒有結束
sheet-damaged = { $file } 已損毀或不完整（{ $detail }）；請用試算表軟體開啟，另存後再試
sheet-empty = { $file } 裡沒有資料列；請確認選對了檔案和工作表
sheet-extension-unknown = { $file }：不讀取「{ $extension }」檔案；請另存為 .xlsx、.csv 或 .json
sheet-extension-wrong = { $found ->
    [an-old-xls-workbook] { $file } 的內容是舊版 .xls；請另存為 .xlsx
    [a-web-page] { $file } 的內容是網頁；請用試算表軟體開啟，另存為 .xlsx
    [plain-text] { $file } 的內容是純文字；請把副檔名改為 .csv，或另存為 .xlsx
    [a-pdf-document] { $file } 的內容是 PDF；請匯出為 .xlsx 或 .csv
    [an-image] { $file } 的內容是圖片；請匯出為 .xlsx 或 .csv
    [gzip-unpack-it-first] { $file } 是壓縮檔；請先解壓縮
    [a-rar-archive-unpack-it-first] { $file } 是壓縮檔；請先解壓縮
    [a-7-zip-archive-unpack-it-first] { $file } 是壓縮檔；請先解壓縮
   *[other] { $file } 的內容與副檔名不符；請用試算表軟體開啟，另存為 .xlsx 或 .csv
}
sheet-file-absent = 找不到 { $file }；請檢查路徑
sheet-file-closed = 無權讀取 { $file }（{ $detail }）；請檢查權限
sheet-json-broken = { $file } 不是有效的 JSON：第 { $line } 行讀不下去；可能沒有匯出完整，請重新匯出
sheet-json-no-rows = { $file } 裡沒有物件清單；請把各列存成物件清單，每個物件寫明欄位和值
sheet-json-not-an-object = { $file }：第 { $row } 列不是物件；每列都要寫明欄位和值
sheet-json-too-deep = { $file }：第 { $line } 行巢狀超過 { $limit } 層；請只匯出資料列
sheet-json-too-large = { $file } 超過 { $limit } MB；請拆成幾個檔案，或存為 CSV
sheet-line-too-long = { $file } 有一行超過 { $limit } 位元組，不像表格；請檢查檔案
sheet-nul-bytes = { $file } 裡有文字不會有的空位元組；請重新匯出為 CSV（UTF-8）或 XLSX
sheet-old-excel = { $file } 是舊版 .xls；請用試算表軟體開啟，另存為 .xlsx
sheet-password = { $file } 有密碼保護；請移除密碼後另存
sheet-quote-open = { $file }：第 { $row } 列的引號沒有結束；請補上，引號本身是內容時寫兩個
sheet-sheet-unknown = { $file } 裡沒有工作表「{ $sheet }」；可選：{ $sheets }
sheet-too-many-columns = { $file } 有 { $columns } 欄，上限 { $limit } 欄；請只留需要的欄，或檢查分隔符號
sheet-too-many-rows = { $file }：一張工作表最多 { $limit } 列；請改寫 CSV，或分成幾份
sheet-zip-too-dense = { $file } 解壓縮後是原來的 { $ratio } 倍（上限 { $limit } 倍），不像正常檔案；請用試算表軟體開啟後另存
sheet-zip-too-large = { $file } 解壓縮後超過 { $limit } MB；請分成幾份，或另存為 CSV

# 對檔案的假定
sheet-characters-damaged = 有 { $count } 個字元已損毀，第一個在第 { $line } 行，已換成 �；請讀入後查看
sheet-encoding-assumed = 以 { $encoding } 編碼讀取；如果文字不對，請另存為 CSV UTF-8
sheet-error-cells = 有 { $count } 格是公式錯誤，第一格是 { $first }；請改好公式
sheet-header-doubled = 有兩欄都叫「{ $column }」，後一欄改稱「{ $renamed }」；請給每欄不同的名稱
sheet-header-missing = 沒有找到標題列，各欄以 A、B、C 稱呼；請在第一列寫上欄名
sheet-json-list = 讀取的是「{ $path }」裡的各個物件
sheet-json-other-lists = 另外幾個物件清單沒有讀：{ $others }
sheet-other-sheets = 只讀了工作表「{ $sheet }」，沒有讀：{ $others }
sheet-rows-above-header = 跳過了標題列（第 { $row } 列）上面的 { $count } 列

# 不是資料的列
sheet-row-example = 範例或填寫說明，已跳過
sheet-row-footer = 表格下方的說明，已跳過
sheet-row-header-again = 重複的標題列，已跳過
sheet-row-total = 合計列，已跳過
sheet-row-of-file-too-long = { $file } 第 { $row } 列有 { $cells } 格，標題只有 { $columns } 欄；內容裡有分隔符號時請加引號
sheet-row-too-long = 這一列有 { $cells } 格，標題只有 { $columns } 欄；內容裡有分隔符號時請加引號

# 儲存格
sheet-boolean-unreadable = 「{ $value }」看不出是或否；請寫是或否
sheet-cell-error = 「{ $value }」是公式錯誤；請改好公式
sheet-date-ambiguous = 「{ $value }」可能是 { $day-first }，也可能是 { $month-first }；請寫成 2026-03-01
sheet-date-unreadable = 「{ $value }」不是日期；請寫成 2026-03-01 或 2026-03-01 08:05
sheet-digits-lost = 「{ $value }」少了數字：試算表只保留 15 位；請先把欄設為文字再填寫和匯出
sheet-email-masked = 「{ $value }」是遮蔽過的電子郵件；請匯出完整的位址
sheet-email-unreadable = 「{ $value }」不是電子郵件；請寫成 name@example.com
sheet-number-range = 「{ $value }」是一個範圍；請寫一個數字，或把這一欄當文字
sheet-number-unreadable = 「{ $value }」不是數字；請寫 12000 或 1.2萬 這樣的數字
sheet-outcome-unknown = 「{ $value }」看不出結果；請寫成交、流失、跟進中或無效
sheet-period-unreadable = 「{ $value }」不是期間；請寫成 2026-05-01~2026-05-05，多段以分號隔開
sheet-phone-digits-lost = 「{ $value }」少了數字：試算表把號碼變成了科學記號；請把欄設為文字後重新匯出
sheet-phone-invented = 「{ $value }」不像真實號碼；請核對
sheet-phone-masked = 「{ $value }」是遮蔽過的號碼；請匯出完整的號碼
sheet-phone-too-long = 「{ $value }」有 { $digits } 位，最多 15 位；請核對
sheet-phone-too-short = 「{ $value }」只有 { $digits } 位；請補齊
sheet-phone-unreadable = 「{ $value }」不是電話號碼；請只寫數字
sheet-wallclock-unreadable = 「{ $value }」不是時刻；請寫成 09:30

# 欄
sheet-column-content-differs = 「{ $column }」欄的名稱像{ $role }，內容卻大多不是，已當作自訂欄位保留；不對的話用 --map 指定
sheet-column-doubled = 「{ $kept }」和「{ $column }」欄都像{ $role }，用了前一欄；不對的話用 --map 指定
sheet-column-guessed = 「{ $column }」欄依內容認作{ $role }；不對的話用 --map 指定
sheet-column-shares = 「{ $column }」欄的數字以份額理解：{ $example } 即 { $percent }%；不對的話請寫成 100% 這樣
sheet-column-unit = 「{ $column }」欄依標題的單位乘以 { $factor }；不對的話請改欄名
sheet-columns-custom = 當作自訂欄位保留：{ $columns }；另有用途的用 --map 指定
sheet-columns-fall-back = { $columns } 都是{ $role }，取先填的一欄；不對的話用 --map 指定
sheet-columns-joined = { $columns } 合起來是{ $role }；不對的話用 --map 指定
sheet-date-order-mixed = 「{ $column }」欄的日期有的先日後月、有的先月後日，看不出來的沒有採用；請寫成 2026-03-01
sheet-date-order-shown = { $order ->
    [day] 「{ $column }」欄的日期以先日後月讀（見「{ $value }」）；不對的話請寫成 2026-03-01
   *[month] 「{ $column }」欄的日期以先月後日讀（見「{ $value }」）；不對的話請寫成 2026-03-01
}
sheet-date-order-unknown = 「{ $column }」欄的日期先日還是先月看不出來（例如「{ $value }」），沒有採用；請寫成 2026-03-01

# --map
sheet-map-column-twice = --map 兩次寫了「{ $column }」欄；請只留一次
sheet-map-column-unknown = --map：沒有「{ $column }」欄；現有的欄：{ $columns }
sheet-map-role-unknown = --map：沒有「{ $role }」這種用途；可用：{ $roles }
sheet-map-unreadable = --map：看不懂「{ $text }」；請寫成 欄名=用途
