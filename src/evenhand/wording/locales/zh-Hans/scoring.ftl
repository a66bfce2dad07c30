# 评分、等级、分值、匹配度、公平：怎么得来的；这些部分写错在哪里。

score-behavior = { $signal }：{ $counted } 次，{ $amount }
score-behavior-absent = { $signal }：没有“{ $behavior }”的记录
score-count-limited = { $signal }：共 { $count } 次，计最近 { $counted } 次
score-dimension-bounded = { $dimension }合计 { $raw }，按上下限计 { $amount }
score-future-ignored = { $signal }：{ $count } 次的时间在将来，未计
score-held = { $signal }：符合，{ $amount }
score-missing = { $signal }：{ $fields }未填，不计
score-not-held = { $signal }：不符合，不计
score-signal-bounded = { $signal }：{ $raw }，按上限计 { $amount }
score-total-bounded = 评分合计 { $raw }，按上下限计 { $amount }

score-bounds-without-zero = { $floor ->
    [no-value] 上限 { $cap } 不能小于 0：什么都不知道的线索是 0 分
   *[other] 上限 { $cap } 与下限 { $floor } 之间要有 0：什么都不知道的线索是 0 分
}
score-cap-out-of-reach = 总上限 { $cap } 高于各维度上限之和 { $reachable }；请调低、去掉，或调高某个维度
score-dimension-missing = 信号“{ $signal }”属于维度 { $dimension }，但 dimensions 里没有它的上限；请补上
score-not-a-number = 应是准确的数，如 12 或 0.5，不是 { $value }
score-only-for-behavior = 信号“{ $signal }”写了 { $name }，它只用于 behavior；请去掉
score-out-of-range = { $value } 超出 -{ $limit } 到 { $limit } 的范围
score-reads-rep = “{ $name }”用到 { $field }：线索值多少，不能取决于分给谁
score-signal-gives-nothing = 信号“{ $signal }”是 0 分；请给分，或去掉
score-signal-kind = 信号“{ $signal }”要写 when（条件）或 behavior（行为），只写其中一个
score-signal-twice = 有两个信号都叫“{ $name }”；请改一个
score-too-fine = { $value } 小数太多，最多两位

grade-from-score = 评分 { $score }，达到等级 { $grade }（{ $from-score } 起）
grade-given = { $text ->
    [no-value] 等级 { $grade } 取自线索
   *[other] 等级 { $grade } 取自线索（写作“{ $text }”）
}
grade-lowest = 评分 { $score }，等级 { $grade }（最低一档）
grade-ungraded = 没有评分也没有等级，按 { $grade } 处理
grade-unknown = 线索上的等级“{ $text }”不认识，未采用；可用：{ $grades }
grade-from-score-missing = 等级 { $grade } 没有 from_score；只有最后一档可以不写
grade-order = 等级 { $grade } 从 { $from-score } 起，没有低于 { $above } 的 { $above-from-score }；请从高到低排列
grade-twice = 等级 { $name } 写了两次；请去掉一个

points-adjusted = { $add ->
    [no-value] { $adjustment }：按 { $percent }% 计，{ $points } 分
   *[other] { $adjustment }：{ $add }，{ $points } 分
}
points-base = { $kind ->
    [no-value] 等级 { $grade }：{ $points } 分
   *[other] { $kind }，等级 { $grade }：{ $points } 分
}
points-bounded = { $before } 分，按上下限计 { $points } 分
points-given = 分值取自线索：{ $points } 分
points-given-unusable = 线索上的分值“{ $text }”不能用，改按等级计
points-adjustment-kind = 调整“{ $adjustment }”要写 add 或 multiply_percent，只写其中一个
points-all-zero = 所有等级都是 0 分；至少一个要大于 0
points-base-out-of-bounds = { $max ->
    [no-value] 等级 { $grade } 是 { $points } 分，低于下限 { $min }；请改分值或下限
   *[other] 等级 { $grade } 是 { $points } 分，不在 { $min } 到 { $max } 之间；请改分值或上下限
}
points-bounds-swapped = 下限 { $min } 分高于上限 { $max } 分；请对调
points-grade-unknown = 分值里写了等级 { $grade }，但没有这个等级；现有：{ $grades }
points-grade-without-base = { $kind ->
    [no-value] 等级 { $grade } 没有分值；请写明这样的线索值多少
   *[other] { $kind }的等级 { $grade } 没有分值；请写明
}
points-not-a-number = 分值应是准确的数，如 3 或 0.5，不是 { $value }
points-out-of-range = 分值 { $value } 超出 -{ $limit } 到 { $limit } 的范围
points-too-fine = 分值 { $value } 小数太多，最多六位
points-reads-rep = “{ $name }”用到 { $field }：线索值多少，不能取决于分给谁
points-twice = 有两个调整都叫“{ $name }”；请改一个

fit-declared = { $matched ->
    [no-value] 匹配度 { $fit }%；没有相符的方面
   *[other] { $unmatched ->
        [no-value] 匹配度 { $fit }%；相符：{ $matched }
       *[other] 匹配度 { $fit }%；相符：{ $matched }；不符：{ $unmatched }
    }
}
fit-learnt = 匹配度 { $fit }%；按历史结果，预计成交率 { $chance }%，价值 { $value }，分值 { $points } 分，每分价值满 { $kappa } 为 100%
fit-room = 容量余量 { $room }%，计入后匹配度 { $fit }%
fit-not-in-use = 没有使用匹配度
fit-rep-without-history = { $rep } 还没有历史结果，按团队平均计
fit-segment-without-history = 历史里没有出现过的取值：{ $fields }；按团队平均计
fit-no-difference-shown = { $count } 条历史结果里看不出各人各有所长，匹配度不区分人
fit-no-gain-shown = 用较新的结果检验，区分各人没有估得更准
fit-not-held-out = 历史结果没有时间，不能用较新的一段检验
fit-one-rep-only = 历史结果都是 { $rep } 一个人的，无从比较
fit-outcomes-alike = { $is-won ->
    [yes] { $count } 条历史结果全部成交，看不出差别
   *[no] { $count } 条历史结果全部未成交，看不出差别
}
fit-too-few-outcomes = 历史结果 { $count } 条，至少要 { $needed } 条才能学习
fit-part-missing = mode 为 { $mode } 时要写 { $part }
fit-part-unused = mode 为 { $mode } 时不用 { $part }；请去掉，或改 mode
fit-segment-unknown = { $rep } 的 skills 用到 { $field }，但 segments 里没有它；请补上
fit-weights-zero = 各项权重都是 0；请至少给一项大于 0，或写 mode: none

fairness-catch-up-not-here = catch_up 只用于 basis: entitlement；总量相等（equal_totals）会自行补足，请去掉
fairness-owed-limit-not-here = owed_limit 只用于 basis: equal_totals；请去掉
