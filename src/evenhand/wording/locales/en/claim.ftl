# Why an item of a public pool cannot be claimed now, and when it can.

claim-assign-only = Administrators assign from this pool; nobody claims from it
claim-cool-down = You had it before; after the cool-down it can be claimed again, from { $from-at }
claim-day-limit = { $limit ->
    [one] The one claim a day
   *[other] All { $limit } claims a day
} from this pool made; more from { $from-at }
claim-day-limit-all = { $limit ->
    [one] The one claim a day
   *[other] All { $limit } claims a day
} from all pools made; more from { $from-at }
claim-does-not-fit = It does not meet this pool's condition for claiming
claim-fresh = It has just come into the pool; it can be claimed from { $from-at }
claim-gone = It is no longer in the pool; somebody may have just claimed it
claim-holding-items = Holding { $held } from this pool, the holding limit is { $limit }; close or return some first
claim-holding-items-all = Holding { $held } from all pools, the holding limit is { $limit }; close or return some first
claim-holding-points = { $held ->
    [one] Holding { $held } point
   *[other] Holding { $held } points
} from this pool; this item's { $points } would exceed the holding limit of { $limit }; close or return some first
claim-holding-points-all = { $held ->
    [one] Holding { $held } point
   *[other] Holding { $held } points
} from all pools; this item's { $points } would exceed the holding limit of { $limit }; close or return some first
claim-no-rep = Only reps in service can claim
claim-not-offered = It is not among those on offer now; reload and choose again
claim-too-far-ahead = You are { $owed }; the limit for claiming: { $least }. Claim again once others have been dealt more; what costs nothing can always be claimed
claim-too-many-at-once = At most { $limit } can be claimed at once

web-event-item-claimed = { $item } claimed from a pool
web-event-key-price = price
web-act-claim = claimed
pool-none-takes = by the rules no pool takes { $item }; it can be handed back to be dealt anew
act-reason-pool-no-answer = no answer
act-reason-pool-no-demand = no demand now
act-reason-pool-not-now = not the time yet
act-reason-pool-wrong-region = not my region
act-reason-pool-overload = too much on my hands
act-reason-pool-tidying = tidying up
act-reason-pool-other = other

api-tag-pools = Public pools
api-op-pools-list = Public pools
api-op-pools-list-text = Every pool that the caller may claim from, looks after or may look into, with the caller’s limits.
api-op-pools-items = What a pool offers
api-op-pools-items-text = With the price of each, whether the caller may claim it now, else why not and from when. What the pool hides is masked.
api-op-pools-claim = Claim one item
api-op-pools-claim-text = Judged under the locks. A refusal is 409, changes nothing, uses up no limit and says from when it is possible.
api-op-pools-claims = Claim several items
api-op-pools-claims-text = Each is judged by itself, in the order given; the answer says of each what became of it.
api-op-pools-return = Return one’s own item to a pool
api-op-pools-return-text = To the pool that takes it by the rules. What it cost is refunded unless a clock over it has run out.
api-op-pools-put = Put an item into a pool
api-op-pools-put-text = For whoever looks after the pool: from an owner, the unassigned or another pool.
api-op-pools-assign = Assign an item of a pool
api-op-pools-assign-text = For whoever looks after the pool. The rep pays for it like for any other.
api-doc-pool-balance = points owed to the caller; below 0 he is ahead
api-doc-pool-why-nothing = why the caller can claim nothing at all now; null = he can
api-doc-pool-member = may claim from it, as far as its own condition says
api-doc-pool-limits = null where the caller is no member
api-doc-pool-price = what a claim costs now, in points
api-doc-pool-why-not = why the caller cannot claim it now; null = he can
