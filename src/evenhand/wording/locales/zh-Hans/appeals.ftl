# Why an appeal is refused
appeal-answer-missing = 判定不成立要写明理由，让申诉人看得懂
appeal-decided-already = 这次分配你已经申诉过，也有了答复；有新的情况，请在原申诉里补充
appeal-facts-missing = 请写清有什么新情况是上次没考虑到的
appeal-limit-reached = 今天补记已到 { $limit } 次的上限；请交给销售运营，或明天再处理
appeal-not-in-the-group = 申诉人已不在这个组的账里，补不了分；可以把补记分值填 0
appeal-not-open = 这件申诉已经有了结果，可能刚被别人处理
appeal-not-rejected = 只有判定不成立的申诉可以补充情况再申诉
appeal-not-your-item = 这条不是你手上的，不能按“线索无效”申诉；请换一个原因
appeal-not-yours-to-decide = 申诉人本人、当初经手的人、已经答复过的人不能处理这件申诉
appeal-note-missing = 选了“其他”就要写明情况
appeal-open-already = 这一条你已经申诉，正在等答复
appeal-points-unusable = 补记分值要是 0 或以上的数
appeal-reason-unknown = 请从列表里选一个原因
appeal-reopened-already = 已经补充过一次情况，不能再补充
appeal-text-too-long = 最多写 { $limit } 个字
appeal-too-late = 已超过 { $limit } 天，不能再申诉
appeal-too-many-open = 你已有 { $limit } 件申诉在等答复；等有了结果再提交
appeal-too-many-points = 补记 { $points } 太多：最多是这一条的分值 { $limit }
appeal-void-already = 这一条已经作废，分值已冲回

# Reasons to choose from
act-reason-credit-excluded = 不该把我排除
act-reason-credit-repeated = 重复或撞单
act-reason-credit-wrong-fact = 地区、行业等资料错了
act-reason-credit-availability = 请假或接单状态错了
act-reason-credit-invalid = 线索无效，应退回分值
act-reason-credit-other = 其他

# Notices
notice-appeal-filed = { $by } 提交了一件申诉，请你处理
notice-appeal-reopened = { $by } 补充了新情况，请你重新处理一件申诉
notice-appeal-overdue = { $by } 的一件申诉过了期限还没有答复，转给你处理
notice-appeal-upheld = { $count ->
    [0] { $by } 判定你的申诉成立
   *[other] { $by } 判定你的申诉成立，补记约 { $count } 分
}
notice-appeal-rejected = { $by } 答复了你的申诉：不成立，理由见内
