# Words: fields, types, units, what joins a list. Sentences take their words from here.

list-separator = {", "}
clause-separator = {"; "}
list-more = { $shown } and { $more } more
value-yes = yes
value-no = no
value-empty = empty
value-range = { $low } to { $high }

balance = { $sign ->
    [owed] owed { $points ->
        [one] { $points } point
       *[other] { $points } points
    }
    [ahead] ahead by { $points ->
        [one] { $points } point
       *[other] { $points } points
    }
   *[even] even
}

# Who comes first
front = { $sign ->
    [owed] Most owed: { $points ->
        [one] { $points } point
       *[other] { $points } points
    }
    [ahead] Least ahead: { $points ->
        [one] { $points } point
       *[other] { $points } points
    }
   *[even] Most owed: even
}

span = { $unit ->
    [m] { $count ->
        [one] { $count } minute
       *[other] { $count } minutes
    }
    [h] { $count ->
        [one] { $count } hour
       *[other] { $count } hours
    }
    [d] { $count ->
        [one] { $count } day
       *[other] { $count } days
    }
    [w] { $count ->
        [one] { $count } week
       *[other] { $count } weeks
    }
    [wm] { $count ->
        [one] { $count } working minute
       *[other] { $count } working minutes
    }
    [wh] { $count ->
        [one] { $count } working hour
       *[other] { $count } working hours
    }
   *[wd] { $count ->
        [one] { $count } working day
       *[other] { $count } working days
    }
}

weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday

# Kinds of items
item-kind-lead = lead
item-kind-task = sales task
item-kind-account = account
item-kind-opportunity = opportunity
item-kind-outlet = outlet

# Types of fields, and kinds of values
type-text = text
type-number = number
type-boolean = yes or no
type-date = date
type-datetime = date and time
type-time = time of day
type-list = list
type-region = region
type-regions = several regions
type-moment = date
type-duration = duration

# Fields. A company's own field keeps the name it has there.
field-own = { $root ->
    [lead] lead “{ $name }”
    [company] company “{ $name }”
    [rep] rep “{ $name }”
   *[other] “{ $name }”
}
field-lead-id = lead id
field-lead-kind = kind
field-lead-name = contact name
field-lead-title = contact title
field-lead-phone = phone
field-lead-email = e-mail
field-lead-region = lead region
field-lead-industry = lead industry
field-lead-product = product of interest
field-lead-source = lead source
field-lead-campaign = campaign
field-lead-size = customer size
field-lead-language = lead language
field-lead-skill = skill needed
field-lead-budget = budget
field-lead-value = expected value
field-lead-employees = customer headcount
field-lead-created-at = time of creation
field-lead-score = lead score
field-lead-grade = lead grade
field-lead-points = lead points
field-lead-status = lead status
field-lead-note = note
field-lead-collected-by = collector
field-company-id = company id
field-company-name = company name
field-company-region = company region
field-company-industry = company industry
field-company-size = company size
field-company-employees = company headcount
field-company-revenue = company revenue
field-company-is-key-account = key account
field-company-owner = company owner
field-company-owner-by = where the owner comes from
owner-by-company = the company itself
owner-by-parent = a company above it
owner-by-domain = the mail domain
field-rep-id = rep
field-rep-team = team
field-rep-level = sales level
field-rep-region = regions covered
field-rep-duty = duty
field-rep-industry = industries covered
field-rep-product = products covered
field-rep-skill = skills
field-rep-language = languages
field-rep-joined-on = date joined
field-rep-is-new = newcomer
field-now-at = time of dealing
field-now-date = date of dealing
field-now-time = time of day
field-now-weekday = weekday
field-now-is-working-time = working time

# What fit looks at
match-industry = industry
match-product = product
match-skill = skill
match-language = language
match-region = region
match-level = what the level is for

# The four dimensions of the scoring card
dimension-fit = customer fit
dimension-need = need
dimension-engagement = engagement
dimension-authority-budget = authority and budget

# Columns of sheets
role-id = id
role-kind = kind
role-name = name
role-name-last = last name
role-name-first = first name
role-title = title
role-phone = phone
role-email = e-mail
role-company = company
role-region = region
role-region-country = country
role-region-province = province
role-region-city = city
role-region-district = district
role-industry = industry
role-product = product
role-source = source
role-campaign = campaign
role-size = size
role-language = language
role-skill = skill
role-budget = budget
role-value = value
role-employees = headcount
role-revenue = revenue
role-created-at = time of creation
role-score = score
role-grade = lead grade
role-points = lead points
role-status = status
role-note = note
role-owner = owner
role-collected-by = collector
role-team = team
role-level = sales level
role-weight = weight
role-joined-on = date joined
role-active = in service
role-accepting = accepting
role-leave = leave
role-leave-from = leave from
role-leave-until = leave until
role-leave-reason = reason for leave
role-mentor = mentor
role-open-count = open items
role-capacity = capacity
role-performance = performance factor
role-hours = working hours
role-previous-owner = previous owner
role-assigned-at = time assigned
role-first-response-at = first response
role-closed-at = time closed
role-outcome = outcome
role-lost-reason = reason lost
role-transfers = transfers
role-contacts = contacts
role-last-contact-at = time of last contact
role-company-id = id of the company
role-lead-id = id of the lead
role-opportunity-id = id of the opportunity
role-contact-id = id of the contact
role-parent = parent company
role-domain = website
role-currency = currency
role-channel = channel
role-direction = direction
role-subject = subject
role-started-at = time of beginning
role-ended-at = time of end
role-due-at = due date
role-seconds = length in seconds
role-minutes = length in minutes
role-type = type of to-do
role-quantity = quantity

# Names of clocks
clock-name-accept = Accept
clock-name-first-contact = First contact
clock-name-next-step = Next step
clock-name-untouched = Protection (follow-up)
clock-name-no-opportunity = Opportunity
clock-name-no-deal = Deal
clock-name-stage = Stay in a stage
