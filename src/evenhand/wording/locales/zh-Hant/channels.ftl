# 管道、聊天帳號、通知方式和 Webhook 的拒絕理由。
channel-address-unusable = 這個網址不能用：{ $value }。請填 https 開頭的完整網址，結尾不帶斜線
channel-callback-key-wrong = EncodingAESKey 是 43 位的英文字母和數字，請從企業微信管理後台原樣複製
channel-field-missing = 啟用這個管道必須填寫這一項
channel-not-a-number = 這裡要填數字：{ $value }
chat-address-taken = { $value } 已經綁定了別的成員
chat-address-unusable = 這不是有效的帳號：{ $value }
chat-channel-off = 請先啟用這個管道
chat-not-linked = 您的企業微信還沒有綁定帳號
chat-sign-in-expired = 登入已經過期，請再來一次
chat-sign-in-failed = 企業微信沒有確認您的身分，請再來一次
choice-quiet-needs-both = 勿擾時間要同時填開始和結束，或者都不填
choice-time-unreadable = 時間請寫成 22:00 這樣：{ $value }
webhook-event-unknown = 沒有這種事件：{ $value }
webhook-name-missing = 請取一個名稱
webhook-too-many = 最多 { $limit } 個
