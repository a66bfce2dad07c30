# 词：字段、类型、单位、连接。句子从这里取词。

list-separator = 、
clause-separator = ；
list-more = { $shown } 等 { $count } 项
value-yes = 是
value-no = 否
value-empty = 未填
value-range = { $low } 至 { $high }

balance = { $sign ->
    [owed] 待补 { $points } 分
    [ahead] 已超 { $points } 分
   *[even] 持平
}

# 谁排在最前
front = { $sign ->
    [owed] 待补最多：{ $points } 分
    [ahead] 已超最少：{ $points } 分
   *[even] 待补最多：持平
}

span = { $unit ->
    [m] { $count } 分钟
    [h] { $count } 小时
    [d] { $count } 天
    [w] { $count } 周
    [wm] { $count } 分钟工作时间
    [wh] { $count } 小时工作时间
   *[wd] { $count } 个工作日
}

weekday-1 = 周一
weekday-2 = 周二
weekday-3 = 周三
weekday-4 = 周四
weekday-5 = 周五
weekday-6 = 周六
weekday-7 = 周日

# 分配项的种类
item-kind-lead = 线索
item-kind-task = 待办
item-kind-account = 客户
item-kind-opportunity = 商机
item-kind-outlet = 网点

# 字段的类型，与值的种类
type-text = 文本
type-number = 数字
type-boolean = 是否
type-date = 日期
type-datetime = 日期时间
type-time = 时刻
type-list = 列表
type-region = 地区
type-regions = 多个地区
type-moment = 日期
type-duration = 时长

# 字段。公司自己的字段用自己的名字。
field-own = { $root ->
    [lead] 线索“{ $name }”
    [company] 公司“{ $name }”
    [rep] 销售“{ $name }”
   *[other] “{ $name }”
}
field-lead-id = 线索编号
field-lead-kind = 种类
field-lead-name = 联系人姓名
field-lead-title = 联系人职位
field-lead-phone = 联系电话
field-lead-email = 联系邮箱
field-lead-region = 线索地区
field-lead-industry = 线索行业
field-lead-product = 意向产品
field-lead-source = 线索来源
field-lead-campaign = 市场活动
field-lead-size = 客户规模
field-lead-language = 线索语言
field-lead-skill = 所需技能
field-lead-budget = 预算
field-lead-value = 预计金额
field-lead-employees = 客户人数
field-lead-created-at = 创建时间
field-lead-score = 线索评分
field-lead-grade = 线索等级
field-lead-points = 线索分值
field-lead-status = 线索状态
field-lead-note = 备注
field-lead-collected-by = 采集人
field-company-id = 公司编号
field-company-name = 公司名称
field-company-region = 公司地区
field-company-industry = 公司行业
field-company-size = 公司规模
field-company-employees = 公司人数
field-company-revenue = 公司营收
field-company-is-key-account = 大客户
field-company-owner = 公司负责人
field-company-owner-by = 负责人来自
owner-by-company = 本公司
owner-by-parent = 母公司
owner-by-domain = 邮箱域名
field-rep-id = 销售
field-rep-team = 团队
field-rep-level = 销售职级
field-rep-region = 负责地区
field-rep-duty = 值班
field-rep-industry = 负责行业
field-rep-product = 负责产品
field-rep-skill = 技能
field-rep-language = 语言
field-rep-joined-on = 入职日期
field-rep-is-new = 新人
field-now-at = 分配时间
field-now-date = 分配日期
field-now-time = 分配时刻
field-now-weekday = 星期
field-now-is-working-time = 工作时间

# 匹配度看的方面
match-industry = 行业
match-product = 产品
match-skill = 技能
match-language = 语言
match-region = 地区
match-level = 职级主攻

# 评分卡的四个维度
dimension-fit = 客户匹配
dimension-need = 需求
dimension-engagement = 互动
dimension-authority-budget = 决策与预算

# 表格里的列
role-id = 编号
role-kind = 种类
role-name = 姓名
role-name-last = 姓
role-name-first = 名
role-title = 职位
role-phone = 电话
role-email = 邮箱
role-company = 公司
role-region = 地区
role-region-country = 国家
role-region-province = 省份
role-region-city = 城市
role-region-district = 区县
role-industry = 行业
role-product = 产品
role-source = 来源
role-campaign = 市场活动
role-size = 规模
role-language = 语言
role-skill = 技能
role-budget = 预算
role-value = 金额
role-employees = 人数
role-revenue = 营收
role-created-at = 创建时间
role-score = 评分
role-grade = 线索等级
role-points = 线索分值
role-status = 状态
role-note = 备注
role-owner = 负责人
role-collected-by = 采集人
role-team = 团队
role-level = 销售职级
role-weight = 权重
role-joined-on = 入职日期
role-active = 是否在职
role-accepting = 是否接单
role-leave = 请假
role-leave-from = 请假开始
role-leave-until = 请假结束
role-leave-reason = 请假事由
role-mentor = 带教人
role-open-count = 在手条数
role-capacity = 容量上限
role-performance = 业绩系数
role-hours = 工作时间
role-previous-owner = 前负责人
role-assigned-at = 分配时间
role-first-response-at = 首次联系时间
role-closed-at = 结束时间
role-outcome = 结果
role-lost-reason = 丢单原因
role-transfers = 转交次数
role-contacts = 联系次数
role-last-contact-at = 最近联系时间
role-company-id = 客户编号
role-lead-id = 线索编号
role-opportunity-id = 商机编号
role-contact-id = 联系人编号
role-parent = 上级公司
role-domain = 网址
role-currency = 币种
role-channel = 方式
role-direction = 方向
role-subject = 主题
role-started-at = 开始时间
role-ended-at = 结束时间
role-due-at = 截止日期
role-seconds = 时长（秒）
role-minutes = 时长（分钟）
role-type = 待办类型
role-quantity = 数量

# 时限的名称
clock-name-accept = 接受
clock-name-first-contact = 首次联系
clock-name-next-step = 约定下一步
clock-name-untouched = 保护期（跟进）
clock-name-no-opportunity = 建商机
clock-name-no-deal = 成交
clock-name-stage = 停留在阶段
