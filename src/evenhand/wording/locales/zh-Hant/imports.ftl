# 匯入被拒絕的原因。
import-has-started = 這次匯入已經開始，不能再改
import-file-gone = 檔案已經刪除（超過保留期，或其中有人要求刪除個人資料），請重新上傳
import-name-missing = 請填寫名稱
import-platform-doubts = 平台自己標為可疑
import-test-row = 平台的測試或預覽資料，不是客戶
import-no-file = 請選擇檔案
import-too-many-rows = 列數太多，一次最多 { $limit } 列，請拆成幾個檔案
import-not-to-undo = 只有已完成或已停止的匯入才能復原
import-worked-on = 已經有人跟進，保留
import-has-what-hangs-on-it = 已經有別的內容掛在它下面，保留
import-no-item = 找不到它屬於哪筆名單、哪個客戶或商機
import-no-such-pool = 業務線的規則裡沒有公海「{ $value }」，請重新選擇
import-was-there = 匯入之前就有，保留
import-nobody-to-give-to = 請選擇歸誰；那個人要在職
import-not-done = 還沒有完成，只匯入已經發生的跟進
