people-address-taken = somebody uses { $value } already; everybody has an address of their own
people-address-unreadable = “{ $value }” is not a mail address
people-cap-too-long = a cap by hand lasts at most { $limit } days; set another one afterwards
people-adjustment-too-long = a temporary adjustment lasts at most { $limit } days; add another one afterwards
people-admin-sees-all = an administrator’s data scope is always everybody
people-away-already = this overlaps a leave that is entered already: { $until-at ->
    [no-value] { $from-at }
   *[other] { $from-at } to { $until-at }
}; cancel that one first, or choose other times
people-calendar-in-use = { $count ->
    [one] one person works by this calendar; give them another first
   *[other] { $count } people work by this calendar; give them another first
}
people-calendar-is-default = this is the default calendar; make another one the default first
people-calendar-never-open = at least one day of the week needs working hours
people-choice-gone = there is no such choice, or no longer; choose again
people-date-unreadable = “{ $value }” is not a date; write it as 2026-03-31
people-dates-reversed = the end lies before the beginning
people-inactive = { $name } is deactivated
people-last-admin = this is the last administrator; appoint another one first
people-leave-too-long = a leave lasts at most { $limit } days
people-mentor-himself = nobody is their own mentor
people-name-taken = there is a “{ $name }” already; choose another name
people-needed = is needed
people-not-yourself = nobody does this to themselves; ask another administrator
people-number-out-of-range = must be a number from { $low } to { $high }
people-number-unreadable = “{ $value }” is not a number
people-over-already = is over already; choose today or later
people-roster-too-long = plan at most { $limit } days at once
people-roster-without-days = none of the chosen weekdays lies between these days
people-scope-needs-team = a data scope of a team needs a team; choose one first
people-shift-overlaps = { $name } has a shift on { $date } already; delete that one first, or choose other times
people-team-circle = “{ $name }” would stand below itself
people-team-dissolved = their team “{ $name }” was dissolved; give them another one first
people-team-not-empty = { $teams ->
    [0] { $members ->
        [one] one person still belongs to it; move them to another team first
       *[other] { $members } people still belong to it; move them to other teams first
    }
   *[other] { $members ->
        [0] { $teams } teams still stand below it; move or dissolve them first
       *[other] { $members } people and { $teams } teams still belong to it; move them first
    }
}
people-team-too-deep = teams have at most { $limit } levels
people-too-long = has at most { $limit } characters
people-too-many = { $count } are too many; at most { $limit }
people-weight-unknown = “{ $value }” is not understood; name a kind of item, a grade, or both as in “lead:A”
people-mentor-unknown = no rep here is called “{ $value }”; write a name or a mail address
people-role-not-yours = only administrators give this role; ask one
people-role-unknown = there is no role “{ $value }”; write rep, manager, sales_ops, admin or auditor
people-row-repeated = { $value } stands in row { $first-row } already; keep one of them
people-team-elsewhere = “{ $name }” stands below another team; move the team first, or change this cell
people-file-too-large = the file is too large, at most { $limit } MB; split it
