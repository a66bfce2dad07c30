"""What each column of a sheet means: recognized by name, by content, or told by the user.

`roles` lists what a column can be, `synonyms` the names people give it, `recognize` decides, and
`extract` reads values through the result.
"""
