# 公海里的一条现在为什么不能领取，什么时候可以。

claim-assign-only = 这个公海由管理员分配，不能自己领取
claim-cool-down = 之前负责过，冷却期内不能再领，{ $from-at } 起可以
claim-day-limit = 今天在这个公海已领满 { $limit } 条，{ $from-at } 起可以再领
claim-day-limit-all = 今天在各公海一共领满 { $limit } 条，{ $from-at } 起可以再领
claim-does-not-fit = 不符合这个公海的领取条件
claim-fresh = 刚进公海，{ $from-at } 起可以领取
claim-gone = 已经不在公海，可能刚被领取
claim-holding-items = 在这个公海的保有量已有 { $held } 条，上限 { $limit } 条；结束或退回后可以再领
claim-holding-items-all = 各公海的保有量一共 { $held } 条，上限 { $limit } 条；结束或退回后可以再领
claim-holding-points = 在这个公海的保有量已有 { $held } 分，加上本条 { $points } 分将超过上限 { $limit } 分；结束或退回后可以再领
claim-holding-points-all = 各公海的保有量一共 { $held } 分，加上本条 { $points } 分将超过上限 { $limit } 分；结束或退回后可以再领
claim-no-rep = 只有在职的销售可以领取
claim-not-offered = 现在可选的几条里没有这一条，请刷新后再选
claim-too-far-ahead = 目前{ $owed }，领取的限度是{ $least }；别人分到新的之后可以再领，不花分的随时可以
claim-too-many-at-once = 一次最多领取 { $limit } 条

web-event-item-claimed = { $item }从公海领取
web-event-key-price = 花费的分（百万分之一）
web-act-claim = 领取
