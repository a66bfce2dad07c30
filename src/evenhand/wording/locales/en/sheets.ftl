# Spreadsheets: what cannot be read, what was assumed, what to do about it.

# Files that cannot be read
sheet-area-too-large = { $file }: sheet “{ $sheet }” spans { $cells } cells, more than { $limit }; delete stray content outside the table, or save it as CSV
sheet-cell-too-large = { $file }: a cell in row { $row } holds more than { $limit } characters; shorten it, or close the quotation mark in this row
sheet-damaged = { $file } is damaged or incomplete ({ $detail }); open it in a spreadsheet program and save it again
sheet-empty = { $file } holds no rows; check that the right file or sheet was chosen
sheet-extension-unknown = { $file }: files ending in “{ $extension }” are not read; save it as .xlsx, .csv or .json
sheet-extension-wrong = { $found ->
    [an-old-xls-workbook] { $file } is an old .xls workbook inside; save it as .xlsx
    [a-web-page] { $file } is a web page inside; open it in a spreadsheet program and save it as .xlsx
    [plain-text] { $file } is plain text inside; end its name in .csv, or save it as .xlsx
    [a-pdf-document] { $file } is a PDF inside; export it as .xlsx or .csv
    [an-image] { $file } is an image inside; export it as .xlsx or .csv
    [gzip-unpack-it-first] { $file } is an archive; unpack it first
    [a-rar-archive-unpack-it-first] { $file } is an archive; unpack it first
    [a-7-zip-archive-unpack-it-first] { $file } is an archive; unpack it first
   *[other] { $file } is not what its name says; open it in a spreadsheet program and save it as .xlsx or .csv
}
sheet-file-absent = There is no file { $file }; check the path
sheet-file-closed = { $file } may not be read ({ $detail }); check its permissions
sheet-json-broken = { $file } is not valid JSON: line { $line } cannot be read; export it again, it may have been cut off
sheet-json-no-rows = { $file } holds no list of objects; save the rows as a list of objects with names and values
sheet-json-not-an-object = { $file }: row { $row } is not an object; every row must have names and values
sheet-json-too-deep = { $file }: line { $line } is nested deeper than { $limit } levels; export the rows alone
sheet-json-too-large = { $file } is larger than { $limit } MB; cut it into several files, or save it as CSV
sheet-line-too-long = { $file } has a line of more than { $limit } bytes and is hardly a table; check the file
sheet-nul-bytes = { $file } holds NUL bytes, which text never does; export it again as CSV (UTF-8) or XLSX
sheet-old-excel = { $file } is in the old .xls format; open it in a spreadsheet program and save it as .xlsx
sheet-password = { $file } is protected by a password; remove the protection and save it again
sheet-quote-open = { $file }: a quotation mark that opens in row { $row } is never closed; close it, or double it if it is part of the text
sheet-sheet-unknown = { $file } has no sheet “{ $sheet }”; choose one of: { $sheets }
sheet-too-many-columns = { $file } has { $columns } columns, more than { $limit }; keep those that matter, or check the delimiter
sheet-too-many-rows = { $file }: a sheet holds at most { $limit } rows; write CSV instead, or split the rows
sheet-zip-too-dense = { $file } unpacks to { $ratio } times its size (limit { $limit }), as no ordinary file does; open it in a spreadsheet program and save it again
sheet-zip-too-large = { $file } unpacks to more than { $limit } MB; split it, or save it as CSV

# What was assumed about a file
sheet-characters-damaged = { $count ->
    [one] One damaged character, in line { $line }, was replaced by �; look at this cell after reading
   *[other] { $count } damaged characters, the first in line { $line }, were replaced by �; look at these cells after reading
}
sheet-encoding-assumed = The text was read as { $encoding }; if names look wrong, save the file as CSV UTF-8
sheet-error-cells = { $count ->
    [one] One cell holds a spreadsheet error: { $first }; mend the formula
   *[other] { $count } cells hold a spreadsheet error, the first is { $first }; mend the formulas
}
sheet-header-doubled = Two columns are called “{ $column }”; the second is called “{ $renamed }” here. Give each its own name
sheet-header-missing = No row with column names was found; the columns are called A, B, C. Put their names in the first row
sheet-json-list = The rows are the objects of “{ $path }”
sheet-json-other-lists = Other lists of objects were not read: { $others }
sheet-other-sheets = Sheet “{ $sheet }” was read, the others were not: { $others }
sheet-rows-above-header = { $count ->
    [one] One row above the column names (row { $row }) was passed over
   *[other] { $count } rows above the column names (row { $row }) were passed over
}

# Rows that are not data
sheet-row-example = An example or a hint, left out
sheet-row-footer = A footer below the table, left out
sheet-row-header-again = The column names again, left out
sheet-row-total = A total, left out
sheet-row-of-file-too-long = { $file }, row { $row }: { $cells } cells for { $columns } columns; put text that contains the delimiter in quotation marks
sheet-row-too-long = The row has { $cells } cells for { $columns } columns; put text that contains the delimiter in quotation marks

# Cells
sheet-boolean-unreadable = “{ $value }” is neither yes nor no; write yes or no
sheet-cell-error = “{ $value }” is a spreadsheet error; mend the formula
sheet-date-ambiguous = “{ $value }” may be { $day-first } or { $month-first }; write it as 2026-03-01
sheet-date-unreadable = “{ $value }” is not a date; write it as 2026-03-01 or 2026-03-01 08:05
sheet-digits-lost = “{ $value }” has lost digits: spreadsheets keep only 15. Format the column as text before filling it in, and export again
sheet-email-masked = “{ $value }” is masked; export the full address
sheet-email-unreadable = “{ $value }” is not an e-mail address; write it as name@example.com
sheet-number-range = “{ $value }” is a range; write one number, or use the column as text
sheet-number-unreadable = “{ $value }” is not a number; write digits, such as 12000
sheet-outcome-unknown = “{ $value }” is not a known outcome; write won, lost, open or junk
sheet-period-unreadable = “{ $value }” is not a period; write it as 2026-05-01~2026-05-05, several parted by semicolons
sheet-phone-digits-lost = “{ $value }” has lost digits: the spreadsheet made it a power of ten. Format the column as text and export again
sheet-phone-invented = “{ $value }” does not look like a real number; check it
sheet-phone-masked = “{ $value }” is masked; export the full number
sheet-phone-too-long = “{ $value }” has { $digits } digits, at most 15 are possible; check it
sheet-phone-too-short = { $digits ->
    [one] “{ $value }” has only one digit; add what is missing
   *[other] “{ $value }” has only { $digits } digits; add what is missing
}
sheet-phone-unreadable = “{ $value }” is not a phone number; write digits only
sheet-wallclock-unreadable = “{ $value }” is not a time of day; write it as 09:30

# Columns
sheet-column-content-differs = Column “{ $column }” is named like { $role }, but most of its values are not; it is kept as a field of its own. Say what it is with --map
sheet-column-doubled = Columns “{ $kept }” and “{ $column }” both look like { $role }; the first is used. Say which one with --map
sheet-column-guessed = Column “{ $column }” was taken for { $role } by its values; if wrong, say so with --map
sheet-column-shares = Numbers in column “{ $column }” are shares: { $example } counts as { $percent }%; if wrong, write percents such as 100%
sheet-column-unit = Numbers in column “{ $column }” are multiplied by { $factor }, as its name says; if wrong, rename the column
sheet-columns-custom = Kept as fields of their own: { $columns }; if they are something else, say so with --map
sheet-columns-fall-back = { $columns } all give { $role }, the first filled one counts; if wrong, say so with --map
sheet-columns-joined = { $columns } together give { $role }; if wrong, say so with --map
sheet-date-order-mixed = Dates in column “{ $column }” stand in different orders; those that may be either are not used. Write dates as 2026-03-01
sheet-date-order-shown = { $order ->
    [day] Dates in column “{ $column }” are read day first, as “{ $value }” shows; if wrong, write 2026-03-01
   *[month] Dates in column “{ $column }” are read month first, as “{ $value }” shows; if wrong, write 2026-03-01
}
sheet-date-order-unknown = Dates in column “{ $column }” may be day or month first (“{ $value }”) and are not used; write 2026-03-01

# --map
sheet-map-column-twice = --map names column “{ $column }” twice; keep one of the two
sheet-map-column-unknown = --map: there is no column “{ $column }”; the columns are: { $columns }
sheet-map-role-unknown = --map: “{ $role }” is not a role; the roles are: { $roles }
sheet-map-unreadable = --map: “{ $text }” is not understood; write it as COLUMN=ROLE
