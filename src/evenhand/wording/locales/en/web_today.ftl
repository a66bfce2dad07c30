# Today.
web-today-due = First contact due
web-today-overdue = Past due
web-today-overdue-count = { $count } past due
web-today-given = Given today
web-today-open = In hand
web-today-open-leads = Leads in hand
web-today-all-due = Show all { $count }
web-today-none-due = Nobody waits for your first contact
web-today-none-due-text = A new lead stands here the moment it is yours, with the time left to contact it.
web-today-none-due-away = You receive nothing new at the moment; later, new leads stand here.
web-today-to-leads = To my leads
web-today-ending = Running out soon
web-today-kind =
    { $kind ->
        [account] Account
        [opportunity] Opportunity
       *[lead] Lead
    }
web-today-all-ending =
    { $kind ->
        [account] All { $count } accounts
        [opportunity] All { $count } opportunities
       *[lead] All { $count } leads
    }
web-today-recent = Given today, already contacted
web-today-revived = To contact again
web-today-why = Why me
web-today-call = Call
web-today-switch = Accepting switch
web-today-accepting = Receiving leads
web-today-switch-off = Pause
web-today-switch-on = Resume
web-today-switch-off-ask = While paused, new leads go to others and nothing is credited to you; what you hold stays with you. Pause now?
web-today-all-notices = All notices
web-today-nothing = Nothing waits for you today
web-today-nothing-text = What you can look at stands in the menu.
web-today-oldest = oldest
web-today-dealt = Dealt today
web-today-by-hand = of these by hand
web-today-away-of = not receiving, of { $people }
web-today-people = Today by person
web-today-rep = Rep
web-today-points = Points
web-today-longest = Waiting longest
web-today-team-quiet = Nothing was dealt today so far
web-today-team-quiet-text = Who received what, and who has not been contacted yet, stands here.
web-today-away = Not receiving now
web-today-machine = System
web-today-machine-well = All well
web-today-machine-look = Needs a look
web-today-workers = Workers
web-today-jobs-failed = Failed jobs
web-today-effects-due = Waiting to be sent
web-today-effects-parked = Could not be sent
