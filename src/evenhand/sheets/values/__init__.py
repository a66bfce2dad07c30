"""One cell to an exact value, or to a typed problem that says what to do.

Every parser takes a cell as the readers give it (text, or what a workbook typed) and returns the
value, None for a blank cell, or a Problem. None of them guesses.
"""
