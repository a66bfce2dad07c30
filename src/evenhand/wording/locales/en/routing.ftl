# Why somebody cannot take an item, why a rule led nowhere, why the ledger did not book. Facts only.

capacity-open-items = { $open ->
    [one] { $open } open item, the capacity is { $limit }
   *[other] { $open } open items, the capacity is { $limit }
}
capacity-open-points = { $open ->
    [one] { $open } open point
   *[other] { $open } open points
}; this item's { $points } would exceed the capacity of { $limit }
capacity-window = { $kind ->
    [rolling] { $per ->
        [hour] in the last hour
        [day] in the last 24 hours
        [week] in the last 7 days
       *[month] in the last 30 days
    }
   *[fixed] { $per ->
        [hour] this hour
        [day] today
        [week] this week
       *[month] this month
    }
}
capacity-window-items = { $received ->
    [one] { $received } item
   *[other] { $received } items
} received { capacity-window }; the limit “{ $cap }” is { $limit }
capacity-window-points = { $received ->
    [one] { $received } point
   *[other] { $received } points
} received { capacity-window }; this item's { $points } would exceed the limit “{ $cap }” of { $limit }

level-does-not-take = { $takers ->
    [no-value] No level takes items of this kind (this rep: { $level })
   *[other] Items of this kind are for { $takers } (this rep: { $level })
}
level-no-mentor = A stretch lead needs a mentor in service; there is none (this rep: { $level })
level-unknown = The policy has no sales level “{ $level }”
match-differs = The { $field } is { $wanted }; covered: { $has }
weight-zero = The weight is 0, so nothing is dealt for now

owner-departed = The owner { $rep } has left or is deactivated
owner-none = There is no owner yet
rule-everybody-full = { $full ->
    [one] The one eligible rep is at capacity
   *[other] All { $full } eligible reps are at capacity
}
rule-group-empty = There is nobody in the group yet
rule-never-admits = No rep can meet this rule's condition on people
rule-nobody-eligible = { $excluded ->
    [one] The one rep of the group is not eligible now
   *[other] Not one of the { $excluded } reps of the group is eligible now
}

book-not-a-member = { $person } is not in the ledger of this group
book-too-far-ahead = { $person } is { $owed }; the limit for claiming: { $least }

item-gave-back = had it before and handed it back
fairness-days-out-of-range = the days must be between { $least } and { $most }
fairness-jain-out-of-range = the Jain index must be between 0.5 and 1
fairness-no-limit = give at least one: a deviation or a Jain index
fairness-points-out-of-range = the deviation must be above 0, and at most { $most } points
fairness-month-not-over = this month is not over yet
