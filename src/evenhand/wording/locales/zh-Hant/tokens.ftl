token-life-out-of-range = 金鑰有效期為 1 到 { $limit } 天
token-name-missing = 請為金鑰取個名字，之後才知道是哪個程式在用
token-scopes-unknown = 請至少選擇一項權限範圍：{ $choices }
