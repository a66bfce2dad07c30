# The command `evenhand route`: outcomes, one-sentence reasons, headings, messages.

route-outcome-assigned = assigned
route-outcome-pooled = in the public pool
route-outcome-waiting = waiting
route-outcome-escalated = needs a decision
route-outcome-no-rule = no rule applies

route-why-fair-share = Rule “{ $rule }”: most owed
route-why-owed = Rule “{ $rule }”: owed { $owed } points with this lead, first in line
route-why-owed-and-fit = Rule “{ $rule }”: owed { $owed } points with this lead, plus a fit bonus of { $bonus }, first in line
route-why-random = Rule “{ $rule }”: random calibration, drawn among those owed about as much
route-why-rotation = Rule “{ $rule }”: next by count
route-why-best-fit = Rule “{ $rule }”: best fit
route-why-owner = Rule “{ $rule }”: already looks after them
route-why-person = Rule “{ $rule }”: named person
route-why-overflow = Rule “{ $rule }”: nobody could take it, so it goes to the overflow person
route-why-planned = Batch plan
route-why-manual = By hand
route-why-pooled = Rule “{ $rule }”: into the public pool “{ $where }”
route-why-pooled-because = Rule “{ $rule }”: into the public pool “{ $where }” ({ $why })
route-why-waiting = Rule “{ $rule }”: stays unassigned for now ({ $why })
route-why-escalated = Rule “{ $rule }”: { $where } decides ({ $why })
route-why-no-rule = No rule applies to this lead
route-why-no-rule-because = No rule that applies found anybody ({ $why })

route-column-row = Row
route-column-outcome = Outcome
route-column-owner = Owner
route-column-owner-id = Owner ID
route-column-why = Receipt
route-column-rule = Rule
route-column-grade = Lead grade
route-column-points = Lead points
route-column-mentor = Mentor
route-column-item = Lead ID
route-column-column = Column
route-column-value = Value
route-column-reason = Reason
route-column-first-row = First seen in row

route-sheet-assignments = Assignments
route-reading = Routing
route-done = { $rows } rows: { $assigned } assigned, { $left } unassigned, { $repeated } repeated, { $rejected } rejected.
route-sound = The books: every grade sums to zero; furthest from entitlement { $furthest } points, proved bound { $bound } points.
route-unsound = The books do not add up: please keep { $file } and report it to us.
route-files = The results are in { $folder }:
route-compact = Over { $limit } rows: no XLSX and no report, and compact receipts (explain works them out again).
route-assumed = Please note:
route-team-cell = Team sheet, row { $row }, column “{ $column }”, not used: { $why }
route-planning = Reading all rows, then dealing the backlog as one plan …
route-planned = Planned: { $items ->
    [one] { $items } lead
   *[other] { $items } leads
} in { $plans ->
    [one] { $plans } plan
   *[other] { $plans } plans
}, { $left } without a place; fit × points { $value } ({ $optimal ->
    [yes] proved best
   *[no] not proved best
}; { $solver }).
route-plan-too-large = { $items } leads were dealt in sequence: too many to plan with the solvers installed; install evenhand[optimise].
route-replaced = The former results were moved to { $folder }.

cannot-access = { $file ->
    [no-value] Cannot write: { $what }; check that the disk has room
   *[other] Cannot read or write { $file }: { $what }; check the path and the permissions
}
interrupted = Interrupted; nothing was changed.

book-done = Booked { $booked ->
    [one] { $booked } change
   *[other] { $booked } changes
}; { $refused } refused.
book-refused = Row { $row } was not booked: { $why }

replay-running = Replaying
replay-done = Recomputed { $runs ->
    [one] { $runs } run
   *[other] { $runs } runs
}: { $decisions } decisions, { $edits } later changes.
replay-identical = Identical to the receipts, byte for byte.
replay-differs = { $count ->
    [one] { $count } line differs
   *[other] { $count } lines differ
} from the recomputation:
replay-line = Line { $line }:

route-default-group = everybody
route-default-owner-rule = same company, same owner
route-default-share-rule = fair share

explain-unknown-lead = The receipts hold no lead { $lead }. Please check the id.
explain-unknown-rep = There is no “{ $rep }” in the team. Give an id, or a name that only one person has.
explain-differs = Note: the file names another owner than the rules give when worked out again; run evenhand replay.
explain-edit-void = Voided later (by { $by }; reason: { $note })
explain-edit-transfer = Transferred to { $to } later (by { $by }; reason: { $note })
explain-edit-return = Returned later (by { $by }; reason: { $note })
explain-edit-claim = Claimed by { $to } later (by { $by }; reason: { $note })
explain-edit-assign = Assigned to { $to } by hand later (by { $by }; reason: { $note })
explain-edit-credit = { $to } was credited later (by { $by }; reason: { $note })
explain-colleague = colleague { $number }
