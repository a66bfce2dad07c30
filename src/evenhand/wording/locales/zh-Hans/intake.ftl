intake-nobody = 姓名、公司、手机、邮箱至少填一项，否则不知道是谁
intake-not-a-number = 要填不小于 0 的数字
intake-not-an-email = 不是邮箱地址；请写成 name@example.com
intake-not-flat = 要一层的键值，值为文字、数字、是或否
intake-not-text = 要填文字
intake-too-long = 太长；最多 { $limit } 个字
intake-unknown-field = 没有这个字段；自有字段请放进 extra
