# 分配表格时的假定与问题：线索行、团队表、状态文件。

route-all-worth-the-same = 没有等级和分值，每条线索都按 { $points } 分计
route-already-routed = { $id } 上次已分配，本次跳过
route-at-unreadable = “{ $value }”不是可用的时间；请写成 2026-11-23T09:00
route-default-policy = 没有给分配规则，用了默认规则；见输出里的 policy.yaml
route-duplicate-email = 邮箱与第 { $first-row } 行相同，算同一条线索
route-duplicate-id = 编号与第 { $first-row } 行相同，算同一条线索
route-duplicate-phone = 电话与第 { $first-row } 行相同，算同一条线索
route-fields-absent = 规则要看 { $fields }，线索表没有这样的列，都当作空
route-fit-learnt = 匹配度由 { $reps } 人的 { $outcomes } 条历史结果学得
route-history-rows-left-out = 历史里有 { $count } 行的格数比表头多，没有计入，如第 { $first } 行；内容里有分隔符时请加引号
route-history-strangers = { $count ->
    [1] 历史里的负责人 { $names } 不在团队表中
   *[other] 历史里有 { $count } 位负责人不在团队表中，如 { $names }
}
route-kind-unknown = “{ $value }”不是分配项的种类；可写线索、待办、客户、商机、网点
route-state-in-use = 另一次运行正在使用 { $file }。没有改动任何内容：请等它结束，或换一个 --state
route-folder-in-use = 另一次运行正在使用 { $folder }。没有改动任何内容：请等它结束，或换一个 --out
route-helper-lost = 第二个进程没有做完就结束了（代码 { $code }）：可能被终止，或内存不足。没有写入任何结果；用 --processes 1 可不用第二个进程
route-plan-too-long = --plan 最多处理 { $limit } 行；请去掉 --plan，或拆分表格
receipts-unreadable = { $line ->
    [no-value] 这不是完整的分配依据文件；请给 evenhand route 写出的 receipts.jsonl，或从备份恢复
   *[other] 分配依据第 { $line } 行读不懂；请给 evenhand route 写出的 receipts.jsonl，或从备份恢复
}
state-newer = { $file } 由更新的版本写成；请升级后再试
state-of-another-run = { $file } 不是这次分配的状态文件；请用 --state 指定这次的
state-unreadable = { $file } 不是分配的状态文件；请从备份恢复，或去掉它重新开始
team-id-twice = 团队表第 { $row } 行：{ $id } 出现了两次；请给每人不同的编号
team-nobody = 团队表里没有人；请至少写一位销售
team-row-without-name = 这一行没有姓名和编号；请补上

# 更改表（evenhand book）
act-void = 作废
act-transfer = 转交
act-return = 退回
act-claim = 领取
act-assign = 指定
act-credit = 补分
act-extend = 延期
edit-act-unknown = { $value ->
    [no-value] 没有写操作；可写：{ $acts }
   *[other] “{ $value }”不是一种操作；可写：{ $acts }
}
edit-already-owned = { $item } 已有负责人 { $rep }；要换人请写转交
edit-already-void = { $item } 已经作废
edit-item-missing = 没有写线索编号；请补上
edit-item-unknown = 分配记录里没有 { $item }；请核对编号
edit-not-owned = { $item } 目前没有负责人，不能转交或退回
edit-person-left = { $name } 已离职或停用，不再接收；请写别人
edit-person-missing = 没有写给谁；请补上
edit-person-unknown = 团队里没有“{ $name }”；请核对
edit-points-missing = 补分要写分值；请补上
edit-points-out-of-range = 分值 { $value } 不在 0 到 { $limit } 之间
edit-rate-out-of-range = 返还比例 { $value } 不在 0 到 100 之间
