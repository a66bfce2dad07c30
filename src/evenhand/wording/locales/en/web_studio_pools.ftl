# The studio: pools, clocks, the customer's peace.
web-studio-new-pools = New pool
web-studio-new-clock-rules = New rule of clocks
web-studio-section-holding = Limits over all pools
web-studio-section-clocks = Locks and dealing anew
web-studio-section-peace = The customer's peace
web-studio-title-pools = Public pools
web-studio-add-pools = Add a pool
web-studio-none-pools = No pool yet. What nobody follows up can lie in a pool, for whoever has time to claim it.
web-studio-title-clock-rules = Clocks and recycling (asked from the top)
web-studio-add-clock-rules = Add a rule of clocks
web-studio-none-clock-rules = No clocks yet: what was dealt stays with its owner, followed up or not.
web-studio-delete-part-confirm = { $part ->
    [pools] Delete the pool “{ $name }”? Move out first what still lies in it.
    [clock_rules] Delete the clocks “{ $name }”? Rules below take over what they covered.
    [levels] Delete the level “{ $name }”? Whoever stands there would receive nothing; change their level first.
    [task_types] Delete the type “{ $name }”? To-dos that exist stay; rules and triggers that name it need changing too.
    [task_rules] Delete the rule “{ $name }”? What it dealt is left to the rules after it.
    [triggers] Delete “{ $name }”? No more of these to-dos are made; those that exist stay.
    [meetings] Delete the regular meeting { $name }? Its time counts as selling time again.
   *[other] Delete “{ $name }”?
}
web-studio-pool-name = Name of the pool
web-studio-pool-name-help = What reps see. Rules that use it follow a change of name; do not rename a pool while items lie in it.
web-studio-pool-holds = Holds
web-studio-pool-holds-help = A pool can hold leads, accounts, opportunities.
web-studio-pool-mode = How items leave it
web-studio-pool-mode-help = Where administrators assign, reps neither see nor claim.
web-studio-pool-mode-claim = Members claim
web-studio-pool-mode-assign-only = Administrators assign
web-studio-pool-who = Who may see and claim
web-studio-pool-who-help = About people only, such as rep.team = Shanghai. Empty = every rep.
web-studio-pool-administrators = Administrators
web-studio-pool-administrators-help = They assign and move items; sales operations and administrators always may. Hold Ctrl to choose several.
web-studio-pool-takes = Which items come here when given up
web-studio-pool-takes-help = The first pool from the top that takes an item gets it. Empty = all.
web-studio-pool-takes-what = Takes
web-studio-pool-hidden = Hidden until claimed
web-studio-pool-hidden-help = Shown once claimed; administrators see them.
web-studio-pool-hides-name = name
web-studio-pool-hides-phone = phone
web-studio-pool-hides-email = mail
web-studio-pool-hides-company = company
web-studio-pool-hides-note = note
web-studio-pool-hides-source = source
web-studio-pool-hides-region = region
web-studio-pool-hides-value = value
web-studio-pool-group = Whose ledger claims are booked in
web-studio-pool-group-help = Then whoever claims much is dealt less for a while, and being quick pays nothing. Without one the quickest win.
web-studio-pool-group-none = None: claims cost nothing
web-studio-pool-price = Price of a claim
web-studio-pool-claim = Limits of claiming
web-studio-pool-free = costs nothing
web-studio-pool-costs = { $percent }% of the points at first
web-studio-pool-start-percent = On arrival (% of the points)
web-studio-pool-start-percent-help = What a claim costs of the item's points. Empty = 100.
web-studio-pool-less-per-day-percent = Less for each day (%)
web-studio-pool-less-per-day-percent-help = The longer it lies, the cheaper. Empty = 5.
web-studio-pool-less-per-owner-percent = Less for each former owner (%)
web-studio-pool-less-per-owner-percent-help = Reviving what others left pays. Empty = 25.
web-studio-pool-least-percent = Lowest price (%)
web-studio-pool-least-percent-help = Where it stops falling; 0 = free in the end.
web-studio-pool-per-day = Claims a day for each person
web-studio-pool-per-day-help = What was given back the same day counts too. Empty = no limit.
web-studio-pool-holding-items = Holding limit (items)
web-studio-pool-holding-items-help = How many claimed from here one may hold. Empty = no limit.
web-studio-pool-holding-points = Holding limit (points)
web-studio-pool-holding-points-help = In points, besides the number of items. Empty = no limit.
web-studio-pool-cool-down = Cool-down
web-studio-pool-cool-down-help = How long a former owner may not claim it again, to the minute: 7d, 12h. Empty = none.
web-studio-pool-fresh-for = Freshness lock
web-studio-pool-fresh-for-help = For how long after it came nobody but administrators may take it: 1h. Empty = none.
web-studio-pool-at-once = Items in one bulk claim
web-studio-pool-at-once-help = Empty = 20, at most 200.
web-studio-pool-choose-of = Choose one of
web-studio-pool-choose-of-help = Shows so many at a time instead of the list, so that nobody combs the pool. Empty = the whole list.
web-studio-pool-counts-won = Won customers count towards the holding limit
web-studio-pool-counts-won-help = Otherwise a deal frees a place.
web-studio-pool-blind = Blind claiming
web-studio-pool-blind-help = Before claiming one sees how many there are and their points, not who.
web-studio-pool-note = Note
web-studio-pool-note-help = Reps read it: say what lies here.
web-studio-clock-rule-name = Name of the rule
web-studio-clock-rule-name-help = Reminders and records of recycling name it.
web-studio-clock-rule-is-on = Switched on
web-studio-clock-rule-is-on-help = Off, its clocks stand still; on again they go on. Nothing is erased.
web-studio-clock-rule-kind = Of which kind
web-studio-clock-rule-kind-help = Leads, accounts and opportunities have rules of their own.
web-studio-clock-rule-when = Which items
web-studio-clock-rule-when-help = Empty = all. The first rule from the top that matches holds.
web-studio-clock-rule-who = Whose owner
web-studio-clock-rule-who-help = By level or team, such as rep.level = Senior. Empty = anybody.
web-studio-clock-rule-time = Which time counts
web-studio-clock-rule-time-help = Working time follows the owner's calendar: it stands still at night, on holidays and on leave, and runs on make-up days.
web-studio-clock-rule-time-working = Working time
web-studio-clock-rule-time-real = Real time
web-studio-clock-rule-after = Usual time
web-studio-clock-rule-after-help = From when the item came: 10d, 4h, 1d 30m. Empty = no such clock.
web-studio-clock-rule-extends = After each proved follow-up at least
web-studio-clock-rule-extends-help = 3d: less than three days left become three, more stay. Empty = follow-up extends nothing.
web-studio-clock-rule-at-most = Longest time
web-studio-clock-rule-at-most-help = However much follow-up there is, it ends here: 20d. Empty = no end.
web-studio-clock-rule-warn = Remind the owner before
web-studio-clock-rule-warn-help = Several with commas between: 3d, 1d, 2h.
web-studio-clock-rule-warn-manager = Remind the manager before
web-studio-clock-rule-warn-manager-help = Written the same way: 1d.
web-studio-clock-rule-missed = When time is up
web-studio-clock-rule-missed-help = Dealing anew and the pool exclude each other. Dealing anew leaves out those who had it.
web-studio-clock-rule-stages = In which stages
web-studio-clock-rule-stages-help = Their codes with commas between: proposal, negotiation.
web-studio-clock-rule-to-pool = Recycled into
web-studio-clock-rule-to-pool-help = Unless one is named, the pools' own conditions decide.
web-studio-clock-rule-to-pool-first = The first pool that takes it
web-studio-clock-rule-extension = Extensions on request
web-studio-clock-rule-by = How long each
web-studio-clock-rule-by-help = 2d, say. Empty = nobody can ask for more time.
web-studio-clock-rule-times = How often
web-studio-clock-rule-times-help = For one item with one owner. Empty = once.
web-studio-clock-rule-cost-percent = Cost of each (% of the points)
web-studio-clock-rule-cost-percent-help = More time costs points. Empty = 10.
web-studio-clock-rule-needs-manager = The manager decides
web-studio-clock-rule-needs-manager-help = Otherwise a request holds at once.
web-studio-clock-rule-touches = Try it: proved follow-up at
web-studio-clock-rule-touches-help = Since the item came, with commas between; only for the drawing, never kept.
web-studio-clock-rule-note = Note
web-studio-clock-rule-note-help = Why it is so; for those who change rules.
web-studio-missed-tell-owner = Tell the owner
web-studio-missed-warn-manager = Warn the manager
web-studio-missed-reassign = Deal it anew to others
web-studio-missed-pool = Put it into the pool
web-studio-missed-unavailable = Set the owner unavailable
web-studio-clock-extends = at least { $span } after follow-up
web-studio-clock-at-most = at most { $span }
web-studio-holding-per-day = Claims a day for each person
web-studio-holding-per-day-help = Over all pools of this line together. Empty = no limit.
web-studio-holding-per-day-none = no limit
web-studio-holding-items = Holding limit (items)
web-studio-holding-items-help = Claimed from any pool and still held; besides the limits of each pool.
web-studio-holding-items-none = no limit
web-studio-holding-points = Holding limit (points)
web-studio-holding-points-help = In points. Empty = no limit.
web-studio-holding-points-none = no limit
web-studio-holding-note = Note
web-studio-holding-note-help = For those who change rules.
web-studio-clocks-most-hand-offs = Deal anew at most so often
web-studio-clocks-most-hand-offs-help = After that it goes into the pool, so that nothing circles for ever.
web-studio-clocks-locks--per-rep = Locks for each person
web-studio-clocks-locks--per-rep-help = What is locked is not recycled. Fill in both to allow locks; leave both empty for none.
web-studio-clocks-locks--per-rep-none = no locks
web-studio-clocks-locks--at-most = Longest lock
web-studio-clocks-locks--at-most-help = 30d, say; then it ends by itself.
web-studio-clocks-locks--at-most-none = no locks
web-studio-clocks-note = Note
web-studio-clocks-note-help = For those who change rules.
web-studio-peace-owners = Owners of one customer
web-studio-peace-owners-help = Too many annoy. Beyond this nobody can claim or be given it. Empty = no limit; usually 3.
web-studio-peace-owners-none = no limit
web-studio-peace-owners-within = Within
web-studio-peace-owners-within-help = 365d, say. Empty = ever.
web-studio-peace-owners-within-none = ever
web-studio-peace-contacts = Contacts at most
web-studio-peace-contacts-help = By all colleagues together. Empty = no limit.
web-studio-peace-contacts-none = no limit
web-studio-peace-contacts-within = Within
web-studio-peace-contacts-within-help = 7d, say.
web-studio-peace-contacts-within-none = ever
web-studio-peace-quiet = Quiet period
web-studio-peace-quiet-help = After one owner gave up, before the next: 14d. Empty = none.
web-studio-peace-quiet-none = none
web-studio-peace-one-owner-per-company = One owner for a company
web-studio-peace-one-owner-per-company-help = While a company has an owner, others cannot claim its leads.
web-studio-peace-note = Note
web-studio-peace-note-help = For those who change rules.
web-timeline-title = Drawn on an example
web-timeline-usual = Without follow-up it is due after { $due }
web-timeline-kept = Follow-up after { $at }: still due after { $due }
web-timeline-moved = Follow-up after { $at }: now due after { $due }
web-timeline-capped = Follow-up after { $at }: the longest time is reached, due after { $due }
web-timeline-late = Follow-up after { $at }: too late, time was up after { $due }
web-timeline-warns = Reminders after { $at }
web-timeline-ends = After { $due }: { $what }
web-timeline-ends-quietly = After { $due }: it only shows as due
web-timeline-none = Fill in a time, and it is drawn here.
web-timeline-legend = Blue: the usual time; green: won by follow-up; circles: proved follow-up; orange: reminders; dark: due; dashed: the longest time. A working day is drawn as 8 hours; each owner's calendar counts in fact.
web-span = { $unit ->
    [d] { $count ->
        [one] { $count } day
       *[other] { $count } days
    }
    [h] { $count ->
        [one] { $count } hour
       *[other] { $count } hours
    }
   *[m] { $count ->
        [one] { $count } minute
       *[other] { $count } minutes
    }
}
web-studio-pool-fits = Who may claim which
web-studio-pool-fits-help = Asks the item beside whoever would claim it, for example rep.language = English. What does not fit is seen but not claimed. Empty: no limit.
web-studio-section-evidence = What proves follow-up
web-studio-evidence-call = Answered calls
web-studio-evidence-reply = Replies in chats and by mail
web-studio-evidence-meeting = Meetings
web-studio-evidence-visit = Visits
web-studio-evidence-stage = Stage changes
web-studio-evidence-document = Documents sent (quotes, contracts, …)
web-studio-evidence-none = does not count
web-studio-evidence-whole = { $percent }% where something shows it, { $said }% on one’s own word
web-studio-evidence-from = from { $seconds } seconds { $percent }% where something shows it, { $said }% on one’s own word
web-studio-evidence-seen = { $percent }%
web-studio-evidence-counts = Counts as follow-up
web-studio-evidence-counts-help = Not ticked: it extends no deadline.
web-studio-evidence-percent = Where something shows it (% of the extension)
web-studio-evidence-percent-help = What the program saw itself: a recorded call, a reply that came in, a stage that moved. 100 is all of it.
web-studio-evidence-said-percent = On one’s own word (%)
web-studio-evidence-said-percent-help = No recording or reply stands behind it. 0: what is only typed does not count.
web-studio-evidence-least-seconds = At least (seconds)
web-studio-evidence-least-seconds-help = Shorter recordings do not count. 0: any length.
web-studio-clocks-signs--burst-items = Suspected follow-up: items in a burst
web-studio-clocks-signs--burst-items-help = So many items logged within the time below stand out on the manager's page. Leave all six empty for the usual ones.
web-studio-clocks-signs--burst-items-none = 8
web-studio-clocks-signs--burst-within = Length of a burst
web-studio-clocks-signs--burst-within-help = 10m, say.
web-studio-clocks-signs--burst-within-none = 10m
web-studio-clocks-signs--copied-items = Items with the same words
web-studio-clocks-signs--copied-items-help = The same note on so many items stands out.
web-studio-clocks-signs--copied-items-none = 5
web-studio-clocks-signs--copied-letters = Shortest note that counts as copied
web-studio-clocks-signs--copied-letters-help = In letters; shorter notes are the same by nature.
web-studio-clocks-signs--copied-letters-none = 6
web-studio-clocks-signs--deadline-items = Touches at the deadline
web-studio-clocks-signs--deadline-items-help = So many items touched on one side only, just before a clock ran out, stand out.
web-studio-clocks-signs--deadline-items-none = 3
web-studio-clocks-signs--deadline-within = How shortly before the deadline
web-studio-clocks-signs--deadline-within-help = 1h, say.
web-studio-clocks-signs--deadline-within-none = 1h
