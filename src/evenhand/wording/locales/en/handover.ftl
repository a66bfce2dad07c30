# Work that changes hands: covers during a leave, departures
handover-away-then = { $name } is away then, too
handover-begun-already = it has begun to move and cannot be changed any more
handover-closed = this sheet is closed
handover-count = a whole number between 1 and { $limit }, or nothing
handover-stands-there = this stands on the sheet already
handover-too-many-by-hand = at most { $limit } lines of a sheet are entered by hand
handover-deadline = the deadline must lie after today and within { $limit } days
handover-himself = it cannot go to the person himself
handover-in-conversation = the substitute has spoken with the customer and keeps it
handover-leaves-too = { $name } is leaving as well
handover-moved-on = it changed hands in the meantime
handover-needs-somebody = leads, accounts and opportunities always need somebody
handover-nobody-chosen = choose who it goes to
handover-nobody-there = there is nobody like that in your teams
handover-not-a-choice = that is not one of the choices
handover-nothing-asked = no plan waits for an answer
handover-nothing-planned = nothing is planned yet
handover-open-already = there is a sheet already
handover-per-day = give a whole number from 1 to { $limit }, or nothing
handover-settled-already = some of it is settled already; choose again
handover-stays-by-plan = it stays with the substitute, as planned
handover-too-many = at most { $limit } classes
act-reason-transfer-leave-over = the leave is over, back to the owner
web-nav-handover = Handing over
web-handover-intro = Who stands in during a leave and what comes back afterwards; who gets everything when somebody leaves
web-handover-offered = { $name } leaves: { $count ->
    [one] 1 thing is
   *[other] { $count } things are
} to go to you. Please answer
web-handover-covers = Cover during leave
web-handover-covers-none = Nobody is away soon
web-handover-covers-none-text = Once leave is entered, say here who stands in
web-handover-who = Name
web-handover-when = Leave
web-handover-state = State
web-handover-moved = Being covered
web-handover-back = Came back
web-handover-open = Open
web-handover-plan = Plan cover
web-handover-cover-none = not planned yet
web-handover-cover-asked = waits for the manager
web-handover-cover-agreed = planned
web-handover-cover-begun = being covered
web-handover-cover-ended = over
web-handover-cover-dropped = taken back
web-handover-cover-of = Who stands in for { $name }
web-handover-departures = Departures
web-handover-departures-none = Nobody is leaving
web-handover-departures-none-text = When somebody leaves, begin a sheet below and hand over line by line
web-handover-deadline = Deadline
web-handover-waiting = Open
web-handover-total = In all
web-handover-sheet-open = under way
web-handover-sheet-done = done
web-handover-sheet-canceled = canceled
web-handover-begin = Begin a departure
web-handover-begin-text = From now on nothing new goes to this person. Leads, accounts, opportunities, to-dos and chat customers stand on one sheet, and whoever takes over accepts line by line.
web-handover-last-day = Last day for handing over
web-handover-last-day-hint = What nobody accepted by the end of this day goes as chosen below
web-handover-then = What nobody accepted in time
web-handover-then-give = goes to whom it is offered; the rest is dealt by the rules
web-handover-then-ask = stays; remind me
web-handover-departure = Departure
web-handover-departure-of = Departure of { $name }
web-handover-progress = { $done } / { $total }
web-handover-kind = Kind
web-handover-kind-lead = Lead
web-handover-kind-account = Account
web-handover-kind-opportunity = Opportunity
web-handover-kind-task = To-do
web-handover-kind-contact = Chat customer
web-handover-kind-by-hand = Other system
web-handover-grade = Lead grade
web-handover-touch = Conversation
web-handover-touch-new = not contacted yet
web-handover-touch-live = in conversation
web-handover-any = All
web-handover-substitute = Substitute
web-handover-stays = stays until the return
web-handover-classes = What goes to whom
web-handover-classes-text = Read from the top: the first line that fits holds. What fits none stays with its owner.
web-handover-afterwards = After the leave
web-handover-back-all = everything comes back
web-handover-back-untouched = it comes back, but for what the substitute has spoken with the customer about
web-handover-back-none = nothing comes back
web-handover-per-day = At most so many back per day
web-handover-per-day-hint = Empty: all at once. Who had much before can get it back bit by bit, so that nobody drowns on the first day
web-handover-booked = Moves there and back are booked in the ledger: who gives is refunded, who takes pays.
web-handover-save = Save the plan
web-handover-ask = Send to the manager
web-handover-drop = Take the plan back
web-handover-agree = Agree
web-handover-refuse = Do not agree
web-handover-agree-text = { $name } asked for the cover below; once you agree it moves by itself
web-handover-waits = Sent; the manager has to agree
web-handover-moves = What moved
web-handover-item = Item
web-handover-why = Why
web-handover-at = When
web-handover-receipt = Receipt
web-handover-move-moved = being covered
web-handover-move-back = came back
web-handover-move-kept = stayed
web-handover-move-refused = did not move
web-handover-choose = Choose
web-handover-points = Lead points
web-handover-receiver = Receiver
web-handover-settled = Settled
web-handover-line-open = nobody yet
web-handover-line-offered = to be accepted
web-handover-line-declined = declined
web-handover-line-done = handed over
web-handover-line-dealt = dealt by the rules
web-handover-line-left = needs nobody
web-handover-line-gone = no longer theirs
web-handover-mine = { $count ->
    [one] 1 line waits
   *[other] { $count } lines wait
} for your answer
web-handover-all-mine = All of them (at most 200 at once)
web-handover-accept = Accept
web-handover-decline = Decline
web-handover-to = To
web-handover-to-hint = Several people share evenly by lead points
web-handover-all = All that nobody has yet (at most 200 at once)
web-handover-offer = Ask them to accept
web-handover-leave-out = Chats and other systems need nobody
web-handover-lines-none = Nothing fits
web-handover-lines-none-text = Look for something else, or reset
web-handover-cancel = Stays after all: cancel
web-handover-cancel-text = What was not handed over stays, and new leads come again; what was handed over does not come back by itself.
web-handover-cancel-ask = Cancel the departure of { $name }?
web-handover-by-hand = Handed over in another system
web-handover-by-hand-text = Chat customers of a work phone, registrations with a manufacturer, shared folders: nothing moves them from here. Put them down; whoever takes over does it there and accepts here. Until then the sheet stays open.
web-handover-title = What is handed over
web-handover-title-hint = For example: WeCom customers (transferred in its console). No names or phones of customers
web-handover-count = How many (optional)
web-handover-counted = { $count ->
    [one] { $count } of them
   *[other] { $count } of them
}
web-handover-add = Put on the sheet
web-handover-done-add = It stands on the sheet
web-handover-done-opened = The sheet is ready: choose who gets what
web-handover-done-plan = Saved
web-handover-done-agree = Agreed
web-handover-done-drop = Taken back
web-handover-done-offer = { $count ->
    [one] 1 line is
   *[other] { $count } lines are
} offered
web-handover-done-accept = { $count ->
    [one] 1 thing is
   *[other] { $count } things are
} yours now
web-handover-done-decline = { $count ->
    [one] 1 line
   *[other] { $count } lines
} declined
web-handover-done-leave-out = { $count ->
    [one] 1 chat needs
   *[other] { $count } chats need
} nobody
web-handover-done-cancel = The departure is canceled
notice-cover-asked = { $by } will be away: please look at the cover asked for
notice-cover-planned = You stand in for part of the work of { $by }
notice-cover-agreed = { $by } agreed to your cover
notice-cover-dropped = { $by } took your cover back
notice-cover-begun = { $by } is away: { $count ->
    [one] 1 item is
   *[other] { $count } items are
} with you for now
notice-cover-back = The leave is over: { $count ->
    [one] 1 item is
   *[other] { $count } items are
} back with you
notice-departure-opened = { $by } began the sheet of your departure
notice-departure-offered = { $by } asks you to take over { $count ->
    [one] 1 thing
   *[other] { $count } things
}
notice-departure-declined = { $by } declined { $count ->
    [one] 1 line
   *[other] { $count } lines
}; somebody else is needed
notice-departure-overdue = The deadline for the departure of { $by } passed with { $count ->
    [one] 1 line
   *[other] { $count } lines
} open
notice-departure-finished = Everything of { $by } is handed over
web-event-cover-planned = cover planned
web-event-cover-agreed = cover agreed to
web-event-cover-dropped = cover taken back
web-event-cover-begun = cover began
web-event-cover-ended = cover ended
web-event-departure-opened = departure begun
web-event-departure-offered = departure: lines offered
web-event-departure-answered = departure: lines answered
web-event-departure-left-out = departure: chats that need nobody
web-event-departure-line-added = departure: line added by hand
web-event-departure-canceled = departure canceled
web-event-departure-finished = departure finished
web-event-departure-exported = departure sheet exported
api-op-covers-list = Cover during leave
api-op-covers-plan = Plan cover for a leave
api-op-covers-plan-text = `classes` are read from the top, the first that fits holds; what fits none stays. Called again, it replaces the plan.
api-op-covers-agree = Agree to a cover
api-op-covers-agree-text = To one that somebody asked for himself.
api-op-covers-drop = Take a cover back
api-op-covers-drop-text = Only before anything moved.
api-op-departures-list = Departures
api-op-departures-open = Begin a departure
api-op-departures-open-text = From now on nothing new goes to this person, and everything that is theirs stands on a sheet. The token needs `distribute` and `people`.
api-op-departures-lines = Lines of a departure
api-op-departures-offer = Offer lines
api-op-departures-offer-text = Several people share evenly by lead points. At most 200 lines at once.
api-op-departures-answer = Accept or decline lines
api-op-departures-answer-text = Only those offered to oneself; what is accepted moves at once.
api-op-departures-add-line = Add what is handed over in another system
api-op-departures-add-line-text = What cannot move from here: chat customers, registrations. Whoever takes over does it there and accepts here. The person who leaves may add lines too.
api-op-departures-leave-out = Say of lines that they need nobody
api-op-departures-leave-out-text = Only `contact` and `by_hand`; leads, accounts, opportunities and to-dos always need somebody.
api-op-departures-cancel = Cancel a departure
api-op-departures-cancel-text = What was not handed over stays.
api-doc-cover-any = empty = all kinds
api-doc-cover-touch = new: not contacted yet, live: in conversation, empty = either
api-doc-cover-stays = null = it stays until the return
api-doc-cover-day = at most so many back per day; null = all at once
api-doc-departure-then = give: to whom it is offered, the rest by the rules; ask: nothing moves, the manager is told
api-doc-departure-kind = lead, account, opportunity, task, contact (a chat customer) or by_hand (handed over in another system)
api-doc-departure-title = only of by_hand: what is handed over
api-doc-departure-count = only of by_hand: how many
api-tag-handover = Handing over
web-handover-instead = Should colleagues accept item by item? Begin a departure under Handing over first
invariant-moves-have-receipts = Every move by a plan (cover, departure, rebalance) has the receipt of that very move
invariant-plans-leave-nothing = Covers, departures and rebalances that are over left nothing behind
