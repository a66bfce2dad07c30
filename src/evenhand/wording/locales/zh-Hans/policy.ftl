# 分配规则：文件有什么问题、规则检查、两版差别、命令行。

# 规则里有名字的部分
policy-kind = { $kind ->
    [field] 字段
    [signal] 评分项
    [grade] 等级
    [adjustment] 分值调整
    [level] 职级
    [group] 分配组
    [territory] 销售区域
    [pool] 公海
    [rule] 规则
    [level_capacity] 职级容量
    [cap] 时段上限
    [region] 地区
    [clock_rule] 时钟规则
    [task_type] 待办类型
    [task_rule] 待办规则
    [trigger] 自动建待办
    [source] 来源
    [region_alias] 地区别名
   *[other] { $kind }
}
policy-section = { $name ->
    [scoring] 评分卡（scoring）
    [grades] 等级（grades）
    [points] 分值（points）
    [fit] 匹配度（fit）
    [capacity] 容量（capacity）
    [fairness] 公平（fairness）
    [availability] 在岗（availability）
    [duplicates] 重复线索（duplicates）
    [exploration] 随机校准（exploration）
   *[other] { $name }
}
policy-owner = { $kind ->
    [document] 整份规则
    [section] { policy-section }
   *[other] { policy-kind }“{ $name }”
}
policy-part = { $part ->
    [same_person] 同一个人再来时
    [closed_days] 结案后多少天内算原来的人
    [similar_company] 名字相近的公司
    [certainty] 算同一家公司的把握（%）
    [when] 适用条件
    [who] 人员条件
    [takes] 可接线索
    [to] 去向
    [if_nobody] 无人可接时的处理
    [match] 匹配项
    [members] 成员
    [weights] 权重
    [owner] 负责人
    [from_score] 起始评分
    [aliases] 别名
    [points] 分值
    [choices] 可选值
    [type] 类型
    [ramp] 上手期
    [stretch] 进阶线索
    [mostly] 主攻线索
    [graduation] 晋级条件
    [mentees] 带教名额
    [contains] 下属地区
    [stands_for] 对应地区
    [items] 条数
    [open_items] 在手条数上限
    [open_points] 在手分值上限
   *[other] { $part }
}

# 文件不能用
policy-not-yaml = { $line ->
    [0] 不是 YAML 或 JSON：{ $what }
   *[other] 第 { $line } 行不是 YAML 或 JSON：{ $what }
}
policy-not-utf8 = 文件不是 UTF-8 编码；请另存为 UTF-8
policy-not-a-mapping = 分配规则要写成“名称: 内容”的形式，最外层是 rules、groups 等各部分
policy-too-large = 文件超过 { $limit } 字节；请精简
policy-too-deep = 嵌套超过 { $limit } 层；请拆开写
policy-no-anchors = 第 { $line } 行用了锚点、引用或标签（& * !）；请把内容直接写出来
policy-repeated-key = { $line ->
    [0] “{ $key }”写了两次，其中一个会被忽略；请删去一个
   *[other] 第 { $line } 行的“{ $key }”是第二次出现，其中一个会被忽略；请删去一个
}
policy-key-not-text = { $key ->
    [no-value] 名称必须是文字，不能是列表
   *[other] 名称“{ $key }”必须是文字；请加引号
}
policy-not-a-number = “{ $value }”不是能用的数
policy-number-unusable = 这个数太大或没有尽头，不能用
policy-text-unusable = 文字里有不能保存的字符；请重新输入

# 内容写错
policy-missing = 缺少 { $key }；请补上
policy-unknown-key = { $suggestion ->
    [no-value] 不认识“{ $key }”；这里可以写：{ $known }
   *[other] 不认识“{ $key }”；是不是 { $suggestion }？
}
policy-not-one-of = { $suggestion ->
    [no-value] { $value } 不在可选值之中；可选：{ $choices }
   *[other] { $value } 不在可选值之中；是不是 { $suggestion }？可选：{ $choices }
}
policy-wrong-type = { $wanted ->
    [text] { $value } 应该是文字；如果就是这几个字，请加引号
    [list] { $value } 应该是列表
    [mapping] { $value } 应该是“名称: 内容”的形式
    [truth] { $value } 应该是 true 或 false
   *[whole] { $value } 应该是整数
}
policy-wrong-value = { $value } 不能用在这里；可对照 evenhand policy init 给出的示例
policy-too-small = { $value } 太小，至少是 { $limit }
policy-not-above = { $value } 太小，要大于 { $limit }
policy-too-big = { $value } 太大，最多是 { $limit }
policy-too-short = 内容太少，至少要有 { $limit } 个
policy-too-long = 内容太多，最多 { $limit } 个
policy-field-without-root = 字段“{ $value }”要以 lead.、company. 或 rep. 开头，后面写名字

# 各部分互相对不上
policy-name-twice = { policy-kind }“{ $name }”出现了两次；请各起各的名字
policy-unknown-name = { $suggestion ->
    [no-value] 没有叫“{ $name }”的{ policy-kind }；请先定义
   *[other] 没有叫“{ $name }”的{ policy-kind }；是不是“{ $suggestion }”？
}
policy-not-a-span = 时间跨度要写成 10d、4h 或 1d 30m 这样，不能是 { $value }
policy-span-too-long = 时间跨度最长 { $limit } 天，{ $value } 太长了
policy-clock-stages = 只有 stage 时钟要写 stages，而且必须写；{ $clock } 不对
policy-bands-cross = 不饱和界限 { $idle }% 必须低于超负荷界限 { $over }%
policy-meeting-hours = “{ $value }”不是时间段；请写成 09:00-09:30
policy-clock-two-ends = 时钟 { $clock } 超时后既要重新分配又要进公海；请只留一个
policy-field-fixed = { $field } 的类型固定为 { $type }，不能改
policy-field-personal = { $field } 是个人信息，不能改成公开；请写 is_personal: true
policy-match-personal = { $field } 声明为个人信息，不会用来匹配；请从匹配中去掉，或去掉字段的 is_personal
policy-region-twice = “{ $region }”同时写在“{ $first }”和“{ $second }”下面；一个地区只能属于一个上级
policy-region-circle = “{ $region }”绕了一圈又属于自己；请改地区的上下级
policy-cap-limits-nothing = 上限“{ $cap }”什么也没限制；请写 items、points 或两者都写
policy-group-names-nobody = 分配组“{ $group }”里没有人；请写 who: true（全员）、一个条件，或 members
policy-alias-of-alias = 别名“{ $alias }”指向“{ $region }”，而它自己也是别名；请直接写地区名
policy-reads-person = 这里不能用 { $field }：此时还没有考虑到人；对人的要求请写到 who
policy-reads-item = 这里不能用 { $field }：谁在组里与线索和时间无关；对线索的要求请写到规则的 when
policy-person-unknown = { $suggestion ->
    [no-value] 团队里没有“{ $name }”
   *[other] 团队里没有“{ $name }”；是不是“{ $suggestion }”？
}
policy-person-ambiguous = 团队里有 { $count } 个人叫“{ $name }”；请写编号
policy-person-left = “{ $name }”已停用，不会收到任何线索

# 规则检查：线索走到哪条规则
lint-rule-never-applies = 没有找到符合规则“{ $rule }”条件的例子，它可能永远用不上
lint-rule-unreachable = 没有找到能走到规则“{ $rule }”的例子：排在前面的{ $by }把它的线索都接走了；请调整顺序或条件
lint-example = { $example ->
    [no-value] 什么信息都没有填的线索
   *[other] { $example }
}
lint-rules-overlap = { $more ->
    [no-value] 有的线索同时符合规则“{ $first }”和“{ $second }”，按顺序归“{ $first }”；例如：{ lint-example }
   *[other] 有的线索同时符合规则“{ $first }”和“{ $second }”，按顺序归“{ $first }”（与 { $more } 也有重叠）；例如：{ lint-example }
}
lint-lead-uncaught = 有的线索没有规则接，例如：{ lint-example }；请在最后加一条不带条件的规则
lint-lead-passed-on = 规则“{ $rule }”无人可接时转给下一条规则，但后面没有规则接得住，例如：{ lint-example }；请写明最后怎么办
lint-no-level-takes = 有的线索没有职级可接，例如：{ lint-example }；请放宽某个职级的 takes
lint-condition-never-holds = 没有找到符合这个条件的例子：{ $condition }
lint-no-unreachable-found = { $rules } 条规则都找到了能走到的例子
lint-no-gap-found = 没有找到无规则可接的线索
lint-no-overlap-found = 没有找到结果不同而条件重叠的规则
lint-search-limited = 有 { $searches } 个问题没有试完（每个最多试 { $steps } 步）；没有找到不等于没有

# 规则检查：人
lint-group-empty = 分配组“{ $group }”现在没有人
lint-groups-unchecked = 没有团队名单，无法检查这些组里有没有人：{ $groups }；可用 --team 给出名单
lint-group-weightless = 分配组“{ $group }”里所有人的权重都是 0，分不出去；请至少给一个人大于 0 的权重
lint-grade-weightless = 分配组“{ $group }”里所有人对等级 { $grade } 的权重都是 0，这个等级分不出去
lint-group-unused = 没有规则分给分配组“{ $group }”
lint-members-by-name = 分配组“{ $group }”点名写了 { $count } 个人；人员变动时要改规则，用条件更省事
lint-level-not-on-ladder = 有 { $people } 个人的职级不在这里：{ $levels }；他们什么也收不到

# 规则检查：分配方式
lint-same-person-dealt-anew = { $source ->
    [no-value] 同一个人再来时重新分配：两个人可能会同时联系他；可改用 merge 或 attach
   *[other] 来源“{ $source }”的同一个人再来时重新分配：两个人可能会同时联系他；可改用 merge 或 attach
}
lint-rotation-ignores-value = 规则“{ $rule }”按条数轮流，而线索分值从 { $least } 到 { $most } 分不等：条数一样，价值可能差很多；可改用 fair_share
lint-pool-ignores-value = 规则“{ $rule }”把线索放进公海抢单，而线索分值从 { $least } 到 { $most } 分不等：手快的人会挑走好的；可先按应得分配
lint-pool-unused = 没有规则用到公海“{ $pool }”
lint-pool-costs-nothing = 从公海“{ $pool }”领取不花分：手快的人会挑走好的；可以写上 group，领取就记入应得
lint-pool-without-administrator = 公海“{ $pool }”只能由管理员分派，却没有写管理员；由销售运营来分派
lint-pool-nobody-claims = 没有人符合公海“{ $pool }”的领取条件；里面的线索没人能领
lint-pool-outside-group = 有 { $people } 人可以从公海“{ $pool }”领取，却不在分配组“{ $group }”里，领取的分没有账可记；请加进分配组或收窄条件
lint-pool-strangers = 公海“{ $pool }”的管理员里有不在册的人：{ $names }
lint-clocks-unreachable = 时限规则“{ $rule }”永远轮不到：“{ $by }”在它前面，什么都符合
lint-caps-replace-limit = 已按推算上限执行，容量上限 { $limit } 只对没有推算值的人有效
lint-clocks-off = 时限规则“{ $rule }”已停用：符合它的线索不倒计时
lint-clocks-without-pool = 时限规则“{ $rule }”到期回收，但没有一个公海收这类对象；请加一个公海或改到期后的做法
lint-clock-end-too-early = 时限规则“{ $rule }”的“{ $clock }”：最长期限不比默认期限长，跟进多少次都不能延长
lint-clock-warns-at-start = 时限规则“{ $rule }”的“{ $clock }”：提前 { $left } 提醒，比整个期限还早，一分到就会提醒
lint-clock-does-nothing = 时限规则“{ $rule }”的“{ $clock }”到期后什么也不做，只显示倒计时
lint-best-fit-ignores-share = 规则“{ $rule }”只看匹配度，不看谁待补；越分越集中，请确认是有意的
lint-best-fit-without-fit = 规则“{ $rule }”按最佳匹配，但没有启用匹配度（fit），等于只看谁待补
lint-waits-for-departed = 规则“{ $rule }”在负责人已离职时一直等待；线索会无人跟进，请改为 next_rule
lint-waits-while-absent = 规则“{ $rule }”在本人不在时等待；请确认等得起
lint-no-territories = 规则“{ $rule }”分给销售区域的负责人，但没有定义任何销售区域
lint-territories-unused = 定义了销售区域，但没有规则用到

# 规则检查：评分、职级、公平、容量
lint-grade-out-of-reach = 等级 { $grade } 要 { $from-score } 分起，但评分卡最多只能给到 { $reachable } 分
lint-stretch-nowhere = “{ $level }”已是最高职级，上面没有进阶线索可给
lint-graduation-nowhere = “{ $level }”已是最高职级，上面没有可晋级的
lint-mostly-unread = “{ $level }”写了主攻线索，但匹配度没有用到：请在 fit.weights 里写 level
lint-tau-unused = 没有启用匹配度（fit），匹配加分不起作用；τ 只决定优先区间的宽度（{ $band } 分）
lint-fit-unused = 启用了匹配度（fit），但 τ 是 0，匹配加分不起作用
lint-tau-high = τ 是 { $tau } 分，最大的线索是 { $largest } 分；有自己的数据证明匹配有用之后再调大
lint-band-below-tau = 优先区间（{ $band } 分）比 τ（{ $tau } 分）窄，匹配加分用不满
lint-band-above-tau = 优先区间（{ $band } 分）比 τ（{ $tau } 分）宽，公平的保证会变松
lint-exploration-on = 随机校准已打开：{ $percent }% 的线索在优先区间里随机分配
lint-capacity-zero = 上限是 0，谁也收不到
lint-capacity-below-lead = 上限 { $limit } 分低于最大的线索 { $largest } 分，这样的线索谁也接不了

# 规则检查：待办、职级
lint-level-takes-all = 职级“{ $level }”既没写能接什么，也没写主攻什么，跟上面的职级没有区别；请写 takes 或 mostly
lint-ramp-outlasts = 职级“{ $level }”的上手期是 { $ramp } 天，满 { $minimum } 天就会建议晋级：权重还没到满就建议往上走；请缩短上手期或延长晋级的最少天数
lint-task-level-nobody = 待办类型“{ $type }”要“{ $level }”以上才能做，现在没有人够这个职级；请降低职级或先安排人
lint-task-skill-nobody = 待办类型“{ $type }”要的技能，现在没有人会：{ $names }；请在成员资料里补上技能，或改这个类型
lint-task-skill-unlisted = 待办类型“{ $type }”要的技能不在规则列出的技能里：{ $names }；没有人能填上它，请改成列出的写法
lint-task-nobody-fits = 待办类型“{ $type }”的职级和技能，现在没有一个人同时满足，按规则分不出去
lint-trigger-never = 自动建待办“{ $trigger }”等的事不会发生：客户没有阶段，也没有赢单；请改成线索或商机
lint-trigger-stage-unknown = 自动建待办“{ $trigger }”写了不存在的阶段：{ $names }；可用的是 { $choices }
lint-trigger-undealt = 自动建待办“{ $trigger }”按规则分，但没有一条启用的待办规则接“{ $type }”；建出来的待办会一直没人做
lint-market-shut = { $setting ->
    [per_day] 任务大厅每人每天能申领 0 条：谁也申领不到；不限制请留空
    [holding] 任务大厅每人手上最多 0 条：谁也申领不到；不限制请留空
    [holding_points] 任务大厅每人手上最多 0 分：谁也申领不到；不限制请留空
   *[other] 任务大厅的上限 { $setting } 是 0：谁也申领不到；不限制请留空
}
lint-tasks-undealt = { $setting ->
    [most_open] 每人最多 0 条未完成待办：按规则一条也分不出去；不限制请留空
    [most_open_points] 每人未完成待办最多 0 分：按规则一条也分不出去；不限制请留空
   *[other] 待办的上限 { $setting } 是 0：按规则一条也分不出去；不限制请留空
}

# 两版差别
diff-line = 业务线：{ $before } → { $after }
diff-version = 版本：{ $before } → { $after }
diff-tau = 匹配加分上限 τ：{ $before } → { $after }
diff-band = 优先区间：{ $before } → { $after }
diff-grade-points = 等级 { $grade } 的基础分值：{ $before } → { $after }
diff-fit-tables = 换了一套学习得到的匹配度
diff-added = 新增{ policy-kind }“{ $name }”，排在第 { $position }
diff-removed = 删去{ policy-kind }“{ $name }”
diff-renamed = { policy-kind }“{ $before }”改名为“{ $after }”
diff-moved = { policy-kind }“{ $name }”从第 { $before } 移到第 { $after }
diff-enabled = 启用{ policy-kind }“{ $name }”
diff-disabled = 停用{ policy-kind }“{ $name }”
diff-section-added = 新增：{ $section }
diff-section-removed = 删去：{ $section }
diff-changed = { policy-owner }的{ policy-part }：{ $before } → { $after }
diff-set = { policy-owner }的{ policy-part }：新设为 { $after }
diff-unset = { policy-owner }的{ policy-part }：已去掉，原为 { $before }
diff-names-added = { policy-owner }的{ policy-part }：增加 { $names }
diff-names-removed = { policy-owner }的{ policy-part }：去掉 { $names }
diff-note-added = { policy-owner }：新增备注“{ $after }”
diff-note-changed = { policy-owner }：备注由“{ $before }”改为“{ $after }”
diff-note-removed = { policy-owner }：删去备注“{ $before }”

# 命令行
policy-gravity-error = 错误
policy-gravity-warning = 警告
policy-gravity-hint = 提示
policy-lint-summary = 错误 { $errors } 个，警告 { $warnings } 个，提示 { $hints } 个
policy-diff-none = 两份规则含义相同
policy-init-written = 已写入 { $file }。井号后面的说明只给写的人看，系统保存时不保留；要留下的话请写进 note。改好后用 evenhand policy lint 检查
policy-init-exists = { $file } 已存在；请换一个名字，或加 --force 覆盖
policy-trigger-stages = 自动建待办“{ $trigger }”：只有按阶段的要写阶段，而且必须写
