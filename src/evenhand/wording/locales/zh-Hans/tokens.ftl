token-life-out-of-range = 令牌有效期为 1 到 { $limit } 天
token-name-missing = 请给令牌起个名字，以后好知道是哪个程序在用
token-scopes-unknown = 请至少选择一项权限范围：{ $choices }
