# 线索的结果。
web-results-by-campaign = 按市场活动看结果
web-results-by-campaign-text = 这段时间里写明了市场活动的线索后来怎么样；点数字看明细。
web-results-more = 另有 { $count } 个活动在导出文件里。
web-results-all = 线索
web-results-owned = 已分到人
web-results-contacted = 已联系
web-results-qualified = 有意向
web-results-converted = 转商机
web-results-lost = 未成
web-results-won = 赢单
web-results-value = 赢单金额
web-results-by-rep = 按销售看结果
web-results-by-rep-text = 这次导入的线索后来怎么样；点数字看明细。
web-results-whole = 合计
web-results-nobody = 没有负责人
web-results-campaign = 市场活动
