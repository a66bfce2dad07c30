web-fairness-title = Fairness
web-fairness-about = What each person in each group was due, what they received, and the difference
web-fairness-tab-groups = Groups
web-fairness-tab-rules = Rule use
web-fairness-tab-reports = Fairness reports
web-fairness-span = Period
web-fairness-span-month = This month
web-fairness-span-30 = Last 30 days
web-fairness-span-90 = Last 90 days
web-fairness-span-own = Chosen days
web-fairness-from = From
web-fairness-to = To
web-fairness-days = { $first } to { $last }
web-fairness-group = Group
web-fairness-whole-company = Whole company in one book
web-fairness-kind-work = by workload
web-fairness-kind-count = by turns
web-fairness-people = People
web-fairness-who = Rep
web-fairness-due = Due
web-fairness-received = Received
web-fairness-corrected = Corrections
web-fairness-owed = Owed or ahead
web-fairness-count = Items
web-fairness-items = { $count ->
    [one] { $count } item
   *[other] { $count } items
}
web-fairness-deviation = Largest deviation
web-fairness-bound = Proved limit
web-fairness-jain = Jain index
web-fairness-target = Fairness target
web-fairness-crossed = crossed
web-fairness-kept = kept
web-fairness-no-target = none set
web-fairness-empty = Nothing has been dealt yet
web-fairness-empty-text = Enter a first lead: then each group stands here with what was due and received
web-fairness-words = In points. Due less received plus corrections is how a balance changes; corrections come from returns, voids, transfers, departures and appeals. A Jain index of 1.000 means that every point due brought the same.
web-fairness-grade-words = Columns of grades: received / due.
web-fairness-over-time = Over time
web-fairness-chart-words = Who was furthest from even at the end of each day: owed above, ahead below. The legend shows and hides the limit.
web-fairness-chart-of = With the balance of { $name }
web-fairness-in-chart = Show in chart
web-fairness-most-owed = Most owed
web-fairness-most-ahead = Most ahead
web-fairness-unit = points
web-fairness-day = Day
web-fairness-as-table = As a table
web-fairness-others = { $count ->
    [one] { $count } colleague outside your teams
   *[other] { $count } colleagues outside your teams, together
}
web-fairness-left = left
web-fairness-nobody = Nobody fits the filter
web-fairness-export-what = What to export
web-fairness-export-people = By person
web-fairness-export-days = By day
web-fairness-postings-title = Postings of { $name }
web-fairness-back = Back to the group
web-fairness-act = Posting
web-fairness-act-dealt = dealt
web-fairness-act-charged = handed over
web-fairness-act-claimed = claimed
web-fairness-act-voided = voided
web-fairness-act-refunded = refunded
web-fairness-act-credited = credited on appeal
web-fairness-act-departed = somebody left the group
web-fairness-act-capped = above the limit, spread
web-fairness-older = Older
web-fairness-no-postings = No postings in this period
web-fairness-postings-due = Every item that could have been theirs credits them with a share: together these are what was due.
web-fairness-postings-received = Every item they took: together these are what was received.
web-fairness-postings-corrected = Everything that changed the balance afterwards.
web-fairness-grade = Grade

web-rules-title = Rule use
web-rules-about = How much each rule dealt, and which never did
web-rules-idle = { $count ->
    [0] Every rule was used in the last { $days } days
    [one] One rule was never used in the last { $days } days
   *[other] { $count } rules were never used in the last { $days } days
}
web-rules-place = Place
web-rules-count = Decisions
web-rules-last = Latest
web-rules-since = Unchanged since
web-rules-version = version { $number }
web-rules-never = never used
web-rules-not-yet = never
web-rules-remedy = See whether an earlier rule catches the same leads, or whether its condition is too narrow; take it out if nobody needs it
web-rules-empty = No rules are live yet
web-rules-words = Only what rules decided by themselves counts. What no rule caught stands under:

web-fairness-alarm = The fairness target was crossed
web-fairness-alarm-who = { $name } is furthest from even.
web-fairness-alarm-look = See first whether acts by hand went to a few; then whether somebody is long away, full, or fits too few leads; then whether τ is too large.
web-fairness-target-set = Set a fairness target
web-fairness-target-points = Largest deviation at most (points)
web-fairness-target-points-hint = Nobody in the group is owed or ahead by more; leave empty to ignore deviation
web-fairness-target-jain = Jain index at least
web-fairness-target-jain-hint = 0.5 to 1, such as 0.98; leave empty to ignore the index
web-fairness-target-days = Days that the index looks at
web-fairness-target-days-hint = 7 to 90 days
web-fairness-target-hint = Checked every hour. When it is crossed, managers of people in the group and sales operations get one notice, and one when it is kept again; dealing itself does not change.
web-fairness-target-clear = Take the target away
web-fairness-target-saved = The fairness target is saved; it is checked within the hour
web-fairness-target-cleared = The fairness target was taken away
web-fairness-target-is-points = Deviation at most { $limit }
web-fairness-target-is-jain = Jain index of the last { $days } days at least { $limit }
web-fairness-save = Save

web-reports-title = Fairness report { $month }
web-reports-about = One a month: what everybody in each group was due and received. Once made, it never changes
web-reports-month = Month
web-reports-made = Made
web-reports-empty = No reports to read yet
web-reports-empty-text = The report of a month is made on the first of the next; sales operations decide whether everybody sees it
web-reports-make = Make a report
web-reports-make-hint = Only months that are over; a report that exists is opened, never made again
web-reports-no-month = Choose a month
web-reports-who = Who sees the reports
web-reports-for-some = Those who see decisions: managers, sales operations, administrators, auditors
web-reports-for-all = Everybody: reps too, each with the own row marked
web-reports-who-hint = Whether colleagues have names or numbers is what the rules said (colleagues) when the report was made; numbers differ in every report and tell nobody who it is
web-reports-shared = Saved
web-reports-all = All reports
web-reports-print = made to be printed
web-reports-own = Your month
web-reports-you = you
web-reports-alarms = times the target was crossed
web-reports-pseudonyms = Colleagues are numbers, which hold for this report only.
web-reports-nothing = Nothing was dealt in this month
web-fairness-of = Fairness: { $line } · { $group }
