# 所有页面共用：菜单、顶栏、列表、时间、提示。
web-product = 衡派
web-skip = 跳到正文
web-menu = 菜单
web-menu-all = 全部菜单
web-menu-short = 常用页面
web-more = 更多
web-close = 关闭
web-cancel = 取消
web-confirm = 确定
web-back = 返回
web-to-start = 回到今日
web-drawer = 详情
web-search = 搜索姓名、公司、电话
web-language = 切换语言
web-theme-dark = 切换到深色
web-theme-light = 切换到浅色
web-user-menu = { $name } 的菜单
web-profile = 个人资料
web-security = 登录与安全
web-login = 登录
web-logout = 退出登录
web-failed = 没有成功，请稍后再试
web-offline = 网络不通，刚才的操作没有送达

web-nav-work = 工作
web-nav-dealing = 分配
web-nav-people = 人员
web-nav-system = 系统
web-nav-today = 今日
web-nav-leads = 线索
web-nav-pool = 公海
web-nav-my-leads = 我的线索
web-nav-accounts = 客户
web-nav-opportunities = 商机
web-nav-intake = 录入线索
web-nav-availability = 可用状态
web-nav-distribution = 分配动态
web-nav-unassigned = 未分配
web-nav-fairness = 公平
web-nav-fairness-reports = 公平报告
web-nav-appeals = 申诉
web-nav-conflicts = 撞单查询
web-nav-my-appeals = 我的申诉
web-nav-overrides = 人工调整
web-nav-policies = 分配规则
web-nav-members = 成员
web-nav-teams = 组织架构
web-nav-leave = 请假
web-nav-rosters = 值班表
web-nav-calendars = 工作日历
web-nav-journal = 流水
web-nav-tokens = 接口密钥
web-nav-company = 公司设置
web-nav-help = 帮助

web-role-rep = 销售
web-role-manager = 主管
web-role-sales_ops = 销售运营
web-role-admin = 管理员
web-role-auditor = 审计

web-keys = 快捷键
web-key-search = 搜索
web-key-rows = 下一行、上一行
web-key-open = 打开这一行
web-key-claim = 在公海：领取
web-key-close = 关闭抽屉或弹窗
web-key-help = 显示这份说明

web-query = 查询
web-reset = 重置
web-any = 全部
web-pages = 翻页
web-page = 第 { $number } 页
web-page-size = 每页
web-total = 共 { $count } 条
web-total-about = 约 { $count } 条，翻到第 10000 条为止；缩小筛选范围可看到其余的

web-points = { $points } 分
web-ago-minutes = { $count ->
    [0] 刚刚
   *[other] { $count } 分钟前
}
web-ago-hours = { $count } 小时前
web-today-at = 今天 { $clock }
web-countdown-left-many = 还剩 { $hours } 小时工作时间
web-countdown-over-many = 已过时限 { $hours } 小时工作时间
web-countdown-left-now = 还剩不到 1 分工作时间
web-countdown-over-now = 刚过时限
web-countdown-left-hours = 还剩 { $hours } 小时 { $minutes } 分工作时间
web-countdown-left-minutes = 还剩 { $minutes } 分工作时间
web-countdown-over-hours = 已过时限 { $hours } 小时 { $minutes } 分工作时间
web-countdown-over-minutes = 已过时限 { $minutes } 分工作时间

web-state-untended = 无人负责
web-state-queued = 未分配
web-state-owned = 已分配
web-state-pooled = 公海
web-state-merged = 已合并
web-state-rejected = 不可用
web-state-closed = 已关闭
web-stage-new = 新线索
web-stage-contacted = 已联系
web-stage-qualified = 有意向
web-stage-converted = 已转商机
web-stage-lost = 未成
web-opportunity-stage-discovery = 需求了解
web-opportunity-stage-proposal = 方案报价
web-opportunity-stage-negotiation = 商务谈判
web-opportunity-stage-won = 赢单
web-opportunity-stage-lost = 丢单

web-notices = 通知
web-notices-unread = { $count ->
    [0] 通知，没有未读
   *[other] 通知，{ $count } 条未读
}
web-notices-new = 未读：
web-notices-read-all = 全部标为已读
web-notices-older = 更早的
web-notices-none = 还没有通知
web-notices-none-text = 有线索转给你、被收回，或者需要你决定时，会出现在这里
web-too-fast-title = 请慢一点
