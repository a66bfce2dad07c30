# 企业微信里的对话和登录。
web-chat-stranger = 你的企业微信还没有绑定衡派账号。请用企业微信登录一次衡派，或请管理员绑定。
web-chat-help = 可以这样问：
    “为什么 17”——线索 17 为什么分给我，或为什么没分给我
    “申诉 17 我一直在跟进这家”——对线索 17 的分配提出申诉
    问客户或商机，请写“客户 5”“商机 8”。
web-chat-no-decision = 没有可以告诉你的：编号 { $number } 没有按规则分配过，或者你当时不在可分配的人里。
web-chat-late = 晚了一步：这一条已经不在你手上，或者后来重新分配过。没有改变任何东西。
web-chat-not-allowed = 你没有做这件事的权限，没有改变任何东西。
web-chat-button-accepted = 已接受
web-chat-button-returned = 已退回
web-chat-button-late = 已失效
web-chat-said-accepted = 已接受{ $item }。
web-chat-said-accepted-before = { $item } 你已经接受过了。
web-chat-said-returned = 已退回{ $item }，会马上分给别人；这一条的分值已退还给你。
web-chat-sign-in = 用企业微信登录
web-chat-sign-in-failed = 没有登录成功
web-chat-again = 再试一次
web-chat-with-password = 用密码登录
web-chat-log-in-once = 这个企业微信账号还没有绑定。请用密码登录一次，然后确认绑定。
web-chat-linked = 已绑定企业微信。以后可以直接用它登录和接收消息。
web-chat-link-title = 绑定企业微信
web-chat-link-ask = 企业微信账号 { $address } 是你（{ $name }）本人吗？绑定以后，用它登录的人就会以你的身份进来。
web-chat-link-replaces = 你原来绑定的 { $address } 会被替换。
web-chat-link-yes = 是我，绑定
web-chat-link-no = 不是我
web-chat-appeal-why = 请写上为什么，例如：申诉 { $number } 我一直在跟进这家
web-chat-appeal-filed = 已提出对编号 { $number } 的申诉，最晚 { $due } 前答复。
