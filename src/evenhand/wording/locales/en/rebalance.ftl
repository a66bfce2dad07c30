# Putting load right
rebalance-nobody = nobody here receives leads
rebalance-too-many = at most { $limit } people at once; choose a team
rebalance-not-open = this proposal was settled already
rebalance-not-done = it is not approved, or was taken back
rebalance-nothing-left = nothing is left to move
rebalance-stale = { $count } of the moves no longer hold (see below); nothing was done
rebalance-too-late = after { $limit } hours it cannot be taken back
rebalance-away = the receiver is on leave
rebalance-twice = it stands there twice
rebalance-unknown = there is no such item or person
rebalance-owner-changed = the owner is another by now
rebalance-changed = its conversation, its stage or its to-dos are others by now
rebalance-locked = locked, or nobody else may take it
rebalance-not-eligible = by the rules this person may not take it
rebalance-over-cap = this would be over the cap
rebalance-over-count = this would be over the number of items or to-dos
act-reason-any-rebalance-undone = a rebalance was taken back
act-reason-transfer-rebalance = rebalanced
act-reason-transfer-rebalance-undone = a rebalance was taken back
web-nav-rebalance = Rebalance
web-rebalance-title = Rebalance
web-rebalance-intro = Where somebody is overloaded: the fewest moves after which nobody is over the cap. Nothing moves before you looked, edited and approved
web-rebalance-team = Team
web-rebalance-all-teams = everybody I see
web-rebalance-team-hint = With the teams below; who is on leave now is left out, whose leave begins by the end of the next working day takes nothing
web-rebalance-propose = Propose
web-rebalance-made-at = Proposed
web-rebalance-by = By
web-rebalance-state = State
web-rebalance-moves = Moves
web-rebalance-moved = Moved
web-rebalance-open = Open
web-rebalance-none = No proposals yet
web-rebalance-none-text = Choose a team and propose; proposing moves nothing
web-rebalance-state-proposed = to be approved
web-rebalance-state-approved = being made
web-rebalance-state-done = made
web-rebalance-state-undoing = being taken back
web-rebalance-state-undone = taken back
web-rebalance-state-dropped = dropped
web-rebalance-number = Rebalance { $number }
web-rebalance-going = Under way: { $done } of { $total }
web-rebalance-waiting = { $count } of the moves wait until the working hours of who takes them begin, as the rules want it; each says when.
web-rebalance-over-people = People over the cap
web-rebalance-from-to = { $before } → { $after }
web-rebalance-what = Who gives is refunded, who takes pays, and the time for the first contact begins anew; each has its receipt. Locked items never move, live conversations as few as possible; to-dos of a lead go with it. Everybody is told once; it can be taken back within a day.
web-rebalance-approve = { $count ->
    [one] Approve 1 move
   *[other] Approve { $count } moves
}
web-rebalance-approve-rest = Make the others
web-rebalance-ask = { $count ->
    [one] 1 item
   *[other] { $count } items
} will change hands. Sure?
web-rebalance-drop = Drop it
web-rebalance-undo = Take it back
web-rebalance-undo-text = Until a day after the last move it can be taken back; what changed hands since stays, and what still waits is not made.
web-rebalance-undo-ask = { $count ->
    [one] 1 item goes
   *[other] { $count } items go
} back to the former owner. Sure?
web-rebalance-loads = Before and after
web-rebalance-rep = Rep
web-rebalance-cap = Cap (workload points)
web-rebalance-before = Before
web-rebalance-after = After
web-rebalance-gives = Gives
web-rebalance-takes = Takes
web-rebalance-percent = { $number }%
web-rebalance-still-over = still over
web-rebalance-loads-others = { $count ->
    [one] 1 other person is not concerned.
   *[other] { $count } others are not concerned.
}
web-rebalance-loads-text = Caps follow from selling time; see the workload page.
web-rebalance-item = Item
web-rebalance-kind = Kind
web-rebalance-from = From
web-rebalance-to = To
web-rebalance-load = Workload points
web-rebalance-touch = Conversation
web-rebalance-live = In conversation
web-rebalance-untouched = not contacted yet
web-rebalance-task-untouched = not begun
web-rebalance-task-live = begun, or claimed
web-rebalance-with-tasks = { $count ->
    [one] with { $count } to-do
   *[other] with { $count } to-dos
 }
web-rebalance-tasks = To-dos with it
web-rebalance-stays = stays
web-rebalance-save = Change
web-rebalance-settled = Settled
web-rebalance-receipt = Receipt
web-rebalance-move-proposed = to be made
web-rebalance-move-out = stays
web-rebalance-move-done = moved
web-rebalance-move-refused = not moved
web-rebalance-move-undone = taken back
web-rebalance-move-kept = not taken back
web-rebalance-no-room = No move is possible
web-rebalance-no-room-text = Somebody is overloaded, but nobody who may take it has room, or it is locked: change caps, use the pool, or hire
web-rebalance-even = Nobody is over the cap
web-rebalance-even-text = There is nothing to put right
web-rebalance-done-edit = Changed
web-rebalance-done-approve = Approved; the moves are being made
web-rebalance-done-approve-rest = Approved; the moves are being made
web-rebalance-done-drop = Dropped
web-rebalance-done-undo = The moves are being taken back
notice-rebalanced-to-you = Rebalance: { $count ->
    [one] 1 item is
   *[other] { $count } items are
} yours now
notice-rebalanced-away = Rebalance: { $count ->
    [one] 1 of your items has
   *[other] { $count } of your items have
} a new owner
web-event-rebalance-proposed = rebalance proposed
web-event-rebalance-edited = rebalance edited
web-event-rebalance-dropped = rebalance dropped
web-event-rebalance-approved = rebalance approved
web-event-rebalance-undone = rebalance undone
web-event-rebalance-finished = rebalance finished
web-event-rebalance-exported = rebalance exported
web-event-of-rebalance = rebalance
api-op-rebalances-list = Rebalances
api-op-rebalances-moves = Moves of a rebalance
api-op-rebalances-propose = Propose a rebalance
api-op-rebalances-propose-text = The fewest moves after which nobody is over the cap; proposing moves nothing. The token needs `read` and `distribute`.
api-op-rebalances-edit = Edit a move
api-op-rebalances-edit-text = `to` must be able to take it by the rules and have room; null leaves it where it is.
api-op-rebalances-approve = Approve a rebalance
api-op-rebalances-approve-text = A job makes the moves one by one: who gives is refunded, who takes pays. Refused where some no longer hold, unless `leaving_out`.
api-op-rebalances-drop = Drop a rebalance
api-op-rebalances-drop-text = Only before it is approved; nobody's items move.
api-op-rebalances-undo = Undo a rebalance
api-op-rebalances-undo-text = Until a day after its last move; what changed hands again since then stays, and what still waits for working hours is not made.
api-doc-rebalance-team = a team with those below; null = everybody within reach
api-doc-rebalance-leaving-out = make the others without those that no longer hold
api-doc-rebalance-to = null = it stays
api-doc-rebalance-receivers = who may take it by the rules
api-doc-rebalance-load = workload points, those of its to-dos included
api-doc-rebalance-tasks = how many to-dos go with it
api-doc-rebalance-why = Why it was not made, or what it waits for: the working hours of who takes it, with the time they begin
api-doc-rebalance-cost = 1: not contacted yet, 4: in conversation
api-tag-rebalance = Rebalances
