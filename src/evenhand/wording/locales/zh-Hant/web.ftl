# 出錯時說的話。
web-unavailable-title = 資料庫暫時連不上
web-unavailable = 已收到的都還在。請過幾秒再試
web-csrf-failed-title = 沒有送出
web-csrf-failed = 頁面開著太久或來自別處，為了安全沒有送出。請重新整理後再試
web-refused-title = 沒有權限
web-refused = 你的角色不能做這件事。有需要請找管理員
web-not-found-title = 找不到
web-not-found = 這裡沒有你能看到的內容：也許已轉交給別人，也許網址不對
web-conflict-title = 這次沒有辦成
web-conflict-nothing-changed = 沒有任何更動
web-failed-page-title = 出了點問題
web-failed-page = 這是程式的問題，已經記下。沒有任何更動，請稍後再試
web-bad-request-title = 看不懂這個請求
web-bad-request = 網址或內容不完整，沒有任何更動
