web-receipts-title = Receipt { $number }
web-receipts-to-item = Open the customer’s record
web-receipts-why-me = Why me
web-receipts-why = Why it went this way
web-receipts-why-not = Why not somebody else
web-receipts-why-not-me = Why not me
web-receipts-by-hand = Done by hand
web-receipts-act = Act
web-receipts-actor = By
web-receipts-from = Previous owner
web-receipts-to = New owner
web-receipts-reason = Reason
web-receipts-points = Lead points
web-receipts-holds = Computed again by the rules of that time: the same result
web-receipts-differs = Computed again by the rules of that time: another result. Please tell an administrator
web-receipts-ask-whom = Choose a colleague
web-receipts-ask-button = Show why not
web-receipts-history = Everything decided about this record

web-distribution-title = Live decisions
web-distribution-count-assigned = dealt today
web-distribution-count-pooled = to the pool today
web-distribution-count-unassigned = unassigned today
web-distribution-count-by-hand = by hand today
web-distribution-at = When
web-distribution-item = Item
web-distribution-how = Result
web-distribution-rep = Owner
web-distribution-line = Business line
web-distribution-rule = Rule
web-distribution-points = Points
web-distribution-receipt = Receipt
web-distribution-empty = No decisions yet
web-distribution-empty-text = Enter a lead and see who gets it, and why
web-distribution-empty-action = Enter a lead
web-outcome-assigned = dealt
web-outcome-pooled = to the pool
web-outcome-waiting = waits
web-outcome-escalated = escalated
web-outcome-no-rule = no rule covers it
web-outcome-return = handed back
web-outcome-void = void
web-act-assign = assigned by hand
web-act-transfer = transferred
web-act-return = handed back
web-act-plan = released by plan
web-act-redeal = dealt anew
web-act-void = void
web-act-credit = credited on appeal
web-outcome-credited = credited on appeal

web-unassigned-title = Unassigned
web-unassigned-retry = Try again now
web-unassigned-retried = { $count ->
    [0] Nobody can take them yet; they are dealt as soon as somebody can
    [one] One item found an owner
   *[other] { $count } items found an owner
}
web-unassigned-why = Reason
web-unassigned-count = Items
web-unassigned-oldest = Oldest
web-unassigned-remedy = Remedy
web-unassigned-since = Waiting since
web-unassigned-choose-one = Choose
web-unassigned-choose = First tick the items, then choose who gets them
web-unassigned-to = Assign to
web-unassigned-note = Note
web-unassigned-give = Assign by hand
web-unassigned-given = { $count ->
    [one] One item assigned by hand and booked in the ledger
   *[other] { $count } items assigned by hand and booked in the ledger
}
web-unassigned-empty = Nothing is unassigned
web-unassigned-empty-text = Everything that came in has an owner
web-heap-rule-everybody-full = everybody who could take it is at capacity
web-heap-rule-nobody-eligible = nobody in the group is eligible
web-heap-rule-group-empty = the group is empty
web-heap-unassigned-no-rule = no rule covers it
web-heap-unassigned-escalated = escalated; somebody has to decide
web-heap-unassigned-handed-back = just handed back
web-heap-unassigned-released = just released
web-heap-unassigned-waiting = waits by its rule
web-heap-other = another reason
web-remedy-rule-everybody-full = Raise the capacity, or close what is finished; free places are filled at once
web-remedy-rule-nobody-eligible = See in the receipt why each person is excluded (leave, region, level), and add somebody who can
web-remedy-rule-group-empty = Add people to this group under Members
web-remedy-unassigned-no-rule = Add a last rule for everything else to the policy
web-remedy-unassigned-escalated = The person it was escalated to assigns it by hand
web-remedy-unassigned-handed-back = It is dealt again within seconds
web-remedy-unassigned-released = It is dealt within seconds
web-remedy-unassigned-waiting = It is dealt as soon as somebody can take it
web-remedy-other = Open the receipt for the details

web-overrides-title = Manual changes
web-overrides-limit = { $count ->
    [one] At most one a day per manager; the counts are public
   *[other] At most { $count } a day per manager; the counts are public
}
web-overrides-no-limit = No daily limit is set; the counts are public
web-overrides-days = Last { $count } days
web-overrides-who = By
web-overrides-empty = Nobody assigned or transferred by hand in this time

web-actor-system = system
web-actor-user = Members
web-actor-token = API token
web-actor-form = public form
web-distribution-one-group = Decisions of one group only
web-distribution-all-groups = Show all
web-distribution-by-one = By hand, by { $name } only
web-overrides-most = Most in a day
web-overrides-all = Total
web-overrides-trend = Manual changes by day
web-overrides-why-assign = Reasons of assigning
web-overrides-why-transfer = Reasons of transfers
web-overrides-words = Counts are public to everybody who sees decisions. A number leads to the receipts, as far as they are within your reach. Red: the daily limit was reached.
