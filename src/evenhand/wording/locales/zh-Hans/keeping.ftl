# 保住手里的：延期、锁定、暂停计时、接受
extend-decided = 这个延期申请已经有答复了，可能刚有人处理
extend-no-such-clock = 它没有这个时限，请选正在计时的
extend-not-offered = 管它的规则不提供延期；可以请主管暂停计时
extend-over = 它已经换了负责人或没有负责人，延期没有意义了
extend-own = 不能批准自己的延期；请上一级主管或销售运营处理
extend-used-up = 已经延过 { $limit } 次，不能再延
extend-waiting = 已有一个延期申请在等答复
decline-accepted = 你已经接受了它；不想跟进请填原因退回
decline-not-asked = 它不需要确认接受；不想跟进请填原因退回
lock-locked = 已经锁定，到 { $at } 为止
lock-not-locked = 它没有锁定
lock-not-offered = 规则里没有开放锁定
lock-too-many = 你已锁定 { $limit } 条，到上限了；先解锁一条，或等 { $at } 以后再锁
lock-used-up = 同一负责人可以锁定的时间已经用完
pause-of-a-rule = 它停着是因为规则关闭了；打开那条规则就会接着计时
pause-over = 已经结束了
pause-own = 不能暂停自己名下的计时；请主管处理
pause-times = 结束时间要晚于开始时间，并且在现在之后
pause-too-early = 开始时间最多可以早 { $limit } 天
pause-too-long = 最长 { $limit } 天，开始时间也最多在 { $limit } 天以后
reach-other-rules = 又发布了新的规则；请重新看一遍数量

act-reason-extend-customer-asked = 客户要求晚点再谈
act-reason-extend-visit-agreed = 已约好拜访或会议
act-reason-extend-quote-out = 已报价，等客户答复
act-reason-extend-tender = 正在招投标
act-reason-extend-other = 其他
web-act-extend = 延期（付分）
web-share-act-extended = 为延期付的分
web-fairness-act-extended = 延期付分

web-event-item-declined = 不接{ $item }
web-event-item-extension-asked = 申请延期：{ $item }
web-event-item-extended = 延期：{ $item }
web-event-item-extension-refused = 不同意延期：{ $item }
web-event-item-locked = 锁定{ $item }
web-event-item-unlocked = 解锁{ $item }
web-event-item-clock-paused = 暂停计时：{ $item }
web-event-item-clock-resumed = 恢复计时：{ $item }
web-event-clocks-frozen = 全公司暂停计时
web-event-clocks-paused = 暂停一个人名下的计时
web-event-clocks-resumed = 恢复计时
web-event-clocks-rule-stopped = 关闭计时规则
web-event-clocks-rule-resumed = 打开计时规则
web-event-clocks-reached-back = 把新时限用到已在手的
web-event-of-pause = 暂停计时
web-event-key-clock = 时限
web-event-key-minutes = 分钟
web-event-key-from-at = 从
web-event-key-until-at = 到

notice-extension-asked = { $by } 申请延期：{ $item }
notice-extension-granted = { $by } 同意延期：{ $item }
notice-extension-refused = { $by } 不同意延期：{ $item }

pause-nobody = 请选择暂停谁名下的计时

pause-reason-holiday = 放假
pause-reason-training = 培训
pause-reason-business-trip = 出差
pause-reason-customer-wish = 客户要求
pause-reason-system = 系统故障

# 详情页
web-keeping-accept-text = 这是分给你的。接受，或者马上说不接，好转给别人。
web-keeping-accept = 接受
web-keeping-decline = 不接
web-keeping-decline-text = 分值退还给你，马上转给其他同事。请点一个原因。
web-keeping-locked = 已锁定，不会被回收，到
web-keeping-stopped-company = 全公司暂停计时
web-keeping-stopped-rule = 管它的规则已关闭，停止计时
web-keeping-stopped-rep = 这位同事名下暂停计时
web-keeping-stopped-item = 这一条暂停计时
web-keeping-until = 到
web-keeping-waits = 已申请延期
web-keeping-extend = 延期
web-keeping-extend-text = 延 { $span }，付 { $points }。
web-keeping-extend-asks = 由主管决定，同意了才付。
web-keeping-which = 延哪个时限
web-keeping-lock = 锁定
web-keeping-unlock = 解锁
web-keeping-pause = 暂停计时
web-keeping-pause-text = 从现在起停止计时，恢复后接着用剩下的时间。
web-keeping-last-day = 最后一天（不填 = 手动恢复为止）
web-keeping-resume = 恢复计时
web-keeping-done-accept = 已接受
web-keeping-done-decline = 已转给别人
web-keeping-done-extend = 已延期
web-keeping-done-asked = 已提交，等主管答复
web-keeping-done-lock = 已锁定
web-keeping-done-unlock = 已解锁
web-keeping-done-pause = 已暂停计时
web-keeping-done-resume = 已恢复计时

# 时效页
web-nav-clocks = 时效
web-clocks-title = 时效
web-clocks-intro = 谁申请了延期，哪些计时停着。请假会自动停止计时。
web-clocks-requests = 等答复的延期申请
web-clocks-item = 对象
web-clocks-who = 负责人
web-clocks-clock = 时限
web-clocks-reason = 原因
web-clocks-cost = 付分
web-clocks-asked = 申请时间
web-clocks-due = 到期
web-clocks-answer = 答复
web-clocks-grant = 同意
web-clocks-refuse = 不同意
web-clocks-none = 没有等答复的申请
web-clocks-none-text = 规则要求主管决定的延期申请会出现在这里。
web-clocks-stopped = 停着的计时
web-clocks-of = 范围
web-clocks-from = 从
web-clocks-until = 到
web-clocks-open = 手动恢复
web-clocks-by = 操作人
web-clocks-end = 结束
web-clocks-running = 全部正常计时
web-clocks-running-text = 公司放假或有人出差，可以在下面暂停。
web-clocks-freeze = 全公司暂停计时
web-clocks-freeze-text = 用于日历里没有的假期。期间什么都不会到期；恢复后每个时限接着用剩下的时间。
web-clocks-stop = 暂停一个人名下的计时
web-clocks-stop-text = 用于培训、出差；已登记的请假会自动停止计时。
web-clocks-person = 谁
web-clocks-first-day = 第一天
web-clocks-first-day-hint = 不填：从现在开始。
web-clocks-last-day-hint = 包含这一天。
web-clocks-done-granted = 已同意，并通知负责人
web-clocks-done-refused = 已答复不同意，并通知负责人
web-clocks-done-stopped = 已暂停计时
web-clocks-done-ended = 已恢复计时

# 新时限用到已在手的
web-reach-title = 把时限用到已在手的
web-reach-of = 把生效的时限用到已在手的：{ $name }
web-reach-intro = 发布规则不会改动已在手的时限；想改，在这里先看清楚再决定
web-reach-counted = 有 { $count } 条还按第 { $version } 版以前的规则计时，或还没有时限：
web-reach-what = 时限从今天开始算，不会一点下去就到期；已批的延期仍然有效。
web-reach-ask = 把生效的时限用到 { $count } 条？
web-reach-start = 用到 { $count } 条
web-reach-keep = 先不动
web-reach-none = 全部都按生效的时限计时
web-reach-none-text = 以后分到手的会自动按它计时。
web-reach-done = 已用到 { $count } 条

# A wrong recycle
appeal-not-taken-away = 它不是从你名下收回的，请选其他原因
act-reason-credit-recycled = 回收错了：我跟进过
act-reason-assign-appeal = 申诉成立
web-appeals-gives-back = 申诉成立后，只要还没有别人领走，马上还给申诉人；分值是他当初付的。
web-event-key-given = 归还依据
web-appeals-taken = 最近从你名下回收的
web-appeals-taken-text = 收错了可以申诉：成立后，只要还没有别人领走，就还给你。
