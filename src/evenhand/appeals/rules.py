"""What holds for every appeal: reasons to choose from, and how long, how many, how often."""

from datetime import timedelta

OTHER = "other"  # asks for a note
INVALID = "invalid"  # the lead was none: for whoever had it
RECYCLED = "recycled"  # it was taken away wrongly: for whoever had it; upheld, he gets it back
# Their words are `act-reason-credit-<why>`, as those of every act by hand.
WHYS = ("excluded", "repeated", "wrong_fact", "availability", RECYCLED, INVALID, OTHER)

# After so long nobody remembers, and the people and rules of then are others.
APPEAL_WITHIN = timedelta(days=30)
# Working days to the answer. A constant and no setting: a promise to everybody in the company that
# changes with a click is none. Three leave time to ask those who were there.
ANSWER_DAYS = 3
MOST_OPEN = 5  # of one person: more are a matter for a talk
LONGEST = 500  # of what somebody writes
