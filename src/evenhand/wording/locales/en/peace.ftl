# The customer's peace: why a customer is not disturbed now
peace-company-held = a colleague looks after this company already, and one person does so at a time; please talk to your manager first
peace-contacts = we turned to this customer { $count ->
    [one] once
   *[other] { $count } times
}, the limit is { $limit }{ $opens-at ->
    [no-value] ; please wait until the customer turns to us
   *[other] ; possible again from { $opens-at }
}
peace-left-in-peace = the customer has asked to be left in peace since { $from-at }: no claiming, no assigning; a manager can lift this
peace-no-contact = the customer has asked to be left in peace since { $from-at }; please do not contact them. A manager can lift this
peace-nobody-known = neither a contact nor a company is known, so nobody can be left in peace; please enter a phone, a mail address or a company first
peace-owners = { $count ->
    [one] one person has
   *[other] { $count } people have
} looked after this customer, the limit is { $limit }{ $opens-at ->
    [no-value] ; it can go to one of them only
   *[other] ; somebody new is possible from { $opens-at }, one of them now
}
peace-quiet = the last owner has just given up, and the customer is left alone for a while: possible from { $opens-at }

# On an item's page
web-peace-title = Customer’s peace
web-peace-owners = Owners, limit
web-peace-contacts = Contacts, limit
web-peace-quiet = Left alone until
web-peace-leave = Do not contact
web-peace-leave-text = Note that the customer does not want to be contacted: no contacting, claiming or assigning from now on. Only a manager can lift this.
web-peace-lift = Allow contact again
web-peace-lift-confirm = Does the customer want to hear from us again?
web-leads-event-left-in-peace = Customer asked to be left in peace
web-leads-event-peace-lifted = Customer may be contacted again

# Why it waits, where the rules would give it to somebody
web-heap-peace-company-held = a colleague looks after the company
web-heap-peace-owners = the customer has had owners enough
web-heap-peace-quiet = the customer is left alone for a while
web-heap-peace-left-in-peace = the customer asked to be left in peace
web-remedy-peace-company-held = It goes to whoever looks after the company as soon as they can take it; else move the company as a whole
web-remedy-peace-owners = It can go to one of the former owners; somebody new once the limit allows it
web-remedy-peace-quiet = It is dealt by itself when the quiet time is over
web-remedy-peace-left-in-peace = A manager can lift this on the item's page
