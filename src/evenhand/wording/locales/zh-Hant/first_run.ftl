first-run-admin = 系統管理員
first-run-dealt = 已分配 { $done } / { $total } 筆名單 …
first-run-demo = 第一次啟動：正在準備示範公司，過去半年的名單由分配引擎逐筆分配（約半分鐘）…
first-run-manager = 主管
first-run-more-links = 連結用過就失效。要新的：bin/evenhand login-link 電子信箱
first-run-own-company = 換成自己的公司：停止後換一個資料夾，再用 EVENHAND_DEMO=0 啟動（docs/operate/install.md）。
first-run-ready = 示範公司「{ $company }」已準備好，人物和公司全是虛構的。點連結登入（一次有效，24 小時內）：
first-run-rep = 業務
first-run-reset = 忘記密碼：bin/evenhand reset-link 電子信箱
first-run-resumes = 繼續使用「{ $company }」的資料，請在 { $url } 登入。
first-run-sales-ops = 業務營運
first-run-set-up = 請開啟這個連結，設定您的公司（一次有效，{ $days } 天內）：

link-once = 一次有效，{ $hours } 小時內：
link-unknown-address = 沒有人用 { $value } 這個電子信箱
