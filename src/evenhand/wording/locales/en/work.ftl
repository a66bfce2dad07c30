work-changed-meanwhile = somebody else changed this since you opened it; choose which value stays
work-closed = this is closed already
work-entry-key-used = this entry key belongs to another entry; take a new one
work-evidence-from-programs = evidence other than your word comes from connected programs
work-in-the-future = lies in the future; check the clock of the device
work-name-taken = there is a company of this name already; search for it, or add the city
work-needed = is needed
work-nobody-holds = nobody looks after this now; it has to be assigned first
work-not-a-choice = “{ $value }” cannot be chosen; possible are { $choices }
work-not-a-date = is not a date; write it as 2026-03-31
work-not-a-length = must be a number of seconds from 0 to { $limit }
work-not-a-revival = is no possible revival date; choose one from today to { $limit } days ahead
work-not-confirmed = type { $value } to confirm
work-not-lost = only lost leads and accounts have a revival date
work-note-empty = a note needs a text
work-nothing-chosen = nothing is chosen; tick at least one row
work-parent-circle = this company would stand above itself; choose another parent
work-parent-too-deep = too many companies stand above; at most { $limit } levels
work-stage-changed = somebody else changed the stage meanwhile; look again
work-too-late = { $limit ->
    [one] was made more than a day ago; log it as a note with the date
   *[other] was made more than { $limit } days ago; log it as a note with the date
}
work-too-many = { $count } at once are too many; at most { $limit }, so narrow it down
work-value-needed = give the value before it counts as won
