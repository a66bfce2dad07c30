first-run-admin = 管理员
first-run-dealt = 已分配 { $done } / { $total } 条线索 …
first-run-demo = 第一次启动：正在准备演示公司，过去半年的线索由分配引擎逐条分配（约半分钟）…
first-run-manager = 主管
first-run-more-links = 链接用过就失效。要新的：bin/evenhand login-link 邮箱
first-run-own-company = 换成自己的公司：停止后换一个数据文件夹，再用 EVENHAND_DEMO=0 启动（docs/operate/install.md）。
first-run-ready = 演示公司“{ $company }”已准备好，人物和公司全是虚构的。点链接登录（一次有效，24 小时内）：
first-run-rep = 销售
first-run-reset = 忘记密码：bin/evenhand reset-link 邮箱
first-run-resumes = 继续使用“{ $company }”的数据，请在 { $url } 登录。
first-run-sales-ops = 销售运营
first-run-set-up = 请打开这个链接，设置您的公司（一次有效，{ $days } 天内）：

link-once = 一次有效，{ $hours } 小时内：
link-unknown-address = 没有人用 { $value } 这个邮箱
