"""Appeals (申诉): a rep objects to a decision, somebody else decides, in time and in words."""
