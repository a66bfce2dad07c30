# Imports: what the rows are, and what becomes of them.
web-imports-kind = Each row of this file is
web-imports-kind-hint = Judged by the headings; change it if that is wrong. For a list of your own people, use
web-imports-kind-people = the import under members
web-imports-kind-change = Change to this
web-imports-kind-lead = A lead
web-imports-kind-account = A company (account)
web-imports-kind-contact = A contact
web-imports-kind-activity = An activity (call, meeting, task)
web-imports-kind-opportunity = An opportunity
web-imports-becomes = Once they are in
web-imports-becomes-what = What becomes of them
web-imports-becomes-route = Deal them by the rules now
web-imports-becomes-hint-route = Like any other new lead: points are charged, the countdown to the first contact starts; what is won or lost already is history only and not dealt
web-imports-becomes-plan = Deal them as one plan, released in portions
web-imports-becomes-hint-plan = Who gets what is settled at once; each portion comes on its working day, and the time for the first contact runs from then
web-imports-becomes-keep-owner = Keep the owner named in the file
web-imports-becomes-hint-keep-owner = Everybody keeps what was theirs: no points, no countdown, dates and stage as they were
web-imports-becomes-pool = Put them in a pool
web-imports-becomes-hint-pool = Nobody’s, in the pool chosen below
web-imports-becomes-leave = Leave them aside
web-imports-becomes-hint-leave = Written, but nobody’s; leads can be released to the rules later
web-imports-pool = Pool
web-imports-pool-hint = Only for “Put them in a pool”; the names come from the rules of the business line
web-imports-strangers = Rows with no owner, or one who is unknown or has left
web-imports-strangers-hint = Only for “Keep the owner”; below you see who that is
web-imports-strangers-route = Deal them by the rules
web-imports-strangers-leave = Leave them aside
web-imports-strangers-give = Give them all to the person below
web-imports-strangers-to = To whom
web-imports-owners = Owners in the file
web-imports-owners-text = In the first { $scanned } rows: { $known } known, { $strangers } unknown or departed, { $nobody } rows without an owner. Correct here who is meant.
web-imports-owner-text = As in the file
web-imports-owner-rows = Rows
web-imports-owner-found = Found
web-imports-owner-known = Works here
web-imports-owner-left = Has left
web-imports-owner-unknown = Unknown
web-imports-owner-is = Taken as
web-imports-owner-is-of = Who “{ $owner }” is
web-imports-owner-nobody = None of our people
web-imports-stages = Which stage a status means
web-imports-stages-text = Proposed by the usual names; please check. What is converted or lost is history only and not dealt.
web-imports-stage-text = Status in the file
web-imports-stage-is = Stage
web-imports-stage-is-of = Stage of “{ $status }”
web-imports-stage-none = As the other column says
web-imports-nameless = Import rows without a name, company, phone and e-mail too
web-imports-nameless-hint = They are called by their id, or their row number; otherwise they count as unusable
web-imports-currency-own = The company’s currency
web-imports-currency-hint = For amounts that name none
web-imports-start-text-route = The leads are dealt by the rules at once; unusable rows stay out, to be downloaded, mended and imported again.
web-imports-start-text-keep-owner = The rows go to the owners found above; unusable rows stay out, to be downloaded, mended and imported again.
web-imports-start-text-pool = The leads go into the chosen pool; unusable rows stay out, to be downloaded, mended and imported again.
web-imports-start-text-leave = They are written and are nobody’s; unusable rows stay out, to be downloaded, mended and imported again.
web-imports-aside = { $count ->
    [one] One lead of this import lies aside and is nobody’s.
   *[other] { $count } leads of this import lie aside and are nobody’s.
}
web-imports-release = Release them to the rules
web-imports-release-ask = Deal { $count } leads by the rules?
web-imports-released = { $count ->
    [one] One lead released; it is dealt within seconds
   *[other] { $count } leads released; they are dealt within seconds
}
web-imports-new-account = New companies
web-imports-new-contact = New contacts
web-imports-new-activity = New activities
web-imports-new-opportunity = New opportunities
web-imports-there = Here already, unchanged
web-event-lead-imported = Lead came in with a file
web-event-import-released = Leads left aside were released
web-event-account-imported = Company came in with a file
web-event-opportunity-imported = Opportunity came in with a file
