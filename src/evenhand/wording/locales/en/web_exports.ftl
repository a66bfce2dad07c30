# Exports: the form on every list, one's own files, requests to confirm.
web-nav-exports = Exports
web-exports-export = Export
web-exports-count = The { $count } rows that this filter shows
web-exports-columns = Columns
web-exports-columns-shown = As the list shows them
web-exports-columns-all = All columns
web-exports-why = What for
web-exports-reason-report = A report
web-exports-reason-meeting = A meeting
web-exports-reason-campaign = A campaign
web-exports-reason-check = Checking data
web-exports-reason-other = Something else
web-exports-note = In your own words (needed for “something else”)
web-exports-recorded = The journal records who took out what, and what for.
web-exports-intro = Files are yours alone and are dropped after { $days } days.
web-exports-intro-limit = Files are yours alone and are dropped after { $days } days. Beyond { $limit } rows within 24 hours a second person confirms.
web-exports-asked = Waiting for your word
web-exports-mine = My exports
web-exports-who = Who
web-exports-what = What
web-exports-rows = Rows
web-exports-filter = Filter
web-exports-decide = Decide
web-exports-step = Step
web-exports-file = File
web-exports-step-waiting = Waits for a second person
web-exports-step-running = Being made
web-exports-step-done = Done
web-exports-step-refused = Refused
web-exports-step-canceled = Canceled
web-exports-step-failed = Not made
web-exports-confirm = Confirm
web-exports-confirm-ask = Let { $count } rows leave as a file?
web-exports-refuse = Refuse
web-exports-fetch = Download ({ $size } MB)
web-exports-until = Kept until
web-exports-drop = Drop the file
web-exports-cancel = Cancel
web-exports-gone = No file kept
web-exports-none = Nothing exported yet
web-exports-none-text = Set a filter on a list and choose Export: small files come at once, large ones appear here.
web-exports-runs = { $count } rows are being written; you are told when the file is there.
web-exports-waits = { $count } rows go beyond what one person may take out alone: a second person was asked and you are told the answer.
web-exports-canceled = Done: nothing of it is kept.
web-exports-confirmed = Confirmed: the file is being made for your colleague.
web-exports-refused = Refused: your colleague is told.
web-exports-searched = Search
notice-export-asked = { $count ->
    [one] { $by } asks for a second person: export of { $count } row
   *[other] { $by } asks for a second person: export of { $count } rows
}
notice-export-done = { $count ->
    [one] Your export of { $count } row is ready
   *[other] Your export of { $count } rows is ready
}
notice-export-refused = { $count ->
    [one] { $by } refused your export of { $count } row
   *[other] { $by } refused your export of { $count } rows
}
web-event-export-asked = Ask for an export
web-event-export-confirmed = Confirm an export
web-event-export-refused = Refuse an export
web-event-export-canceled = Cancel an export
web-event-export-fetched = Download an export
web-event-of-export = Export
web-event-key-export = export
web-event-key-page = list
export-file-gone = The file is not kept any more; export it again
export-nobody-confirms = More than { $limit } rows within 24 hours need a second person, and nobody else here may export and sees everything. Narrow the filter, or ask the administrator to change the limit in the company settings
export-not-allowed-now = The right to export ended before the file was made
export-person-erased = A person in the search was erased; the export was canceled
export-say-what = Say in your own words what it is for
