# Why an act by hand is refused
act-limit-reached = 今天手動分配和轉交已到 { $limit } 筆的上限；請找業務營運，或明天再試
act-nobody-there = 編號為 { $rep } 的業務不存在，或不在您管的範圍裡
act-not-free = { $item } 已經有負責人；要換人請用「轉交」
act-not-yours = { $item } 不在您名下，可能剛被轉走
act-note-missing = 選了「其他」就要寫明原因
act-out-of-reach = 已不在您的權限範圍內，或您已不能這樣操作
act-reason-unknown = 請從清單裡選一個原因

# Reasons to choose from
act-reason-assign-waiting = 一直沒人接
act-reason-assign-expertise = 更懂這類業務
act-reason-assign-relationship = 與客戶熟悉
act-reason-assign-language = 語言合適
act-reason-assign-other = 其他
act-reason-transfer-leave = 原負責人請假
act-reason-transfer-overload = 原負責人忙不過來
act-reason-transfer-expertise = 更懂這類業務
act-reason-transfer-customer-wish = 客戶要求
act-reason-transfer-conflict = 撞單
act-reason-transfer-other = 其他
act-reason-return-wrong-region = 不是我負責的地區
act-reason-return-wrong-industry = 不是我負責的產業
act-reason-return-wrong-product = 不是我負責的產品
act-reason-return-language = 語言不通
act-reason-return-overload = 手上太多
act-reason-return-other = 其他
act-reason-void-duplicate = 重複
act-reason-void-invalid-contact = 聯絡方式無效
act-reason-void-spam = 垃圾訊息
act-reason-void-test = 測試資料
act-reason-void-competitor = 同行打探
act-reason-void-other = 其他
receipt-by-hand = 這是手動操作，沒有依規則算出的依據；是誰、為什麼，見上
act-reason-transfer-departure = 原負責人離職
act-reason-return-departure = 原負責人離職
act-reason-plan-list = 所在名單依一個計畫分配
act-reason-redeal-rules = 規則更新
