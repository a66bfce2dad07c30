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
web-event-key-price = price (millionths of a point)
web-act-claim = claimed
