# The report that evenhand route writes (report.html). It states facts and what to do; it blames nobody.

report-title = Lead distribution report
report-product = Evenhand
report-subtitle = { $file } · { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
} · { $reps ->
    [one] { $reps } rep
   *[other] { $reps } reps
}
report-made = Dealt at { $at } ({ $zone }) · run { $run } · policy { $policy }

# First screen
report-card-rows = Rows read
report-card-rows-note = blank rows do not count
report-card-assigned = Assigned
report-card-assigned-note = { $share } of the usable leads
report-card-unassigned = Unassigned
report-card-unassigned-note = { $outcome }: { $count }
report-card-none-left = everything was dealt
report-card-repeated = Repeated
report-card-repeated-note = one lead is dealt once
report-card-rejected = Rejected
report-card-rejected-note = see rejected.csv
report-card-none-rejected = every row could be used
report-card-furthest = Furthest from entitlement
report-card-furthest-note = { $name }, { $side ->
    [owed] owed
    [ahead] ahead
   *[even] even
}{ $group ->
    [no-value] {""}
   *[other] {" "}in { $group }
}; proved bound { $bound }
report-card-nothing-booked = nothing was booked
report-card-sum = Zero-sum check
report-card-sum-good = Passed
report-card-sum-bad = Failed
report-card-sum-good-note = in every grade, owed and ahead cancel out
report-card-sum-bad-note = please keep receipts.jsonl and report it to us

report-amount = { $unit ->
    [turns] { $amount ->
        [one] { $amount } turn
       *[other] { $amount } turns
    }
   *[points] { $amount ->
        [one] { $amount } point
       *[other] { $amount } points
    }
}
report-owed = { $sign ->
    [owed] owed { $amount }
    [ahead] ahead { $amount }
   *[even] even
}
report-names-more = { $shown } and { $more } more
report-dash = –
report-share-of-all = { $percent }%

report-chart = Who got what
report-chart-desc = The bar is what was received in this run, by lead grade; the line is the entitlement, with what was brought forward. A bar that ends before the line is owed the rest; one that ends after it is ahead.
report-chart-unit = { $unit ->
    [turns] In turns. The line is the entitlement with what was brought forward; its distance from the bar is the balance.
   *[points] In points. The line is the entitlement with what was brought forward; its distance from the bar is the balance.
}
report-chart-cut = Shown are the { $shown } people with the largest balances, of { $all }; everybody is in the table below.
report-chart-due = Entitlement
report-chart-empty = No lead was dealt in this run.

report-attention = To look at
report-attention-none = Nothing needs your attention.
report-attention-unsound = The books do not add up. Please keep receipts.jsonl and report it to us.
report-attention-unassigned = { $count ->
    [one] { $count } lead is
   *[other] { $count } leads are
} unassigned; reasons and remedies below
report-attention-pooled = { $count ->
    [one] { $count } lead
   *[other] { $count } leads
} went to a public pool, as the rules say
report-attention-direct = { $name } is { $balance }, beyond the bound of dealing alone ({ $bound }): it comes from leads booked without a contest (to owners, to named people)
report-attention-rejected = { $count ->
    [one] { $count } row
   *[other] { $count } rows
} could not be used; corrected and put back into the sheet, they are dealt next time
report-attention-repeated = { $count ->
    [one] { $count } row repeats a lead and was
   *[other] { $count } rows repeat a lead and were
} not dealt again
report-attention-nothing = { $count ->
    [one] { $count } person
   *[other] { $count } people
} received nothing this time: { $names }
report-attention-rules = { $count ->
    [one] { $count } rule
   *[other] { $count } rules
} had no effect: { $names }
report-attention-team = { $count ->
    [one] { $count } cell
   *[other] { $count } cells
} of the team sheet could not be used
report-attention-unbooked = { $count ->
    [one] { $count } lead
   *[other] { $count } leads
} nobody else could take; not booked

report-ask = To ask why
report-ask-text = Every lead has a receipt. In the folder of the results, run:
report-ask-why = why it went to this person
report-ask-why-not = why not to another, and what would change that
report-ask-replay = compute every decision again and compare it with the receipts
report-ask-book = book what a manager changes (void, transfer, assign)

report-more = Details

# Each person
report-people = What each person received
report-people-of = { $kind ->
    [value] lead points
    [work] workload points
   *[count] turns (rotation by weight)
}
report-people-text = Entitled: every lead credits its points, by weight, to everybody who could take it; added up, that is the entitlement. Received: whoever takes a lead takes all of its points. Balance = brought forward + entitled − received. Whoever is owed comes first next time; whoever is ahead comes later.
report-people-count-text = Rules with rotation by weight only count: every lead is one turn, whatever it is worth.
report-people-work-text = Sales tasks are kept apart in workload points, never added to lead points.
report-head-person = Rep
report-head-items = Leads
report-head-grade = Grade { $grade }
report-head-received = Received
report-head-entitled = Entitled
report-head-before = Brought forward
report-head-balance = Balance
report-head-unbooked = Not booked
report-head-weight = Weight
report-head-load = Open / limit
report-total = Total
report-unlimited = no limit
report-weight-base = base { $value }
report-weight-ramp = ramp { $value }
report-weight-merit = merit { $value }
report-weight-adjustment = temporary { $value }
report-weight-range = { $low } – { $high }
report-weight-varies = differs by grade or condition
report-all-grades = all grades

# Fairness proof
report-proof = Fairness proof
report-proof-text = What a lead credits to everybody equals what its taker pays, so in every grade all balances must add up to exactly zero. And nobody can be further from zero than the proved bound, whoever was away and whoever could take what.
report-proof-whole-company = whole company
report-proof-title = { $group } · { $kind }
report-proof-good = adds up to zero, within the bound
report-proof-bad = failed
report-proof-furthest = Furthest from entitlement: { $name }, { $balance }.
report-proof-even = Everybody is exactly even.
report-proof-bound = Proved bound { $bound }: (largest lead { $largest } + band { $slack }) × ({ $people } people ever − 1) ÷ 2{ $has-shift ->
    [yes] {" "}+ what was booked without a contest (to owners, departures, manual changes) { $shift }
   *[no] {""}
}.
report-proof-jain = Jain index { $jain }, of received ÷ entitled: 1 means that everybody received exactly the entitlement; the more leads, the closer it gets.
report-proof-departed = { $name } has left, { $balance }; the others share it.
report-proof-departed-even = { $name } has left with nothing owed.
report-proof-none = No ledger was used: nothing was dealt by entitlement or by rotation.
report-head-grade-book = Grade
report-head-dealt = Leads dealt
report-head-dealt-points = Points dealt
report-head-owed-sum = Owed, in all
report-head-ahead-sum = Ahead, in all
report-head-sum = Sum

# Batch plans
report-plan = The batch plan
report-plan-text = The leads were dealt as a whole. In this order a plan sees to it that as few leads as possible are left out, that everybody gets as close as possible to what he is due, and that fit × points is as high as possible. Nobody gets more than his capacity.
report-plan-value-text = Fit × points counts a lead of 8 points with a fit of 0.5 as 4. In turn: what the same leads would have come to one after the other. Best: what no plan can exceed that leaves out as few leads and keeps as close to what is due.
report-plan-no-value = No person suits a lead better than another here, so there was nothing to gain by fit: everybody gets what he is due, rounded to leads.
report-plan-together = Fit × points { $value }, in turn { $in-turn }: { $compared ->
    [more] { $difference } more by planning
    [less] { $difference } less by planning, for the sake of the first two aims
   *[same] planning changed nothing
}.{ $bound ->
    [no-value] {""}
   *[other] { " " }Best { $bound }.
}
report-plan-sequence = { $count ->
    [one] One lead was
   *[other] { $count } leads were
} too many to plan with the solvers installed, and dealt in turn.
report-plan-best = proved best
report-plan-near = not proved best
report-plan-short-unit = { $kind ->
    [flow] leads
   *[gap] points
}
report-plan-left-in-turn = { $count } left out
report-head-plan-of = Grade
report-head-plan-items = Leads
report-head-plan-left = Left out
report-head-plan-short = Missing to what is due
report-head-plan-value = Fit × points
report-head-plan-in-turn = In turn
report-head-plan-bound = Best
report-head-plan-proved = Result

# Who did not take part
report-excluded = Who did not take part, and why
report-excluded-text = Whoever could have received a lead from any rule does not count as excluded from it. Leads that go straight to an owner, a named person or a public pool exclude nobody.
report-excluded-none = Nobody was excluded: everybody could take every lead.
report-excluded-people = { $people ->
    [one] { $people } person
   *[other] { $people } people
} · { $items ->
    [one] { $items } lead
   *[other] { $items } leads
}
report-excluded-inactive = Deactivated, receive nothing: { $names }
report-excluded-outside = In no group; receive only what is meant for them by name: { $names }
report-head-missed = Leads without them
report-head-detail = Most frequent case
report-kept-availability-on-leave = On leave
report-kept-availability-switched-off = Accepting switch is off
report-kept-closed = Outside working time
report-kept-capacity-open-items = Open leads at the capacity limit
report-kept-capacity-open-points = Open points at the capacity limit
report-kept-capacity-window-items = Leads per period at the limit
report-kept-capacity-window-points = Points per period at the limit
report-kept-weight-zero = Weight is 0
report-kept-level-does-not-take = The sales level does not take these
report-kept-level-no-mentor = No mentor for a stretch lead
report-kept-level-unknown = Sales level is not in the policy
report-kept-match-region = Not their region
report-kept-match-industry = Not their industry
report-kept-match-product = Not their product
report-kept-match-skill = Skill does not match
report-kept-match-language = Language does not match
report-kept-condition = Not who the rule asks for
report-kept-other = Other reasons

# Unassigned
report-unassigned = Unassigned leads
report-unassigned-none = Every usable lead was dealt.
report-unassigned-text = Leads that wait, need a decision or met no rule are not remembered as dealt: see to the reason, run again with the same folder, and they are dealt anew.
report-heap-title = { $outcome }: { $count ->
    [one] { $count } lead
   *[other] { $count } leads
}
report-heap-rule = rule “{ $rule }”
report-heap-why = Why: { $why }
report-heap-causes = Mainly: { $causes }
report-heap-cause = { $label } ({ $people ->
    [one] { $people } person
   *[other] { $people } people
})
report-remedy = Remedy: { $advice }
report-remedy-pooled = Colleagues can claim them from the public pool. If they should not be there, change where this rule sends them.
report-remedy-escalated = { $where } decides who gets them; book that with evenhand book, and the ledger knows.
report-remedy-no-rule = Add a last rule without a condition, to catch all other leads.
report-remedy-group-empty = Nobody is in the group yet: change who belongs to the group, or add people to the team sheet.
report-remedy-full = Everybody is at a capacity limit: let them work off open leads, raise the limit, or say who takes what nobody can.
report-remedy-departed = The owner has left: name a new owner for the company, or set if_departed to next_rule.
report-remedy-owner-none = There is no owner: name one, or go on with the next rule if there is nobody.
report-remedy-match-region = Nobody covers these regions: add them in the team sheet, or add a rule that does not look at the region.
report-remedy-match-industry = Nobody covers these industries: add them in the team sheet, or take industry out of match in the rule.
report-remedy-match-product = Nobody covers these products: add them in the team sheet, or take product out of match in the rule.
report-remedy-match-skill = Nobody has this skill: add it in the team sheet, or take skill out of match in the rule.
report-remedy-match-language = Nobody speaks this language: add it in the team sheet, or take language out of match in the rule.
report-remedy-level = Nobody of the right level can take them: let more levels take them, or add the right people to the group.
report-remedy-away = Whoever could take them is away: run again when they are back, or say who takes what nobody can.
report-remedy-weight = Whoever could take them has weight 0: give weights in the team sheet.
report-remedy-who = Nobody is whom the rule asks for (who): relax it, or say who takes what nobody can.
report-remedy-other = Say what happens if nobody can take it: next rule, public pool or an overflow person.
report-head-row = Row
report-head-item = Lead ID
report-head-company = Company
report-head-outcome = Outcome
report-head-points = Points
report-head-why = Reason
report-first-rows = The first { $shown } of { $all }; all of them are in { $file }.

# Rules
report-rules = What the rules did
report-rules-text = Rules are asked in order: the first one whose condition holds and that finds somebody settles it.
report-head-rule = Rule
report-head-when = When
report-head-to = To
report-head-applied = Applied
report-head-assigned = Assigned
report-head-otherwise = Not assigned
report-head-passed = Passed on
report-head-state = State
report-when-always = every lead
report-state-fired = in effect
report-state-not-reached = not reached: rules above settled everything
report-state-led-nowhere = found nobody
report-state-never-applied = no lead met the condition
report-state-off = switched off
report-to-fair-share = fair share in “{ $group }”
report-to-rotation = rotation by weight in “{ $group }”
report-to-best-fit = best fit in “{ $group }”
report-to-owner = { $of ->
    [company] owner of the company
    [territory] owner of the territory
   *[collector] whoever collected it
}
report-to-person = { $rep }, by name
report-to-pool = public pool “{ $pool }”
report-if-nobody = { $do ->
    [next-rule] if nobody: next rule
    [wait] if nobody: wait
    [pool] if nobody: public pool “{ $where }”
    [overflow] if nobody: { $where } takes it
   *[escalate] if nobody: { $where } decides
}
report-causes = By which right
report-cause-fair-share = fair share { $count }
report-cause-rotation = rotation { $count }
report-cause-best-fit = best fit { $count }
report-cause-owner = owner { $count }
report-cause-person = named person { $count }
report-cause-overflow = overflow person { $count }
report-cause-planned = batch plan { $count }
report-cause-manual = by hand { $count }
report-cause-random = random calibration { $count }

# Rejected and repeated rows
report-rows = Rejected and repeated rows
report-rows-none = No row was rejected, and none repeated.
report-rejected = Rejected rows: { $count }
report-repeated = Repeated rows: { $count }
report-head-column = Column
report-head-value = Value
report-team-cells = Cells of the team sheet that could not be used: { $count }
report-team-cells-text = These people take part as usual, without that entry.

# Notes
report-notes = Notes and settings
report-notes-none = Nothing had to be assumed.
report-setting-policy = Policy
report-setting-moment = Moment of dealing
report-setting-seed = Company seed
report-setting-tau = Most that fit may weigh (τ)
report-setting-band = Band
report-setting-grades = Grade books
report-setting-fit = Fit
report-setting-hours = Working time
report-setting-exploration = Random calibration
report-setting-files = Result files
report-on = in use
report-off = not in use
report-fit-none = not in use (so τ has no effect)
report-fit-declared = as declared
report-fit-learnt = learnt from past outcomes
report-hours-ignore = does not matter
report-hours-exclude = nothing is dealt outside it
report-moment = { $at } ({ $zone })

# The bundled example
demo-files = The input of the example is in { $folder }: leads, team, policy and history.
demo-report = Open the report: { $report }
demo-why = Ask why: { $command }
demo-next = With your own two spreadsheets: { $command }
demo-checkup = Look at how the past year was dealt: { $command }
demo-folder-in-use = { $folder } holds results of your own, which the example leaves alone; give another folder with --out.
