# What all pages share: menu, header, lists, times, hints.
web-product = Evenhand
web-skip = Skip to content
web-menu = Menu
web-menu-all = All pages
web-menu-short = Frequent pages
web-more = More
web-close = Close
web-cancel = Cancel
web-confirm = Confirm
web-back = Back
web-to-start = Go to Today
web-drawer = Details
web-search = Search name, company, phone
web-language = Change language
web-theme-dark = Switch to dark
web-theme-light = Switch to light
web-user-menu = Menu of { $name }
web-profile = Profile
web-security = Login and security
web-login = Log in
web-logout = Log out
web-failed = That did not work. Please try again later.
web-offline = No connection: your last action did not arrive.

web-nav-work = Work
web-nav-dealing = Distribution
web-nav-people = People
web-nav-system = System
web-nav-today = Today
web-nav-leads = Leads
web-nav-pool = Pool
web-nav-my-leads = My leads
web-nav-accounts = Accounts
web-nav-opportunities = Opportunities
web-nav-intake = New lead
web-nav-availability = Availability
web-nav-distribution = Live decisions
web-nav-unassigned = Unassigned
web-nav-fairness = Fairness
web-nav-fairness-reports = Fairness reports
web-nav-appeals = Appeals
web-nav-conflicts = Conflict check
web-nav-my-appeals = My appeals
web-nav-overrides = Manual changes
web-nav-policies = Policies
web-nav-members = Members
web-nav-teams = Team structure
web-nav-leave = Leave
web-nav-rosters = Duty rosters
web-nav-calendars = Calendars
web-nav-journal = Journal
web-nav-tokens = API tokens
web-nav-company = Company
web-nav-help = Help

web-role-rep = Rep
web-role-manager = Manager
web-role-sales_ops = Sales operations
web-role-admin = Administrator
web-role-auditor = Auditor

web-keys = Keyboard
web-key-search = search
web-key-rows = next row, previous row
web-key-open = open this row
web-key-claim = in the pool: claim
web-key-close = close a drawer or dialog
web-key-help = show this list

web-query = Search
web-reset = Reset
web-any = Any
web-pages = Pages
web-page = Page { $number }
web-page-size = Per page
web-total = { $count ->
    [one] { $count } row
   *[other] { $count } rows
}
web-total-about = About { $count } rows, of which the first 10,000 can be paged through; narrow the filter to see the others

web-points = { $points } pts
web-ago-minutes = { $count ->
    [0] just now
    [one] { $count } minute ago
   *[other] { $count } minutes ago
}
web-ago-hours = { $count ->
    [one] { $count } hour ago
   *[other] { $count } hours ago
}
web-today-at = today { $clock }
web-countdown-left-many = { $hours } h of working time left
web-countdown-over-many = { $hours } working hours past due
web-countdown-left-now = less than a minute of working time left
web-countdown-over-now = just past due
web-countdown-left-hours = { $hours } h { $minutes } min of working time left
web-countdown-left-minutes = { $minutes } min of working time left
web-countdown-over-hours = { $hours } h { $minutes } min of working time past due
web-countdown-over-minutes = { $minutes } min of working time past due

web-state-untended = Nobody’s
web-state-queued = Unassigned
web-state-owned = Assigned
web-state-pooled = Public pool
web-state-merged = Merged
web-state-rejected = Unusable
web-state-closed = Closed
web-stage-new = New
web-stage-contacted = Contacted
web-stage-qualified = Qualified
web-stage-converted = Converted
web-stage-lost = Lost
web-opportunity-stage-discovery = Discovery
web-opportunity-stage-proposal = Proposal
web-opportunity-stage-negotiation = Negotiation
web-opportunity-stage-won = Won
web-opportunity-stage-lost = Lost

web-notices = Notices
web-notices-unread = { $count ->
    [0] Notices, none unread
    [one] Notices, { $count } unread
   *[other] Notices, { $count } unread
}
web-notices-new = Unread:
web-notices-read-all = Mark all as read
web-notices-older = Older
web-notices-none = No notices yet
web-notices-none-text = When something is handed to you, taken back, or needs your decision, it stands here.
web-too-fast-title = One moment
