# 今日。
web-today-due = 待首次联系
web-today-overdue = 已过时限
web-today-overdue-count = { $count } 条已过时限
web-today-given = 今天分到
web-today-open = 手上
web-today-open-leads = 手上的线索
web-today-all-due = 查看全部 { $count } 条
web-today-none-due = 没有等你首次联系的线索
web-today-none-due-text = 新线索一分到就会出现在这里，带着首次联系的倒计时
web-today-none-due-away = 你现在不接新线索；恢复以后，新线索会出现在这里
web-today-to-leads = 看我的线索
web-today-ending = 即将到期
web-today-kind =
    { $kind ->
        [account] 客户
        [opportunity] 商机
       *[lead] 线索
    }
web-today-all-ending =
    { $kind ->
        [account] 全部 { $count } 家客户
        [opportunity] 全部 { $count } 个商机
       *[lead] 全部 { $count } 条线索
    }
web-today-recent = 今天分到、已联系过
web-today-revived = 今天回访
web-today-why = 为什么分给我
web-today-call = 打电话
web-today-switch = 接单开关
web-today-accepting = 正常接单
web-today-switch-off = 暂停接单
web-today-switch-on = 恢复接单
web-today-switch-off-ask = 暂停以后，新线索先给别人，也不记你的应得；手上的线索不受影响。确定暂停？
web-today-all-notices = 全部通知
web-today-nothing = 今天没有要你处理的事
web-today-nothing-text = 左边的菜单里有你能看的内容
web-today-oldest = 最早
web-today-dealt = 今天分出
web-today-by-hand = 其中人工
web-today-away-of = 现在不接单（共 { $people } 人）
web-today-people = 今天各人
web-today-rep = 销售
web-today-points = 分值
web-today-longest = 等得最久的
web-today-team-quiet = 今天还没有分出线索
web-today-team-quiet-text = 分到谁、谁还没联系，会列在这里
web-today-away = 现在不接单的人
web-today-machine = 系统状态
web-today-machine-well = 正常
web-today-machine-look = 需要看一下
web-today-workers = 后台进程
web-today-jobs-failed = 失败的任务
web-today-effects-due = 待发出
web-today-effects-parked = 没有发成
