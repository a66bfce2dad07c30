# 公海裡的一筆現在為什麼不能領取，什麼時候可以。

claim-assign-only = 這個公海由管理員分配，不能自己領取
claim-cool-down = 之前負責過，冷卻期內不能再領，{ $from-at } 起可以
claim-day-limit = 今天在這個公海已領滿 { $limit } 筆，{ $from-at } 起可以再領
claim-day-limit-all = 今天在各公海一共領滿 { $limit } 筆，{ $from-at } 起可以再領
claim-does-not-fit = 不符合這個公海的領取條件
claim-fresh = 剛進公海，{ $from-at } 起可以領取
claim-gone = 已經不在公海，可能剛被領取
claim-holding-items = 在這個公海的保有量已有 { $held } 筆，上限 { $limit } 筆；結束或退回後可以再領
claim-holding-items-all = 各公海的保有量一共 { $held } 筆，上限 { $limit } 筆；結束或退回後可以再領
claim-holding-points = 在這個公海的保有量已有 { $held } 分，加上這筆 { $points } 分將超過上限 { $limit } 分；結束或退回後可以再領
claim-holding-points-all = 各公海的保有量一共 { $held } 分，加上這筆 { $points } 分將超過上限 { $limit } 分；結束或退回後可以再領
claim-no-rep = 只有在職的業務可以領取
claim-not-offered = 現在可選的幾筆裡沒有這一筆，請重新整理後再選
claim-too-far-ahead = 目前{ $owed }，領取的限度是{ $least }；別人分到新的之後可以再領，不花分的隨時可以
claim-too-many-at-once = 一次最多領取 { $limit } 筆

web-event-item-claimed = { $item }從公海領取
web-event-key-price = 花費的分（百萬分之一）
web-act-claim = 領取
