# 今日。
web-today-due = 待首次聯絡
web-today-overdue = 已過時限
web-today-overdue-count = { $count } 筆已過時限
web-today-given = 今天分到
web-today-open = 手上
web-today-open-leads = 手上的名單
web-today-all-due = 查看全部 { $count } 筆
web-today-none-due = 沒有等你首次聯絡的名單
web-today-none-due-text = 新名單一分到就會出現在這裡，附上首次聯絡的倒數
web-today-none-due-away = 你現在不接新名單；恢復以後，新名單會出現在這裡
web-today-to-leads = 看我的名單
web-today-ending = 即將到期
web-today-kind =
    { $kind ->
        [account] 客戶
        [opportunity] 商機
       *[lead] 名單
    }
web-today-all-ending =
    { $kind ->
        [account] 全部 { $count } 家客戶
        [opportunity] 全部 { $count } 個商機
       *[lead] 全部 { $count } 筆名單
    }
web-today-recent = 今天分到、已聯絡過
web-today-revived = 今天回訪
web-today-why = 為什麼分給我
web-today-call = 打電話
web-today-switch = 接單開關
web-today-accepting = 正常接單
web-today-switch-off = 暫停接單
web-today-switch-on = 恢復接單
web-today-switch-off-ask = 暫停以後，新名單先給別人，也不記你的應得；手上的名單不受影響。確定暫停？
web-today-all-notices = 全部通知
web-today-nothing = 今天沒有要你處理的事
web-today-nothing-text = 左邊的選單裡有你能看的內容
web-today-oldest = 最早
web-today-dealt = 今天分出
web-today-by-hand = 其中人工
web-today-away-of = 現在不接單（共 { $people } 人）
web-today-people = 今天各人
web-today-rep = 業務
web-today-points = 分值
web-today-longest = 等最久的
web-today-team-quiet = 今天還沒有分出名單
web-today-team-quiet-text = 分到誰、誰還沒聯絡，會列在這裡
web-today-away = 現在不接單的人
web-today-machine = 系統狀態
web-today-machine-well = 正常
web-today-machine-look = 需要看一下
web-today-workers = 背景程序
web-today-jobs-failed = 失敗的工作
web-today-effects-due = 待送出
web-today-effects-parked = 沒有送成
