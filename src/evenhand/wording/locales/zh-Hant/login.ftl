# 登入：為什麼沒通過。
login-wait = 輸錯次數較多，請等 { $seconds } 秒再試
login-wrong = 電子信箱與密碼不符
login-wrong-password = 密碼不正確
password-too-common = 這組密碼太常見，容易被猜到
password-too-known = 密碼裡除了公司名、產品名和「password」這類詞以外，至少還要有 { $limit } 個字元
password-too-long = 密碼最多 { $limit } 個字元
password-too-short = 密碼至少要 { $limit } 個字元
password-too-similar = 密碼和姓名或電子信箱太像了
profile-email-wrong = 「{ $value }」不是電子信箱
profile-name-missing = 請填寫姓名
profile-unknown = 沒有這個選項：{ $value }
second-factor-code-wrong = 驗證碼不正確或已經用過，請用下一組
second-factor-none = 尚未設定兩步驟驗證
second-factor-there-already = 已經設定過兩步驟驗證
set-up-company-missing = 請填寫公司名稱
calendar-default-name = 辦公時間
