# Importing files of leads.
web-nav-imports = Import
web-imports-intro = Understood before anything is written: check every column and the first thousand rows, then let them in; a whole import can be undone.
web-imports-file = File
web-imports-file-hint = CSV, TSV, XLSX or JSON, at most { $limit } MB; encoding, delimiter and header are recognized
web-imports-look = Upload and look
web-imports-former = Imports so far
web-imports-step = Step
web-imports-by = By
web-imports-created = New leads
web-imports-repeated = Known customers again
web-imports-merged = Known already, filled in
web-imports-rejected = Unusable rows
web-imports-left-out = Rows that are no data
web-imports-undone = Undone
web-imports-none = Nothing imported yet
web-imports-none-text = Lists of a fair, exports of ad platforms, sheets of an older system: upload them as they are.
web-imports-look-text = This is a look only: nothing has been written.
web-imports-rows-about = rows (about)
web-imports-good-of = usable of the first { $count }
web-imports-bad = unusable
web-imports-repeats = of customers with an open lead, or twice in the file (noted there, not dealt twice)
web-imports-columns = What each column is
web-imports-column = Column
web-imports-values = What stands in it
web-imports-understood = Taken as
web-imports-change = Change to
web-imports-change-of = Change “{ $column }” to
web-imports-as-found = As recognized
web-imports-as-custom = A field of its own
web-imports-as-ignore = Leave it out
web-imports-choices = This file
web-imports-default-line = The default business line
web-imports-line-hint = They are dealt by the rules of this line
web-imports-source-hint = For rows that name no source; rules and reports tell sources apart
web-imports-campaign-hint = For rows that name no campaign
web-imports-look-first = Your changes are kept. The file is now read or handled differently: look again, then start
web-imports-look-again = Look again with these changes
web-imports-mapped = Read as in “{ $name }”, which { $who } confirmed last; change what is wrong. Confirmed on
web-imports-platform = The columns look like an export of { $name }: they are read so, and { $name } is the source; change what is wrong.
web-imports-doubts = usable, with a cell to look at
web-imports-doubtful-rows = Usable rows to look at (the first ones)
web-imports-mappings = Kept for these headings
web-imports-mappings-hint = What you confirm is kept per source and proposed when a file with the same headings comes again.
web-imports-mapping-name = Name
web-imports-mapping-confirmed = Confirmed last
web-imports-mapping-rename = Rename
web-imports-mapping-use = Read it so
web-imports-mapping-forget = Forget
web-imports-bad-rows = Unusable rows (the first ones)
web-imports-row = Row
web-imports-why = Reason
web-imports-start = Import
web-imports-start-ask = { $becomes ->
    [keep_owner] Import about { $count } rows and keep their owners?
    [plan] Import about { $count } rows and deal them as one plan?
    [pool] Import about { $count } rows into the pool?
    [leave] Import about { $count } rows and leave them aside?
    [holder] Import about { $count } rows for whoever looks after what they are for?
    [market] Import about { $count } rows onto the task market?
   *[route] Import about { $count } rows and deal them by the rules?
}
web-imports-chosen = Recognized again with your changes
web-imports-step-looking = To be confirmed
web-imports-step-running = Importing
web-imports-step-stopped = Stopped
web-imports-step-done = Done
web-imports-step-undoing = Undoing
web-imports-step-undone = Undone
web-imports-settled-of = { $count } of { $total } rows settled
web-imports-undone-of = { $count } of { $total } undone
web-imports-stop = Stop
web-imports-stop-ask = Stop the import? What is in stays in, the rest is left out.
web-imports-rejected-text = The file holds the rows as they were with the reason of each: mend them and import the file again.
web-imports-kept = Leads that were not undone
web-imports-undo = Undo this import
web-imports-undo-text = New leads that nobody has worked on are voided and all points given back; the others stay and are listed.
web-imports-undo-ask = Undo the { $count } new leads of this import?
web-imports-to-report = To the report
web-imports-outcome = Outcome
web-imports-no-rows = No such rows
web-imports-start-text-plan = Who gets what is settled at once, and then released in portions; unusable rows stay out, to be downloaded, mended and imported again.
notice-list-taken = { $count ->
    [one] { $by } undid an import: { $count } lead is no longer yours, its points were booked back
   *[other] { $by } undid an import: { $count } leads are no longer yours, their points were booked back
}
notice-accounts-given = { $count ->
    [one] { $by } imported a file: you look after { $count } account of it
   *[other] { $by } imported a file: you look after { $count } accounts of it
}
notice-accounts-taken = { $count ->
    [one] { $by } undid an import: { $count } account of yours is gone
   *[other] { $by } undid an import: { $count } accounts of yours are gone
}
notice-deals-given = { $count ->
    [one] { $by } imported a file: { $count } opportunity of it is yours
   *[other] { $by } imported a file: { $count } opportunities of it are yours
}
notice-deals-taken = { $count ->
    [one] { $by } undid an import: { $count } opportunity of yours is gone
   *[other] { $by } undid an import: { $count } opportunities of yours are gone
}
notice-given-list = { $count ->
    [one] One lead of a list is yours now
   *[other] { $count } leads of a list are yours now
}
web-event-import-planned = Settle the plan of a list
web-event-import-plan-moved = Move leads within the plan of a list
web-event-import-plan-stopped = Stop releasing a list
web-event-import-plan-continued = Go on releasing a list
web-event-import-portion-asked = Release a portion of a list at once
notice-import-done = { $count ->
    [one] Import done: { $count } row is new here
   *[other] Import done: { $count } rows are new here
}
web-event-import-uploaded = Upload a file to import
web-event-import-started = Start an import
web-event-import-stopped = Stop an import
web-event-import-done = Import done
web-event-import-mapping-forgotten = Forget how files with these headings are read
web-event-import-results-exported = Export the results of an import
web-event-import-undo-begun = Begin to undo an import
web-event-import-undone = Undo an import
web-event-of-import = Import
web-event-via-import = import
