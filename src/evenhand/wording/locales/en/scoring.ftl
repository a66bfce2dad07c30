# Score, grade, points, fit, fairness: how they came about; what is wrong with these sections.

score-behavior = { $signal }: { $counted ->
    [one] once
   *[other] { $counted } times
}, { $amount }
score-behavior-absent = { $signal }: no “{ $behavior }” on record
score-count-limited = { $signal }: the latest { $counted } of { $count } count
score-dimension-bounded = { $dimension }: { $raw } in all, within its bounds { $amount }
score-future-ignored = { $signal }: { $count ->
    [one] one lies in the future and does not count
   *[other] { $count } lie in the future and do not count
}
score-held = { $signal }: holds, { $amount }
score-missing = { $signal }: nothing counted, not filled in: { $fields }
score-not-held = { $signal }: does not hold, nothing counted
score-signal-bounded = { $signal }: { $raw }, within its cap { $amount }
score-total-bounded = The score adds up to { $raw }, within its bounds { $amount }

score-bounds-without-zero = { $floor ->
    [no-value] The cap { $cap } must not be below 0, the score of an item of which nothing is known
   *[other] The cap { $cap } and the floor { $floor } must have 0 between them, the score of an item of which nothing is known
}
score-cap-out-of-reach = The cap { $cap } is above { $reachable }, the sum of the dimensions' caps; lower it, leave it out, or raise a dimension's cap
score-dimension-missing = Signal “{ $signal }” belongs to { $dimension }, which has no cap; add it to dimensions
score-not-a-number = Must be an exact number such as 12 or 0.5, not { $value }
score-only-for-behavior = Signal “{ $signal }” has { $name }, which is for behavior only; leave it out
score-out-of-range = { $value } is not between -{ $limit } and { $limit }
score-reads-rep = “{ $name }” reads { $field }: what an item is worth cannot depend on who gets it
score-signal-gives-nothing = Signal “{ $signal }” gives 0 points; give it points or leave it out
score-signal-kind = Signal “{ $signal }” needs either when (a condition) or behavior (what the prospect did), exactly one of the two
score-signal-twice = Two signals are called “{ $name }”; rename one
score-too-fine = { $value } has more than two decimals

grade-from-score = Score { $score } earns grade { $grade } (from { $from-score })
grade-given = { $text ->
    [no-value] The item brings grade { $grade }
   *[other] The item brings grade { $grade } (written “{ $text }”)
}
grade-lowest = Score { $score } gives grade { $grade }, the lowest
grade-ungraded = Neither score nor grade: treated as { $grade }
grade-unknown = The item's grade “{ $text }” is not known and was not used; known: { $grades }
grade-from-score-missing = Grade { $grade } has no from_score; only the last grade may leave it out
grade-order = Grade { $grade } starts at { $from-score }, not below { $above } at { $above-from-score }; list the best grade first
grade-twice = Grade { $name } stands twice; leave one out

points-adjusted = { $add ->
    [no-value] { $adjustment }: { $percent }%, { $points ->
        [one] { $points } point
       *[other] { $points } points
    }
   *[other] { $adjustment }: { $add }, { $points ->
        [one] { $points } point
       *[other] { $points } points
    }
}
points-base = { $kind ->
    [no-value] Grade { $grade }
   *[other] Grade { $grade }, { $kind }
}: { $points ->
    [one] { $points } point
   *[other] { $points } points
}
points-bounded = { $before ->
    [one] { $before } point
   *[other] { $before } points
}, within the bounds { $points }
points-given = The item brings its points: { $points }
points-given-unusable = The item's points “{ $text }” cannot be used; they follow from the grade instead
points-adjustment-kind = Adjustment “{ $adjustment }” needs either add or multiply_percent, exactly one of the two
points-all-zero = Every grade has 0 points; at least one needs more than 0
points-base-out-of-bounds = { $max ->
    [no-value] Grade { $grade } has { $points } points, below min { $min }; change the points or min
   *[other] Grade { $grade } has { $points } points, not between min { $min } and max { $max }; change the points or the bounds
}
points-bounds-swapped = min { $min } lies above max { $max }; swap them
points-grade-unknown = points names grade { $grade }, which does not exist; known: { $grades }
points-grade-without-base = { $kind ->
    [no-value] Grade { $grade } has no points; say what such an item is worth
   *[other] Grade { $grade } has no points for kind { $kind }; say what such an item is worth
}
points-not-a-number = Points must be an exact number such as 3 or 0.5, not { $value }
points-out-of-range = { $value } points is not between -{ $limit } and { $limit }
points-too-fine = { $value } points has more than six decimals
points-reads-rep = “{ $name }” reads { $field }: what an item is worth cannot depend on who gets it
points-twice = Two adjustments are called “{ $name }”; rename one

fit-declared = { $matched ->
    [no-value] Fit { $fit }%; nothing matches
   *[other] { $unmatched ->
        [no-value] Fit { $fit }%; matches: { $matched }
       *[other] Fit { $fit }%; matches: { $matched }; does not: { $unmatched }
    }
}
fit-learnt = Fit { $fit }%: from past outcomes, chance { $chance }%, value { $value }, points { $points }; full at a value of { $kappa } per point
fit-room = Room left { $room }%; with it, fit { $fit }%
fit-not-in-use = Fit is not in use
fit-rep-without-history = { $rep } has no past outcomes yet: expected to do as the team does
fit-segment-without-history = Not met in past outcomes: { $fields }; expected as for the team
fit-no-difference-shown = { $count } past outcomes show no difference between reps: fit tells nobody apart
fit-no-gain-shown = On the newest outcomes, telling reps apart did not help
fit-not-held-out = The past outcomes have no times, so the newest could not be kept apart for a test
fit-one-rep-only = All past outcomes are of { $rep }: there is nobody to compare with
fit-outcomes-alike = { $is-won ->
    [yes] All { $count } past outcomes were won: nothing tells reps apart
   *[no] All { $count } past outcomes were lost: nothing tells reps apart
}
fit-too-few-outcomes = { $count ->
    [one] There is { $count } past outcome; at least { $needed } are needed to learn from
   *[other] There are { $count } past outcomes; at least { $needed } are needed to learn from
}
fit-part-missing = Mode { $mode } needs { $part }
fit-part-unused = Mode { $mode } does not read { $part }; leave it out or change the mode
fit-segment-unknown = The skills of { $rep } name { $field }, which is not among the segments; add it
fit-weights-zero = Every weight is 0; give one more than 0, or use mode: none

fairness-catch-up-not-here = catch_up belongs to basis: entitlement; equal totals catch up by themselves, so leave it out
fairness-owed-limit-not-here = owed_limit belongs to basis: equal_totals; leave it out
