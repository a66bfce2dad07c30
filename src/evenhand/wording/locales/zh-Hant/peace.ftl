# 客戶安寧：為什麼現在不能打擾一位客戶
peace-company-held = 同一家公司已有同事在負責，一家公司只由一個人跟進；請先和主管商量
peace-contacts = 已主動聯絡 { $count } 次，達到 { $limit } 次的上限{ $opens-at ->
    [no-value] ，請等客戶主動聯絡
   *[other] ，{ $opens-at } 後可以再聯絡
}
peace-left-in-peace = 客戶從 { $from-at } 起要求請勿打擾，不能領取或分配；主管可以解除
peace-no-contact = 客戶從 { $from-at } 起要求請勿打擾，請不要主動聯絡；主管可以解除
peace-nobody-known = 沒有聯絡人也沒有公司，不知道請勿打擾的是誰；請先填寫電話、信箱或公司
peace-owners = 這位客戶已有 { $count } 人負責過，達到 { $limit } 人的上限{ $opens-at ->
    [no-value] ，只能交給負責過的人
   *[other] ，{ $opens-at } 後可以換新的人，現在只能交給負責過的人
}
peace-quiet = 上一位負責人剛放手，客戶在安靜期內，{ $opens-at } 後可以再接手

# 詳情頁
web-peace-title = 客戶安寧
web-peace-owners = 負責過的人 / 上限
web-peace-contacts = 主動聯絡 / 上限
web-peace-quiet = 安靜期到
web-peace-leave = 請勿打擾
web-peace-leave-text = 記下客戶不願再被聯絡：之後不能主動聯絡、領取或分配，只有主管能解除。
web-peace-lift = 解除請勿打擾
web-peace-lift-confirm = 確定客戶願意再被聯絡？
web-leads-event-left-in-peace = 客戶要求請勿打擾
web-leads-event-peace-lifted = 解除了請勿打擾

# 規則要分配時為什麼等著
web-heap-peace-company-held = 這家公司已有同事負責
web-heap-peace-owners = 客戶換過的負責人已到上限
web-heap-peace-quiet = 客戶在安靜期內
web-heap-peace-left-in-peace = 客戶要求不再打擾
web-remedy-peace-company-held = 負責這家公司的人能接時會自動給他；也可以把整家公司轉給別人
web-remedy-peace-owners = 可以交給以前的負責人；到允許換人的時間再給新人
web-remedy-peace-quiet = 安靜期過後會自動分配
web-remedy-peace-left-in-peace = 主管可以在詳情頁解除
