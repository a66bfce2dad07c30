"""What each column of a sheet means: recognised by name, by content, or told by the user.

`roles` lists what a column can be, `synonyms` the names people give it, `recognise` decides, and
`extract` reads values through the result.
"""
