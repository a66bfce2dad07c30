# 企業微信裡的對話和登入。
web-chat-stranger = 您的企業微信還沒有綁定衡派帳號。請用企業微信登入一次衡派，或請管理員綁定。
web-chat-help = 可以這樣問：
    「為什麼 17」——名單 17 為什麼分給我，或為什麼沒分給我
    「申訴 17 我一直在跟進這家」——對名單 17 的分配提出申訴
    問客戶或商機，請寫「客戶 5」「商機 8」。
web-chat-no-decision = 沒有可以告訴您的：編號 { $number } 沒有依規則分配過，或者您當時不在可分配的人裡。
web-chat-late = 晚了一步：這一條已經不在您手上，或者後來重新分配過。沒有改變任何東西。
web-chat-not-allowed = 您沒有做這件事的權限，沒有改變任何東西。
web-chat-button-accepted = 已接受
web-chat-button-returned = 已退回
web-chat-button-late = 已失效
web-chat-said-accepted = 已接受{ $item }。
web-chat-said-accepted-before = { $item } 您已經接受過了。
web-chat-said-returned = 已退回{ $item }，會馬上分給別人；這一條的分值已退還給您。
web-chat-sign-in = 用企業微信登入
web-chat-sign-in-failed = 沒有登入成功
web-chat-again = 再試一次
web-chat-with-password = 用密碼登入
web-chat-log-in-once = 這個企業微信帳號還沒有綁定。請用密碼登入一次，然後確認綁定。
web-chat-linked = 已綁定企業微信。以後可以直接用它登入和接收訊息。
web-chat-link-title = 綁定企業微信
web-chat-link-ask = 企業微信帳號 { $address } 是您（{ $name }）本人嗎？綁定以後，用它登入的人就會以您的身分進來。
web-chat-link-replaces = 您原來綁定的 { $address } 會被取代。
web-chat-link-yes = 是我，綁定
web-chat-link-no = 不是我
web-chat-appeal-why = 請寫上為什麼，例如：申訴 { $number } 我一直在跟進這家
web-chat-appeal-filed = 已提出對編號 { $number } 的申訴，最晚 { $due } 前答覆。
