"""The `sheet.*` reason codes in plain English: what is wrong, and what to do about it.

The three languages of the screen are `evenhand.wording`'s; this is what `str(error)` and a
command line without catalogues show. A test keeps it complete.
"""

from collections.abc import Mapping

from evenhand.engine.reasons import Reason

# code → (what is so, what to do). Names in braces are the code's parameters.
PLAIN: Mapping[str, tuple[str, str]] = {
    # Files that cannot be read.
    "sheet.area_too_large": (
        "{file}: sheet “{sheet}” spans {cells} cells, more than {limit}",
        "Delete stray content far below or right of the table, or save the sheet as CSV.",
    ),
    "sheet.cell_too_large": (
        "{file}: a cell in row {row} holds more than {limit} characters",
        "Shorten it; if no cell is that long, a quotation mark in this row is not closed.",
    ),
    "sheet.damaged": (
        "{file} is damaged or incomplete ({detail})",
        "Open it in a spreadsheet program, save it again and try once more.",
    ),
    "sheet.empty": ("{file} holds no rows", "Check that the right file or sheet was chosen."),
    "sheet.extension_unknown": (
        "{file}: files ending in “{extension}” are not read",
        "Save it as .xlsx, .csv or .json and try again.",
    ),
    "sheet.extension_wrong": (
        "{file} is not what its name says: the content is {found}",
        "Open it in a spreadsheet program and save it as .xlsx or .csv.",
    ),
    "sheet.file_absent": ("{file} does not exist or is not a file", "Check the path."),
    "sheet.file_closed": ("{file} may not be read ({detail})", "Check its permissions."),
    "sheet.json_broken": (
        "{file} is not valid JSON: line {line} cannot be read",
        "Export it again; the file may have been cut off.",
    ),
    "sheet.json_no_rows": (
        "{file} holds no list of objects",
        'A row is an object such as {{"name": "…", "phone": "…"}}; save a list of them.',
    ),
    "sheet.json_not_an_object": (
        "{file}: row {row} is not an object",
        "Every row of the list must be an object with names and values.",
    ),
    "sheet.json_too_deep": (
        "{file}: line {line} is nested deeper than {limit} levels",
        "Export the rows alone, without what stands around them.",
    ),
    "sheet.json_too_large": (
        "{file} is larger than {limit} MB",
        "Cut it into several files, or save it as CSV.",
    ),
    "sheet.line_too_long": (
        "{file} has a line of more than {limit} bytes",
        "This is hardly a table of rows; check the file.",
    ),
    "sheet.nul_bytes": (
        "{file} holds NUL bytes, which text never does",
        "It is damaged or not a text file: export it again as CSV (UTF-8) or XLSX.",
    ),
    "sheet.old_excel": (
        "{file} is in the old .xls format",
        "Open it in a spreadsheet program and save it as .xlsx.",
    ),
    "sheet.password": (
        "{file} is protected by a password",
        "Open it with the password, remove the protection and save it again.",
    ),
    "sheet.quote_open": (
        "{file}: a quotation mark that opens in row {row} is never closed",
        "Close it, or double it if it is part of the text.",
    ),
    "sheet.sheet_unknown": ("{file} has no sheet “{sheet}”", "Choose one of: {sheets}."),
    "sheet.too_many_columns": (
        "{file} has {columns} columns, more than {limit}",
        "Keep the columns that matter; if it should have fewer, check the delimiter.",
    ),
    "sheet.zip_too_dense": (
        "{file} unpacks to {ratio} times its size, as only a hostile file does (limit {limit})",
        "Open it in a spreadsheet program and save it again.",
    ),
    "sheet.zip_too_large": (
        "{file} unpacks to more than {limit} megabytes",
        "Split it, or save it as CSV.",
    ),
    # Files that cannot be written.
    "sheet.too_many_rows": (
        "{file}: a sheet holds at most {limit} rows",
        "Write CSV instead, or split the rows.",
    ),
    # What was assumed about a file.
    "sheet.characters_damaged": (
        "{count} damaged characters, the first in line {line}, were replaced by �",
        "Look at these cells after reading.",
    ),
    "sheet.encoding_assumed": (
        "the text was read as {encoding}",
        "If names look wrong, save the file as CSV UTF-8.",
    ),
    "sheet.error_cells": (
        "{count} cells hold a spreadsheet error, the first is {first}",
        "Mend the formulas in the file.",
    ),
    "sheet.header_doubled": (
        "a second column “{column}” is called “{renamed}”",
        "Give each column its own name.",
    ),
    "sheet.header_missing": (
        "no row with column names was found; the columns are called A, B, C …",
        "Put the names of the columns in the first row.",
    ),
    "sheet.json_list": ("the rows are the objects of “{path}”", "Nothing, if these are the rows."),
    "sheet.json_other_lists": (
        "other lists of objects were not read: {others}",
        "Save the one you mean as a file of its own.",
    ),
    "sheet.other_sheets": (
        "sheet “{sheet}” was read, the others were not: {others}",
        "Name another sheet if it was meant.",
    ),
    "sheet.rows_above_header": (
        "{count} rows above the column names (row {row}) were passed over",
        "Nothing, if they are a title or instructions.",
    ),
    # Rows that are not data, or cannot be lined up with the columns.
    "sheet.row_example": ("the row is an example or a hint", "Nothing: it is left out."),
    "sheet.row_footer": ("the row is a footer below the table", "Nothing: it is left out."),
    "sheet.row_header_again": ("the row repeats the column names", "Nothing: it is left out."),
    "sheet.row_of_file_too_long": (
        "row {row} of {file} has {cells} cells, but there are {columns} columns",
        "Put text that contains the delimiter in quotation marks.",
    ),
    "sheet.row_too_long": (
        "the row has {cells} cells, but there are {columns} columns",
        "Put text that contains the delimiter in quotation marks.",
    ),
    "sheet.row_total": ("the row is a total", "Nothing: it is left out."),
    # Cells.
    "sheet.boolean_unreadable": ("“{value}” is neither yes nor no", "Write yes or no (是 or 否)."),
    "sheet.cell_error": ("“{value}” is a spreadsheet error", "Mend the formula in the file."),
    "sheet.date_ambiguous": (
        "“{value}” may be {day_first} or {month_first}",
        "Write the date as 2026-03-01, or say which order the column has.",
    ),
    "sheet.date_unreadable": (
        "“{value}” is not a date",
        "Write it as 2026-03-01 or 2026-03-01 08:05.",
    ),
    "sheet.digits_lost": (
        "“{value}” has lost digits: spreadsheets keep only 15",
        "Format the column as text before filling it in, and export again.",
    ),
    "sheet.email_masked": ("“{value}” is masked", "Export the full address."),
    "sheet.email_unreadable": (
        "“{value}” is not an e-mail address",
        "Write it as name@example.com.",
    ),
    "sheet.number_range": (
        "“{value}” is a range, not one number",
        "Write one number, or use the column as text.",
    ),
    "sheet.number_unreadable": (
        "“{value}” is not a number",
        "Write digits, such as 12000 or 1.2万.",
    ),
    "sheet.outcome_unknown": (
        "“{value}” is not a known outcome",
        "Write won, lost, open or junk (赢单, 输单, 跟进中, 无效).",
    ),
    "sheet.period_unreadable": (
        "“{value}” is not a period",
        "Write it as 2026-05-01~2026-05-05; several are parted by semicolons.",
    ),
    "sheet.phone_digits_lost": (
        "“{value}” has lost digits: the spreadsheet turned the number into a power of ten",
        "Format the column as text and export again.",
    ),
    "sheet.phone_invented": ("“{value}” is no real number", "Ask for the real one."),
    "sheet.phone_masked": ("“{value}” is masked", "Export the full number."),
    "sheet.phone_too_long": (
        "“{value}” has {digits} digits, at most 15 are possible",
        "Check the number.",
    ),
    "sheet.phone_too_short": ("“{value}” has only {digits} digits", "Add what is missing."),
    "sheet.phone_unreadable": ("“{value}” is not a phone number", "Write digits only."),
    "sheet.wallclock_unreadable": ("“{value}” is not a time of day", "Write it as 09:30."),
    # Columns: what was assumed.
    "sheet.column_content_differs": (
        "column “{column}” is named like {role}, but most of its values are not; it is kept as a "
        "field of its own",
        "Rename it, or say what it is with --map.",
    ),
    "sheet.column_shares": (
        "numbers in column “{column}” are shares: {example} counts as {percent} %",
        "Write percents, such as 100 %, if this is wrong.",
    ),
    "sheet.columns_custom": (
        "columns {columns} are kept as fields of their own",
        "Say what they are with --map if they are something else.",
    ),
    "sheet.column_doubled": (
        "columns “{kept}” and “{column}” both look like {role}; the first is used",
        "Say which one it is with --map.",
    ),
    "sheet.column_guessed": (
        "column “{column}” was taken for {role} by its values",
        "Say what it is with --map if this is wrong.",
    ),
    "sheet.columns_joined": (
        "columns {columns} together give {role}",
        "Say what they are with --map if this is wrong.",
    ),
    "sheet.columns_fall_back": (
        "columns {columns} all give {role}; the first filled one counts",
        "Say which one it is with --map if this is wrong.",
    ),
    "sheet.column_unit": (
        "numbers in column “{column}” are multiplied by {factor}, as its name says",
        "Rename the column if this is wrong.",
    ),
    "sheet.date_order_mixed": (
        "dates in column “{column}” stand in different orders; those that may be either "
        "are not used",
        "Write dates as 2026-03-01.",
    ),
    "sheet.date_order_shown": (
        "dates in column “{column}” are read {order} first, as “{value}” shows",
        "Write dates as 2026-03-01 if this is wrong.",
    ),
    "sheet.date_order_unknown": (
        "dates in column “{column}” may be day or month first (“{value}”); they are not used",
        "Write dates as 2026-03-01.",
    ),
    # --map
    "sheet.map_column_twice": ("--map names column “{column}” twice", "Keep one of the two."),
    "sheet.map_column_unknown": (
        "--map: there is no column “{column}”",
        "The columns are: {columns}.",
    ),
    "sheet.map_role_unknown": ("--map: “{role}” is not a role", "The roles are: {roles}."),
    "sheet.map_unreadable": ("--map: “{text}” is not understood", "Write it as COLUMN=ROLE."),
}


def plain(reason: Reason) -> str:
    """The reason and its remedy as English sentences."""
    return f"{_filled(PLAIN[reason.code][0], reason)}. {remedy(reason)}"


def remedy(reason: Reason) -> str:
    """What to do about it, as an English sentence."""
    return _filled(PLAIN[reason.code][1], reason)


def _filled(template: str, reason: Reason) -> str:
    shown = {
        name: ", ".join(map(str, value)) if isinstance(value, tuple) else value
        for name, value in reason.params
    }
    return template.format(**shown)
