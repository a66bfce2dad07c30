"""The check-up (体检): who really received what, from an exported history of ownership.

Pure analysis for people to read. Nothing here decides anything, so statistics may be floats;
whatever is counted or booked stays an integer. `report.check_up` is the only door.
"""
