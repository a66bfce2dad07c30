# 客户安宁：为什么现在不能打扰一位客户
peace-company-held = 同一家公司已有同事在负责，一家公司只由一个人跟进；请先和主管商量
peace-contacts = 已主动联系 { $count } 次，达到 { $limit } 次的上限{ $opens-at ->
    [no-value] ，请等客户主动联系
   *[other] ，{ $opens-at } 后可以再联系
}
peace-left-in-peace = 客户从 { $from-at } 起要求请勿打扰，不能领取或分配；主管可以解除
peace-no-contact = 客户从 { $from-at } 起要求请勿打扰，请不要主动联系；主管可以解除
peace-nobody-known = 没有联系人也没有公司，不知道请勿打扰的是谁；请先填写电话、邮箱或公司
peace-owners = 这位客户已有 { $count } 人负责过，达到 { $limit } 人的上限{ $opens-at ->
    [no-value] ，只能交给负责过的人
   *[other] ，{ $opens-at } 后可以换新的人，现在只能交给负责过的人
}
peace-quiet = 上一位负责人刚放手，客户在安静期内，{ $opens-at } 后可以再接手

# 详情页
web-peace-title = 客户安宁
web-peace-owners = 负责过的人 / 上限
web-peace-contacts = 主动联系 / 上限
web-peace-quiet = 安静期到
web-peace-leave = 请勿打扰
web-peace-leave-text = 记下客户不愿再被联系：之后不能主动联系、领取或分配，只有主管能解除。
web-peace-lift = 解除请勿打扰
web-peace-lift-confirm = 确定客户愿意再被联系？
web-leads-event-left-in-peace = 客户要求请勿打扰
web-leads-event-peace-lifted = 解除了请勿打扰

# 规则要分配时为什么等着
web-heap-peace-company-held = 这家公司已有同事负责
web-heap-peace-owners = 客户换过的负责人已到上限
web-heap-peace-quiet = 客户在安静期内
web-heap-peace-left-in-peace = 客户要求不再打扰
web-remedy-peace-company-held = 负责这家公司的人能接时会自动给他；也可以把整家公司转给别人
web-remedy-peace-owners = 可以交给以前的负责人；到允许换人的时间再给新人
web-remedy-peace-quiet = 安静期过后会自动分配
web-remedy-peace-left-in-peace = 主管可以在详情页解除
