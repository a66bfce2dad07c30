# 表格文件：哪里读不出、作了什么假定、怎么改。

# 读不了的文件
sheet-area-too-large = { $file }：工作表“{ $sheet }”有 { $cells } 个单元格，上限 { $limit }；请删去表格以外的零散内容，或另存为 CSV
sheet-cell-too-large = { $file }：第 { $row } 行有一格超过 { $limit } 个字符；请缩短，或检查这一行的引号是否没有结束
sheet-damaged = { $file } 已损坏或不完整（{ $detail }）；请用表格软件打开，另存后再试
sheet-empty = { $file } 里没有数据行；请确认选对了文件和工作表
sheet-extension-unknown = { $file }：不读取“{ $extension }”文件；请另存为 .xlsx、.csv 或 .json
sheet-extension-wrong = { $found ->
    [an-old-xls-workbook] { $file } 的内容是旧版 .xls；请另存为 .xlsx
    [a-web-page] { $file } 的内容是网页；请用表格软件打开，另存为 .xlsx
    [plain-text] { $file } 的内容是纯文本；请把扩展名改为 .csv，或另存为 .xlsx
    [a-pdf-document] { $file } 的内容是 PDF；请导出为 .xlsx 或 .csv
    [an-image] { $file } 的内容是图片；请导出为 .xlsx 或 .csv
    [gzip-unpack-it-first] { $file } 是压缩文件；请先解压
    [a-rar-archive-unpack-it-first] { $file } 是压缩文件；请先解压
    [a-7-zip-archive-unpack-it-first] { $file } 是压缩文件；请先解压
   *[other] { $file } 的内容与扩展名不符；请用表格软件打开，另存为 .xlsx 或 .csv
}
sheet-file-absent = 找不到 { $file }；请检查路径
sheet-file-closed = 无权读取 { $file }（{ $detail }）；请检查权限
sheet-json-broken = { $file } 不是有效的 JSON：第 { $line } 行读不下去；可能没导完整，请重新导出
sheet-json-no-rows = { $file } 里没有对象列表；请把各行存成对象列表，每个对象写明字段和值
sheet-json-not-an-object = { $file }：第 { $row } 行不是对象；每行都要写明字段和值
sheet-json-too-deep = { $file }：第 { $line } 行嵌套超过 { $limit } 层；请只导出数据行
sheet-json-too-large = { $file } 超过 { $limit } MB；请拆成几个文件，或存为 CSV
sheet-line-too-long = { $file } 有一行超过 { $limit } 字节，不像表格；请检查文件
sheet-nul-bytes = { $file } 里有文本不会有的空字节；请重新导出为 CSV（UTF-8）或 XLSX
sheet-old-excel = { $file } 是旧版 .xls；请用表格软件打开，另存为 .xlsx
sheet-password = { $file } 有密码保护；请去掉密码后另存
sheet-quote-open = { $file }：第 { $row } 行的引号没有结束；请补上，引号本身是内容时写两个
sheet-sheet-unknown = { $file } 里没有工作表“{ $sheet }”；可选：{ $sheets }
sheet-too-many-columns = { $file } 有 { $columns } 列，上限 { $limit } 列；请只留需要的列，或检查分隔符
sheet-too-many-rows = { $file }：一张工作表最多 { $limit } 行；请改写 CSV，或分成几份
sheet-zip-too-dense = { $file } 解压后是原来的 { $ratio } 倍（上限 { $limit } 倍），不像正常文件；请用表格软件打开后另存
sheet-zip-too-large = { $file } 解压后超过 { $limit } MB；请分成几份，或另存为 CSV

# 对文件的假定
sheet-characters-damaged = 有 { $count } 个字符已损坏，第一个在第 { $line } 行，已换成 �；请读入后查看
sheet-encoding-assumed = 按 { $encoding } 编码读取；如果文字不对，请另存为 CSV UTF-8
sheet-error-cells = 有 { $count } 格是公式错误，第一格是 { $first }；请改好公式
sheet-header-doubled = 有两列都叫“{ $column }”，后一列改称“{ $renamed }”；请给每列不同的名称
sheet-header-missing = 没有找到表头，各列按 A、B、C 称呼；请在第一行写上列名
sheet-json-list = 读取的是“{ $path }”里的各个对象
sheet-json-other-lists = 另外几个对象列表没有读：{ $others }
sheet-other-sheets = 只读了工作表“{ $sheet }”，没有读：{ $others }
sheet-rows-above-header = 跳过了表头（第 { $row } 行）上面的 { $count } 行

# 不是数据的行
sheet-row-example = 示例或填写说明，已跳过
sheet-row-footer = 表格下方的说明，已跳过
sheet-row-header-again = 重复的表头，已跳过
sheet-row-total = 合计行，已跳过
sheet-row-of-file-too-long = { $file } 第 { $row } 行有 { $cells } 格，表头只有 { $columns } 列；内容里有分隔符时请加引号
sheet-row-too-long = 这一行有 { $cells } 格，表头只有 { $columns } 列；内容里有分隔符时请加引号

# 格子
sheet-boolean-unreadable = “{ $value }”看不出是或否；请写是或否
sheet-cell-error = “{ $value }”是公式错误；请改好公式
sheet-date-ambiguous = “{ $value }”可能是 { $day-first }，也可能是 { $month-first }；请写成 2026-03-01
sheet-date-unreadable = “{ $value }”不是日期；请写成 2026-03-01 或 2026-03-01 08:05
sheet-digits-lost = “{ $value }”丢了数字：表格只保留 15 位；请先把列设为文本再填写和导出
sheet-email-masked = “{ $value }”是打码的邮箱；请导出完整的地址
sheet-email-unreadable = “{ $value }”不是邮箱；请写成 name@example.com
sheet-number-range = “{ $value }”是一个范围；请写一个数，或把这一列当文本
sheet-number-unreadable = “{ $value }”不是数字；请写 12000 或 1.2万 这样的数
sheet-outcome-unknown = “{ $value }”看不出结果；请写赢单、输单、跟进中或无效
sheet-period-unreadable = “{ $value }”不是时间段；请写成 2026-05-01~2026-05-05，多段用分号隔开
sheet-phone-digits-lost = “{ $value }”丢了数字：表格把号码变成了科学计数；请把列设为文本后重新导出
sheet-phone-invented = “{ $value }”不像真实号码；请核对
sheet-phone-masked = “{ $value }”是打码的号码；请导出完整的号码
sheet-phone-too-long = “{ $value }”有 { $digits } 位，最多 15 位；请核对
sheet-phone-too-short = “{ $value }”只有 { $digits } 位；请补全
sheet-phone-unreadable = “{ $value }”不是电话号码；请只写数字
sheet-wallclock-unreadable = “{ $value }”不是时刻；请写成 09:30

# 列
sheet-column-content-differs = 列“{ $column }”的名称像{ $role }，内容却大多不是，已作为自有字段保留；不对的话用 --map 指定
sheet-column-doubled = 列“{ $kept }”和“{ $column }”都像{ $role }，用了前一列；不对的话用 --map 指定
sheet-column-guessed = 列“{ $column }”按内容认作{ $role }；不对的话用 --map 指定
sheet-column-shares = 列“{ $column }”的数按份额理解：{ $example } 即 { $percent }%；不对的话请写成 100% 这样
sheet-column-unit = 列“{ $column }”按表头的单位乘以 { $factor }；不对的话请改列名
sheet-columns-custom = 作为自有字段保留：{ $columns }；另有用途的用 --map 指定
sheet-columns-fall-back = { $columns } 都是{ $role }，取先填的一列；不对的话用 --map 指定
sheet-columns-joined = { $columns } 合起来是{ $role }；不对的话用 --map 指定
sheet-date-order-mixed = 列“{ $column }”的日期有的先日后月、有的先月后日，看不出的没有采用；请写成 2026-03-01
sheet-date-order-shown = { $order ->
    [day] 列“{ $column }”的日期按先日后月读（见“{ $value }”）；不对的话请写成 2026-03-01
   *[month] 列“{ $column }”的日期按先月后日读（见“{ $value }”）；不对的话请写成 2026-03-01
}
sheet-date-order-unknown = 列“{ $column }”的日期先日还是先月看不出（如“{ $value }”），没有采用；请写成 2026-03-01

# --map
sheet-map-column-twice = --map 两次写了列“{ $column }”；请只留一次
sheet-map-column-unknown = --map：没有列“{ $column }”；现有的列：{ $columns }
sheet-map-role-unknown = --map：没有“{ $role }”这种用途；可用：{ $roles }
sheet-map-unreadable = --map：“{ $text }”看不懂；请写成 列名=用途
