# The company's settings.
web-company-field-name = Company
web-company-hint-name = Shown when logging in, in mails and on fairness reports
web-company-field-locale = Language of the company
web-company-hint-locale = Of mails, and of people who have chosen none themselves
web-company-field-zone = Time zone
web-company-hint-zone = For everybody who has chosen none himself; working time stands in the calendars
web-company-field-country = Country or region
web-company-hint-country = Its public holidays begin every new calendar: CN, TW, DE-BY …; empty: none. Calendars that are there keep theirs.
web-company-field-currency = Usual currency
web-company-hint-currency = What a new amount begins with; amounts that are there keep theirs
web-company-field-first-contact-minutes = First contact within (working minutes)
web-company-hint-first-contact-minutes = Counts for items assigned from now on; those assigned before keep their deadline
web-company-field-overrides-per-day = Manual assignments and transfers per manager and day
web-company-hint-overrides-per-day = Empty: no limit; 0: none. Each one is counted in public under Manual changes.
web-company-field-export-alone-rows = Rows that one person exports alone within 24 hours
web-company-hint-export-alone-rows = Empty: no limit; 0: a second person confirms every export. The second person may export and sees everybody’s data.
web-company-field-conflict-shows = What a conflict check shows
web-company-hint-conflict-shows = How much whoever asks learns of the owner; the record itself stays out of sight
web-company-conflict-name = the owner’s name and team
web-company-conflict-team = only the team
web-company-conflict-taken = only that it is taken
web-company-login = Logging in
web-company-login-ends = A login ends after { $idle } hours without use, and after { $longest } hours in any case.
web-company-login-again = Before roles, keys, exports and other sensitive acts the password is asked again if the last time lies more than { $minutes } minutes back. Administrators and sales operations need two-step login.
web-company-elsewhere = Set elsewhere
web-company-field-second-factor = Who must use two-step login
web-company-hint-second-factor = Administrators and sales operations must always
web-company-factor-roles = Administrators and sales operations only
web-company-factor-all = Everybody
web-company-field-second-factor-from = Everybody must from
web-company-hint-second-factor-from = Until then people are reminded; empty = at once. Counts only where everybody must.
web-company-without-factor = { $count ->
    [one] { $count } active member has no two-step login yet.
   *[other] { $count } active members have no two-step login yet.
  }
web-event-key-second-factor = who must use two-step login
web-event-key-second-factor-from = from
