# 通知。item 是名單、客戶或商機的名稱，by 是經手人。
notice-item-hidden = 一個你已看不到的分配項目
notice-by-system = 系統
notice-assigned = { $count ->
    [1] 新名單：{ $item }
   *[other] 你分到了 { $count } 筆新名單
}
notice-given-to-you = { $by } 把 { $item } 分給了你
notice-transferred-to-you = { $by } 把 { $item } 轉交給你
notice-revived = { $item } 的回訪日到了，已回到您名下，請再聯絡
notice-transferred-away = { $by } 把 { $item } 轉交給了別人
notice-returned = { $by } 退回了 { $item }
notice-voided = { $by } 作廢了 { $item }，分值已沖回
notice-unassigned-waiting = 有 { $count } 筆名單沒有人能接，等你處理
notice-escalated = { $item } 依規則呈報給你，請決定給誰
notice-load-over = 最近幾週事情偏多（忙碌度 { $count }%），看看怎麼減一減
notice-load-room = 你尚有餘裕（已記錄的忙碌度 { $count }%），可以看看公海
notice-load-list = 團隊裡有 { $count } 人本週新出現超出負荷或未滿載
notice-load-said = { $by } 回饋這週事情偏多
notice-load-answered = { $by } 回覆了你的負荷回饋
notice-invited = { $by } 邀請的新成員已經加入
notice-leave-set = { $by } 為你登記了請假
notice-rules-taken-over = { $by } 接手了你正在編輯的規則草稿：{ $item }
notice-rules-asked = { $by } 送出了新規則，等你複核：{ $item }
notice-rules-sent-back = { $by } 退回了你送出的規則：{ $item }
notice-rules-approved = { $by } 複核通過，新規則已發布：{ $item }
notice-rules-review-due = 規則到了複查日，請看看效果：{ $item }
# 寄到電子郵件和聊天工具裡的訊息。
notice-letter-new = { $grade ->
    [none] 新{ $kind } { $number }
   *[other] 新{ $kind } { $number }（{ $grade } 級）
}
notice-letter-item = { $kind } { $number }
notice-letter-open = 開啟
notice-letter-accept = 接受
notice-letter-return = 退回
notice-letter-why = 為什麼是我
notice-letter-return-reason = 退回的原因
notice-letter-by = { $reason ->
    [none] { $name } 分給你
   *[other] { $name } 分給你：{ $reason }
}
notice-letter-fact-points = 分值
notice-letter-fact-region = 區域
notice-letter-fact-product = 產品
notice-letter-fact-source = 來源
notice-letter-fact-due = 首聯期限
notice-letter-more = 還有 { $count } 則
notice-letter-digest = 有 { $count } 則新訊息
notice-letter-mail = { $name }，您好：

    { $title }
    { $lines }

    { $link }

    想換一種通知方式，請到：{ $choices }
notice-fairness-crossed = 一個組越過了公平目標：最大偏差約 { $count } 分，請看是誰差得最多、哪些人工調整造成的
notice-fairness-kept = 一個組又達到了公平目標：最大偏差約 { $count } 分
notice-fairness-report = { $count } 月的公平報告出來了
notice-own-password = 您的登入密碼已變更（操作人：{ $by }）。不是您的意思？請立即重設密碼，並告知管理員
notice-own-factor-on = 您的兩步驟驗證已開啟
notice-own-factor-off = 您的兩步驟驗證已關閉（操作人：{ $by }）。不是您的意思？請告知管理員
notice-own-recovery = 有人用復原碼登入了您的帳號。不是您？請立即修改密碼，並換一批復原碼
notice-own-browser = 您的帳號在一個新的瀏覽器登入了。不是您？請登出該裝置，並修改密碼
notice-own-mail = { $by } 修改了您的登入信箱
notice-own-factor-asked = 公司要求每個人都開啟兩步驟驗證，請到「登入與安全」設定，兩分鐘就好
