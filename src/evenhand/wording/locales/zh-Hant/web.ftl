web-unavailable = 資料庫暫時連不上，已收到的都還在。請過幾秒再試
web-csrf-failed = 頁面放得太久或來自別處，為安全起見沒有送出。請重新整理後再試
web-refused = 您的角色不能做這件事。需要的話請找管理員
web-not-found = 這裡沒有您能看到的內容：也許已轉交給別人，也許網址不對
