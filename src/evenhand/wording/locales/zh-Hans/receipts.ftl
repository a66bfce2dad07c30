# 分配依据：一次决定的全部理由，由读者的语言写成句子。

receipt-title-outcome = 结果
receipt-title-worth = 值多少分
receipt-title-rule = 哪条规则
receipt-title-considered = 谁参与了分配
receipt-title-excluded = 谁没有参与
receipt-title-won = 为什么分给 { $winner }
receipt-title-lost = 为什么没分给 { $rep }
receipt-title-change = 怎样会分给 { $rep }
receipt-title-record = 依据

receipt-outcome = { $outcome ->
    [assigned] { $kind } { $item } 分给 { $winner }
    [pooled] { $kind } { $item } 进入公海“{ $where }”
    [waiting] { $kind } { $item } 暂不分配，有人能接时再分
    [escalated] { $kind } { $item } 已上报 { $where }
   *[no-rule] { $kind } { $item } 没有适用的规则，未分配
}
receipt-mentor = 进阶线索，带教人 { $mentor }
receipt-worth = { $score ->
    [no-value] 等级 { $grade }，分值 { $points } 分
   *[other] 评分 { $score }，等级 { $grade }，分值 { $points } 分
}
receipt-rule = { $rule ->
    [no-value] { receipt-cause }
   *[other] 规则“{ $rule }”：{ receipt-cause }
}
receipt-cause = { $cause ->
    [fair-share] 按应得分配
    [rotation] 按权重轮流
    [best-fit] 最佳匹配
    [owner] 负责人优先
    [person] 指定人员
    [overflow] 兜底人员
    [planned] 批量分配
    [manual] 人工分配
    [pooled] 进入公海
    [waiting] 等有人能接
   *[escalated] 上报主管
}
receipt-tried = 先看规则“{ $rule }”，没有分出：{ $why }
receipt-considered = { $band ->
    [no-value] { $count } 人可参与分配，{ $in-band } 人在优先区间
   *[other] { $count } 人可参与分配，{ $in-band } 人在优先区间（待补与最多的相差不超过 { $band } 分）
}
receipt-considered-all = { $count } 人可参与分配
receipt-place = { $member }：{ $owed }，本条应得 { $share } 分{ $grade-owed ->
    [no-value] {""}
   *[other] ，本等级{ $grade-owed }
}{ $bonus ->
    [no-value] {""}
   *[other] ，匹配加分 { $bonus } 分
}；合计 { $score } 分{ $is-in-band ->
    [yes] {""}
   *[no] （不在优先区间）
}
receipt-places-more = 另有 { $count } 人
receipt-excluded = { $people }：{ $why }
receipt-ramp = { $member } 在上手期，份额按 { $percent }% 算（已工作 { $days } 天，转化 { $results } 条）
receipt-booked = { $after ->
    [no-value] 整条分值 { $points } 分记入 { $winner } 的实得
   *[other] 整条分值 { $points } 分记入 { $winner } 的实得，之后{ $after }
}
receipt-explored = { $was-random ->
    [yes] 随机校准：在优先区间内抽到，概率 { $numerator }/{ $denominator }
   *[no] 随机校准没有抽到本条，照常分配；分到的概率 { $numerator }/{ $denominator }
}
receipt-change-together = 同时：{ $changes }
receipt-change-either = 以下任一项即可
receipt-policy = 规则版本 { $policy }
receipt-moment = { $offset ->
    [no-value] 决定时间 { $moment }
   *[other] 决定时间 { $moment }（{ $offset }）
}
receipt-sequence = 分配台账第 { $sequence } 笔
receipt-draw = 抽签值 { $draw }

# 为什么分到
receipt-won-alone = 可参与分配的只有一人
receipt-won-most-owed = { $next-owed ->
    [no-value] { $owed }（计入本条）
   *[other] { $owed }（计入本条）；次选{ $next-owed }
}
receipt-won-by-grade = { $next-score ->
    [no-value] 加上等级 { $grade } 的{ $grade-owed }，合计最高：{ $score } 分
   *[other] 加上等级 { $grade } 的{ $grade-owed }，合计最高：{ $score } 分；次选 { $next-score } 分
}
receipt-won-by-fit = { $next-score ->
    [no-value] 加匹配加分 { $bonus } 分，合计最高：{ $score } 分
   *[other] 加匹配加分 { $bonus } 分，合计最高：{ $score } 分；次选 { $next-score } 分
}
receipt-won-longest-waiting = { $since ->
    [no-value] 与另外 { $tied } 人合计相同，还没有分到过，所以在先
   *[other] 与另外 { $tied } 人合计相同，等待最久：上次分到以后，组里又分出 { $since } 条
}
receipt-won-by-draw = 与另外 { $tied } 人合计相同，都还没有分到过，抽签在先
receipt-won-random = 随机校准：从优先区间的 { $in-band } 人中抽到，概率 { $numerator }/{ $denominator }
receipt-won-best-fit = { $next-fit ->
    [no-value] 匹配度最高：{ $fit }%
   *[other] 匹配度最高：{ $fit }%；次选 { $next-fit }%
}
receipt-won-as-owner = { $of ->
    [company] 是这家公司的负责人
    [parent] 是这家公司的母公司的负责人
    [domain] 是同一邮箱域名的公司的负责人
    [territory] 是这个销售区域的负责人
   *[collector] 是这条线索的采集人
}
receipt-won-as-named = 规则指定由其承接
receipt-won-as-overflow = 没有其他人能接，由兜底人员承接
receipt-won-in-plan = 批量分配：按应得、匹配和容量整批一起安排
receipt-won-by-hand = { $actor ->
    [no-value] 人工分配
   *[other] { $actor } 人工分配
}
receipt-won-turn = 按权重轮流，轮到了

# 为什么没分到
receipt-got-it = 这条已经分给本人
receipt-inactive = 当时已停用
receipt-unknown-rep = { $rep } 当时不在团队里
receipt-not-in-group = 不在分配组“{ $group }”里
receipt-earlier-rule = 前面的规则“{ $rule }”已经分出
receipt-not-dealt = { $outcome ->
    [pooled] 没有分给任何人：进入公海
    [waiting] 没有分给任何人：等有人能接
    [escalated] 没有分给任何人：上报主管
   *[no-rule] 没有分给任何人：没有适用的规则
}
receipt-lost-outside-band = 计入本条{ $owed }，最多的{ $most-owed }；再多 { $missing } 分才进入优先区间（{ $band } 分以内）
receipt-lost-lower-score = 合计 { $score } 分，比分到者的 { $winner-score } 分少 { $difference } 分
receipt-lost-shorter-waiting = { $winner-since ->
    [no-value] 合计相同；分到者还没有分到过，所以在先
   *[other] 合计相同；上次分到以后，组里又分出 { $since } 条，分到者是 { $winner-since } 条
}
receipt-lost-by-draw = 合计相同，抽签在后
receipt-lost-less-owed = 匹配度同为 { $fit }%，分到者{ $winner-owed }，他{ $owed }
receipt-lost-lower-fit = 匹配度 { $fit }%，分到者 { $best-fit }%
receipt-lost-random = 随机校准：从优先区间的 { $in-band } 人中抽到了其他人
receipt-lost-turn = 按权重轮流，还差 { $missing } 条轮到
receipt-lost-in-plan = 批量分配：整批一起安排，这条分给了其他人
receipt-placed-by-hand = { $actor ->
    [no-value] 人工分配给 { $winner }
   *[other] { $actor } 人工分配给 { $winner }
}
receipt-runner-up = 次选第 { $place } 位
receipt-went-to-named = 规则指定由 { $winner } 承接
receipt-went-to-overflow = 没有其他人能接，由兜底人员 { $winner } 承接
receipt-went-to-owner = { $of ->
    [company] { $winner } 是这家公司的负责人，优先承接
    [parent] { $winner } 是这家公司的母公司的负责人，优先承接
    [domain] { $winner } 是同一邮箱域名的公司的负责人，优先承接
    [territory] { $winner } 是这个销售区域的负责人，优先承接
   *[collector] { $winner } 是这条线索的采集人，优先承接
}

# 怎样会分到：每句是一个条件
change-active = 重新启用
change-after = { $at } 起
change-back-from-leave = 请假结束
change-fewer-in-window = “{ $cap }”期内少 { $count } 条
change-fewer-open-items = 在手少 { $count } 条
change-fewer-open-points = 在手少 { $points } 分
change-fewer-points-in-window = “{ $cap }”期内少 { $points } 分
change-field = { $field }包含 { $wanted }
change-higher-fit = 匹配度达到 { $fit }%
change-in-group = 在分配组“{ $group }”里
change-larger-bonus = 匹配加分多 { $points } 分
change-level = 销售职级是 { $levels }
change-longer-waiting = 等待更久
change-mentor = 有在岗的带教人
change-more-owed = 待补多 { $points } 分
change-more-turns-owed = 轮流里少分到 { $turns } 条
change-nothing-alone = 只改一项，结果不变
change-other-draw = 抽签在先
change-switched-on = 接单开关打开
change-weight = 权重大于 0
change-without-rule = 前面的规则“{ $rule }”没有分出
