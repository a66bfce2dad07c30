# The studio: levels, to-dos, regular meetings.
# Levels
web-studio-title-levels = Levels, lowest first
web-studio-add-levels = Add a level
web-studio-none-levels = No levels: everybody may take everything, and nobody settles in or is proposed upwards.
web-studio-new-levels = New level
web-studio-level-name = Name
web-studio-level-name-help = As on members’ pages. Types of to-dos and capacity follow a new name; members and conditions do not.
web-studio-level-takes = May take
web-studio-level-takes-help = Asks leads only, such as lead.grade in (B, C). Empty = everything.
web-studio-level-takes-all = everything
web-studio-level-mostly = Should mostly take
web-studio-level-mostly-help = Such as lead.grade = C. Counts only where fit weighs the level. Empty = nothing in particular.
web-studio-level-mentees = Newcomers that one person accompanies at most
web-studio-level-mentees-help = For mentors. Empty = no limit.
web-studio-level-ramp = Settling in
web-studio-level-ramp-said = from { $start }% to full in { $days } days
web-studio-level-ramp-results-said = or { $count } conversions
web-studio-level-ramp-start-percent = Weight at the start, percent
web-studio-level-ramp-start-percent-help = Usually 40. With all three empty nobody settles in.
web-studio-level-ramp-days = Days to full weight
web-studio-level-ramp-days-help = From joining, leave not counted; usually 90. No longer than the days to the next level.
web-studio-level-ramp-results = Or conversions to full weight
web-studio-level-ramp-results-help = Whichever is sooner. Empty = days alone.
web-studio-level-stretch = Stretch leads
web-studio-level-stretch-said = { $percent }% of the level above
web-studio-level-stretch-percent = Open of the level above, percent
web-studio-level-stretch-percent-help = At most 50, usually 10. Empty = no stretch leads.
web-studio-level-stretch-needs-mentor = Only beside a mentor
web-studio-level-stretch-needs-mentor-help = Without a mentor in service there are none.
web-studio-level-stretch-credit-percent = Credited to the mentor, percent
web-studio-level-stretch-credit-percent-help = Empty = 20. It is shown and moves no points.
web-studio-level-graduation = The next level
web-studio-level-graduation-said = after { $days } days, with leads that promise { $expected } conversions
web-studio-level-graduation-off = not proposed
web-studio-level-graduation-is-enabled = Propose the next level
web-studio-level-graduation-is-enabled-help = A person decides; nobody is ever demoted.
web-studio-level-graduation-days = Days at this level, at least
web-studio-level-graduation-days-help = Empty = 90.
web-studio-level-graduation-expected = Conversions that the leads received promise, at least
web-studio-level-graduation-expected-help = Enough to judge by. Empty = 15.
web-studio-level-graduation-of-mean-percent = Of what the level does, percent
web-studio-level-graduation-of-mean-percent-help = Empty = 90.
web-studio-level-graduation-probability-percent = Certainty, percent
web-studio-level-graduation-probability-percent-help = 50 to 99. Empty = 80.
web-studio-level-note = Note
web-studio-level-note-help = For those who change rules.

# Types of to-dos
web-studio-title-task-types = Types of to-dos
web-studio-add-task-types = Add a type
web-studio-none-task-types = No types yet, such as a call of 10 minutes or a visit of 90. To-dos need one.
web-studio-new-task-types = New type of to-dos
web-studio-task-type-name = Name
web-studio-task-type-name-help = Stands on every to-do. Rules and triggers follow a new name.
web-studio-task-type-takes = Usually takes
web-studio-task-type-difficulty = Difficulty
web-studio-task-type-difficulty-help = Stands on the to-do; rules may ask task.difficulty (easy, normal, hard), such as hard ones for seniors. Points count time alone.
web-studio-task-type-minutes = Expected minutes
web-studio-task-type-minutes-help = For the usual quantity, travel included.
web-studio-task-type-points = Workload points
web-studio-task-type-points-help = Empty = one per ten minutes. Measured proposals stand on the page of workload points.
web-studio-task-type-level = Lowest level that may do it
web-studio-task-type-level-help = That level and those above.
web-studio-task-type-level-none = anybody
web-studio-task-type-skills = Skills needed
web-studio-task-type-skills-help = With commas between; all are needed, written as on members’ pages. Empty = none.
web-studio-task-type-needs = Who may do it
web-studio-task-type-quantity = Usual quantity
web-studio-task-type-quantity-help = Such as 20 for twenty calls at a time.
web-studio-task-type-kpi = Counts towards
web-studio-task-type-kpi-help = Empty = the name of the type.
web-studio-task-type-checklist = Checklist
web-studio-task-type-checklist-help = One thing a line, 50 at most; all are ticked before it is done.
web-studio-task-type-evidence = Proof of completion
web-studio-task-type-evidence-help = What is asked for before it counts as done.
web-studio-task-type-due = Due within
web-studio-task-type-due-help = Working time, such as 2d or 4h. Empty = 2d.
web-studio-task-type-absent = Owner away when it is due
web-studio-task-type-absent-help = What becomes of it.
web-studio-task-type-follows = Goes with what it is for
web-studio-task-type-follows-help = To the next owner of the lead, and away when the lead is closed.
web-studio-task-type-note = Note
web-studio-task-type-note-help = For those who change rules.
web-studio-task-evidence-none = none
web-studio-task-evidence-note = a sentence
web-studio-task-evidence-link = an address (of a document)
web-studio-task-evidence-photo = a photo
web-studio-task-evidence-contact = a logged contact with the customer
web-studio-task-absent-wait = wait for him
web-studio-task-absent-substitute = to the substitute
web-studio-task-absent-deal = deal it by the rules
web-studio-task-absent-skip = skip it

# Rules of to-dos
web-studio-title-task-rules = How to-dos are dealt, asked from the top
web-studio-add-task-rules = Add a rule
web-studio-none-task-rules = No rules yet: to-dos go to somebody by name or to the market.
web-studio-new-task-rules = New rule of to-dos
web-studio-task-rule-name = Name
web-studio-task-rule-name-help = Stands in the receipt of every to-do that it deals.
web-studio-task-rule-is-enabled = This rule is on
web-studio-task-rule-is-enabled-help = A rule that is off stays in the file and deals nothing.
web-studio-task-rule-types = Which to-dos
web-studio-task-rule-types-help = None ticked = every type.
web-studio-task-rule-types-all = every type
web-studio-task-rule-when = And only if
web-studio-task-rule-when-help = Asks what it is for, and task.type, task.difficulty, task.minutes, task.quantity. Empty = always.
web-studio-task-rule-strategy = How it is dealt
web-studio-task-rule-strategy-help = Fair shares are kept in workload points, never added to lead points.
web-studio-task-rule-group = Within which group
web-studio-task-rule-group-help = Only its people get any.
web-studio-task-rule-rep = To whom
web-studio-task-rule-rep-help = All that match go to this person.
web-studio-task-rule-if-absent = If that person cannot take it now
web-studio-task-rule-if-absent-help = On leave, switched off, full, or out of working hours.
web-studio-task-rule-who = Only people who
web-studio-task-rule-who-help = Narrows the group. The level and skills of the type are counted already. Empty = all.
web-studio-task-rule-match = Must match
web-studio-task-rule-match-help = What the lead says must lie within what the rep declared; who declared nothing covers everything.
web-studio-task-rule-nobody = If nobody can take it
web-studio-task-rule-nobody-help = Every rule says so; nothing is dropped on the quiet.
web-studio-task-rule-nobody-rep = Who takes it or decides
web-studio-task-rule-nobody-rep-help = Takes it even when full, or is told and decides.
web-studio-task-rule-note = Note
web-studio-task-rule-note-help = For those who change rules.
web-strategy-holder = to whoever holds the customer
web-strategy-market = to the task market
web-studio-nobody-market = put it on the task market
web-otherwise-market = to the task market

# Triggers
web-studio-title-triggers = To-dos that come by themselves
web-studio-add-triggers = Add one
web-studio-none-triggers = None yet. An assignment, a stage, a deal won or lost can make a to-do, such as a call three days after.
web-studio-new-triggers = New to-do that comes by itself
web-studio-trigger-name = Name
web-studio-trigger-name-help = Stands on the to-do and says where it came from.
web-studio-trigger-is-on = It is on
web-studio-trigger-is-on-help = Off: no new ones; those that exist stay.
web-studio-trigger-kind = For what
web-studio-trigger-kind-help = What is watched; the to-do is linked to it.
web-studio-trigger-on = When
web-studio-trigger-on-help = An account has no stages and is never won.
web-studio-trigger-on-assigned = is assigned
web-studio-trigger-on-stage = reaches a stage
web-studio-trigger-on-won = is won
web-studio-trigger-on-lost = is lost
web-studio-trigger-stages = Which stages
web-studio-trigger-stages-help = Any of them; they must belong to what is watched above.
web-studio-trigger-when = And only if
web-studio-trigger-when-help = Asks leads only, such as lead.grade = A. Empty = always.
web-studio-trigger-type = Which type of to-do
web-studio-trigger-type-help = Types stand above.
web-studio-trigger-title = Title
web-studio-trigger-title-help = Empty = the name of the type; 120 characters at most.
web-studio-trigger-after = Begins after
web-studio-trigger-after-help = Working time, such as 3d. Empty = at once.
web-studio-trigger-after-said = after { $span }
web-studio-trigger-to = To whom
web-studio-trigger-to-help = By the rules: those of to-dos above.
web-studio-trigger-to-holder = whoever holds it
web-studio-trigger-to-rules = by the rules of to-dos
web-studio-trigger-to-market = the task market
web-studio-trigger-once = Not while one is open
web-studio-trigger-once-help = No second one while the first for the same lead is not done.
web-studio-trigger-note = Note
web-studio-trigger-note-help = For those who change rules.

# The market and limits
web-studio-section-tasks = Task market and limits of to-dos
web-studio-tasks-market--who = Who may claim
web-studio-tasks-market--who-help = Asks people only, such as rep.team = Shanghai. Empty = everybody who sells.
web-studio-tasks-market--who-none = everybody who sells
web-studio-tasks-market--per-day = Claims a day, each
web-studio-tasks-market--per-day-help = Empty = no limit; with 0 nobody can claim.
web-studio-tasks-market--per-day-none = no limit
web-studio-tasks-market--holding = Claimed and not done, each
web-studio-tasks-market--holding-help = Empty = no limit.
web-studio-tasks-market--holding-none = no limit
web-studio-tasks-market--holding-points = Workload points claimed and not done, each
web-studio-tasks-market--holding-points-help = Beside the number. Empty = no limit.
web-studio-tasks-market--holding-points-none = no limit
web-studio-tasks-market--give-back = What was claimed may be given back
web-studio-tasks-market--give-back-help = Others can claim it then, and the points are refunded.
web-studio-tasks-most-open = Open to-dos by the rules, each
web-studio-tasks-most-open-help = Who has so many gets no more by the rules. Empty = no limit.
web-studio-tasks-most-open-none = no limit
web-studio-tasks-most-open-points = Workload points of open to-dos by the rules, each
web-studio-tasks-most-open-points-help = Beside the number. Empty = no limit.
web-studio-tasks-most-open-points-none = no limit
web-studio-tasks-horizon-days = Days that a series is made ahead
web-studio-tasks-horizon-days-help = 1 to 90, usually 14.
web-studio-tasks-tau-percent = How far fit may outweigh what is owed, percent of the largest type
web-studio-tasks-tau-percent-help = Usually 100.
web-studio-tasks-note = Note
web-studio-tasks-note-help = For those who change rules.

# Minutes by channel, regular meetings
web-studio-workload-channels--call = Minutes of a call without a length
web-studio-workload-channels--call-help = Where no length was recorded. Empty = 10.
web-studio-workload-channels--wechat = Minutes of a chat
web-studio-workload-channels--wechat-help = Where no length was recorded. Empty = 5.
web-studio-workload-channels--mail = Minutes of a mail
web-studio-workload-channels--mail-help = Where no length was recorded. Empty = 10.
web-studio-workload-channels--visit = Minutes of a visit
web-studio-workload-channels--visit-help = Travel included. Empty = 90.
web-studio-workload-channels--meeting = Minutes of a meeting
web-studio-workload-channels--meeting-help = With a customer. Empty = 60.
web-studio-workload-channels--note = Minutes of a note
web-studio-workload-channels--note-help = Where only a note was written. Empty = 3.
web-studio-workload-below-level-percent = Work below one’s level is much from, percent
web-studio-workload-below-level-percent-help = Too simple is a cause as well: above it the page of load says so. Usually 40.
web-studio-title-meetings = Regular meetings
web-studio-add-meetings = Add a meeting
web-studio-none-meetings = No regular meetings. Those written here are no selling time.
web-studio-new-meetings = New regular meeting
web-studio-meeting-hours = From when to when
web-studio-meeting-hours-help = Such as 09:00-09:30, by the clock of whoever attends.
web-studio-meeting-days = Weekdays
web-studio-meeting-days-help = None ticked = every day.
web-studio-meeting-days-all = every day
web-studio-meeting-teams = Teams
web-studio-meeting-teams-help = None ticked = everybody.
web-studio-meeting-teams-all = everybody
web-studio-meeting-note = Note
web-studio-meeting-note-help = Such as: stand-up, weekly meeting.
web-studio-parts = Go to
web-studio-jump-rules = Rules
web-studio-jump-groups = Groups
web-studio-jump-pools = Pools
web-studio-jump-clock-rules = Clocks
web-studio-jump-levels = Levels
web-studio-jump-task-types = Types of to-dos
web-studio-jump-task-rules = Dealing to-dos
web-studio-jump-triggers = To-dos by events
web-studio-jump-meetings = Meetings
web-studio-jump-workload = Workload
web-studio-tasks-remind-before = Reminder before a to-do is due
web-studio-tasks-remind-before-help = In the owner’s working time, such as 2h or 1d; 0m = never. Empty = 2h.
