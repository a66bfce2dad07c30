intake-nobody = 姓名、公司、手機、電子郵件至少填一項，否則不知道是誰
intake-not-a-number = 要填不小於 0 的數字
intake-not-an-email = 不是電子郵件地址；請寫成 name@example.com
intake-not-flat = 要一層的鍵值，值為文字、數字、是或否
intake-not-text = 要填文字
intake-too-long = 太長；最多 { $limit } 個字
intake-unknown-field = 沒有這個欄位；自有欄位請放進 extra
