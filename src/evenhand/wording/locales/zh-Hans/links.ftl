link-nobody = 没有这个人，或已停用
link-not-a-demo = 登录链接只用于演示公司；请改用 evenhand reset-link
link-set-up-already = 公司已经设置好了；请登录
link-unusable = 这个链接已经用过或已过期；请向管理员要一个新的
