# 通知。item 是线索、客户或商机的名称，by 是经手人。
notice-item-hidden = 一个你已看不到的分配项
notice-by-system = 系统
notice-assigned = { $count ->
    [1] 新线索：{ $item }
   *[other] 你分到了 { $count } 条新线索
}
notice-given-to-you = { $by } 把 { $item } 分给了你
notice-transferred-to-you = { $by } 把 { $item } 转交给你
notice-transferred-away = { $by } 把 { $item } 转交给了别人
notice-returned = { $by } 退回了 { $item }
notice-voided = { $by } 作废了 { $item }，分值已冲回
notice-unassigned-waiting = 有 { $count } 条线索没有人能接，等你处理
notice-escalated = { $item } 按规则上报给你，请决定给谁
notice-invited = { $by } 邀请的新成员已经加入
notice-leave-set = { $by } 为你登记了请假
notice-rules-taken-over = { $by } 接过了你正在编辑的规则草稿：{ $item }
notice-rules-asked = { $by } 提交了新规则，等你复核：{ $item }
notice-rules-sent-back = { $by } 退回了你提交的规则：{ $item }
notice-rules-approved = { $by } 复核通过，新规则已发布：{ $item }
notice-rules-review-due = 规则到了复查日，请看看效果：{ $item }
