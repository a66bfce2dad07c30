# The command `evenhand route`: outcomes, one-sentence reasons, headings, messages.

route-outcome-assigned = 已分配
route-outcome-pooled = 已入公海
route-outcome-waiting = 待分配
route-outcome-escalated = 待主管处理
route-outcome-no-rule = 无适用规则

route-why-fair-share = 规则「{ $rule }」：待补最多
route-why-owed = 规则「{ $rule }」：计入本条后待补 { $owed } 分，排在最前
route-why-owed-and-fit = 规则「{ $rule }」：计入本条后待补 { $owed } 分，加匹配加分 { $bonus } 分，排在最前
route-why-random = 规则「{ $rule }」：随机校准，在待补相近的同事中随机选出
route-why-rotation = 规则「{ $rule }」：按条数轮到
route-why-best-fit = 规则「{ $rule }」：匹配度最高
route-why-owner = 规则「{ $rule }」：由原负责人跟进
route-why-person = 规则「{ $rule }」：指定负责人
route-why-overflow = 规则「{ $rule }」：无人可接，转给兜底负责人
route-why-planned = 批量计划
route-why-manual = 人工指定
route-why-pooled = 规则「{ $rule }」：进入公海「{ $where }」
route-why-pooled-because = 规则「{ $rule }」：进入公海「{ $where }」（{ $why }）
route-why-waiting = 规则「{ $rule }」：暂留待分配（{ $why }）
route-why-escalated = 规则「{ $rule }」：交给 { $where } 决定（{ $why }）
route-why-no-rule = 没有规则适用于这条线索
route-why-no-rule-because = 适用的规则都未能分出（{ $why }）

route-column-row = 行号
route-column-outcome = 分配结果
route-column-owner = 负责人
route-column-owner-id = 负责人工号
route-column-why = 分配依据
route-column-rule = 规则
route-column-grade = 线索等级
route-column-points = 线索分值
route-column-mentor = 带教人
route-column-item = 线索编号
route-column-column = 列
route-column-value = 值
route-column-reason = 原因
route-column-first-row = 首次出现行号

route-sheet-assignments = 分配结果
route-reading = 正在分配
route-done = 共 { $rows } 行：已分配 { $assigned }，未分配 { $left }，重复 { $repeated }，不可用 { $rejected }。
route-sound = 台账核对：各等级合计为零；离应得最远 { $furthest } 分，理论上限 { $bound } 分。
route-unsound = 台账核对未通过：请保留 { $file } 并反馈给我们。
route-files = 结果在 { $folder }：
route-compact = 超过 { $limit } 行：不生成 XLSX 和报告，分配依据为精简格式（可用 explain 还原）。
route-assumed = 说明：
route-team-cell = 团队表第 { $row } 行，“{ $column }”列，这个值没有用：{ $why }
route-planning = 先读完所有行，再整批安排……
route-planned = 批量计划：{ $plans } 个计划共安排 { $items } 条，{ $left } 条没有空位；匹配×分值 { $value }（{ $optimal ->
    [yes] 已证明最优
   *[no] 未证明最优
}；{ $solver }）。
route-plan-too-large = { $items } 条改为逐条分配：已安装的求解器算不了这么大的计划；可安装 evenhand[optimise]。
route-replaced = 原有结果已移到 { $folder }。

cannot-access = { $file ->
    [no-value] 无法写入：{ $what }；请检查磁盘空间
   *[other] 无法读写 { $file }：{ $what }；请检查路径和权限
}
interrupted = 已中断，没有作任何更改。

book-done = 已登记 { $booked } 项更改，{ $refused } 项未登记。
book-refused = 第 { $row } 行未登记：{ $why }

replay-running = 正在重算
replay-done = 已重算 { $runs } 次运行、{ $decisions } 条分配、{ $edits } 项更改。
replay-identical = 与分配依据逐字节一致。
replay-differs = 有 { $count } 行与重算结果不一致：
replay-line = 第 { $line } 行：

route-default-group = 全员
route-default-owner-rule = 老客户归原负责人
route-default-share-rule = 公平分配

explain-unknown-lead = 分配依据中没有线索 { $lead }。请核对线索编号。
explain-unknown-rep = 团队中没有“{ $rep }”。请写工号，或不重名的姓名。
explain-differs = 注意：文件记录的负责人与按规则重算的结果不一致，请运行 evenhand replay 核对。
explain-edit-void = 之后作废（经办人：{ $by }；原因：{ $note }）
explain-edit-transfer = 之后转交给 { $to }（经办人：{ $by }；原因：{ $note }）
explain-edit-return = 之后退回（经办人：{ $by }；原因：{ $note }）
explain-edit-claim = 之后由 { $to } 领取（经办人：{ $by }；原因：{ $note }）
explain-edit-assign = 之后指定给 { $to }（经办人：{ $by }；原因：{ $note }）
explain-edit-credit = 之后为 { $to } 补分（经办人：{ $by }；原因：{ $note }）
explain-colleague = 同事 { $number }
