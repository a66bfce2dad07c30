"""Drills: what happens when the server, its database or its disk fails in the middle of an act."""
