make-roles-done = 已完成。以下設定只顯示這一次，請存到伺服器讀取環境變數的地方：

serve-database-came-back = 資料庫意外結束，已重新啟動。
serve-ended-early = { $name } 結束了（結束碼 { $code }），正在重新啟動。
serve-runs = Evenhand 已在 { $url } 執行（按 Ctrl-C 停止）。
serve-starting = 正在啟動 Evenhand，資料位於 { $folder } …
serve-stopped = 已停止。
serve-stopping = 正在停止：先完成進行中的請求 …

server-bind-impossible = 無法在 { $value } 提供服務：{ $detail }；請用 EVENHAND_BIND 另選位址
server-bind-unreadable = EVENHAND_BIND 的值 { $value } 不是位址；請寫成 127.0.0.1:8000
server-database-ended = 資料庫在啟動時結束了；原因見 { $log } 末尾
server-folder-closed = 資料庫以使用者 nobody 執行，而它進不了 { $folder }。可以改用一般使用者啟動 Evenhand；或用 EVENHAND_DATA 另選資料夾（如 /var/lib/evenhand）；或放開通過權限：chmod o+x { $folder }
server-folder-of-another = { $folder } 中的資料庫屬於另一個使用者；請以該使用者啟動 Evenhand，或用 EVENHAND_DATA 另選資料夾
server-folder-taken = 已有 Evenhand 在使用 { $folder } 中的資料；請先停止它，或用 EVENHAND_DATA 另選資料夾
server-no-binaries = 沒有安裝 PostgreSQL 的程式；請執行 bin/setup，或用 DATABASE_URL 指定自己的資料庫
server-no-cluster = 資料庫建立失敗；原因見 { $log } 末尾
server-no-nobody = PostgreSQL 不能以 root 執行，而本系統沒有使用者 nobody；請以一般使用者啟動 Evenhand
server-port-taken = { $value } 已被另一個程式佔用；請停止它，或用 EVENHAND_BIND 另選連接埠，例如 EVENHAND_BIND=127.0.0.1:8001
server-role-is-superuser = DATABASE_URL 使用的是 PostgreSQL 超級使用者 { $role }：一旦應用程式被攻破，資料的所有保護都會被關掉。請執行「evenhand make-roles 管理員連線位址」建立 Evenhand 需要的角色，再用它印出的設定啟動
server-role-owns-tables = DATABASE_URL 使用的角色 { $role } 擁有資料表（或可以成為擁有者）：一旦應用程式被攻破，資料的所有保護都會被關掉。請執行「evenhand make-roles 管理員連線位址」把角色分開，再用它印出的設定啟動；既有資料不受影響
server-roles-impossible = 無法建立角色：{ $detail }。連線位址必須屬於可以建立角色、並且擁有該資料庫的帳號；沒有做任何變更
server-secret-file-not-one-line = { $name }_FILE 指定的 { $file } 裡必須只有一行，就是這個機密
server-secret-file-unreadable = { $name }_FILE 指定的 { $file } 無法讀取（{ $detail }）；請改正路徑，或讓執行服務的使用者能讀
server-secret-given-twice = { $name } 和 { $name }_FILE 都設定了，請只留一個
server-setting-not-a-number = { $name } 的值 { $value } 不是大於 0 的整數
server-step-failed = 步驟「{ $step }」失敗，原因見上；沒有任何程式在執行
server-url-unencrypted = EVENHAND_URL 的值為 { $value }：密碼會不加密地經過網路。有三種辦法：在前面放一個提供 https 的代理，並寫上 https 位址；或用 EVENHAND_TLS_CERT 和 EVENHAND_TLS_KEY 提供自己的憑證；或只在本機使用 http，透過隧道存取（ssh -L 8000:127.0.0.1:8000 伺服器）
server-url-unreadable = EVENHAND_URL 的值 { $value } 不是位址；請寫成 https://leads.example.com
serve-workers-run = 背景 worker 已在執行（按 Ctrl-C 停止）。
server-only-needs-database = serve --only { $value } 需要幾台機器共用的資料庫：請設定 DATABASE_URL，並先執行一次 evenhand migrate
