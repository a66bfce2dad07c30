# What came of leads, as a table.
web-results-by-campaign = Results by campaign
web-results-by-campaign-text = What came of the leads of this time that name a campaign; every number leads to its rows.
web-results-more = { $count } more are in the file.
web-results-all = Leads
web-results-owned = Has an owner
web-results-contacted = Contacted
web-results-qualified = Qualified
web-results-converted = Opportunity
web-results-lost = Lost
web-results-won = Won
web-results-value = Value won
web-results-by-rep = Results by rep
web-results-by-rep-text = What came of the leads of this import; every number leads to its rows.
web-results-whole = All together
web-results-nobody = Nobody's
web-results-campaign = Campaign
