# 进入公海
pool-not-there = 没有可以放入的公海“{ $pool }”，规则可能刚刚改过
pool-there-already = { $item } 已经在公海“{ $pool }”里
web-event-item-pooled = { $item }进入公海
web-event-key-pool = 公海
web-event-key-how = 方式
web-event-how-return = 退回
web-event-how-recycle = 回收
web-event-how-moved = 移动
web-event-how-lost = 曾经未成
web-act-pool = 进入公海
web-outcome-pool = 进入公海
web-leads-ended-recycle = 超过期限，从{ $name }回收
notice-recycled = { $item } 已从您这里进入公海
act-reason-pool-accept = 没有按时接受
act-reason-pool-first-contact = 没有按时首次联系
act-reason-pool-next-step = 没有按时约定下一步
act-reason-pool-untouched = 保护期已到
act-reason-pool-no-opportunity = 没有按时形成商机
act-reason-pool-no-deal = 没有按时成交
act-reason-pool-stage = 在一个阶段停留太久
act-reason-pool-hand-offs = 重新分配次数太多
act-reason-reassign-accept = 没有按时接受
act-reason-reassign-first-contact = 没有按时首次联系
act-reason-reassign-next-step = 没有按时约定下一步
act-reason-reassign-untouched = 保护期已到
act-reason-reassign-no-opportunity = 没有按时形成商机
act-reason-reassign-no-deal = 没有按时成交
act-reason-reassign-stage = 在一个阶段停留太久
web-act-reassign = 收回重分
web-outcome-reassign = 收回重分
web-leads-ended-reassign = 超过时限，从{ $name }收回
web-event-item-reassigned = { $item }被收回重分
web-event-item-clock-missed = { $item }超过时限
web-event-key-due-at = 时限
web-event-key-acts = 处理
unassigned-ran-out = 超过时限被收回，还没有重新分配
web-heap-unassigned-ran-out = 超过时限收回
web-remedy-unassigned-ran-out = 有没跟进过它的人可以接时会自动分配
notice-taken-back = { $count ->
    [1] 超过时限，{ $item } 已转给别人
   *[other] 超过时限，{ $count } 条已转给别人
}
notice-clock-warns = { $count ->
    [1] 时限快到了：{ $item }
   *[other] 您有 { $count } 条的时限快到了
}
notice-clock-warns-of = { $count ->
    [1] 团队里时限快到了：{ $item }
   *[other] 团队里有 { $count } 条的时限快到了
}
notice-clock-missed = { $count ->
    [1] 超过时限：{ $item }
   *[other] 您有 { $count } 条超过时限
}
notice-clock-missed-of = { $count ->
    [1] 团队里超过时限：{ $item }
   *[other] 团队里有 { $count } 条超过时限
}
invariant-recycled-after-its-clock = 因超时被收回的，都在时限到了之后
invariant-stays-in-order = 每条在再次进入公海前都已离开公海
invariant-clocks-never-early = 没有时限提前处理
invariant-clocks-none-left = 到期该处理的没有遗漏
notice-clock-failed = { $count ->
    [1] 有一处时限算不出来：{ $item }
   *[other] 有 { $count } 项的时限算不出来
}
invariant-clocks-worked-out = 每一项的时限都算得出来
