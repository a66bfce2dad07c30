"""Working time: when a company or a person works, and how much of it lies between two instants.

`hours` says what a week looks like, `worktime` lays weeks and special days on the time line,
`absence` lays a person's leave over it. Where public holidays come from is not known here
(`evenhand.people.workdays`).
"""
