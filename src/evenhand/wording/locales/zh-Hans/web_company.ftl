# 公司设置。
web-company-field-name = 公司名称
web-company-field-locale = 公司语言
web-company-hint-locale = 用于邮件，以及没有自选语言的人
web-company-field-zone = 时区
web-company-hint-zone = 用于没有自选时区的人；工作时间在“工作日历”里设置
web-company-field-country = 国家或地区
web-company-hint-country = 新建工作日历时默认采用当地的法定节假日，如 CN、TW、DE-BY；留空表示不使用。已有的日历不变。
web-company-field-currency = 常用货币
web-company-hint-currency = 新填金额时默认使用；已有金额不变
web-company-field-first-contact-minutes = 首次联系时限（工作分钟）
web-company-hint-first-contact-minutes = 对此后分配的线索生效；此前分配的仍按原时限
web-company-field-overrides-per-day = 每位主管每天手工分配和转交次数上限
web-company-hint-overrides-per-day = 留空表示不限；0 表示不允许。每一次都会公开计入“人工调整”。
web-company-login = 登录规则
web-company-login-ends = 登录后 { $idle } 小时未使用即失效，最长 { $longest } 小时。
web-company-login-again = 修改角色、密钥、导出等敏感操作前，如果距上次验证超过 { $minutes } 分钟，会再次要求输入密码。管理员和销售运营必须启用两步验证。
web-company-elsewhere = 其他设置
