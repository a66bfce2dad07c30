# Why a draft cannot be compared with what is live.
compare-days = 只能比較 { $choices } 天，不能是 { $value } 天
compare-nothing-live = 業務線「{ $line }」還沒有生效的規則，沒有可比較的
