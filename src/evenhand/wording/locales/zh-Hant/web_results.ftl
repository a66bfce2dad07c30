# 名單的成果。
web-results-by-campaign = 按行銷活動看成果
web-results-by-campaign-text = 這段時間裡寫明行銷活動的名單後來怎麼樣；點數字看明細。
web-results-more = 另有 { $count } 個行銷活動在匯出檔案裡。
web-results-all = 名單
web-results-owned = 已分到人
web-results-contacted = 已聯絡
web-results-qualified = 有意願
web-results-converted = 轉商機
web-results-lost = 未成
web-results-won = 成交
web-results-value = 成交金額
web-results-by-rep = 按業務看成果
web-results-by-rep-text = 這次匯入的名單後來怎麼樣；點數字看明細。
web-results-whole = 合計
web-results-nobody = 沒有負責人
web-results-campaign = 行銷活動
