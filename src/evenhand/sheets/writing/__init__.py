"""Write CSV and XLSX that no spreadsheet program takes for formulas.

A file appears under its name only when it is complete.
"""
