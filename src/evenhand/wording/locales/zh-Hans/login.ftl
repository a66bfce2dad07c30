# 登录：为什么没通过。
login-wait = 输错次数较多，请等 { $seconds } 秒再试
login-wrong = 邮箱和密码对不上
login-wrong-password = 密码不对
password-weak = 请换一个密码
profile-email-wrong = “{ $value }”不是邮箱地址
profile-name-missing = 请填写姓名
profile-unknown = 没有这个选项：{ $value }
second-factor-code-wrong = 验证码不对或已经用过，请用下一个
second-factor-none = 还没有设置两步验证
second-factor-there-already = 已经设置过两步验证
set-up-company-missing = 请填写公司名称
calendar-default-name = 办公时间
