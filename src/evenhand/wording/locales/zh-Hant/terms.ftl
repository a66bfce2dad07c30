# 詞：欄位、型別、單位、連接。句子從這裡取詞。

list-separator = 、
clause-separator = ；
list-more = { $shown } 等 { $count } 項
value-yes = 是
value-no = 否
value-empty = 未填
value-range = { $low } 至 { $high }

balance = { $sign ->
    [owed] 待補 { $points } 分
    [ahead] 已超 { $points } 分
   *[even] 持平
}

# 誰排在最前
front = { $sign ->
    [owed] 待補最多：{ $points } 分
    [ahead] 已超最少：{ $points } 分
   *[even] 待補最多：持平
}

span = { $unit ->
    [m] { $count } 分鐘
    [h] { $count } 小時
    [d] { $count } 天
    [w] { $count } 週
    [wm] { $count } 分鐘工作時間
    [wh] { $count } 小時工作時間
   *[wd] { $count } 個工作日
}

weekday-1 = 週一
weekday-2 = 週二
weekday-3 = 週三
weekday-4 = 週四
weekday-5 = 週五
weekday-6 = 週六
weekday-7 = 週日

# 分配項目的種類
item-kind-lead = 名單
item-kind-task = 待辦事項
item-kind-account = 客戶
item-kind-opportunity = 商機
item-kind-outlet = 據點

# 欄位的型別，與值的種類
type-text = 文字
type-number = 數字
type-boolean = 是否
type-date = 日期
type-datetime = 日期時間
type-time = 時刻
type-list = 清單
type-region = 地區
type-regions = 多個地區
type-moment = 日期
type-duration = 時間長度

# 欄位。公司自訂的欄位用自己的名字。
field-own = { $root ->
    [lead] 名單「{ $name }」
    [company] 公司「{ $name }」
    [rep] 業務「{ $name }」
   *[other] 「{ $name }」
}
field-lead-id = 名單編號
field-lead-kind = 種類
field-lead-name = 聯絡人姓名
field-lead-title = 聯絡人職稱
field-lead-phone = 聯絡電話
field-lead-email = 聯絡信箱
field-lead-region = 名單地區
field-lead-industry = 名單產業
field-lead-product = 意向產品
field-lead-source = 名單來源
field-lead-campaign = 行銷活動
field-lead-size = 客戶規模
field-lead-language = 名單語言
field-lead-skill = 所需專長
field-lead-budget = 預算
field-lead-value = 預估金額
field-lead-employees = 客戶人數
field-lead-created-at = 建立時間
field-lead-score = 名單評分
field-lead-grade = 名單等級
field-lead-points = 名單分值
field-lead-status = 名單狀態
field-lead-note = 備註
field-lead-collected-by = 蒐集人
field-company-id = 公司編號
field-company-name = 公司名稱
field-company-region = 公司地區
field-company-industry = 公司產業
field-company-size = 公司規模
field-company-employees = 公司人數
field-company-revenue = 公司營收
field-company-is-key-account = 重點客戶
field-company-owner = 公司負責人
field-company-owner-by = 負責人來自
owner-by-company = 本公司
owner-by-parent = 母公司
owner-by-domain = 郵件網域
field-rep-id = 業務
field-rep-team = 團隊
field-rep-level = 業務職級
field-rep-region = 負責地區
field-rep-duty = 值班
field-rep-industry = 負責產業
field-rep-product = 負責產品
field-rep-skill = 專長
field-rep-language = 語言
field-rep-joined-on = 到職日期
field-rep-is-new = 新人
field-now-at = 分配時間
field-now-date = 分配日期
field-now-time = 分配時刻
field-now-weekday = 星期
field-now-is-working-time = 工作時間

# 適配度看的方面
match-industry = 產業
match-product = 產品
match-skill = 專長
match-language = 語言
match-region = 地區
match-level = 職級主攻

# 評分卡的四個面向
dimension-fit = 客戶適配
dimension-need = 需求
dimension-engagement = 互動
dimension-authority-budget = 決策與預算

# 表格裡的欄
role-id = 編號
role-kind = 種類
role-name = 姓名
role-name-last = 姓
role-name-first = 名
role-title = 職稱
role-phone = 電話
role-email = 電子郵件
role-company = 公司
role-region = 地區
role-region-country = 國家
role-region-province = 省份
role-region-city = 縣市
role-region-district = 行政區
role-industry = 產業
role-product = 產品
role-source = 來源
role-campaign = 行銷活動
role-size = 規模
role-language = 語言
role-skill = 專長
role-budget = 預算
role-value = 金額
role-employees = 人數
role-revenue = 營收
role-created-at = 建立時間
role-score = 評分
role-grade = 名單等級
role-points = 名單分值
role-status = 狀態
role-note = 備註
role-owner = 負責人
role-collected-by = 蒐集人
role-team = 團隊
role-level = 業務職級
role-weight = 權重
role-joined-on = 到職日期
role-active = 是否在職
role-accepting = 是否接單
role-leave = 請假
role-leave-from = 請假開始
role-leave-until = 請假結束
role-leave-reason = 請假事由
role-mentor = 帶訓人
role-open-count = 在手筆數
role-capacity = 容量上限
role-performance = 績效係數
role-hours = 工作時間
role-previous-owner = 前負責人
role-assigned-at = 分配時間
role-first-response-at = 首次聯絡時間
role-closed-at = 結案時間
role-outcome = 結果
role-lost-reason = 流失原因
role-transfers = 轉交次數
role-contacts = 聯絡次數
role-last-contact-at = 最近聯絡時間
role-company-id = 客戶編號
role-lead-id = 名單編號
role-opportunity-id = 商機編號
role-contact-id = 聯絡人編號
role-parent = 上級公司
role-domain = 網址
role-currency = 幣別
role-channel = 方式
role-direction = 方向
role-subject = 主題
role-started-at = 開始時間
role-ended-at = 結束時間
role-due-at = 截止日期
role-seconds = 時長（秒）
role-minutes = 時長（分鐘）
role-type = 待辦類型
role-quantity = 數量

# 時限的名稱
clock-name-accept = 接受
clock-name-first-contact = 首次聯絡
clock-name-next-step = 約定下一步
clock-name-untouched = 保護期（跟進）
clock-name-no-opportunity = 建商機
clock-name-no-deal = 成交
clock-name-stage = 停留在階段
