# 上傳的檔案經防毒程式檢查的結果
upload-infected = 防毒程式在 { $file } 裡查出 { $found }，檔案沒有儲存；請檢查檔案來自的裝置
upload-not-scanned = 防毒程式無法檢查 { $file }（{ $detail }），所以沒有收下；請再試一次，或改傳小一些的檔案
upload-scanner-away = 防毒程式沒有回應，所以沒有收下 { $file }；請過幾分鐘再試
