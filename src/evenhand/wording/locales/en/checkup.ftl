# The words of the check-up (evenhand checkup). They suggest and never accuse: a file shows a
# pattern and not its reason.

checkup-title = Lead distribution check-up
checkup-product = Evenhand
checkup-subtitle = { $file } · { $from } to { $until } · { $leads } leads · { $reps } reps
checkup-made = Data up to { $as-of }. Brackets after a figure hold its 95% interval.

checkup-range = { $value } ({ $low } – { $high })
checkup-range-signed = { $value } ({ $low } to { $high })
checkup-range-open = { $value } (≥ { $low })
checkup-at-least = at least { $value }
checkup-by-lot = by lot { $low } – { $high }
checkup-from-to = { $low } – { $high }
checkup-minutes = { $number } min
checkup-hours = { $number } h
checkup-days = { $number } { $unit ->
    [one] day
   *[other] days
}
checkup-not-reached = not reached
checkup-dash = –
checkup-names-more = { $names } and { $more } more
checkup-names-separator = {", "}
checkup-ungraded = no grade
checkup-unknown-source = source not filled in
checkup-other-sources = other sources
checkup-not-in-file = not in the file

checkup-card-displaced = Points that would have to change hands
checkup-card-displaced-note = for everyone to have the fair share; dealing by lot gives { $chance } (up to about { $high })
checkup-card-furthest = Received per point due, most and least
checkup-card-furthest-note = { $most } and { $least }; 1.00 is exactly the fair share
checkup-card-top = Grade { $grade } leads per rep
checkup-card-top-note = the fair-share ledger gives { $after } each
checkup-card-gini = Gini coefficient (0 = all equal)
checkup-card-gini-note = by lot about { $chance }; fair-share ledger { $after }
checkup-card-response = First response, median
checkup-card-response-note = not contacted after 24 hours: { $share }
checkup-card-untouched = Not contacted for over { $days } days
checkup-card-undecided = Without outcome for over { $days } days
checkup-card-lying-note = { $share } of the { $total } leads older than { $days } days
checkup-card-people = Customers with several reps at once
checkup-card-people-note = of { $total } who came back within { $days } days
checkup-card-companies = Companies with several reps at once
checkup-card-companies-note = of { $total } that came back within { $days } days
checkup-card-conversion = Won within { $days } days
checkup-card-conversion-note = { $apart } of { $reps } reps outside normal variation

checkup-findings = Main findings
checkup-findings-note = by the leads and points concerned, largest first
checkup-findings-none = Nothing goes beyond what chance explains.
checkup-within = Within what chance gives, nothing to do
checkup-todo = What to do

checkup-finding-deal-uneven = Points are dealt unevenly, more than chance explains
checkup-finding-deal-uneven-figure = { $displaced } of the points would have to change hands for everyone to have exactly the fair share; dealing the same leads by lot usually gives { $chance-value }, at most about { $chance-high }. { $ahead-count ->
    [0] Nobody alone is beyond chance
    [one] Clearly above the fair share: { $ahead }
   *[other] Clearly above the fair share: { $ahead-count } reps ({ $ahead })
}{ $behind-count ->
    [0] .
    [one] ; clearly below: { $behind }.
   *[other] ; clearly below: { $behind-count } reps ({ $behind }).
}
checkup-finding-deal-uneven-action = Ask for the reason first: leave, capacity, territory or product split all cause gaps. Without such a reason, deal by the fair-share ledger: gaps then stop growing with time (see “What the ledger would have done”).
checkup-finding-deal-even = Differences in points are within chance
checkup-finding-deal-even-figure = { $displaced } of the points would have to change hands; dealing by lot gives { $chance-value } (up to about { $chance-high }).

checkup-finding-top-uneven = Grade { $grade } leads are dealt unevenly
checkup-finding-top-uneven-figure = { $total } in all. { $most-name } received { $most } (due about { $most-due }, by lot { $most-low } – { $most-high }), { $least-name } { $least } (due about { $least-due }, by lot { $least-low } – { $least-high }); { $apart } of { $reps } reps are beyond chance.
checkup-finding-top-uneven-action = If they are given by skill or product on purpose, write it into the policy; if not, let the ledger keep a book per grade.
checkup-finding-top-even = Grade { $grade } leads are dealt evenly
checkup-finding-top-even-figure = { $total } in all; differences between { $reps } reps are within chance.

checkup-finding-sources-uneven = Sources are dealt unevenly
checkup-finding-sources-uneven-figure = { $cells } of { $all-cells } cells “rep × source” are beyond chance. The largest: { $name } received { $got } from “{ $source }”, due about { $due } (chance gives { $low } – { $high }).
checkup-finding-sources-uneven-action = If work is split by source, write it into the policy; if not, see which sources only a few people can see.
checkup-finding-sources-even = Differences between sources are within chance
checkup-finding-sources-even-figure = Nobody is beyond chance in any source.

checkup-finding-picking-possible = { $count ->
    [one] One rep's leads are clearly worth more than the average
   *[other] The leads of { $count } reps are clearly worth more than the average
}
checkup-finding-picking-possible-figure = Ranked among all leads of the same month, 50 is average. The highest is { $first } with a mean rank of { $index }. { $count ->
    [one] {""}
   *[other] Concerned: { $names }.
}
checkup-finding-picking-possible-action = This shows a result, not a reason: dealing by territory, product or skill looks the same. See the column “within source” first; where leads can be claimed, let claims cost their points.
checkup-finding-picking-none = Nobody's leads are clearly worth more than the average
checkup-finding-picking-none-figure = Everyone's mean rank is within chance.

checkup-finding-untouched = { $count } leads have no first contact on record after { $days } days
checkup-finding-untouched-figure = That is { $share } of the { $total } leads older than { $days } days. { $more ->
    [0] Differences between reps are within chance.
    [one] One rep has clearly more than the team at the same time: { $names }.
   *[other] { $more } reps have clearly more than the team at the same time: { $names }.
}
checkup-finding-untouched-action = Find out whether they were not contacted or not recorded. For the former, set a deadline for the first contact, after which the lead is recycled.
checkup-finding-untouched-none = No lead waits for a first contact longer than { $days } days
checkup-finding-untouched-none-figure = { $total } leads were looked at.

checkup-finding-undecided = { $count } leads have no outcome after { $days } days
checkup-finding-undecided-figure = That is { $share } of the { $total } leads older than { $days } days. { $more ->
    [0] Differences between reps are within chance.
    [one] One rep has clearly more than the team at the same time: { $names }.
   *[other] { $more } reps have clearly more than the team at the same time: { $names }.
}
checkup-finding-undecided-action = Go through them once: a next step where there is hope, close or hand back where there is none. Then set a follow-up deadline.
checkup-finding-undecided-none = No lead is without outcome for longer than { $days } days
checkup-finding-undecided-none-figure = { $total } leads were looked at.

checkup-finding-response = The median first response takes { $median }
checkup-finding-response-figure = Of { $leads } leads, { $after-day } were not contacted after 24 hours. { $slower ->
    [0] Differences between reps are within chance.
    [one] One rep is clearly slower than the team: { $names }.
   *[other] { $slower } reps are clearly slower than the team: { $names }.
}
checkup-finding-response-action = Nights and weekends count, so look at it with your own working hours first. Set a deadline and a reminder for the first contact, and pause those who are full.

checkup-finding-people-split = { $count } customers are with several reps at once
checkup-finding-people-split-figure = Of { $total } customers who came back within { $days } days (same phone or e-mail), { $count } went to different reps: { $leads } leads, { $share } of all.
checkup-finding-people-split-action = Check for duplicates at intake and send a known customer to the present owner; settle existing conflicts on one owner.
checkup-finding-people-split-none = No customer went to different reps
checkup-finding-people-split-none-figure = { $total } customers came back within { $days } days.

checkup-finding-companies-split = { $count } companies are with several reps at once
checkup-finding-companies-split-figure = Of { $total } companies that came back within { $days } days, { $count } went to different reps: { $leads } leads, { $share } of all.
checkup-finding-companies-split-action = Normal if work is split by product or site; otherwise send a known company to its owner.
checkup-finding-companies-split-none = No company went to different reps
checkup-finding-companies-split-none-figure = { $total } companies came back within { $days } days.

checkup-finding-transfers = { $count } leads changed hands
checkup-finding-transfers-figure = That is { $share }. { $returned } of them came back to somebody who had them before; { $pairs } pairs of reps hand leads to each other.
checkup-finding-transfers-action = Ask for a reason with each transfer and book the points anew; settle leads that go back and forth on one owner.

checkup-finding-conversion-apart = A few reps differ from what their leads would give
checkup-finding-conversion-apart-figure = The team won { $share } within { $days } days. With the mix of leads and luck taken out, { $above-count ->
    [0] nobody is clearly above expectation
   *[other] { $above } may be above expectation
}{ $below-count ->
    [0] .
   *[other] ; { $below } may be below.
}
checkup-finding-conversion-apart-action = Look at how they work (response, contacts, product) and do not rank: even the best list misses half of the true top five.
checkup-finding-conversion-normal = Differences in conversion are within normal variation
checkup-finding-conversion-normal-figure = The team won { $share } within { $days } days; with the mix of leads taken out, { $reps } reps cannot be told apart.

checkup-chart-share = Points received and due, per rep
checkup-chart-share-desc = Bars are points received, vertical marks the fair share, the shaded range holds 95% of dealing by lot, rings are what the ledger would give.
checkup-legend-received = received
checkup-legend-over = received, above chance
checkup-legend-under = received, below chance
checkup-legend-due = due
checkup-legend-chance = 95% of dealing by lot
checkup-legend-ledger = with the fair-share ledger
checkup-chart-first = Shown are the { $shown } furthest from their fair share, of { $all }; everyone is in the table below.
checkup-chart-grades = Leads per rep and grade
checkup-chart-grades-desc = Bars are divided by lead grade.
checkup-chart-picking = Mean rank in value of each rep's leads (50 = average)
checkup-chart-picking-desc = Dots are mean ranks, lines their 95% intervals.
checkup-chart-waiting = Leads still without a first contact
checkup-chart-waiting-desc = Time since receipt across, share still not contacted upwards, 95% interval shaded (Greenwood).
checkup-chart-conversion = Won against expected (1 = as expected), by name
checkup-chart-conversion-desc = Dots are shrunken ratios, lines their 95% intervals.
checkup-chart-behind = How far the furthest are from their fair share
checkup-chart-behind-desc = Solid lines as it was, dashed lines with the ledger; points upwards.

checkup-section-received = Due and received
checkup-section-received-text = Due: the points of each lead, shared { $weights ->
    [equal] equally
   *[own] by the weights of the team file
} among those active at that moment. Active means from the first to the last lead in the file, and one average gap around it. Chance range: dealing the same leads by lot stays inside 95 times in 100. Marked is what remains beyond chance with the whole team compared at once (false discovery rate 5%).
checkup-section-grades = Grades and sources
checkup-section-grades-text = Each cell is leads received, with those due in brackets. Marked cells are beyond chance.
checkup-section-picking = Rank of the leads in value
checkup-section-picking-text = Each lead is ranked by points among all leads of its month, then averaged: 50 is average; in a free grab the fastest reaches about 74. It shows a result, not whether leads were picked, assigned or split by skill; the column “within source” takes the source out.
checkup-section-lying = Leads that lie still
checkup-section-lying-text = Only what the present owner holds. Expected: at the team's share of the same months. Marked reps have clearly more than the team at the same time.
checkup-section-response = First response
checkup-section-response-text = Estimated by Kaplan–Meier, with leads not yet contacted taken into account (cut off when handed on or closed). Clock time, nights and weekends included. { $precision ->
    [day] Times in the file are whole days, hence so are these.
   *[hour] {""}
} Pace: contacts per contact that the same waits would have had with the team; below 1 is slower.
checkup-section-contacts = Repeated contacts and transfers
checkup-section-contacts-text = The same phone or e-mail is the same customer. Handing on one lead is no repeat.
checkup-section-conversion = Conversions
checkup-section-conversion-text = Expected: each lead at the team's rate for its grade and source. Ratios are shrunk by empirical Bayes, which takes out the mix of leads and luck. In order of names, not of rank. Estimated true spread about ± { $deviation }.
checkup-section-ledger = What the ledger would have done
checkup-section-ledger-text = The same { $leads } leads in the same order, dealt again by the fair-share ledger among those active at the time (a book per grade, band τ in points: { $slack }, no fit bonus). Every lead credits each active rep with a share of its points; whoever is owed most gets it and pays its points.
checkup-section-ledger-result = Furthest from the fair share at the end: as it was, { $behind-before } points behind and { $ahead-before } ahead; with the ledger, { $behind-after } behind and { $ahead-after } ahead. Gini { $gini-before } → { $gini-after }. These are computed, not sampled; the limit proved in advance is { $bound } points.
checkup-section-ledger-wins = What would have been won, this file cannot say: from the ratios above alone, wins change by { $change }, { $is-clear ->
    [yes] a clear direction, but without familiarity, speed and workload.
   *[no] which cannot be told from zero.
}
checkup-section-ledger-no-wins = What would have been won, this file cannot say: it has too few outcomes.
checkup-section-ledger-limits = The replay does not know who was away, full or unsuited; in real use all of this counts.
checkup-section-coverage = This file
checkup-section-gaps = What this file cannot show
checkup-section-assumptions = What was assumed
checkup-section-rejected = Rows that were not used
checkup-section-details = Details
checkup-details-text = The rows behind every figure are in { $files }, in the same folder.

checkup-head-rep = Rep
checkup-head-leads = Leads
checkup-head-points = Points received
checkup-head-due = Due
checkup-head-chance = Chance range
checkup-head-difference = Ahead / owed
checkup-head-ratio = Received / due
checkup-head-kept = Held after transfers
checkup-head-ledger = Ledger
checkup-head-index = Mean rank
checkup-head-within-source = Within source
checkup-head-judged = Old enough
checkup-head-lying = Lying still
checkup-head-share = Share
checkup-head-expected = Expected
checkup-head-median = Median
checkup-head-p90 = Nine of ten within
checkup-head-after-day = Not contacted after 24 h
checkup-head-pace = Pace
checkup-head-source = Source
checkup-head-won = Won
checkup-head-won-ratio = Won / expected
checkup-head-judgement = Judgement
checkup-head-customer = Customer
checkup-head-company = Company
checkup-head-reps = Reps concerned
checkup-head-days = Closest, days
checkup-head-from = From
checkup-head-to = To
checkup-head-count = Times
checkup-head-out = Handed on
checkup-head-in = Taken over
checkup-head-points-out = Points handed on
checkup-head-points-in = Points taken over
checkup-head-rows = Rows
checkup-head-reason = Reason
checkup-head-column = Column
checkup-head-meaning = Used as
checkup-head-grade = Grade
checkup-head-lead = Lead
checkup-head-row = Row
checkup-head-at = Time
checkup-head-ledger-rep = Ledger would give it to

checkup-spread-line = Gini { $gini }, by lot { $gini-chance }; Jain's index { $jain } ({ $jain-low } – { $jain-high }), by lot at least { $jain-chance }.
checkup-legend-behind = furthest behind
checkup-legend-ahead = furthest ahead
checkup-legend-dot-over = high, beyond chance
checkup-legend-dot-under = low, beyond chance
checkup-legend-dot-normal = within chance
checkup-head-points-before = Points as it was
checkup-head-points-after = Points with the ledger
checkup-head-leads-before = Leads as it was
checkup-head-leads-after = Leads with the ledger
checkup-head-top-before = Grade { $grade } as it was
checkup-head-top-after = Grade { $grade } with the ledger
checkup-head-points-lying = Points lying still
checkup-head-shared-customer = Customers in common
checkup-head-shared-company = Companies in common

checkup-ahead = { $points } ahead
checkup-behind = { $points } owed
checkup-normal = within normal variation
checkup-possibly-above = may be above expectation
checkup-possibly-below = may be below expectation
checkup-slower = clearly slower
checkup-faster = clearly faster
checkup-more-lying = clearly more
checkup-flag-note = “●” marks what is beyond chance

checkup-coverage-rows = { $rows } rows were read and { $used } used; { $rejected } could not be used (see rejected.csv). { $leads } leads in all.
checkup-coverage-junk = { $count } leads marked as junk carry no points and are not compared.
checkup-coverage-occasional = { $count ->
    [one] One holder does not count as part of the team
   *[other] { $count } holders do not count as part of the team
}; their { $leads } leads are not compared: { $names }.
checkup-coverage-columns = Columns recognized
checkup-coverage-missing = Not found: { $columns }
checkup-oddity-response-before-receipt = In { $count } rows the first contact is earlier than receipt; they are left out of response times.
checkup-oddity-decided-before-receipt = In { $count } rows the outcome is earlier than receipt.
checkup-oddity-after-as-of = { $count } rows are later than the end of the data and do not count.

checkup-gap-only-won = The file lists won leads only: “received” here really means won, and who received the others cannot be seen. Export all leads and run it again.
checkup-gap-one-value = All leads carry the same points, so that neither value nor cherry-picking can be seen. Add a column with grade, score or points.
checkup-gap-no-source = No source: how sources were dealt cannot be seen.
checkup-gap-no-response = No time of first contact: neither speed nor leads never contacted can be seen.
checkup-gap-to-the-day = Times are whole days, hence so are response times.
checkup-gap-no-outcome = No outcome: neither conversions nor leads left undecided can be seen.
checkup-gap-few-outcomes = Too few wins, or all outcomes the same: differences in conversion cannot be seen.
checkup-gap-no-decided-at = No closing time: only present outcomes count, and younger leads look less often won.
checkup-gap-no-contact = Neither phone nor e-mail: whether one customer is with several reps cannot be seen.
checkup-gap-no-company = No company: whether one company is with several reps cannot be seen.
checkup-gap-no-transfers = Only present owners: neither transfers nor who received a lead first can be seen.
checkup-gap-short-period = Less than three months: seasons and long sales cycles cannot be seen whole.
checkup-gap-no-availability = Leave, capacity, territory and product split are not in the file: what was due assumes that everyone could take everything, so gaps may have good reasons.
checkup-gap-no-working-time = Working hours are not in the file: response times include nights and weekends.
checkup-gap-no-deleted = Leads that were deleted, merged or never assigned are not in the file.
checkup-gap-no-intention = A file shows results, not motives: valuable leads need not have been picked, and what lies still may only be unrecorded.

checkup-assumed-points-points = Lead points are those of column “{ $column }”.
checkup-assumed-points-grade = Lead grades are those of column “{ $column }”, worth { $table } points.
checkup-assumed-points-grade-unlisted = Grades { $grades } have no points in the table and count as the lowest, { $points } ({ $count } leads). Set them with --points.
checkup-assumed-points-grade-blank = { $count } leads without a grade count as the middle one, { $points } points.
checkup-assumed-points-quantiles = There are no grades, so column “{ $column }” makes them: top 15% A, next 20% B, next 30% C, the rest D, worth { $table } points.
checkup-assumed-points-quantiles-blank = { $count } leads without a value there count as C, { $points } points.
checkup-assumed-points-value-refused = Column “{ $column }” is mostly filled after winning ({ $won } of won leads have a value, { $other } of the others): it does not show what a lead was worth when received, and was not used.
checkup-assumed-points-one = There is no grade, score or points: every lead counts 1 point.
checkup-assumed-weights-equal = What was due is in equal shares.
checkup-assumed-weights-file = What was due follows the weights in { $file } ({ $count } reps); others are not part of the team.
checkup-assumed-received-assigned = Time of receipt is column “{ $column }”.
checkup-assumed-received-filled = { $count } rows have no time of assignment; their time of creation is used.
checkup-assumed-received-created = There is no time of assignment; column “{ $column }” is used, so that waiting before assignment cannot be seen.
checkup-assumed-received-rule = A lead counts for the first who kept it for a day; if nobody did, for the last.
checkup-assumed-as-of-given = The end of the data is --at.
checkup-assumed-as-of-file = The end of the data is the latest time in the file.
checkup-assumed-outcome-status = There is no outcome column; it is read from “{ $column }”.
checkup-assumed-outcome-closed = There is no outcome column; a time in “{ $column }” counts as won.
checkup-assumed-outcome-unknown = Outcomes in unknown words count as open: { $values } ({ $count } rows).
checkup-assumed-horizon = Wins and leads without outcome are judged after { $days } days (nine of ten wins fall inside, or 60 by default).
checkup-assumed-stale = A lead without first contact for { $days } days lies still; coming back within { $conflict } days is a repeated contact.
checkup-assumed-team = Holders of fewer than { $count } leads, or of less than a tenth of the median, are not part of the team.
checkup-assumed-zone = Times in the file have no zone and are taken as one zone.
checkup-assumed-resampling = Intervals use resampling with a fixed seed ({ $count } times): the same file gives the same page.
checkup-assumed-cells = { $count } cells of column “{ $column }” could not be read and count as blank (such as “{ $example }”).
checkup-assumed-grade-unknown = The grades in column “{ $column }” are not known ({ $values }) and were not used; give their points, such as --points "A=8,B=5".

checkup-column-lead = lead id
checkup-column-rep = owner
checkup-column-received-at = time of assignment
checkup-column-created-at = time of creation
checkup-column-grade = lead grade
checkup-column-points = lead points
checkup-column-score = lead score
checkup-column-value = amount
checkup-column-source = source
checkup-column-responded-at = time of first contact
checkup-column-outcome = outcome
checkup-column-decided-at = closing time
checkup-column-phone = phone
checkup-column-email = e-mail
checkup-column-company = company
checkup-column-previous-rep = previous owner

checkup-rejected-no-owner = no owner
checkup-rejected-no-time = neither time of assignment nor of creation
checkup-rejected-time = unreadable time: { $detail }
checkup-rejected-row = { $detail }

checkup-said-written = Check-up: { $path }
checkup-said-details = Details: { $paths }
checkup-said-rejected = { $count } rows could not be used, see { $path }
checkup-said-headline = { $leads } leads, { $reps } reps; points that would have to change hands: { $displaced }.
checkup-reading = Reading { $file }

checkup-head-received = Received
checkup-head-chance-low = Chance, low
checkup-head-chance-high = Chance, high
checkup-head-low = Interval, low
checkup-head-high = Interval, high
checkup-head-q = q-value (team compared at once)
checkup-head-chance-above = Probability above expectation
checkup-head-contacted = Contacted
checkup-head-median-hours = Median, hours
checkup-head-p90-hours = Nine of ten within, hours
checkup-head-group-number = Group
checkup-head-points-of-lead = Lead points
checkup-head-note = Note
checkup-head-value = Value
checkup-sheet-leads-of = { $title } leads
checkup-sheet-transfers = Transfers
checkup-refused-no-owner-column = No column was recognized as the owner. The columns are: { $columns }. Say which with --map "COLUMN=owner".
checkup-refused-no-time-column = No column was recognized as time of assignment or creation. The columns are: { $columns }. Say which with --map "COLUMN=assigned_at".
checkup-refused-no-rows = No row can be used: every row needs an owner and a time.
checkup-refused-no-team = Nobody has enough leads to count as part of the team. Check the owner column, or give a team file with --weights.
checkup-refused-points = --points cannot be understood: { $detail }
checkup-refused-weights = Nobody in { $file } owns a lead in this history. Check that names or ids agree.
checkup-refused-time = --at: “{ $value }” is no time; write 2026-03-01 or 2026-03-01 18:00.
checkup-refused-folder = The folder { $folder } cannot be written to.
checkup-cut-sheet = Sheet “{ $sheet }” holds the first { $shown } of { $all } rows; every lead is in the CSV file.
