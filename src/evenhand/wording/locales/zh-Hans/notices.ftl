# 通知。item 是线索、客户或商机的名称，by 是经手人。
notice-item-hidden = 一个你已看不到的分配项
notice-by-system = 系统
notice-assigned = { $count ->
    [1] 新线索：{ $item }
   *[other] 你分到了 { $count } 条新线索
}
notice-given-to-you = { $by } 把 { $item } 分给了你
notice-transferred-to-you = { $by } 把 { $item } 转交给你
notice-revived = { $item } 的回访日到了，已回到你名下，请再联系
notice-transferred-away = { $by } 把 { $item } 转交给了别人
notice-returned = { $by } 退回了 { $item }
notice-voided = { $by } 作废了 { $item }，分值已冲回
notice-unassigned-waiting = 有 { $count } 条线索没有人能接，等你处理
notice-escalated = { $item } 按规则上报给你，请决定给谁
notice-load-over = 最近几周事情偏多（忙碌度 { $count }%），看看怎么减一减
notice-load-room = 你还有余力（已记录的忙碌度 { $count }%），可以看看公海
notice-load-list = 团队里有 { $count } 人本周新出现超负荷或不饱和
notice-load-said = { $by } 反馈这周事情偏多
notice-load-answered = { $by } 回复了你的负荷反馈
notice-invited = { $by } 邀请的新成员已经加入
notice-leave-set = { $by } 为你登记了请假
notice-rules-taken-over = { $by } 接过了你正在编辑的规则草稿：{ $item }
notice-rules-asked = { $by } 提交了新规则，等你复核：{ $item }
notice-rules-sent-back = { $by } 退回了你提交的规则：{ $item }
notice-rules-approved = { $by } 复核通过，新规则已发布：{ $item }
notice-rules-review-due = 规则到了复查日，请看看效果：{ $item }
# 发到邮件和聊天工具里的消息。
notice-letter-new = { $grade ->
    [none] 新{ $kind } { $number }
   *[other] 新{ $kind } { $number }（{ $grade } 级）
}
notice-letter-item = { $kind } { $number }
notice-letter-open = 打开
notice-letter-accept = 接受
notice-letter-return = 退回
notice-letter-why = 为什么是我
notice-letter-return-reason = 退回的原因
notice-letter-by = { $reason ->
    [none] { $name } 分给你
   *[other] { $name } 分给你：{ $reason }
}
notice-letter-fact-points = 分值
notice-letter-fact-region = 区域
notice-letter-fact-product = 产品
notice-letter-fact-source = 来源
notice-letter-fact-due = 首联截止
notice-letter-more = 还有 { $count } 条
notice-letter-digest = 有 { $count } 条新消息
notice-letter-mail = { $name }，你好：

    { $title }
    { $lines }

    { $link }

    想换一种通知方式，请到：{ $choices }
notice-fairness-crossed = 一个组越过了公平目标：最大偏差约 { $count } 分，请看是谁差得最多、哪些人工调整造成的
notice-fairness-kept = 一个组又达到了公平目标：最大偏差约 { $count } 分
notice-fairness-report = { $count } 月的公平报告出来了
notice-own-password = 你的登录密码改了（操作人：{ $by }）。不是你的意思？请马上重设密码，并告诉管理员
notice-own-factor-on = 你的两步验证已开启
notice-own-factor-off = 你的两步验证已关闭（操作人：{ $by }）。不是你的意思？请告诉管理员
notice-own-recovery = 有人用恢复码登录了你的账号。不是你？请马上修改密码，并换一批恢复码
notice-own-browser = 你的账号在一个新的浏览器上登录了。不是你？请退出那个登录，并修改密码
notice-own-mail = { $by } 改了你的登录邮箱
notice-own-factor-asked = 公司要求每个人都开启两步验证，请到“登录与安全”里设置，两分钟就好
