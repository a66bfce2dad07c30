# Routing spreadsheets: what was assumed and what was wrong with rows, the team sheet, the state.

route-all-worth-the-same = { $points ->
    [one] No grades and no points: every lead counts as { $points } point
   *[other] No grades and no points: every lead counts as { $points } points
}
route-already-routed = { $id } was routed before and is passed over
route-at-unreadable = “{ $value }” is not a usable time; write it as 2026-11-23T09:00
route-default-policy = No policy was given, so the default was used; it stands in policy.yaml among the results
route-duplicate-email = Same e-mail as row { $first-row }: one lead
route-duplicate-id = Same id as row { $first-row }: one lead
route-duplicate-phone = Same phone as row { $first-row }: one lead
route-fields-absent = The policy reads { $fields }, of which the leads sheet has no column: taken as empty
route-fit-learnt = { $reps ->
    [one] Fit was learnt from { $outcomes } past outcomes of { $reps } rep
   *[other] Fit was learnt from { $outcomes } past outcomes of { $reps } reps
}
route-history-rows-left-out = { $count ->
    [one] One row of the history has more cells than columns and does not count: row { $first }
   *[other] { $count } rows of the history have more cells than columns and do not count, such as row { $first }
}; put text that contains the delimiter in quotation marks
route-history-strangers = { $count ->
    [one] One owner in the history is not in the team sheet: { $names }
   *[other] { $count } owners in the history are not in the team sheet, such as { $names }
}
route-kind-unknown = “{ $value }” is not a kind of item; use lead, task, account, opportunity or outlet
route-state-in-use = Another run is working with { $file }. Nothing was changed: wait until it is done, or give another --state
route-folder-in-use = Another run is working in { $folder }. Nothing was changed: wait until it is done, or give another --out
route-helper-lost = The second process ended before its work was done (code { $code }): it was stopped, or memory ran out. Nothing was written; `--processes 1` does without it
route-plan-too-long = --plan deals at most { $limit } rows; leave --plan out, or split the sheet
receipts-unreadable = { $line ->
    [no-value] This is not a whole receipt file; give the receipts.jsonl that evenhand route wrote, or take it from a backup
   *[other] Line { $line } of the receipts cannot be understood; give the receipts.jsonl that evenhand route wrote, or take it from a backup
}
state-newer = { $file } was written by a newer version; upgrade and try again
state-of-another-run = { $file } belongs to another run than these receipts; give the state of this run with --state
state-unreadable = { $file } is not a state file of evenhand route; take it from a backup, or start anew without it
team-id-twice = Team sheet, row { $row }: { $id } stands twice; give each person an id
team-nobody = The team sheet names nobody; write at least one rep
team-row-without-name = The row has neither a name nor an id; fill one in

# The edits sheet (evenhand book)
act-void = void
act-transfer = transfer
act-return = return
act-claim = claim
act-assign = assign
act-credit = credit
act-extend = more time
edit-act-unknown = { $value ->
    [no-value] No act is given; write one of: { $acts }
   *[other] “{ $value }” is not an act; write one of: { $acts }
}
edit-already-owned = { $item } is owned by { $rep } already; write transfer to give it to somebody else
edit-already-void = { $item } is void already
edit-item-missing = No lead is named; fill in its id
edit-item-unknown = { $item } is not among the leads dealt; check the id
edit-not-owned = { $item } has no owner now, so it cannot be transferred or returned
edit-person-left = { $name } has left or is deactivated and receives nothing; name somebody else
edit-person-missing = No person is named; fill in who gets it
edit-person-unknown = There is no “{ $name }” in the team; check the name
edit-points-missing = A credit needs points; fill them in
edit-points-out-of-range = Points of { $value } are not between 0 and { $limit }
edit-rate-out-of-range = The refund of { $value } percent is not between 0 and 100
