# 所有頁面共用：選單、頂列、清單、時間、提示。
web-product = 衡派
web-skip = 跳到內文
web-menu = 選單
web-menu-all = 全部選單
web-menu-short = 常用頁面
web-more = 更多
web-close = 關閉
web-cancel = 取消
web-confirm = 確定
web-back = 返回
web-to-start = 回到今日
web-drawer = 詳細內容
web-search = 搜尋姓名、公司、電話
web-language = 切換語言
web-theme-dark = 切換為深色
web-theme-light = 切換為淺色
web-user-menu = { $name } 的選單
web-profile = 個人資料
web-security = 登入與安全
web-login = 登入
web-logout = 登出
web-failed = 沒有成功，請稍後再試
web-offline = 網路不通，剛才的操作沒有送達

web-nav-work = 工作
web-nav-dealing = 分配
web-nav-people = 人員
web-nav-system = 系統
web-nav-today = 今日
web-nav-leads = 名單
web-nav-pool = 公海
web-nav-my-leads = 我的名單
web-nav-accounts = 客戶
web-nav-opportunities = 商機
web-nav-intake = 新增名單
web-nav-availability = 接單狀態
web-nav-distribution = 分配動態
web-nav-unassigned = 未分配
web-nav-fairness = 公平
web-nav-fairness-reports = 公平報告
web-nav-appeals = 申訴
web-nav-conflicts = 撞單查詢
web-nav-my-appeals = 我的申訴
web-nav-overrides = 人工調整
web-nav-policies = 分配規則
web-nav-members = 成員
web-nav-teams = 組織架構
web-nav-leave = 請假
web-nav-rosters = 值班表
web-nav-calendars = 工作行事曆
web-nav-journal = 流水紀錄
web-nav-tokens = API 金鑰
web-nav-company = 公司設定
web-nav-help = 說明

web-role-rep = 業務
web-role-manager = 主管
web-role-sales_ops = 業務營運
web-role-admin = 管理員
web-role-auditor = 稽核

web-keys = 快速鍵
web-key-search = 搜尋
web-key-rows = 下一列、上一列
web-key-open = 開啟這一列
web-key-claim = 在公海：領取
web-key-close = 關閉側欄或視窗
web-key-help = 顯示這份說明

web-query = 查詢
web-reset = 重設
web-any = 全部
web-pages = 換頁
web-page = 第 { $number } 頁
web-page-size = 每頁
web-total = 共 { $count } 筆
web-total-about = 約 { $count } 筆，最多翻到第 10000 筆；縮小篩選範圍可看到其餘的

web-points = { $points } 分
web-ago-minutes = { $count ->
    [0] 剛剛
   *[other] { $count } 分鐘前
}
web-ago-hours = { $count } 小時前
web-today-at = 今天 { $clock }
web-countdown-left-many = 還有 { $hours } 小時工作時間
web-countdown-over-many = 已過時限 { $hours } 小時工作時間
web-countdown-left-now = 還有不到 1 分工作時間
web-countdown-over-now = 剛過時限
web-countdown-left-hours = 還有 { $hours } 小時 { $minutes } 分工作時間
web-countdown-left-minutes = 還有 { $minutes } 分工作時間
web-countdown-over-hours = 已過時限 { $hours } 小時 { $minutes } 分工作時間
web-countdown-over-minutes = 已過時限 { $minutes } 分工作時間

web-state-untended = 無人負責
web-state-queued = 未分配
web-state-owned = 已分配
web-state-pooled = 公海
web-state-merged = 已合併
web-state-rejected = 不可用
web-state-closed = 已關閉
web-stage-new = 新名單
web-stage-contacted = 已聯絡
web-stage-qualified = 有意願
web-stage-converted = 已轉商機
web-stage-lost = 未成
web-opportunity-stage-discovery = 需求訪談
web-opportunity-stage-proposal = 提案報價
web-opportunity-stage-negotiation = 議價
web-opportunity-stage-won = 成交
web-opportunity-stage-lost = 失單

web-notices = 通知
web-notices-unread = { $count ->
    [0] 通知，沒有未讀
   *[other] 通知，{ $count } 則未讀
}
web-notices-new = 未讀：
web-notices-read-all = 全部標為已讀
web-notices-older = 更早的
web-notices-none = 還沒有通知
web-notices-none-text = 有名單轉給你、被收回，或需要你決定時，會出現在這裡
web-too-fast-title = 請慢一點
