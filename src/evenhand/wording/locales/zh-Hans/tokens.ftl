token-life-out-of-range = 密钥有效期为 1 到 { $limit } 天
token-name-missing = 请给密钥起个名字，以后好知道是哪个程序在用
token-scopes-unknown = 请至少选择一项权限范围：{ $choices }
