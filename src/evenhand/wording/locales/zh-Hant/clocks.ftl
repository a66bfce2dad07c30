# 進入公海
pool-not-there = 沒有可以放入的公海「{ $pool }」，規則可能剛剛改過
pool-there-already = { $item } 已經在公海「{ $pool }」裡
web-event-item-pooled = { $item }進入公海
web-event-key-pool = 公海
web-event-key-how = 方式
web-event-how-return = 退回
web-event-how-recycle = 回收
web-event-how-moved = 移動
web-event-how-lost = 曾經未成
web-act-pool = 進入公海
web-outcome-pool = 進入公海
web-leads-ended-recycle = 超過期限，從{ $name }回收
notice-recycled = { $item } 已從您這裡進入公海
act-reason-pool-accept = 沒有按時接受
act-reason-pool-first-contact = 沒有按時首次聯絡
act-reason-pool-next-step = 沒有按時約定下一步
act-reason-pool-untouched = 保護期已到
act-reason-pool-no-opportunity = 沒有按時形成商機
act-reason-pool-no-deal = 沒有按時成交
act-reason-pool-stage = 在一個階段停留太久
act-reason-pool-hand-offs = 重新分配次數太多
act-reason-reassign-accept = 沒有按時接受
act-reason-reassign-first-contact = 沒有按時首次聯絡
act-reason-reassign-next-step = 沒有按時約定下一步
act-reason-reassign-untouched = 保護期已到
act-reason-reassign-no-opportunity = 沒有按時形成商機
act-reason-reassign-no-deal = 沒有按時成交
act-reason-reassign-stage = 在一個階段停留太久
web-act-reassign = 收回重分
web-outcome-reassign = 收回重分
web-leads-ended-reassign = 超過時限，從{ $name }收回
web-event-item-reassigned = { $item }被收回重分
web-event-item-clock-missed = { $item }超過時限
web-event-key-due-at = 時限
web-event-key-acts = 處理
unassigned-ran-out = 超過時限被收回，還沒有重新分配
web-heap-unassigned-ran-out = 超過時限收回
web-remedy-unassigned-ran-out = 有沒跟進過它的人可以接時會自動分配
notice-taken-back = { $count ->
    [1] 超過時限，{ $item } 已轉給別人
   *[other] 超過時限，{ $count } 筆已轉給別人
}
notice-clock-warns = { $count ->
    [1] 時限快到了：{ $item }
   *[other] 您有 { $count } 筆的時限快到了
}
notice-clock-warns-of = { $count ->
    [1] 團隊裡時限快到了：{ $item }
   *[other] 團隊裡有 { $count } 筆的時限快到了
}
notice-clock-missed = { $count ->
    [1] 超過時限：{ $item }
   *[other] 您有 { $count } 筆超過時限
}
notice-clock-missed-of = { $count ->
    [1] 團隊裡超過時限：{ $item }
   *[other] 團隊裡有 { $count } 筆超過時限
}
invariant-recycled-after-its-clock = 因逾時被收回的，都在時限到了之後
invariant-stays-in-order = 每一筆在再次進入公海前都已離開公海
invariant-clocks-never-early = 沒有時限提前處理
invariant-clocks-none-left = 到期該處理的沒有遺漏
notice-clock-failed = { $count ->
    [1] 有一處時限算不出來：{ $item }
   *[other] 有 { $count } 項的時限算不出來
}
invariant-clocks-worked-out = 每一項的時限都算得出來
