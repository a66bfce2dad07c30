# Conflict check.
web-conflicts-intro = Look before you call: free, in the pool, or a colleague’s already. Records that are not yours stay out of sight.
web-conflicts-q = Phone, mail address or company
web-conflicts-hint = At most { $count } questions an hour. Every question is recorded, without the number itself.
web-conflicts-check = Check
web-conflicts-answer-erased = Do not contact
web-conflicts-answer-yours = It is yours
web-conflicts-answer-taken = A colleague looks after it
web-conflicts-answer-pooled = In the public pool
web-conflicts-answer-waiting = Waiting to be dealt
web-conflicts-answer-known = Known, and nobody works on it
web-conflicts-answer-free = Nothing known: free to contact
web-conflicts-advice-erased = This person asked to be forgotten. Do not contact or enter them.
web-conflicts-advice-yours = Just carry on.
web-conflicts-advice-taken = Talk to the owner first; do not contact the customer.
web-conflicts-advice-pooled = It can be claimed by the rules of the pool.
web-conflicts-advice-waiting = The rules are about to deal it; do not enter it again.
web-conflicts-advice-known = Enter it as a lead; what is known is attached to it.
web-conflicts-advice-free = You can enter it as a lead.
web-conflicts-standing-erased = do not contact
web-conflicts-standing-yours = yours
web-conflicts-standing-taken = taken
web-conflicts-standing-pooled = in the pool
web-conflicts-standing-waiting = waiting
web-conflicts-standing-known = nobody works on it
web-conflicts-standing-free = free
web-conflicts-alike = A similar name: { $name }
web-conflicts-by-way = owner from { $way }
web-conflicts-enter = Enter it as a lead
web-conflicts-ask = Ask the owner
web-conflicts-ask-confirm = The owner gets a notice that you would like to talk about this customer.
web-conflicts-asked = The owner was told
notice-conflict-asked = { $by } came upon { $item }, which you look after, and would like to talk
conflict-asked-already = The owner was told today; please wait for the answer
conflict-means-nothing = Please give a whole phone number, a mail address, or a company name of at least two characters
conflict-nobody-to-ask = Nobody else holds it, so there is nobody to ask
conflict-wait = { $seconds ->
    [one] Too many questions. Please wait one second and try again
   *[other] Too many questions. Please wait { $seconds } seconds and try again
}
api-op-conflicts-check = Conflict check: is a phone, mail address or company free?
api-op-conflicts-check-text = Looked up as new leads are recognized. It tells how things stand and never returns a record that is not the caller’s; questions per account and hour are limited, and each is recorded without the number.
api-op-conflicts-ask = Ask the owner to get in touch
api-op-conflicts-ask-text = Each owner is told at most once a day.
api-doc-conflict-standing = one of free, known, waiting, pooled, taken, yours, erased
api-doc-conflict-item = only where the caller may open it
api-doc-conflict-owner-by = owner of the company, of one above it, or by mail domain: company, parent, domain
api-doc-conflict-likely = a similar name, not the same
