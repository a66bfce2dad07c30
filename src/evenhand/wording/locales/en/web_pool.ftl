# Pages of the public pool.

web-pool-ready = Claiming
web-pool-ready-only = Only what I may claim now
web-pool-order = Order
web-pool-order-newest = Newest in the pool first
web-pool-order-oldest = Longest in the pool first
web-pool-order-score = Highest score first
web-pool-no-pools = No pool is open to you
web-pool-no-pools-text = Sales operations set up pools in the rules; tell your manager which one you should see
web-pool-empty = Nothing in this pool now
web-pool-empty-text = What colleagues give back and what is recycled comes here; the page updates itself
web-pool-none-filtered-text = Loosen the filter, or try another pool
web-pool-left-day = claims left today ({ $used } of { $limit } used)
web-pool-left-items = places left (holding { $used } of { $limit })
web-pool-left-points = points you may still hold
web-pool-floor = your balance; you may claim until you are { $points } points ahead
web-pool-floor-owed = your balance; you may claim while { $points } points are owed to you
web-pool-only-looks = You see this pool but cannot claim from it
web-pool-several = Claim the ticked
web-pool-several-confirm = Claim these { "{n}" }? Each is judged by itself; what you may have becomes yours
web-pool-at-once = at most { $limit } at once
web-pool-choose-of = You are shown { $count } at a time; claim one to see others
web-pool-blind = Claims from this pool are blind: you see the details once it is yours
web-pool-days =
    { $count ->
        [one] 1 day in the pool
       *[other] { $count } days in the pool
    }
web-pool-days-none = In the pool since today
web-pool-owners =
    { $count ->
        [one] 1 previous owner
       *[other] { $count } previous owners
    }
web-pool-was-mine = You had it before
web-pool-claim = Claim
web-pool-free = Free
web-pool-percent = { $percent }% of its points
web-pool-new = Nobody has had it yet, and nothing was logged
web-pool-former = Previous owners
web-pool-stays = In and out of the pool
web-pool-contacts = Contacts
web-pool-how-return = Given back
web-pool-how-recycle = Recycled
web-pool-how-moved = Moved from another pool
web-pool-how-lost = Lost, to be revived
web-pool-how-other = Came by a rule
web-pool-how-why = { $how }: { $why }
web-pool-claimed-for = It is yours; points charged:
web-pool-claimed-free = It is yours, at no cost
web-pool-open = Open
web-pool-claimed-several = { $count } are yours now; you find them in My leads.
web-pool-claimed-one = It is yours.
web-pool-refused-several = { $count } you did not get: { $why }
web-pool-none-ticked = Nothing is ticked
web-pool-refused = Not claimed
web-pool-back = Back to the pool
web-pool-move-back = Give back to the pool
web-pool-move-back-text = It goes to the pool that takes it, and anybody there may claim it. Unless a clock has run out, you get all its points back. To have it dealt to a colleague, hand it back instead
web-pool-move-put = Put into a pool
web-pool-move-put-text = It goes from where it is into the pool you choose; an owner is told, and gets its points back
web-pool-move-out = Assign from the pool
web-pool-move-out-text = You name the owner; he is told, and pays its points
web-pool-move-done-back = Given back to the pool
web-pool-move-done-put = Put into { $pool }
web-pool-move-done-out = Assigned
