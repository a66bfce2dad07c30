# Why an act by hand is refused
act-limit-reached = 今天手工分配和转交已到 { $limit } 条的上限；请找销售运营，或明天再试
act-nobody-there = 编号为 { $rep } 的销售不存在，或不在你管的范围里
act-not-free = { $item } 已经有负责人；要换人请用“转交”
act-not-yours = { $item } 不在你名下，可能刚被转走
act-note-missing = 选了“其他”就要写明原因
act-out-of-reach = 已不在你的权限范围内，或你已不能这样操作
act-reason-unknown = 请从列表里选一个原因

# Reasons to choose from
act-reason-assign-waiting = 一直没人接
act-reason-assign-expertise = 更懂这类业务
act-reason-assign-relationship = 与客户熟悉
act-reason-assign-language = 语言合适
act-reason-assign-other = 其他
act-reason-transfer-leave = 原负责人请假
act-reason-transfer-overload = 原负责人忙不过来
act-reason-transfer-expertise = 更懂这类业务
act-reason-transfer-customer-wish = 客户要求
act-reason-transfer-conflict = 撞单
act-reason-transfer-other = 其他
act-reason-return-wrong-region = 不是我负责的地区
act-reason-return-wrong-industry = 不是我负责的行业
act-reason-return-wrong-product = 不是我负责的产品
act-reason-return-language = 语言不通
act-reason-return-overload = 手上太多
act-reason-return-other = 其他
act-reason-void-duplicate = 重复
act-reason-void-invalid-contact = 联系方式无效
act-reason-void-spam = 垃圾信息
act-reason-void-test = 测试数据
act-reason-void-competitor = 同行打探
act-reason-void-other = 其他
receipt-by-hand = 这是手工操作，没有按规则算出的依据；是谁、为什么，见上
act-reason-transfer-departure = 原负责人离职
act-reason-return-departure = 原负责人离职
act-reason-plan-list = 所在名单按一个计划分配
act-reason-redeal-rules = 规则更新
