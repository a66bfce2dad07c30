# 出错时说的话。
web-unavailable-title = 数据库暂时连不上
web-unavailable = 已收到的都在。请过几秒再试
web-csrf-failed-title = 没有提交
web-csrf-failed = 页面放得太久或来自别处，为安全起见没有提交。请刷新后再试
web-refused-title = 没有权限
web-refused = 你的角色不能做这件事。需要的话请找管理员
web-not-found-title = 没有找到
web-not-found = 这里没有你能看到的内容：也许已转交给别人，也许地址不对
web-conflict-title = 这次没有办成
web-conflict-nothing-changed = 什么都没有改动
web-failed-page-title = 出了点问题
web-failed-page = 这是程序的问题，已经记下。什么都没有改动，请稍后再试
web-bad-request-title = 看不懂这个请求
web-bad-request = 地址或内容不完整，什么都没有改动
