# A list dealt as one plan, and what an import would do.
web-preview-title = Who would get how many
web-preview-show = Show who would get how many
web-preview-back = Back to the file
web-preview-text-route = If the import started now, by the rules, books and loads as they are. Nothing has been written.
web-preview-text-plan = The plan as it would be made now, by the rules and books as they are; who is full now counts too, since portions come later. Nothing has been written.
web-preview-part = Only the first { $count } rows were looked at; the rest is dealt in the same way.
web-preview-people = people get leads
web-preview-unassigned = stay unassigned
web-preview-pooled = go to a pool
web-preview-repeats = known already or twice in the file (not dealt)
web-preview-leads = Leads
web-preview-points = Points
web-plan-choices = For a plan
web-plan-per-day = Leads in a portion
web-plan-per-day-hint = So many are released on each working day
web-plan-per = That many
web-plan-per-each = to each rep
web-plan-per-all = in all
web-plan-collectors = Whoever collected a lead gets it
web-plan-collectors-hint = If the file names the person and he can take it; he pays for it like for any other
web-plan-absent = Whoever is absent or full on the day
web-plan-absent-hold = Hold his part until he is back
web-plan-absent-redeal = Let the rules give his part to others
web-plan-absent-hint = The part of somebody who has left is always dealt anew
web-plan-absent-hint-hold = Whoever is absent or full keeps his part until he is back.
web-plan-absent-hint-redeal = Whoever is absent or full on the day loses his portion to others, by the rules.
web-plan-starts = First day
web-plan-starts-hint = Empty = as soon as people work
web-plan-title = Plan of this list
web-plan-not-yet = The plan is made when all rows are in.
web-plan-ended = All released
web-plan-is-stopped = Stopped
web-plan-goes-on = { $days ->
    [0] Being released
    [one] Being released, one working day left
   *[other] Being released, { $days } working days left
}
web-plan-released-of = { $count } of { $total } released
web-plan-per-rep = { $count } to each rep a working day.
web-plan-in-all = { $count } a working day in all.
web-plan-from = From { $day } on.
web-plan-now = Release a portion now
web-plan-stop = Stop releasing
web-plan-continue = Go on releasing
web-plan-done-now = A portion is being released
web-plan-done-stop = Nothing more is released until you go on
web-plan-done-continue = Portions are released again
web-plan-released = Released
web-plan-left = Left
web-plan-why = Why not yet
web-plan-by-rules = Nobody yet (the rules are asked again)
web-plan-move = Move
web-plan-move-hint = Change the plan by hand: the last leads of one part that are not released go to somebody else.
web-plan-move-from = From
web-plan-move-to = To
web-plan-moved = { $count ->
    [one] One lead moved
   *[other] { $count } leads moved
}
