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

pause-nobody = choose whose clocks are to stop

pause-reason-holiday = holiday
pause-reason-training = training
pause-reason-business-trip = business trip
pause-reason-customer-wish = customer’s wish
pause-reason-system = a system was down

# On the page of an item
web-keeping-accept-text = This was given to you. Take it, or say at once that you do not, so that it goes on to somebody else.
web-keeping-accept = I take it
web-keeping-decline = I do not take it
web-keeping-decline-text = You get your points back, and it goes on to a colleague at once. Tap a reason.
web-keeping-locked = Locked: no clock takes it away before
web-keeping-stopped-company = All clocks of the company stand still
web-keeping-stopped-rule = Its rule is switched off
web-keeping-stopped-rep = The clocks over this person’s items stand still
web-keeping-stopped-item = The clocks over this item stand still
web-keeping-until = until
web-keeping-waits = More time is asked for
web-keeping-extend = More time
web-keeping-extend-text = { $span } more, for { $points }.
web-keeping-extend-asks = Your manager decides; it costs only if he grants it.
web-keeping-which = Which clock
web-keeping-lock = Lock
web-keeping-unlock = Unlock
web-keeping-pause = Stop its clocks
web-keeping-pause-text = They stand still from now on and go on afterwards with the time they had left.
web-keeping-last-day = Last day (empty = until somebody ends it)
web-keeping-resume = Set going
web-keeping-done-accept = Accepted
web-keeping-done-decline = It went on to somebody else
web-keeping-done-extend = More time granted
web-keeping-done-asked = Your manager is asked
web-keeping-done-lock = Locked
web-keeping-done-unlock = Unlocked
web-keeping-done-pause = Its clocks stand still
web-keeping-done-resume = Its clocks go on

# The page of clocks
web-nav-clocks = Clocks
web-clocks-title = Clocks
web-clocks-intro = Who asks for more time, and which clocks stand still. Leave stops clocks by itself.
web-clocks-requests = More time: waiting for an answer
web-clocks-item = Item
web-clocks-who = Owner
web-clocks-clock = Clock
web-clocks-longer = More time
web-clocks-reason = Reason
web-clocks-cost = Costs
web-clocks-asked = Asked
web-clocks-due = Runs out
web-clocks-answer = Answer
web-clocks-grant = Grant
web-clocks-refuse = Refuse
web-clocks-none = Nobody is waiting
web-clocks-none-text = Where a rule asks a manager for more time, the request stands here.
web-clocks-stopped = Clocks that stand still
web-clocks-of = What
web-clocks-from = From
web-clocks-until = Until
web-clocks-open = somebody ends it
web-clocks-by = By
web-clocks-end = End it
web-clocks-running = All clocks run
web-clocks-running-text = Stop them below for a holiday of the company, or for a person.
web-clocks-freeze = Stop all clocks of the company
web-clocks-freeze-text = For holidays that the calendar does not know. Nothing runs out meanwhile; afterwards every clock goes on with the time it had left.
web-clocks-freeze-ask = Every clock of everybody stands still, and so do reminders and recycling. Stop them all?
web-clocks-stop = Stop a person’s clocks
web-clocks-stop-text = For training or a business trip; leave that is entered does it by itself.
web-clocks-person = Whose
web-clocks-first-day = First day
web-clocks-first-day-hint = Empty: from now on.
web-clocks-last-day-hint = The day is included.
web-clocks-done-granted = Granted; the owner is told
web-clocks-done-refused = Refused; the owner is told
web-clocks-done-stopped = The clocks stand still
web-clocks-done-ended = The clocks go on

# New clocks over what is held
web-reach-title = Put the clocks over what is held
web-reach-of = Put the live clocks over what is held: { $name }
web-reach-intro = Publishing does not touch the clocks of what people hold. If you want that, look here first.
web-reach-counted = { $count ->
    [one] One item runs
   *[other] { $count } items run
} under an earlier version than { $version }, or under no clock yet:
web-reach-what = Their clocks begin today: nothing runs out the moment you do this. What was extended stays extended.
web-reach-ask = { $count ->
    [one] Put the live clocks over one item?
   *[other] Put the live clocks over { $count } items?
}
web-reach-start = { $count ->
    [one] Put them over one item
   *[other] Put them over { $count } items
}
web-reach-keep = Leave it as it is
web-reach-none = Everything runs under the live clocks
web-reach-none-text = What is given to people from now on gets them by itself.
web-reach-done = { $count ->
    [one] One item has the live clocks now
   *[other] { $count } items have the live clocks now
}

# A wrong recycle
appeal-not-taken-away = it was not taken from you; choose another reason
act-reason-credit-recycled = recycled wrongly: I had followed up
act-reason-assign-appeal = upheld on appeal
web-appeals-gives-back = Upheld, it goes back to the appellant at once, unless somebody has taken it meanwhile; the points are what he had paid for it.
web-event-key-given = receipt of giving it back
web-appeals-taken = Taken from you lately
web-appeals-taken-text = If it was wrong, appeal: upheld, you get it back unless somebody has taken it meanwhile.

# API
api-tag-clocks = Clocks
api-op-clocks-get = The clocks over an item
api-doc-clock-state = running, met, or frozen: it stands still until somebody ends a pause
api-doc-clock-missed = what happens when it runs out
api-doc-extension-points = what it costs, or would; paid when granted
api-doc-extension-granted = null while it waits for an answer
api-doc-pause-line = of a rule: the key of its line
api-doc-pause-scope = company, rule, rep or item
api-op-clocks-accept = Accept what one was given
api-op-clocks-accept-text = The clock that waits for it is met.
api-op-clocks-decline = Decline what one was asked to accept
api-op-clocks-decline-text = Refunded; it is dealt at once to somebody else. Only while a clock “accept” runs.
api-op-clocks-lock = Lock an item
api-op-clocks-lock-text = No clock takes it away, for as long as the rules allow in all. Only its owner.
api-op-clocks-unlock = Unlock an item
api-op-clocks-unlock-text = By its owner, or by whoever may transfer it.
api-op-extensions-list = Requests for more time that wait for the caller
api-op-extensions-ask = Ask for more time
api-op-extensions-ask-text = Only the owner. Granted and paid at once, unless the rule asks the manager.
api-op-extensions-decide = Decide a request for more time
api-op-extensions-decide-text = Never one’s own. Granted, its owner pays then.
api-op-suspected-list = Suspected follow-ups
api-op-suspected-list-text = Signs in what people within reach logged by hand, the latest first, at most 200. These are signs and no verdicts: hear the person first.
api-doc-sign = burst (many within minutes), copies (the same words), deadline (just before the end)
api-op-pauses-list = Clocks that stand still
api-op-pauses-begin = Stop clocks
api-op-pauses-begin-text = Over everything (`everybody`: with a session, by whoever may edit the rules), over the items of a rep (`rep_id`), or over one item (`kind`, `id`) from now on. Never over one’s own.
api-op-pauses-end = Set clocks going
api-op-pauses-end-text = They go on with the time they had left. Of a rule that is switched off: by switching it on.
web-clocks-failed = Clocks that cannot be worked out
web-clocks-failed-text = A mistake in the program: nothing reminds of these items or takes them back meanwhile. They are tried again every hour; give the log to your administrator.
web-clocks-failed-at = Last tried
web-clocks-holder = Held by
