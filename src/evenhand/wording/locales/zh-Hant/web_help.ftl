# 說明頁。
web-help-receipt-title = 分配依據：為什麼是他
web-help-receipt = 每筆名單分給誰、為什麼，都有一份分配依據：值多少分、依哪條規則、誰可參與分配、誰因為什麼沒有參與、每個人待補多少。沒分到的人也看得到怎樣才會分到。
web-help-ledger-title = 分配台帳：應得與實得
web-help-ledger = 每來一筆名單，可參與分配的同事依權重各記一份應得；拿到的人整筆分值記入實得。應得減實得大於零是待補，小於零是已超，所有人加起來永遠是零。下一筆先給待補最多的人。
web-help-countdown-title = 首次聯絡時限
web-help-countdown = 倒數只走工作時間：下班、週末、假日和請假都不算。登記第一次聯絡之後倒數就消失。
web-help-switch-title = 接單開關
web-help-switch = 暫時不方便時關上，新名單先給別人；關著的時候也不記應得，開啟後接著輪。請假會自動處理，不用關。
web-help-unassigned-title = 未分配
web-help-unassigned = 誰都接不了的名單停在這裡，寫明原因和辦法；一有人能接，系統會自動分出去，先給分值高、等得久的。
web-help-manual-title = 人工調整
web-help-manual = 主管可以指定、轉交、退回和作廢，每次都要選原因，都會記帳，次數對能看分配動態的人公開。
web-help-more = 繼續了解
web-help-more-text = 安裝目錄下的 docs/guide 裡有業務、主管和業務營運各自的第一小時；docs/glossary.md 裡是全部用語。
