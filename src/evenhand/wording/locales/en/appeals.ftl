# Why an appeal is refused
appeal-answer-missing = to reject it, write why, so that the appellant understands
appeal-decided-already = you appealed this decision before and were answered; if something is new, add it to that appeal
appeal-facts-missing = write what is new: what was not considered the last time
appeal-limit-reached = you have reached today’s limit of { $limit } credits; leave it to sales operations, or go on tomorrow
appeal-not-in-the-group = the appellant is no longer in the ledger of this group and cannot be credited; you can uphold it with 0 points
appeal-not-open = this appeal has its answer already; somebody may just have given it
appeal-not-rejected = only a rejected appeal can be reopened
appeal-not-your-item = it was never yours, so that it cannot be appealed as invalid; choose another reason
appeal-not-yours-to-decide = neither the appellant, nor whoever did the act, nor whoever answered before may decide this appeal
appeal-note-missing = with “other”, please write what happened
appeal-open-already = you have appealed this already and an answer is due
appeal-points-unusable = the points must be a number, 0 or more
appeal-reason-unknown = choose a reason from the list
appeal-reopened-already = it was reopened once before; that is as often as it goes
appeal-text-too-long = write at most { $limit } characters
appeal-too-late = it is more than { $limit } days ago and can no longer be appealed
appeal-too-many-open = you have { $limit } open appeals; wait for an answer before you file another
appeal-too-many-points = { $points } is too much: at most what the item cost, { $limit }
appeal-void-already = it is void already and its points were booked back

# Reasons to choose from
act-reason-credit-excluded = I was left out wrongly
act-reason-credit-repeated = came twice, or two reps on one customer
act-reason-credit-wrong-fact = region, industry or another fact was wrong
act-reason-credit-availability = my leave or availability was wrong
act-reason-credit-invalid = the lead was invalid: points back
act-reason-credit-other = other

# Notices
notice-appeal-filed = { $by } filed an appeal; it is yours to decide
notice-appeal-reopened = { $by } added new facts to an appeal; it is yours to decide
notice-appeal-overdue = An appeal of { $by } was not answered in time; it comes to you
notice-appeal-upheld = { $count ->
    [0] { $by } upheld your appeal
    [one] { $by } upheld your appeal and credited about { $count } point
   *[other] { $by } upheld your appeal and credited about { $count } points
}
notice-appeal-rejected = { $by } answered your appeal: rejected; see why
