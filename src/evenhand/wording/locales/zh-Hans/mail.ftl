# 邮件。link 是只能用一次的链接，hours 是有效小时数。
mail-invite-subject = { $company } 邀请你使用衡派
mail-invite-text = { $name }，你好：

    { $company } 请你加入衡派。请打开下面的链接设置密码，{ $hours } 小时内有效，只能用一次：

    { $link }

    如果你不认识这家公司，请忽略这封邮件。
mail-reset-subject = 重新设置衡派的密码
mail-reset-text = { $name }，你好：

    请打开下面的链接重新设置密码，{ $hours } 小时内有效，只能用一次：

    { $link }

    如果不是你本人要求的，请忽略这封邮件，密码不会改变。
mail-anchor-subject = 衡派：流水存证，至第 { $position } 条
mail-anchor-text = 请保存这段内容。它是流水封存的签名存证（{ $file }）；日后凭它可以证明到此为止的流水没有被改动过。

    { $anchor }
mail-security-subject = 衡派：账号安全提醒
mail-security-text = { $name }，你好：

    { $what }

    时间：{ $at }

    如果是你本人，不用理会这封信。如果不是，请在这里查看登录记录、退出其他全部登录：

    { $link }
mail-moved-subject = 衡派：你的登录邮箱改了
mail-moved-text = { $name }，你好：

    你在 { $company } 的登录邮箱已经换成另一个地址，这个邮箱收不到通知了，也不能再用来登录。

    如果不是你的意思，请马上联系管理员。
