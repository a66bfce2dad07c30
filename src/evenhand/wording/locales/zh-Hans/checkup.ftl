# 体检报告(evenhand checkup)的文字。只提示，不指责:文件看得出规律，看不出原因。

checkup-title = 线索分配体检
checkup-product = 衡派
checkup-subtitle = { $file } · { $from } 至 { $until } · { $leads } 条线索 · { $reps } 位销售
checkup-made = 数据截至 { $as-of }。每个数字后面的括号是 95% 区间。

# 数字与区间
checkup-range = { $value } ({ $low } – { $high })
checkup-range-signed = { $value } ({ $low } 至 { $high })
checkup-range-open = { $value } (≥ { $low })
checkup-at-least = 不少于 { $value }
checkup-by-lot = 随机分 { $low } – { $high }
checkup-from-to = { $low } – { $high }
checkup-minutes = { $number } 分钟
checkup-hours = { $number } 小时
checkup-days = { $number } 天
checkup-not-reached = 未达到
checkup-dash = –
checkup-names-more = { $names } 等 { $count } 人
checkup-names-separator = 、
checkup-ungraded = 未分级
checkup-unknown-source = 来源未填
checkup-other-sources = 其他来源
checkup-not-in-file = 文件里没有

# 首屏的数字
checkup-card-displaced = 需要换手的分值
checkup-card-displaced-note = 人人恰好得到应得份额，需换手这么多；随机分也有 { $chance }（最多约 { $high }）
checkup-card-furthest = 实得与应得之比，最多与最少
checkup-card-furthest-note = { $most } 与 { $least }；1.00 为恰好应得
checkup-card-top = 等级 { $grade } 的线索，每人条数
checkup-card-top-note = 分配台账会给每人 { $after } 条
checkup-card-gini = 基尼系数（0 为人人均等）
checkup-card-gini-note = 随机分约 { $chance }；分配台账 { $after }
checkup-card-response = 首次联系，中位时间
checkup-card-response-note = 24 小时后仍未联系 { $share }
checkup-card-untouched = 超过 { $days } 天没有联系
checkup-card-undecided = 超过 { $days } 天没有结果
checkup-card-lying-note = 满 { $days } 天的 { $total } 条里的 { $share }
checkup-card-people = 同一客户在多人手里
checkup-card-people-note = { $days } 天内重复出现的 { $total } 位客户里
checkup-card-companies = 同一公司在多人手里
checkup-card-companies-note = { $days } 天内重复出现的 { $total } 家公司里
checkup-card-conversion = 成交率（{ $days } 天内）
checkup-card-conversion-note = { $reps } 人中有 { $apart } 人超出正常波动

# 发现
checkup-findings = 主要发现
checkup-findings-note = 按涉及的线索和分值由大到小
checkup-findings-none = 没有超出偶然范围的发现。
checkup-within = 以下差异在偶然范围内，不必处理
checkup-todo = 建议

checkup-finding-deal-uneven = 分值分得不均，偶然解释不了
checkup-finding-deal-uneven-figure = { $displaced } 的分值需要换手，才能人人恰好得到应得份额；同样的线索随机分，通常只有 { $chance-value }，最多约 { $chance-high }。{ $ahead-count ->
    [0] 没有人单独超出偶然范围
   *[other] 明显超出应得的有 { $ahead-count } 人（{ $ahead }）
}{ $behind-count ->
    [0] 。
   *[other] ；明显不足的有 { $behind-count } 人（{ $behind }）。
}
checkup-finding-deal-uneven-action = 先问原因：请假、容量上限、销售区域或产品分工都会造成差距。没有这样的理由，就按分配台账分，差距不再随时间扩大（见“分配台账会怎么分”）。
checkup-finding-deal-even = 分值的差异在偶然范围内
checkup-finding-deal-even-figure = 需要换手的分值 { $displaced }，随机分也有 { $chance-value }（最多约 { $chance-high }）。

checkup-finding-top-uneven = 等级 { $grade } 的线索分得不均
checkup-finding-top-uneven-figure = 共 { $total } 条。{ $most-name } 得 { $most } 条（应得约 { $most-due } 条，偶然范围 { $most-low } – { $most-high }），{ $least-name } 得 { $least } 条（应得约 { $least-due } 条，偶然范围 { $least-low } – { $least-high }）；{ $reps } 人中有 { $apart } 人超出偶然范围。
checkup-finding-top-uneven-action = 如果是有意按能力或产品分，把它写进分配规则；如果不是，让分配台账按线索等级分别记账。
checkup-finding-top-even = 等级 { $grade } 的线索分得均匀
checkup-finding-top-even-figure = 共 { $total } 条，{ $reps } 人之间的差异在偶然范围内。

checkup-finding-sources-uneven = 来源分得不均
checkup-finding-sources-uneven-figure = { $all-cells } 个“人 × 来源”里，{ $cells } 个超出偶然范围。最突出的：{ $name } 从“{ $source }”得 { $got } 条，应得约 { $due } 条（偶然范围 { $low } – { $high }）。
checkup-finding-sources-uneven-action = 如果按来源分工，写进分配规则；如果不是，看看哪些来源只有少数人看得到。
checkup-finding-sources-even = 各来源的分配差异在偶然范围内
checkup-finding-sources-even-figure = 没有哪个人在哪个来源上超出偶然范围。

checkup-finding-picking-possible = { $count } 人的线索明显偏向高分值
checkup-finding-picking-possible-figure = 以同月全部线索排位，50 为平均。最高的是 { $first }，平均排位 { $index }；共 { $count } 人：{ $names }。
checkup-finding-picking-possible-action = 这看得出结果，看不出原因：按区域、产品或能力分配也会这样。先看“同来源内”一列；若线索可以自行领取，让领取按分值记入实得。
checkup-finding-picking-none = 没有人的线索明显偏向高分值
checkup-finding-picking-none-figure = 每个人的平均排位都在偶然范围内。

checkup-finding-untouched = { $count } 条线索超过 { $days } 天没有首次联系的记录
checkup-finding-untouched-figure = 占满 { $days } 天的 { $total } 条线索的 { $share }。{ $more ->
    [0] 各人之间的差异在偶然范围内。
   *[other] 有 { $more } 人明显多于同期团队：{ $names }。
}
checkup-finding-untouched-action = 先确认是没联系还是没记录。确实没联系的，设首次联系时限，到时自动回收。
checkup-finding-untouched-none = 没有线索超过 { $days } 天未联系
checkup-finding-untouched-none-figure = 看了 { $total } 条。

checkup-finding-undecided = { $count } 条线索超过 { $days } 天仍没有结果
checkup-finding-undecided-figure = 占满 { $days } 天的 { $total } 条线索的 { $share }。{ $more ->
    [0] 各人之间的差异在偶然范围内。
   *[other] 有 { $more } 人明显多于同期团队：{ $names }。
}
checkup-finding-undecided-action = 逐条过一遍：还有希望的写下一步，没有希望的关闭或退回。此后设跟进时限。
checkup-finding-undecided-none = 没有线索超过 { $days } 天没有结果
checkup-finding-undecided-none-figure = 看了 { $total } 条。

checkup-finding-response = 首次联系的中位时间是 { $median }
checkup-finding-response-figure = { $leads } 条线索里，24 小时后仍未联系的有 { $after-day }。{ $slower ->
    [0] 各人之间的快慢在偶然范围内。
   *[other] 有 { $slower } 人明显慢于团队：{ $names }。
}
checkup-finding-response-action = 时间含夜间和周末，先按自己的工作时间看一眼。设首次联系时限和提醒，手上已满的人暂不再分。

checkup-finding-people-split = { $count } 位客户同时在多位同事手里
checkup-finding-people-split-figure = { $days } 天内重复出现的 { $total } 位客户（同一电话或邮箱）里，{ $count } 位分给了不同的同事，涉及 { $leads } 条线索，占 { $share }。
checkup-finding-people-split-action = 进线时查重，同一客户归原负责人；已经撞单的，按先后和进展定一位负责人。
checkup-finding-people-split-none = 没有同一客户分给不同同事
checkup-finding-people-split-none-figure = { $days } 天内重复出现的客户有 { $total } 位。

checkup-finding-companies-split = { $count } 家公司同时有多位同事在跟
checkup-finding-companies-split-figure = { $days } 天内重复出现的 { $total } 家公司里，{ $count } 家分给了不同的同事，涉及 { $leads } 条线索，占 { $share }。
checkup-finding-companies-split-action = 按产品或按地点分工时这是正常的；否则让同一公司归原负责人。
checkup-finding-companies-split-none = 没有同一公司分给不同同事
checkup-finding-companies-split-none-figure = { $days } 天内重复出现的公司有 { $total } 家。

checkup-finding-transfers = { $count } 条线索换过负责人
checkup-finding-transfers-figure = 占 { $share }。其中 { $returned } 条又回到原来的人手里；互相转交的同事有 { $pairs } 对。
checkup-finding-transfers-action = 转交写明原因，分值随转交重新记账；来回转的线索由主管定一位负责人。

checkup-finding-conversion-apart = 个别人的成交与预期有差别
checkup-finding-conversion-apart-figure = 全队 { $days } 天内成交 { $share }。扣除线索好坏和运气以后，{ $above-count ->
    [0] 没有人明显高于预期
   *[other] { $above } 可能高于预期
}{ $below-count ->
    [0] 。
   *[other] ；{ $below } 可能低于预期。
}
checkup-finding-conversion-apart-action = 看过程（响应、联系次数、产品），不要排名次：再好的排名也会漏掉一半真正的前五名。
checkup-finding-conversion-normal = 各人的成交差异在正常波动内
checkup-finding-conversion-normal-figure = 全队 { $days } 天内成交 { $share }；扣除线索好坏以后，{ $reps } 人之间分不出高下。

# 图例与图
checkup-chart-share = 每人实得的分值与应得
checkup-chart-share-desc = 横条是实得分值，竖线是应得，浅色是随机分的 95% 范围，圆圈是分配台账会给的。
checkup-legend-received = 实得
checkup-legend-over = 实得，超出偶然范围
checkup-legend-under = 实得，低于偶然范围
checkup-legend-due = 应得
checkup-legend-chance = 随机分的 95% 范围
checkup-legend-ledger = 分配台账会给的
checkup-chart-first = 图中是离应得最远的 { $shown } 人，共 { $all } 人；全部见下方表格。
checkup-chart-grades = 每人各等级线索的条数
checkup-chart-grades-desc = 横条按线索等级分段。
checkup-chart-picking = 每人线索的平均分值排位（50 为平均）
checkup-chart-picking-desc = 圆点是平均排位，横线是 95% 区间。
checkup-chart-waiting = 还没有首次联系的线索，随时间下降
checkup-chart-waiting-desc = 横轴是收到后的时间，纵轴是仍未联系的比例，浅色是 95% 区间（Greenwood）。
checkup-chart-conversion = 成交与预期之比（1 为预期），按姓名排列
checkup-chart-conversion-desc = 圆点是收缩后的比值，横线是 95% 区间。
checkup-chart-behind = 离应得最远的人差多少分
checkup-chart-behind-desc = 实线是实际，虚线是分配台账；纵轴是分值。

# 各节
checkup-section-received = 应得与实得
checkup-section-received-text = 应得：每条线索的分值，由当时在岗的人按{ $weights ->
    [equal] 相同的份额
   *[own] 团队表里的份额
}分。在岗按文件里第一条到最后一条线索算，前后各留一个平均间隔。偶然范围：同样的线索随机分，100 次里 95 次落在其中。标出的是全队一起比较后仍超出偶然的（假发现率 5%）。
checkup-section-grades = 等级与来源
checkup-section-grades-text = 每格是实得条数，括号里是应得。标出的超出偶然范围。
checkup-section-picking = 线索的分值排位
checkup-section-picking-text = 每条线索在同月全部线索里按分值排位，再取平均：50 为平均，先到先得、手快者得时最快的人约为 74。这看得出结果，看不出是自己挑的、派的还是分工如此；“同来源内”一列除去了来源的影响。
checkup-section-lying = 久置的线索
checkup-section-lying-text = 只看现在的负责人手里的线索。预期：按同月全队的比例。标出的明显多于同期团队。
checkup-section-response = 首次联系
checkup-section-response-text = 用 Kaplan–Meier 估计，把还没联系的也算在内（换人或关闭时截止）。时间按钟点算，含夜间和周末。{ $precision ->
    [day] 文件里的时间只到日，所以单位是天。
   *[hour] {""}
}步调：同样的等待里联系的次数与全队之比，小于 1 较慢。
checkup-section-contacts = 重复联系与转交
checkup-section-contacts-text = 同一电话或邮箱算同一位客户。同一条线索转交不算重复。
checkup-section-conversion = 成交
checkup-section-conversion-text = 预期：每条线索按全队同等级、同来源的成交率。比值用经验贝叶斯收缩，扣除线索好坏与运气。按姓名排列，不排名次。估计的真实差异约 ± { $deviation }。
checkup-section-ledger = 分配台账会怎么分
checkup-section-ledger-text = 同样 { $leads } 条线索，按同样的先后，在当时在岗的人之间用分配台账重新分一遍（按线索等级分别记账，幅度 τ = { $slack } 分，不用匹配加分）。每条线索把分值按份额记入在岗者的应得；待补最多的人得到它，整条分值记入实得。
checkup-section-ledger-result = 期末离应得最远的人：实际待补 { $behind-before } 分、已超 { $ahead-before } 分；分配台账下待补 { $behind-after } 分、已超 { $ahead-after } 分。基尼系数 { $gini-before } → { $gini-after }。这些是算出来的，没有抽样误差；事先能保证的上限是 { $bound } 分。
checkup-section-ledger-wins = 成交会怎样，这份文件说不准：只按上面的比值推算，成交数变化 { $change }，{ $is-clear ->
    [yes] 方向较清楚，但没有算入熟悉程度、速度和工作量。
   *[no] 与零分不开。
}
checkup-section-ledger-no-wins = 成交会怎样，这份文件说不准：没有足够的成交记录。
checkup-section-ledger-limits = 重算不知道谁请假、谁已满、谁不适合哪类线索；真正使用时这些都会算进去。
checkup-section-coverage = 这份文件
checkup-section-gaps = 这份文件看不出的
checkup-section-assumptions = 采用的假设
checkup-section-rejected = 没有用上的行
checkup-section-details = 明细
checkup-details-text = 每个数字背后的行在同一文件夹的 { $files } 里。

# 表头
checkup-head-rep = 销售
checkup-head-leads = 线索
checkup-head-points = 实得分值
checkup-head-due = 应得
checkup-head-chance = 偶然范围
checkup-head-difference = 已超 / 待补
checkup-head-ratio = 实得 / 应得
checkup-head-kept = 转交后手里
checkup-head-ledger = 分配台账
checkup-head-index = 平均排位
checkup-head-within-source = 同来源内
checkup-head-judged = 满期线索
checkup-head-lying = 久置
checkup-head-share = 占比
checkup-head-expected = 预期
checkup-head-median = 中位时间
checkup-head-p90 = 九成在此时间内
checkup-head-after-day = 24 小时后未联系
checkup-head-pace = 步调
checkup-head-source = 来源
checkup-head-won = 成交
checkup-head-won-ratio = 成交 / 预期
checkup-head-judgement = 判断
checkup-head-customer = 客户
checkup-head-company = 公司
checkup-head-reps = 涉及的销售
checkup-head-days = 最近相隔天数
checkup-head-from = 从
checkup-head-to = 到
checkup-head-count = 次数
checkup-head-out = 转出
checkup-head-in = 转入
checkup-head-points-out = 转出分值
checkup-head-points-in = 转入分值
checkup-head-rows = 行
checkup-head-reason = 原因
checkup-head-column = 列
checkup-head-meaning = 用作
checkup-head-grade = 等级
checkup-head-lead = 线索编号
checkup-head-row = 行号
checkup-head-at = 时间
checkup-head-ledger-rep = 分配台账会分给

checkup-spread-line = 基尼系数 { $gini }，随机分为 { $gini-chance }；Jain 指数 { $jain }（{ $jain-low } – { $jain-high }），随机分不低于 { $jain-chance }。
checkup-legend-behind = 待补最多的人
checkup-legend-ahead = 已超最多的人
checkup-legend-dot-over = 高，超出偶然范围
checkup-legend-dot-under = 低，超出偶然范围
checkup-legend-dot-normal = 偶然范围内
checkup-head-points-before = 分值：实际
checkup-head-points-after = 分值：分配台账
checkup-head-leads-before = 线索：实际
checkup-head-leads-after = 线索：分配台账
checkup-head-top-before = 等级 { $grade }：实际
checkup-head-top-after = 等级 { $grade }：分配台账
checkup-head-points-lying = 久置分值
checkup-head-shared-customer = 共有的客户
checkup-head-shared-company = 共有的公司

checkup-ahead = 已超 { $points } 分
checkup-behind = 待补 { $points } 分
checkup-normal = 正常波动内
checkup-possibly-above = 可能高于预期
checkup-possibly-below = 可能低于预期
checkup-slower = 明显较慢
checkup-faster = 明显较快
checkup-more-lying = 明显较多
checkup-flag-note = 标记“●”：超出偶然范围

# 覆盖
checkup-coverage-rows = 读到 { $rows } 行，用上 { $used } 行，{ $rejected } 行没有用上（见 rejected.csv）。共 { $leads } 条线索。
checkup-coverage-junk = { $count } 条结果为无效的线索不计分值，也不参与比较。
checkup-coverage-occasional = { $count } 位持有人不算在团队内，他们的 { $leads } 条线索不参与比较：{ $names }。
checkup-coverage-columns = 认出的列
checkup-coverage-missing = 没有找到：{ $columns }
checkup-oddity-response-before-receipt = { $count } 行的首次联系早于收到线索，首次联系的统计里不用。
checkup-oddity-decided-before-receipt = { $count } 行的结束时间早于收到线索。
checkup-oddity-after-as-of = { $count } 行的时间晚于数据截止日，没有计入。

checkup-gap-only-won = 文件里只有成交的线索：这里的“实得”其实是成交，没有成交的线索分给了谁看不到。请导出全部线索再做一次。
checkup-gap-one-value = 所有线索分值相同，看不出谁的线索更值钱，也看不出挑拣。请加上线索等级、评分或分值一列。
checkup-gap-no-source = 没有来源，看不出各来源怎么分。
checkup-gap-no-response = 没有首次联系时间，看不出响应快慢，也看不出哪些线索从未联系。
checkup-gap-to-the-day = 时间只到日，响应快慢只能按天看。
checkup-gap-no-outcome = 没有结果，看不出成交，也看不出哪些线索久拖未决。
checkup-gap-few-outcomes = 成交太少或结果全部相同，看不出各人的成交差别。
checkup-gap-no-decided-at = 没有结束时间，只能按现在的结果算，较新的线索会显得成交少。
checkup-gap-no-contact = 没有电话和邮箱，看不出同一客户是否在多人手里。
checkup-gap-no-company = 没有公司，看不出同一公司是否有多人在跟。
checkup-gap-no-transfers = 每条线索只有现在的负责人，看不出转交，也看不出最初分给了谁。
checkup-gap-short-period = 数据不足三个月，季节和长周期的成交看不全。
checkup-gap-no-availability = 请假、容量上限、区域和产品分工不在文件里：应得按人人都能接来算，与实得的差距可能有正当理由。
checkup-gap-no-working-time = 工作时间不在文件里：响应按钟点算，夜间和周末都计入。
checkup-gap-no-deleted = 已删除、已合并和从未分配的线索不在文件里。
checkup-gap-no-intention = 文件看得出结果，看不出动机：偏向高分值不等于挑拣，久置不等于不跟进，也可能是没有记录。

# 假设
checkup-assumed-points-points = 线索分值取自“{ $column }”列。
checkup-assumed-points-grade = 线索等级取自“{ $column }”列，分值为 { $table }。
checkup-assumed-points-grade-unlisted = 等级 { $grades } 不在分值表里，按最低一档 { $points } 分计（{ $count } 条）。用 --points 指定。
checkup-assumed-points-grade-blank = { $count } 条线索没有等级，按中间一档 { $points } 分计。
checkup-assumed-points-quantiles = 没有等级，按“{ $column }”列分档：最高 15% 为 A，其次 20% 为 B，再 30% 为 C，其余为 D；分值为 { $table }。
checkup-assumed-points-quantiles-blank = { $count } 条线索没有这一列的值，按 C 档 { $points } 分计。
checkup-assumed-points-value-refused = “{ $column }”列多在成交后才填（成交的 { $won } 有值，其余 { $other }），不能用来衡量分到手时的价值，没有采用。
checkup-assumed-points-one = 没有等级、评分或分值，每条线索按 1 分计。
checkup-assumed-weights-equal = 应得按人人份额相同计算。
checkup-assumed-weights-file = 应得按 { $file } 里的份额计算（{ $count } 人）；不在其中的人不算在团队内。
checkup-assumed-received-assigned = 收到时间取自“{ $column }”列。
checkup-assumed-received-filled = { $count } 行没有分配时间，用创建时间代替。
checkup-assumed-received-created = 没有分配时间，用“{ $column }”列代替：创建到分配之间的等待看不出来。
checkup-assumed-received-rule = 一条线索归第一个持有满一天的人；都不满一天的，归最后一人。
checkup-assumed-as-of-given = 数据截止时间按命令里的 --at。
checkup-assumed-as-of-file = 数据截止时间取文件里最晚的时间。
checkup-assumed-outcome-status = 没有结果列，由“{ $column }”列推断。
checkup-assumed-outcome-closed = 没有结果列，“{ $column }”列有时间的算成交。
checkup-assumed-outcome-unknown = 结果一列里不认识的写法按未决处理：{ $values }（{ $count } 行）。
checkup-assumed-horizon = 成交与久拖未决以 { $days } 天为限（九成成交在此之内，或默认 60 天）。
checkup-assumed-stale = { $days } 天没有首次联系算久置；{ $conflict } 天内再次出现算重复联系。
checkup-assumed-team = 少于 { $count } 条线索、或不到中位数十分之一的人，不算在团队内。
checkup-assumed-zone = 文件里的时间不带时区，按同一时区处理。
checkup-assumed-resampling = 区间用固定种子的重抽样（{ $count } 次），同一份文件每次结果相同。
checkup-assumed-cells = “{ $column }”列有 { $count } 格读不出，按空白处理（如“{ $example }”）。
checkup-assumed-grade-unknown = “{ $column }”列的等级不认识（{ $values }），没有采用；用 --points 指定分值，如 --points "A=8,B=5"。

# 列
checkup-column-lead = 线索编号
checkup-column-rep = 负责人
checkup-column-received-at = 分配时间
checkup-column-created-at = 创建时间
checkup-column-grade = 线索等级
checkup-column-points = 线索分值
checkup-column-score = 线索评分
checkup-column-value = 金额
checkup-column-source = 来源
checkup-column-responded-at = 首次联系时间
checkup-column-outcome = 结果
checkup-column-decided-at = 结束时间
checkup-column-phone = 电话
checkup-column-email = 邮箱
checkup-column-company = 公司
checkup-column-previous-rep = 原负责人

# 没有用上的行
checkup-rejected-no-owner = 没有负责人
checkup-rejected-no-time = 没有分配或创建时间
checkup-rejected-time = 时间读不出：{ $detail }
checkup-rejected-row = { $detail }

# 命令行
checkup-said-written = 体检报告：{ $path }
checkup-said-details = 明细：{ $paths }
checkup-said-rejected = { $count } 行没有用上，见 { $path }
checkup-said-headline = { $leads } 条线索，{ $reps } 位销售；需要换手的分值 { $displaced }。
checkup-reading = 正在读取 { $file }

checkup-head-received = 实得
checkup-head-chance-low = 偶然下限
checkup-head-chance-high = 偶然上限
checkup-head-low = 区间下限
checkup-head-high = 区间上限
checkup-head-q = q 值（全队比较后）
checkup-head-chance-above = 高于预期的可能
checkup-head-contacted = 已联系
checkup-head-median-hours = 中位时间（小时）
checkup-head-p90-hours = 九成在此时间内（小时）
checkup-head-group-number = 组号
checkup-head-points-of-lead = 线索分值
checkup-head-note = 说明
checkup-head-value = 值
checkup-sheet-leads-of = { $title } 线索
checkup-sheet-transfers = 转交
checkup-refused-no-owner-column = 没有认出负责人一列。列名有：{ $columns }。用 --map "列名=owner" 指定。
checkup-refused-no-time-column = 没有认出分配时间或创建时间一列。列名有：{ $columns }。用 --map "列名=assigned_at" 指定。
checkup-refused-no-rows = 没有一行可用：每行都要有负责人和时间。
checkup-refused-no-team = 没有人的线索多到能算作团队成员。请检查负责人一列，或用 --weights 给出团队表。
checkup-refused-points = --points 读不懂：{ $detail }
checkup-refused-weights = { $file } 里的人都不是这份记录里的负责人。请检查姓名或工号是否一致。
checkup-refused-time = --at 读不懂“{ $value }”，请写成 2026-03-01 或 2026-03-01 18:00。
checkup-refused-folder = 无法写入文件夹 { $folder }。
checkup-cut-sheet = “{ $sheet }”只列出前 { $shown } 行，共 { $all } 行；每条线索都在 CSV 文件里。
