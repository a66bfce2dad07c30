# The receipt: all reasons of one decision, as sentences in the reader's language.

receipt-title-outcome = Outcome
receipt-title-worth = What it is worth
receipt-title-rule = Which rule
receipt-title-considered = Who was considered
receipt-title-excluded = Who was not
receipt-title-won = Why { $winner }
receipt-title-lost = Why not { $rep }
receipt-title-change = What would have brought it to { $rep }
receipt-title-record = Record

receipt-outcome = { $outcome ->
    [assigned] To { $winner }: { $kind } { $item }
    [pooled] To the public pool “{ $where }”: { $kind } { $item }
    [waiting] Not dealt until somebody can take it: { $kind } { $item }
    [escalated] Escalated to { $where }: { $kind } { $item }
   *[no-rule] No rule applies, not dealt: { $kind } { $item }
}
receipt-mentor = A stretch lead; mentor: { $mentor }
receipt-worth = { $score ->
    [no-value] Grade { $grade }
   *[other] Score { $score }, grade { $grade }
}, { $points ->
    [one] { $points } point
   *[other] { $points } points
}
receipt-rule = { $rule ->
    [no-value] { receipt-cause }
   *[other] Rule “{ $rule }”: { receipt-cause }
}
receipt-cause = { $cause ->
    [fair-share] fair share
    [rotation] weighted rotation
    [best-fit] best fit
    [owner] owner first
    [person] named person
    [overflow] overflow person
    [planned] batch plan
    [manual] assigned by hand
    [pooled] public pool
    [waiting] wait until somebody can take it
   *[escalated] escalation
}
receipt-tried = Rule “{ $rule }” came first and led nowhere: { $why }
receipt-considered = { $count } eligible, { $in-band } in the band{ $band ->
    [no-value] {""}
   *[other] {" "}(owed at most { $band } less than the most owed)
}
receipt-considered-all = { $count } eligible
receipt-place = { $member }: { $owed }; share of this item { $share }{ $grade-owed ->
    [no-value] {""}
   *[other] ; in this grade { $grade-owed }
}{ $bonus ->
    [no-value] {""}
   *[other] ; fit bonus { $bonus }
}; together { $score }{ $is-in-band ->
    [yes] {""}
   *[no] {" "}(outside the band)
}
receipt-places-more = { $count } more
receipt-excluded = { $people }: { $why }
receipt-ramp = { $member } is in the ramp: { $percent }% of a full share ({ $days } days worked, { $results } leads converted)
receipt-booked = { $points ->
    [one] The whole { $points } point is
   *[other] The whole { $points } points are
} booked as received by { $winner }{ $after ->
    [no-value] {""}
   *[other] , then { $after }
}
receipt-explored = { $was-random ->
    [yes] Random calibration: drawn inside the band, probability { $numerator }/{ $denominator }
   *[no] Random calibration did not pick this item; probability of this outcome { $numerator }/{ $denominator }
}
receipt-change-together = All of these: { $changes }
receipt-change-either = Any one of these
receipt-policy = Policy version { $policy }
receipt-moment = { $offset ->
    [no-value] Decided { $moment }
   *[other] Decided { $moment } ({ $offset })
}
receipt-sequence = Number { $sequence } in the fair-share ledger
receipt-draw = Draw { $draw }

# Why somebody got it
receipt-won-alone = Nobody else was eligible
receipt-won-most-owed = { $next-owed ->
    [no-value] { $owed }, this item counted
   *[other] { $owed }, this item counted; runner-up { $next-owed }
}
receipt-won-by-grade = { $next-score ->
    [no-value] Highest together: { $score }, being { $grade-owed } in grade { $grade }
   *[other] Highest together: { $score }, being { $grade-owed } in grade { $grade }; runner-up { $next-score }
}
receipt-won-by-fit = { $next-score ->
    [no-value] Highest together: { $score }, with a fit bonus of { $bonus }
   *[other] Highest together: { $score }, with a fit bonus of { $bonus }; runner-up { $next-score }
}
receipt-won-longest-waiting = { $since ->
    [no-value] Level with { $tied ->
        [one] one other
       *[other] { $tied } others
    }; has not received anything yet, so comes first
   *[other] Level with { $tied ->
        [one] one other
       *[other] { $tied } others
    }; waited longest, { $since ->
        [one] one item
       *[other] { $since } items
    } of the group since the last
}
receipt-won-by-draw = Level with { $tied ->
    [one] one other
   *[other] { $tied } others
}, none of whom had received anything; first by the draw
receipt-won-random = Random calibration: drawn from { $in-band } in the band, probability { $numerator }/{ $denominator }
receipt-won-best-fit = { $next-fit ->
    [no-value] Best fit: { $fit }%
   *[other] Best fit: { $fit }%; runner-up { $next-fit }%
}
receipt-won-as-owner = { $of ->
    [company] Looks after this company
    [parent] Looks after the company above this one
    [domain] Looks after the company with this mail domain
    [territory] Looks after this territory
   *[collector] Collected this lead
}
receipt-won-as-named = Named by the rule
receipt-won-as-overflow = Nobody else could take it: the overflow person does
receipt-won-in-plan = Batch plan: dealt by entitlement, fit and capacity, all at once
receipt-won-by-hand = { $actor ->
    [no-value] Assigned by hand
   *[other] Assigned by hand by { $actor }
}
receipt-won-turn = Next in the weighted rotation

# Why somebody did not
receipt-got-it = This item was dealt to this rep
receipt-inactive = Was deactivated at the time
receipt-unknown-rep = { $rep } was not in the team at the time
receipt-not-in-group = Not in the group “{ $group }”
receipt-earlier-rule = The earlier rule “{ $rule }” had dealt it
receipt-not-dealt = { $outcome ->
    [pooled] Nobody got it: it went to the public pool
    [waiting] Nobody got it: it waits until somebody can take it
    [escalated] Nobody got it: it was escalated
   *[no-rule] Nobody got it: no rule applies
}
receipt-lost-outside-band = With this item { $owed }, the first in line { $most-owed }; { $missing } more were needed to be in the band ({ $band } wide)
receipt-lost-lower-score = Together { $score }; the one who got it { $winner-score }, which is { $difference } more
receipt-lost-shorter-waiting = { $winner-since ->
    [no-value] Level; the other had not received anything yet, so came first
   *[other] Level; { $since ->
        [one] one item
       *[other] { $since } items
    } of the group since the last, for the other { $winner-since }
}
receipt-lost-by-draw = Level; later by the draw
receipt-lost-less-owed = Fit { $fit }%, as for the one who got it; there { $winner-owed }, here { $owed }
receipt-lost-lower-fit = Fit { $fit }%; the one who got it { $best-fit }%
receipt-lost-random = Random calibration drew somebody else of { $in-band } in the band
receipt-lost-turn = Weighted rotation: { $missing ->
    [one] { $missing } item
   *[other] { $missing } items
} short of the turn
receipt-lost-in-plan = Batch plan: dealt all at once, this one to somebody else
receipt-placed-by-hand = { $actor ->
    [no-value] Assigned by hand to { $winner }
   *[other] Assigned by hand to { $winner } by { $actor }
}
receipt-runner-up = { $place ->
    [1] The next in line
   *[other] Number { $place } among the runners-up
}
receipt-went-to-named = The rule names { $winner }
receipt-went-to-overflow = Nobody else could take it: the overflow person { $winner } did
receipt-went-to-owner = { $of ->
    [company] { $winner } looks after this company and comes first
    [parent] { $winner } looks after the company above this one and comes first
    [domain] { $winner } looks after the company with this mail domain and comes first
    [territory] { $winner } looks after this territory and comes first
   *[collector] { $winner } collected this lead and comes first
}

# What would have brought it: each is one condition
change-active = If reactivated
change-after = From { $at }
change-back-from-leave = Once back from leave
change-fewer-in-window = { $count ->
    [one] With { $count } fewer item in the window “{ $cap }”
   *[other] With { $count } fewer items in the window “{ $cap }”
}
change-fewer-open-items = { $count ->
    [one] With { $count } fewer open item
   *[other] With { $count } fewer open items
}
change-fewer-open-points = { $points ->
    [one] With { $points } fewer open point
   *[other] With { $points } fewer open points
}
change-fewer-points-in-window = { $points ->
    [one] With { $points } fewer point in the window “{ $cap }”
   *[other] With { $points } fewer points in the window “{ $cap }”
}
change-field = With { $wanted } among { $field }
change-higher-fit = With a fit of { $fit }%
change-in-group = As a member of the group “{ $group }”
change-larger-bonus = { $points ->
    [one] With a fit bonus larger by { $points } point
   *[other] With a fit bonus larger by { $points } points
}
change-level = At sales level { $levels }
change-longer-waiting = After a longer wait
change-mentor = With a mentor in service
change-more-owed = { $points ->
    [one] If owed { $points } more point
   *[other] If owed { $points } more points
}
change-more-turns-owed = { $turns ->
    [one] With { $turns } fewer item in the rotation
   *[other] With { $turns } fewer items in the rotation
}
change-nothing-alone = No single change would have done it
change-other-draw = By another draw
change-switched-on = With the accepting switch on
change-weight = With a weight above 0
change-without-rule = If the earlier rule “{ $rule }” had not dealt it
