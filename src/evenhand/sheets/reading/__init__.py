"""Open a CSV or XLSX file safely and give its header and rows.

`open.open_table` is the door. A hostile or broken file is refused in words before it costs memory.
"""
