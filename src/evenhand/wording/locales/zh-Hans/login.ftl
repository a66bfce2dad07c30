# 登录：为什么没通过。
login-wait = 输错次数较多，请等 { $seconds } 秒再试
login-wrong = 邮箱和密码对不上
login-wrong-password = 密码不对
password-too-common = 这个密码太常见，容易被猜到
password-too-known = 密码里除了公司名、产品名和“password”这类词以外，至少还要有 { $limit } 个字符
password-too-long = 密码最多 { $limit } 个字符
password-too-short = 密码至少要 { $limit } 个字符
password-too-similar = 密码和姓名或邮箱太像了
profile-email-wrong = “{ $value }”不是邮箱地址
profile-name-missing = 请填写姓名
profile-unknown = 没有这个选项：{ $value }
second-factor-code-wrong = 验证码不对或已经用过，请用下一个
second-factor-none = 还没有设置两步验证
second-factor-there-already = 已经设置过两步验证
set-up-company-missing = 请填写公司名称
calendar-default-name = 办公时间
