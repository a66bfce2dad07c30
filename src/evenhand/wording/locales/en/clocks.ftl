# Coming into a pool
pool-not-there = there is no pool “{ $pool }” for it; the rules may have changed meanwhile
pool-there-already = { $item } lies in “{ $pool }” already
web-event-item-pooled = { $item } put into a pool
web-event-key-pool = pool
web-event-key-how = how
web-event-how-return = given back
web-event-how-recycle = recycled
web-event-how-moved = moved
web-event-how-lost = lost before
web-act-pool = into the pool
web-outcome-pool = into the pool
web-leads-ended-recycle = Recycled from { $name } by the rules’ clocks
notice-recycled = { $item } went from you into the pool
act-reason-pool-accept = not accepted in time
act-reason-pool-first-contact = no first contact in time
act-reason-pool-next-step = no next step in time
act-reason-pool-untouched = protection ran out
act-reason-pool-no-opportunity = no opportunity in time
act-reason-pool-no-deal = no deal in time
act-reason-pool-stage = too long in one stage
act-reason-pool-hand-offs = dealt anew too often
act-reason-reassign-accept = not accepted in time
act-reason-reassign-first-contact = no first contact in time
act-reason-reassign-next-step = no next step in time
act-reason-reassign-untouched = protection ran out
act-reason-reassign-no-opportunity = no opportunity in time
act-reason-reassign-no-deal = no deal in time
act-reason-reassign-stage = too long in one stage
web-act-reassign = taken back, to be dealt anew
web-outcome-reassign = taken back, to be dealt anew
web-leads-ended-reassign = Taken from { $name } because a time limit ran out
web-event-item-reassigned = { $item } taken back, to be dealt anew
web-event-item-clock-missed = { $item }: a time limit ran out
web-event-key-due-at = was due
web-event-key-acts = what followed
unassigned-ran-out = was taken back because a time limit ran out, and not dealt again yet
web-heap-unassigned-ran-out = time limit ran out
web-remedy-unassigned-ran-out = It is dealt as soon as somebody can take it who did not have it before
notice-taken-back = { $count ->
    [1] A time limit ran out: { $item } goes to somebody else
   *[other] Time limits ran out: { $count } items go to others
}
notice-clock-warns = { $count ->
    [1] Time is running out: { $item }
   *[other] Time is running out for { $count } of your items
}
notice-clock-warns-of = { $count ->
    [1] In your team time is running out: { $item }
   *[other] In your team time is running out for { $count } items
}
notice-clock-missed = { $count ->
    [1] A time limit ran out: { $item }
   *[other] Time limits ran out for { $count } of your items
}
notice-clock-missed-of = { $count ->
    [1] In your team a time limit ran out: { $item }
   *[other] In your team time limits ran out for { $count } items
}
invariant-recycled-after-its-clock = whoever lost an item by a clock lost it after the clock had run out
invariant-stays-in-order = an item left a pool before it came into one again
invariant-clocks-never-early = no clock did anything before its time
invariant-clocks-none-left = nothing that was due was left behind by a sweep
notice-clock-failed = { $count ->
    [1] The clocks of { $item } cannot be worked out
   *[other] The clocks of { $count } items cannot be worked out
}
invariant-clocks-worked-out = the clocks over every item could be worked out
