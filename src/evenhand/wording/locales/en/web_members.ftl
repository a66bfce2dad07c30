# Members, teams, leave, calendars, rosters.
web-members-field-name = Name
web-members-field-email = Mail address (to log in)
web-members-hint-email = They log in with it; notices and links go there. After a change they log in anew
web-members-field-phone = Phone
web-members-field-team = Team
web-members-hint-team = Its manager sees their leads and load; policies can deal by team
web-members-field-role = Role
web-members-hint-role = What they may do: reps work their own items, managers lead a team, sales operations change policies, administrators keep accounts, auditors only look
web-members-field-scope = Data scope
web-members-hint-scope = Whose leads, accounts and opportunities they see; a change holds at once
web-members-field-receives = Receives items
web-members-hint-receives = Checked: they join the groups they fit and begin to receive leads
web-members-field-level = Sales level
web-members-hint-level = Policies and capacities can treat levels differently, such as small leads for newcomers; write it as the policy does
web-members-field-weight = Weight (1.00 is a full share)
web-members-hint-weight = Their share in a group: 1.00 as much as others, 0.50 half, 0 nothing. Holds from now on, never back in time
web-members-column-weight = Weight
web-members-field-weights = Weights by grade
web-members-hint-weights = A share of its own for a grade, such as A=1.20, lead:B=0.50; without it the weight above counts
web-members-field-capacity = Capacity (open items)
web-members-hint-capacity = At so many open leads, accounts and opportunities nothing more is dealt to them; empty: as the policy says
web-members-field-regions = Regions
web-members-field-industries = Industries
web-members-hint-industries = Used where a rule wants the industry to match; of equals, the better fitting lead goes to them
web-members-field-products = Products
web-members-hint-products = Used where a rule wants the product to match
web-members-field-skills = Skills
web-members-hint-skills = Used where a rule wants the skill to match
web-members-field-languages = Languages
web-members-hint-languages = Used where a rule wants the language to match
web-members-hint-regions = Where a rule wants the region to match, they receive leads of these only; several with commas between
web-members-field-joined-on = Joined on
web-members-hint-joined-on = Counts their first weeks: a policy can start newcomers with less
web-members-field-mentor = Mentor
web-members-hint-mentor = Where a rule gives them a lead above their level, its receipt names the mentor
web-members-field-calendar = Calendar
web-members-hint-calendar = Deadlines such as the first contact run by it; the clock stands still after hours
web-members-default-calendar = The company’s default
web-members-field-factor = Factor (0.50 = half)
web-members-hint-factor = Their share is multiplied by it for this time: 0.50 half, 1.50 half as much again; it ends by itself, and receipts name it
web-members-field-from-date = From
web-members-field-until-date = Until (included)
web-members-field-note = Reason
web-members-hint-note = Shown on their page and in the journal, so that they know why
web-members-field-rep = Who
web-members-field-from-at = From
web-members-field-until-at = Until (included)
web-members-field-from-time = Begins at
web-members-field-until-time = Ends at
web-members-field-reason = Kind of leave
web-members-hint-reason = Seen by them and by whoever sees members; meanwhile nothing is dealt to them and nothing becomes due
web-members-field-parent = Above it
web-members-hint-parent = The manager of the team above sees this team too
web-members-field-manager = Led by
web-members-hint-manager = Told of returned leads, appeals and fairness alarms in the team
web-members-field-zone = Time zone
web-members-hint-zone = Deadlines and shifts of everybody on this calendar go by this clock
web-members-field-country = Country code
web-members-hint-country = CN, TW, DE-BY …; gives public holidays; empty: none
web-members-field-on = Day
web-members-hint-on = It changes this day for everybody on this calendar
web-members-field-kind = Kind
web-members-hint-kind = Holiday: no clock runs. Workday: a weekend counts as working time. Other hours: that day by the hours below
web-members-field-hours = Hours
web-members-hint-hours = Written as 09:00-12:00, 13:30-18:00; only these count as working time
web-members-field-roster = Roster
web-members-hint-roster = Policies name who is on duty by it
web-members-field-first = From
web-members-field-last = Until (included)
web-members-hint-last = The same day for a single shift
web-members-field-turn = Turns
web-members-hint-turn = Another person each day, each week, or all together
web-members-field-weekdays = Weekdays
web-members-hint-weekdays = None chosen: every day
web-members-field-reps = On duty
web-members-hint-reps = Hold Ctrl to choose several; turns follow this order
web-members-scope-self = Themselves
web-members-scope-team = Their team
web-members-scope-team-below = Their team and those below
web-members-scope-all = Everybody
web-members-top = (at the top)
web-members-search = Name, pinyin or mail
web-members-state = State
web-members-state-active = In service
web-members-state-away = On leave
web-members-state-off = Switched off
web-members-state-invited = Not joined yet
web-members-state-inactive = Deactivated
web-members-state-all = Everybody
web-members-until = until
web-members-invite = Invite
web-members-none = Nobody here yet
web-members-none-text = Invite a colleague, or paste a team list
web-members-none-filtered = Nobody fits these filters
web-members-none-filtered-text = Choose others, or reset
web-members-roles-by-admin = Other roles are given by administrators
web-members-link-title = Links to come in
web-members-link-once = The link is shown only here and now: copy it and pass it on. Earlier links no longer work
web-members-link-mailed = mailed
web-members-link-of = Link for { $name }
web-members-link-copy = Copy
web-members-link-copied = Copied
web-members-link-invite = Make an invitation link
web-members-link-reset = Make a link for a new password
web-members-profile = Profile
web-members-receives = What they receive
web-members-receives-nothing = { $name } receives no items
web-members-start = Begin to receive items
web-members-adjustments = Temporary adjustments
web-members-no-adjustments = No temporary adjustments
web-members-adjust = Adjust
web-members-made-by = By
web-members-canceled = Canceled
web-members-end = End now
web-members-now = Now
web-members-receives-now = Receives items
web-members-switch-off = Switch off
web-members-switch-on = Switch on
web-members-role-and-scope = Role and data scope
web-members-role-ask = Change the role or data scope of { $name }? All their logins end at once
web-members-access = Access
web-members-end-logins = End all logins
web-members-deactivate = Deactivate
web-members-deactivate-of = Deactivate { $name }
web-members-deactivate-logins = Logins, tokens and links end at once
web-members-deactivate-kept = History, receipts and the ledger stay; they can come back any time
web-members-deactivate-to = Hand over to
web-members-deactivate-rules = Deal anew by the rules
web-members-reactivate = Reactivate
web-members-is-inactive = { $name } is deactivated: cannot log in and receives nothing
web-members-save = Save
web-members-saved = Saved
web-paste-title = Paste a team list
web-paste-how = Copy cells of a spreadsheet to here, or upload a CSV or XLSX file; first you see what would change
web-paste-columns = The first row names the columns: name and email are needed; role, team (East/Shanghai), level, weight, region, industry, product, skill, language, capacity, joined, mentor and phone may be there
web-paste-cells = Cells
web-paste-example = name	email	team	level	weight
web-paste-file = Or a file
web-paste-look = Look first
web-paste-look-title = This would change
web-paste-empty = Paste cells or choose a file
web-paste-new = New
web-paste-changed = Changed
web-paste-unchanged = Unchanged
web-paste-rejected = Rejected rows
web-paste-new-teams = These teams would be new:
web-paste-unused = Columns not used:
web-paste-cut = The list is too long: only its first rows are shown here; paste the rest afterwards
web-paste-apply = Apply: { $new } new, { $changed } changed
web-paste-again = Another list
web-paste-row = Row
web-paste-verdict = Result
web-paste-what = What
web-paste-done = The team list is in
web-paste-column-name = Name
web-paste-column-phone = Phone
web-paste-column-role = Role
web-paste-column-team = Team
web-paste-column-level = Level
web-paste-column-weight = Weight
web-paste-column-region = Region
web-paste-column-industry = Industry
web-paste-column-product = Product
web-paste-column-skill = Skill
web-paste-column-language = Language
web-paste-column-capacity = Capacity
web-paste-column-joined-on = Joined on
web-paste-column-mentor = Mentor
web-teams-new = New team
web-teams-edit = Edit
web-teams-below = Add below
web-teams-people = People
web-teams-people-below = With those below
web-teams-none = No teams yet
web-teams-none-text = Add teams, then put people into them
web-teams-rename-hint = Rules name teams by their name: look at the policy after renaming
web-teams-dissolve = Dissolve
web-teams-dissolve-ask = Dissolve “{ $name }”? Only an empty team can be dissolved
web-leave-enter = Enter leave
web-leave-hours = Only some hours
web-leave-none = No leave entered
web-leave-over = Over
web-leave-back = Back now
web-leave-cancel = Cancel
web-leave-nobody = Nobody is away
web-leave-nobody-text = Who is on leave receives nothing new; the balance is frozen
web-leave-switched-off = Switched off: { $count }
web-availability-on = Switch on
web-availability-off = Switch off
web-availability-leave = My leave
web-calendars-new = New calendar
web-calendars-edit = Name and weekly hours
web-calendars-hours = Working hours
web-calendars-hours-hint = Write 09:00-12:00, 13:30-18:00; leave a day off empty
web-calendars-none = No calendars yet
web-calendars-none-text = Without one every hour counts as working time
web-calendars-default = Default
web-calendars-make-default = Make default
web-calendars-default-ask = Make “{ $name }” the default? Everybody without a calendar of their own will work by it
web-calendars-delete = Delete
web-calendars-delete-ask = Delete “{ $name }”?
web-calendars-provisional = The make-up workdays of { $year } are not published yet: that year is provisional. Update afterwards, or upload a file
web-calendars-not-settled = provisional
web-calendars-ahead = The next { $count } days
web-calendars-day = Day
web-calendars-what = What
web-calendars-own = own
web-calendars-own-days = The company’s own days
web-calendars-no-own = None yet; own days win over public holidays
web-calendars-complete = { $year } is complete
web-calendars-set-day = Set this day
web-calendars-remove = Remove
web-calendars-file = Upload days
web-calendars-file-hint = CSV or YAML: date, kind (holiday, workday, hours, complete), name, hours
web-calendars-upload = Upload
web-calendars-choose-file = Choose a file of at most 1 MB
web-calendars-kind-holiday = Holiday
web-calendars-kind-workday = Workday
web-calendars-kind-hours = Other hours
web-rosters-plan = Plan shifts
web-rosters-now = On duty now:
web-rosters-now-nobody = Nobody is on duty now
web-rosters-before = Earlier
web-rosters-after = Later
web-rosters-this-week = This week
web-rosters-none = No shifts this week
web-rosters-none-text = Plan shifts, and rules can ask who is on duty
web-rosters-turn-daily = One after the other, by day
web-rosters-turn-weekly = One after the other, by week
web-rosters-turn-together = All together
web-rosters-clear = Clear this week
web-rosters-clear-ask = Take away all shifts of “{ $name }” in this week?
web-rosters-remove = Remove { $name } { $hours }
web-members-open-items = { $count ->
    [one] one open item
   *[other] { $count } open items
}
web-members-logins = { $count ->
    [one] logged in at one place
   *[other] logged in at { $count } places
}
web-members-end-logins-ask = { $count ->
    [one] End the login of { $name }?
   *[other] End { $count } logins of { $name }?
}
web-members-deactivate-items = { $count ->
    [one] one open item goes to somebody else
   *[other] { $count } open items go to somebody else
}
web-paste-limit = { $count ->
    [one] at most one row at once
   *[other] at most { $count } rows at once
}
web-calendars-uploaded = { $count ->
    [one] one day was read
   *[other] { $count } days were read
}
web-rosters-planned = { $count ->
    [one] one shift was planned
   *[other] { $count } shifts were planned
}
web-rosters-cleared = { $count ->
    [one] one shift was removed
   *[other] { $count } shifts were removed
}
web-members-deactivated = { $items ->
    [0] { $name } is deactivated and held nothing
   *[other] { $name } is deactivated: { $given } handed over, { $dealt } dealt by the rules, { $waiting } waiting
}
web-members-field-title = Name
web-leave-when = When
web-members-end-tokens = End logins and revoke API tokens
web-members-end-tokens-ask = End { $logins } logins of { $name } and revoke { $count } API tokens? Programs that use them stop at once, and the tokens do not come back.
web-event-key-tokens = API tokens
