# 渠道、聊天账号、通知方式和 Webhook 的拒绝理由。
channel-address-unusable = 这个地址不能用：{ $value }。请填 https 开头的完整地址，结尾不带斜杠
channel-callback-key-wrong = EncodingAESKey 是 43 位的字母和数字，请从企业微信管理后台原样复制
channel-field-missing = 开启这个渠道必须填写这一项
channel-not-a-number = 这里要填数字：{ $value }
chat-address-taken = { $value } 已经绑定了别的成员
chat-address-unusable = 这不是有效的账号：{ $value }
chat-channel-off = 请先开启这个渠道
chat-not-linked = 你的企业微信还没有绑定账号
chat-sign-in-expired = 登录已经过期，请再来一次
chat-sign-in-failed = 企业微信没有确认你的身份，请再来一次
choice-quiet-needs-both = 免打扰时间要同时填开始和结束，或者都不填
choice-time-unreadable = 时间请写成 22:00 这样：{ $value }
webhook-event-unknown = 没有这种事件：{ $value }
webhook-name-missing = 请起一个名字
webhook-too-many = 最多 { $limit } 个
