web-unavailable = 数据库暂时连不上，已收到的都在。请过几秒再试
web-csrf-failed = 页面放得太久或来自别处，为安全起见没有提交。请刷新后再试
web-refused = 你的角色不能做这件事。需要的话请找管理员
web-not-found = 这里没有你能看到的内容：也许已转交给别人，也许地址不对
