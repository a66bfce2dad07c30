"""The demo company: an invented group with its people, its rules and half a year of leads."""
