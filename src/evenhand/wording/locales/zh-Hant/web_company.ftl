# 公司設定。
web-company-field-name = 公司名稱
web-company-field-locale = 公司語言
web-company-hint-locale = 用於郵件，以及未自選語言的人
web-company-field-zone = 時區
web-company-hint-zone = 用於未自選時區的人；工作時間請在「工作行事曆」設定
web-company-field-country = 國家或地區
web-company-hint-country = 新增工作行事曆時預設採用當地的國定假日，例如 CN、TW、DE-BY；留空表示不使用。既有的行事曆不變。
web-company-field-currency = 常用幣別
web-company-hint-currency = 新填金額時預設使用；既有金額不變
web-company-field-first-contact-minutes = 首次聯絡時限（工作分鐘）
web-company-hint-first-contact-minutes = 適用於此後分配的名單；先前分配的仍依原時限
web-company-field-overrides-per-day = 每位主管每日手動分配與轉交次數上限
web-company-hint-overrides-per-day = 留空表示不限；0 表示不允許。每一次都會公開計入「人工調整」。
web-company-login = 登入規則
web-company-login-ends = 登入後 { $idle } 小時未使用即失效，最長 { $longest } 小時。
web-company-login-again = 變更角色、金鑰、匯出等敏感操作前，若距上次驗證超過 { $minutes } 分鐘，會再次要求輸入密碼。管理員與業務營運必須啟用兩步驟驗證。
web-company-elsewhere = 其他設定
