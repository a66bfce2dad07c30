# Keeping what one holds: more time, locks, pauses, accepting
extend-decided = this request has its answer already; somebody may just have given it
extend-no-such-clock = this clock does not run over it; choose one that does
extend-not-offered = the rule over it offers no more time; ask your manager to stop its clocks
extend-over = it has another owner, or none, by now; more time would help nobody
extend-own = nobody grants himself more time; the next manager or sales operations can
extend-used-up = it was extended { $limit ->
    [one] once
   *[other] { $limit } times
} already; that is as often as it goes
extend-waiting = a request for more time is waiting for an answer
decline-accepted = you have accepted it; hand it back with a reason instead
decline-not-asked = nobody asks you to accept this one; hand it back with a reason instead
lock-locked = it is locked until { $at } already
lock-not-locked = it is not locked
lock-not-offered = the rules offer no locks
lock-too-many = you have { $limit ->
    [one] one locked item
   *[other] { $limit } locked items
}, as many as you may; unlock one, or lock again after { $at }
lock-used-up = it was locked for as long as it may be with one owner
pause-of-a-rule = it stands still because its rule is switched off; switch the rule on to set it going
pause-over = it is over already
pause-own = nobody stops the clocks over his own items; your manager can
pause-times = the end must come after the beginning, and lie ahead
pause-too-early = it can begin at most { $limit ->
    [one] one day
   *[other] { $limit } days
} ago
pause-too-long = it can last at most { $limit } days, and begin at most as long from now
reach-other-rules = other rules went live meanwhile; look at the count again

act-reason-extend-customer-asked = customer asked for time
act-reason-extend-visit-agreed = a visit or meeting is agreed
act-reason-extend-quote-out = waiting for an answer to a quote
act-reason-extend-tender = in a tender
act-reason-extend-other = other
web-act-extend = more time, paid
web-share-act-extended = Paid for more time with an item
web-fairness-act-extended = paid for more time

web-event-item-declined = { $item } declined
web-event-item-extension-asked = more time asked for { $item }
web-event-item-extended = more time for { $item }
web-event-item-extension-refused = more time for { $item } refused
web-event-item-locked = { $item } locked
web-event-item-unlocked = { $item } unlocked
web-event-item-clock-paused = clocks over { $item } stopped
web-event-item-clock-resumed = clocks over { $item } go on
web-event-clocks-frozen = all clocks of the company stopped
web-event-clocks-paused = clocks over a person’s items stopped
web-event-clocks-resumed = stopped clocks go on
web-event-clocks-rule-stopped = a rule of clocks switched off
web-event-clocks-rule-resumed = a rule of clocks switched on
web-event-clocks-reached-back = new clocks put over what is held
web-event-of-pause = stop of clocks
web-event-key-clock = clock
web-event-key-minutes = minutes
web-event-key-from-at = from
web-event-key-until-at = until

notice-extension-asked = { $by } asks for more time: { $item }
notice-extension-granted = { $by } granted more time: { $item }
notice-extension-refused = { $by } refused more time: { $item }
