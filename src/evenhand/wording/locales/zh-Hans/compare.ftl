# Why a draft cannot be compared with what is live.
compare-days = 只能对比 { $choices } 天，不能是 { $value } 天
compare-nothing-live = 业务线“{ $line }”还没有生效的规则，没有可对比的
