# 分配报告（evenhand route 写出的 report.html）。说事实、说怎么办，不说人。

report-title = 线索分配报告
report-product = 衡派
report-subtitle = { $file } · { $rows } 行 · { $reps } 位销售
report-made = 分配时间 { $at }（{ $zone }）· 第 { $run } 次运行 · 分配规则 { $policy }

# 首屏
report-card-rows = 读到的行
report-card-rows-note = 空行不计
report-card-assigned = 已分配
report-card-assigned-note = 占可用线索的 { $share }
report-card-unassigned = 未分配
report-card-unassigned-note = { $outcome } { $count }
report-card-none-left = 全部分出
report-card-repeated = 重复
report-card-repeated-note = 同一条线索只分一次
report-card-rejected = 不可用
report-card-rejected-note = 见 rejected.csv
report-card-none-rejected = 每行都能用
report-card-furthest = 离应得最远
report-card-furthest-note = { $name }，{ $side ->
    [owed] 待补
    [ahead] 已超
   *[even] 持平
}{ $group ->
    [no-value] {""}
   *[other] （{ $group }）
}；理论上限 { $bound }
report-card-nothing-booked = 本次没有记账
report-card-sum = 台账核对
report-card-sum-good = 通过
report-card-sum-bad = 未通过
report-card-sum-good-note = 每个等级的待补与已超相抵为零
report-card-sum-bad-note = 请保留 receipts.jsonl 并反馈给我们

report-amount = { $unit ->
    [turns] { $amount } 条
   *[points] { $amount } 分
}
report-owed = { $sign ->
    [owed] 待补 { $amount }
    [ahead] 已超 { $amount }
   *[even] 持平
}
report-names-more = { $shown } 等 { $count } 人
report-dash = –
report-share-of-all = { $percent }%

report-chart = 谁分到了什么
report-chart-desc = 横条是本次实得，按线索等级分段；竖线是应得（含上次结转）。横条短于竖线就是待补，长于竖线就是已超。
report-chart-unit = { $unit ->
    [turns] 单位：条。竖线是应得（含上次结转），与横条的差就是余额。
   *[points] 单位：分。竖线是应得（含上次结转），与横条的差就是余额。
}
report-chart-cut = 图中是余额最大的 { $shown } 人，共 { $all } 人；全部在下方表格里。
report-chart-due = 应得
report-chart-empty = 本次没有分出线索。

report-attention = 需要处理
report-attention-none = 没有需要处理的事。
report-attention-unsound = 台账核对未通过。请保留 receipts.jsonl 并反馈给我们。
report-attention-unassigned = { $count } 条未分配，原因和办法见下
report-attention-pooled = { $count } 条按规则进了公海
report-attention-direct = { $name } { $balance }，超出逐条比较时的上限 { $bound }：来自不经比较直接记账的线索（老客户、指定人员等）
report-attention-rejected = { $count } 行不可用；改好后再放进表格，下次会分
report-attention-repeated = { $count } 行重复，没有再分
report-attention-nothing = { $count } 位在岗同事本次没有分到：{ $names }
report-attention-rules = { $count } 条规则没有起作用：{ $names }
report-attention-team = 团队表有 { $count } 个单元格没有用上
report-attention-unbooked = { $count } 条没有别人能接，不记账

report-ask = 想知道为什么
report-ask-text = 每条线索都有分配依据。在结果文件夹里运行：
report-ask-why = 这条为什么分给了这位同事
report-ask-why-not = 为什么没有分给另一位同事，怎样才会
report-ask-replay = 把所有分配重算一遍，与分配依据核对
report-ask-book = 主管调整后记账（作废、转交、指定）

report-more = 详细

# 每个人
report-people = 每个人分到的
report-people-of = { $kind ->
    [value] 线索分值
    [work] 工作量积分
   *[count] 条数（按权重轮流）
}
report-people-text = 应得：每条线索的分值按权重记给每位能接的同事，加起来就是应得。实得：分到的线索整条记入。余额 = 上次结转 + 应得 − 实得；待补的人下次优先，已超的人下次靠后。
report-people-count-text = 按权重轮流的规则只数条数：每条算一份，与分值无关。
report-people-work-text = 待办按工作量积分另外记账，不与线索分值相加。
report-head-person = 销售
report-head-items = 条数
report-head-grade = 等级 { $grade }
report-head-received = 实得
report-head-entitled = 应得
report-head-before = 上次结转
report-head-balance = 余额
report-head-unbooked = 不记账
report-head-weight = 权重
report-head-load = 在手 / 上限
report-total = 合计
report-unlimited = 不限
report-weight-base = 基础 { $value }
report-weight-ramp = 上手期 { $value }
report-weight-merit = 业绩 { $value }
report-weight-adjustment = 临时 { $value }
report-weight-range = { $low } – { $high }
report-weight-varies = 因等级或条件而异
report-all-grades = 不分等级

# 公平核对
report-proof = 公平核对
report-proof-text = 每条线索记给大家的应得，与接到的人付出的分值相等，所以每个等级里所有人的余额加起来必须正好是零。任何人离零不会超过理论上限，不论谁请假、谁能接什么。
report-proof-whole-company = 全公司
report-proof-title = { $group } · { $kind }
report-proof-good = 合计为零，在上限之内
report-proof-bad = 未通过
report-proof-furthest = 离应得最远：{ $name }，{ $balance }。
report-proof-even = 每个人都正好持平。
report-proof-bound = 理论上限 { $bound }：（最大单条 { $largest } + 优先区间 { $slack }）×（参与过的人数 { $people } − 1）÷ 2{ $has-shift ->
    [yes] {" "}+ 不经比较直接记账的部分（交给负责人、人员离开、主管调整等）{ $shift }
   *[no] {""}
}。
report-proof-jain = Jain 指数 { $jain }：按实得 ÷ 应得计算，1 表示人人恰好按应得分到；线索越多越接近 1。
report-proof-departed = { $name } 已离开，{ $balance }，由其余同事分摊。
report-proof-departed-even = { $name } 已离开，余额为零。
report-proof-none = 没有使用台账：本次没有按应得或轮流分出的线索。
report-head-grade-book = 等级
report-head-dealt = 本次条数
report-head-dealt-points = 本次分值
report-head-owed-sum = 待补合计
report-head-ahead-sum = 已超合计
report-head-sum = 两者相抵

# 批量计划
report-plan = 批量计划
report-plan-text = 这批线索是一次统筹分配的。计划依次追求三件事：没分出去的线索尽量少；每个人尽量接近应得；匹配×分值尽量高。任何人都不会超过容量上限。
report-plan-value-text = 匹配×分值：一条 8 分的线索，匹配度 0.5，计 4 分。逐条分配：同样的线索一条一条分的结果。最优上限：在同样少的未分出、同样接近应得的前提下，任何计划都不可能超过的值。
report-plan-no-value = 这里没有谁比别人更适合某条线索，匹配上没有可优化的：每个人按应得分到，四舍五入到整条。
report-plan-together = 匹配×分值 { $value }，逐条分配 { $in-turn }：{ $compared ->
    [more] 统筹多出 { $difference }
    [less] 为了前两个目标，统筹少了 { $difference }
   *[same] 统筹没有差别
}。{ $bound ->
    [no-value] {""}
   *[other] 最优上限 { $bound }。
}
report-plan-sequence = 有 { $count } 条超出了已安装求解器的能力，改为逐条分配。
report-plan-best = 已证明最优
report-plan-near = 未证明最优
report-plan-short-unit = { $kind ->
    [flow] 条
   *[gap] 分
}
report-plan-left-in-turn = { $count } 条未分出
report-head-plan-of = 等级
report-head-plan-items = 条数
report-head-plan-left = 未分出
report-head-plan-short = 离应得还差
report-head-plan-value = 匹配×分值
report-head-plan-in-turn = 逐条分配
report-head-plan-bound = 最优上限
report-head-plan-proved = 结论

# 谁没有参与
report-excluded = 谁没有参与分配，为什么
report-excluded-text = 一条线索只要有一条规则能分给某人，就不算排除。直接给负责人、指定人员或公海的线索不计。
report-excluded-none = 没有人被排除：每条线索人人都能接。
report-excluded-people = { $people } 人 · { $items } 条线索
report-excluded-inactive = 已停用，任何线索都不分：{ $names }
report-excluded-outside = 不在任何分配组里，只会收到指定给本人的线索：{ $names }
report-head-missed = 没有参与的条数
report-head-detail = 最常见的情形
report-kept-availability-on-leave = 请假
report-kept-availability-switched-off = 接单开关已关闭
report-kept-closed = 不在工作时间
report-kept-capacity-open-items = 在手条数到达容量上限
report-kept-capacity-open-points = 在手分值到达容量上限
report-kept-capacity-window-items = 时段内条数到达上限
report-kept-capacity-window-points = 时段内分值到达上限
report-kept-weight-zero = 权重为 0
report-kept-level-does-not-take = 销售职级不承接这一类
report-kept-level-no-mentor = 进阶线索没有带教人
report-kept-level-unknown = 销售职级不在分配规则里
report-kept-match-region = 不在负责地区
report-kept-match-industry = 不在负责行业
report-kept-match-product = 不在负责产品
report-kept-match-skill = 技能不符
report-kept-match-language = 语言不符
report-kept-condition = 不符合规则的人员条件
report-kept-other = 其他原因

# 未分配
report-unassigned = 未分配的线索
report-unassigned-none = 每条可用的线索都分出了。
report-unassigned-text = 待分配、待主管处理和无适用规则的线索没有记入“已分配过”：处理好原因，用同一个结果文件夹再运行一次，它们会重新分配。
report-heap-title = { $outcome }：{ $count } 条
report-heap-rule = 规则“{ $rule }”
report-heap-why = 原因：{ $why }
report-heap-causes = 主要原因：{ $causes }
report-heap-cause = { $label }（{ $people } 人）
report-remedy = 办法：{ $advice }
report-remedy-pooled = 同事可以在公海领取。如果不该进公海，改这条规则的去向。
report-remedy-escalated = 请 { $where } 决定归谁，再用 evenhand book 登记，台账就会记上。
report-remedy-no-rule = 在规则最后加一条没有条件的规则，接住其余的线索。
report-remedy-group-empty = 分配组里还没有人：改分配组的条件，或在团队表里补上人。
report-remedy-full = 人人都到了容量上限：请同事处理在手的线索，或提高上限，或写明无人可接时转给谁。
report-remedy-departed = 原负责人已离开：给这家公司定一位新负责人，或把 if_departed 改成 next_rule。
report-remedy-owner-none = 没有负责人：补上负责人，或把无人可接时改成下一条规则。
report-remedy-match-region = 没有人负责这些地区：在团队表的负责地区里加上，或另写一条不看地区的规则。
report-remedy-match-industry = 没有人负责这些行业：在团队表的行业里加上，或从规则的 match 里去掉行业。
report-remedy-match-product = 没有人负责这些产品：在团队表的产品里加上，或从规则的 match 里去掉产品。
report-remedy-match-skill = 没有人有这项技能：在团队表的技能里加上，或从规则的 match 里去掉技能。
report-remedy-match-language = 没有人会这门语言：在团队表的语言里加上，或从规则的 match 里去掉语言。
report-remedy-level = 没有合适职级的人能接：放宽销售职级承接的范围，或把合适的人加进分配组。
report-remedy-away = 能接的人现在都不在：等人回来再运行一次，或写明无人可接时转给谁。
report-remedy-weight = 能接的人权重都是 0：在团队表里给出权重。
report-remedy-who = 没有人符合这条规则的人员条件（who）：放宽条件，或写明无人可接时转给谁。
report-remedy-other = 写明无人可接时转给谁：下一条规则、公海或兜底负责人。
report-head-row = 行号
report-head-item = 线索编号
report-head-company = 公司
report-head-outcome = 结果
report-head-points = 分值
report-head-why = 原因
report-first-rows = 列出前 { $shown } 条，共 { $all } 条；全部在 { $file } 里。

# 规则
report-rules = 规则起了什么作用
report-rules-text = 按顺序问：第一条符合条件又找得到人的规则定去向。
report-head-rule = 规则
report-head-when = 条件
report-head-to = 分给
report-head-applied = 符合条件
report-head-assigned = 分出
report-head-otherwise = 未分出
report-head-passed = 转下一条
report-head-state = 状态
report-when-always = 全部线索
report-state-fired = 起作用
report-state-not-reached = 没轮到：上面的规则已经分完
report-state-led-nowhere = 没有找到人
report-state-never-applied = 没有线索符合条件
report-state-off = 已停用
report-to-fair-share = 按应得分给“{ $group }”
report-to-rotation = 按权重轮流分给“{ $group }”
report-to-best-fit = 最佳匹配，“{ $group }”
report-to-owner = { $of ->
    [company] 公司的负责人
    [territory] 销售区域的负责人
   *[collector] 采集人
}
report-to-person = 指定人员 { $rep }
report-to-pool = 公海“{ $pool }”
report-if-nobody = { $do ->
    [next-rule] 无人可接：下一条规则
    [wait] 无人可接：待分配
    [pool] 无人可接：进公海“{ $where }”
    [overflow] 无人可接：{ $where } 兜底
   *[escalate] 无人可接：{ $where } 决定
}
report-causes = 凭什么分到的
report-cause-fair-share = 按应得 { $count }
report-cause-rotation = 按权重轮流 { $count }
report-cause-best-fit = 最佳匹配 { $count }
report-cause-owner = 原负责人 { $count }
report-cause-person = 指定人员 { $count }
report-cause-overflow = 兜底负责人 { $count }
report-cause-planned = 批量计划 { $count }
report-cause-manual = 人工指定 { $count }
report-cause-random = 随机校准 { $count }

# 不可用与重复的行
report-rows = 不可用的行与重复的行
report-rows-none = 没有不可用的行，也没有重复的行。
report-rejected = 不可用的行：{ $count }
report-repeated = 重复的行：{ $count }
report-head-column = 列
report-head-value = 值
report-team-cells = 团队表里没有用上的单元格：{ $count }
report-team-cells-text = 这些人照常参与分配，只是没有这一项。

# 说明
report-notes = 说明与设定
report-notes-none = 没有需要说明的假定。
report-setting-policy = 分配规则
report-setting-moment = 分配时间
report-setting-seed = 公司种子
report-setting-tau = 匹配加分上限 τ
report-setting-band = 优先区间
report-setting-grades = 等级分账
report-setting-fit = 匹配度
report-setting-hours = 工作时间
report-setting-exploration = 随机校准
report-setting-files = 结果文件
report-on = 使用
report-off = 不用
report-fit-none = 不用（τ 不起作用）
report-fit-declared = 按登记的范围
report-fit-learnt = 从历史结果学到
report-hours-ignore = 不影响分配
report-hours-exclude = 下班不分
report-moment = { $at }（{ $zone }）

# 附带的例子
demo-files = 例子的输入在 { $folder }：线索表、团队表、分配规则和历史记录。
demo-report = 打开报告：{ $report }
demo-why = 问一条为什么：{ $command }
demo-next = 换成自己的两张表：{ $command }
demo-checkup = 看看过去一年分得怎样：{ $command }
demo-folder-in-use = { $folder } 里是您自己的结果，例子不会动它；请用 --out 换一个文件夹。
