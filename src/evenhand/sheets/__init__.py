"""Spreadsheets: safe reading and writing of CSV and XLSX, exact values, recognition of columns.

`reading` opens a file and gives its rows, `columns` says what each column means, `values` turns one
cell into an exact value or a typed problem, `writing` writes files without live formulas. What a
row means to the business (a lead, a rep) is the caller's.
"""
