# The help page.
web-help-receipt-title = Receipts: why this person
web-help-receipt = Every lead has a receipt that says who got it and why: what it is worth, which rule sent it, who could take it, who could not and for which reason, and what each was owed. Whoever did not get it sees what would have changed that.
web-help-ledger-title = The ledger: due and received
web-help-ledger = Each lead credits every colleague who could take it with a share of its points by weight; whoever takes it is charged all of them. What is left is owed if above zero, ahead if below, and adds up to zero over everybody. The next lead goes to whoever is owed most.
web-help-countdown-title = Time to the first contact
web-help-countdown = The countdown runs in working time only: evenings, weekends, holidays and leave do not count. It is gone once the first contact is logged.
web-help-switch-title = The accepting switch
web-help-switch = Turn it off when you cannot take anything for a while: new leads go to others, and nothing is credited to you meanwhile. Leave is handled by itself.
web-help-unassigned-title = Unassigned
web-help-unassigned = A lead that nobody can take stands here with its reason and the remedy. The moment somebody can, it is dealt, the dearest and oldest first.
web-help-manual-title = Manual changes
web-help-manual = Managers can assign, transfer, hand back and void. Each needs a reason, each is booked, and how often it happens is open to all who see the live decisions.
web-help-more = Read on
web-help-more-text = The folder docs/guide of the installation holds the first hour of reps, managers and sales operations; docs/glossary.md explains every word.
