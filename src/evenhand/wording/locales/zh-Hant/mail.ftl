# 郵件。link 是只能用一次的連結，hours 是有效小時數。
mail-invite-subject = { $company } 邀請你使用衡派
mail-invite-text = { $name }，你好：

    { $company } 請你加入衡派。請開啟下面的連結設定密碼，{ $hours } 小時內有效，只能用一次：

    { $link }

    如果你不認識這家公司，請不用理會這封信。
mail-reset-subject = 重新設定衡派的密碼
mail-reset-text = { $name }，你好：

    請開啟下面的連結重新設定密碼，{ $hours } 小時內有效，只能用一次：

    { $link }

    如果不是你本人要求的，請不用理會這封信，密碼不會改變。
mail-anchor-subject = 衡派：流水紀錄存證，至第 { $position } 筆
mail-anchor-text = 請留存這段內容。它是流水紀錄封存的簽章存證（{ $file }）；日後憑它可以證明到此為止的流水紀錄沒有被更動過。

    { $anchor }
mail-security-subject = 衡派：帳號安全提醒
mail-security-text = { $name }，您好：

    { $what }

    時間：{ $at }

    如果是您本人，請不用理會這封信。如果不是，請在這裡檢視登入紀錄，並登出其他全部裝置：

    { $link }
mail-moved-subject = 衡派：您的登入信箱已變更
mail-moved-text = { $name }，您好：

    您在 { $company } 的登入信箱已換成另一個地址，這個信箱不會再收到通知，也不能再用來登入。

    如果不是您的意思，請立即聯絡管理員。
