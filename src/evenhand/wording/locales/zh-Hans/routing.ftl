# 为什么不能接、规则为什么没有分出、台账为什么没有记。说事实，不说人。

capacity-open-items = 在手 { $open } 条，容量上限 { $limit } 条
capacity-open-points = 在手 { $open } 分，加上本条 { $points } 分将超过容量上限 { $limit } 分
capacity-window = { $kind ->
    [rolling] { $per ->
        [hour] 最近 1 小时
        [day] 最近 24 小时
        [week] 最近 7 天
       *[month] 最近 30 天
    }
   *[fixed] { $per ->
        [hour] 本小时
        [day] 今天
        [week] 本周
       *[month] 本月
    }
}
capacity-window-items = { capacity-window }已分到 { $received } 条，“{ $cap }”上限 { $limit } 条
capacity-window-points = { capacity-window }已分到 { $received } 分，加上本条 { $points } 分将超过“{ $cap }”上限 { $limit } 分

level-does-not-take = { $takers ->
    [no-value] 没有职级承接这一类（本人职级 { $level }）
   *[other] 这一类由 { $takers } 承接（本人职级 { $level }）
}
level-no-mentor = 进阶线索要有在岗的带教人，目前没有（本人职级 { $level }）
level-unknown = 分配规则里没有销售职级“{ $level }”
match-differs = { $field }：{ $wanted }；登记为：{ $has }
weight-zero = 权重为 0，暂不参与分配

owner-departed = 负责人 { $rep } 已离开或停用
owner-none = 还没有负责人
rule-everybody-full = 符合条件的 { $full } 人都已到容量上限
rule-group-empty = 分配组里还没有人
rule-never-admits = 这条规则的人员条件没有人能符合
rule-nobody-eligible = 组内 { $excluded } 人目前都不符合条件

book-not-a-member = { $person } 不在这个分配组的台账里
book-too-far-ahead = { $person } 目前{ $owed }，领取的限度是{ $least }

item-gave-back = 之前接过又退回了
fairness-days-out-of-range = 天数要在 { $least } 到 { $most } 之间
fairness-jain-out-of-range = Jain 指数要在 0.5 到 1 之间
fairness-no-limit = 至少填一个：偏差或 Jain 指数
fairness-points-out-of-range = 偏差要大于 0，且不超过 { $most } 分
fairness-month-not-over = 这个月还没有结束
