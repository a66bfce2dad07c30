first-run-admin = Administrator
first-run-dealt = Dealt { $done } of { $total } leads …
first-run-demo = First start: preparing a demo company; the engine deals the leads of its past half year one by one (about half a minute) …
first-run-manager = Manager
first-run-more-links = A link works once. For a new one: bin/evenhand login-link EMAIL
first-run-own-company = For your own company: stop, choose another data folder, start with EVENHAND_DEMO=0 (docs/operate/install.md).
first-run-ready = The demo company “{ $company }” is ready; its people and firms are invented. Log in with a link (each works once, within 24 hours):
first-run-rep = Rep
first-run-reset = Password forgotten: bin/evenhand reset-link EMAIL
first-run-resumes = Going on with the data of “{ $company }”; log in at { $url }.
first-run-sales-ops = Sales operations
first-run-set-up = Open this link to set up your company (it works once, within { $days } days):

link-once = Works once, within { $hours } hours:
link-unknown-address = Nobody has the mail address { $value }
