# Why an act by hand is refused
act-limit-reached = you have reached today’s limit of { $limit } assignments and transfers by hand; ask sales operations, or try tomorrow
act-nobody-there = there is no rep with the id { $rep } within your reach
act-not-free = { $item } has an owner already; use transfer to change him
act-not-yours = { $item } is not yours; it may just have been handed on
act-note-missing = with “other”, please write why
act-out-of-reach = it is out of your reach by now, or you may no longer do this
act-reason-unknown = choose a reason from the list

# Reasons to choose from
act-reason-assign-waiting = waited too long
act-reason-assign-expertise = knows this business better
act-reason-assign-relationship = knows the customer
act-reason-assign-language = speaks the language
act-reason-assign-other = other
act-reason-transfer-leave = owner is on leave
act-reason-transfer-overload = owner has too much
act-reason-transfer-expertise = knows this business better
act-reason-transfer-customer-wish = customer’s wish
act-reason-transfer-conflict = two reps on one customer
act-reason-transfer-other = other
act-reason-return-wrong-region = not my region
act-reason-return-wrong-industry = not my industry
act-reason-return-wrong-product = not my product
act-reason-return-language = I do not speak the language
act-reason-return-overload = I have too much
act-reason-return-other = other
act-reason-void-duplicate = duplicate
act-reason-void-invalid-contact = contact details do not work
act-reason-void-spam = spam
act-reason-void-test = test data
act-reason-void-competitor = a competitor
act-reason-void-other = other
receipt-by-hand = this was done by hand, so the rules decided nothing; who did it and why stands above
act-reason-transfer-departure = the owner left
act-reason-return-departure = the owner left
act-reason-plan-list = its list was dealt as one plan
act-reason-redeal-rules = the rules changed
