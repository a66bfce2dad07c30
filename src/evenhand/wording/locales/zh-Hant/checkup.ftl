# 健檢報告(evenhand checkup)的文字。只提示，不指責:檔案看得出規律，看不出原因。

checkup-title = 名單分配健檢
checkup-product = 衡派
checkup-subtitle = { $file } · { $from } 至 { $until } · { $leads } 筆名單 · { $reps } 位業務
checkup-made = 資料截至 { $as-of }。每個數字後面的括號是 95% 區間。

# 數字與區間
checkup-range = { $value } ({ $low } – { $high })
checkup-range-signed = { $value } ({ $low } 至 { $high })
checkup-range-open = { $value } (≥ { $low })
checkup-at-least = 不少於 { $value }
checkup-by-lot = 隨機分 { $low } – { $high }
checkup-from-to = { $low } – { $high }
checkup-minutes = { $number } 分鐘
checkup-hours = { $number } 小時
checkup-days = { $number } 天
checkup-not-reached = 未達到
checkup-dash = –
checkup-names-more = { $names } 等 { $count } 人
checkup-names-separator = 、
checkup-ungraded = 未分級
checkup-unknown-source = 來源未填
checkup-other-sources = 其他來源
checkup-not-in-file = 檔案裡沒有

# 首屏的數字
checkup-card-displaced = 需要換手的分值
checkup-card-displaced-note = 人人恰好得到應得份額，需換手這麼多；隨機分也有 { $chance }（最多約 { $high }）
checkup-card-furthest = 實得與應得之比，最多與最少
checkup-card-furthest-note = { $most } 與 { $least }；1.00 為恰好應得
checkup-card-top = 等級 { $grade } 的名單，每人筆數
checkup-card-top-note = 分配台帳會給每人 { $after } 筆
checkup-card-gini = 吉尼係數（0 為人人均等）
checkup-card-gini-note = 隨機分約 { $chance }；分配台帳 { $after }
checkup-card-response = 首次聯絡，中位時間
checkup-card-response-note = 24 小時後仍未聯絡 { $share }
checkup-card-untouched = 超過 { $days } 天沒有聯絡
checkup-card-undecided = 超過 { $days } 天沒有結果
checkup-card-lying-note = 滿 { $days } 天的 { $total } 筆裡的 { $share }
checkup-card-people = 同一客戶在多人手裡
checkup-card-people-note = { $days } 天內重複出現的 { $total } 位客戶裡
checkup-card-companies = 同一公司在多人手裡
checkup-card-companies-note = { $days } 天內重複出現的 { $total } 家公司裡
checkup-card-conversion = 成交率（{ $days } 天內）
checkup-card-conversion-note = { $reps } 人中有 { $apart } 人超出正常波動

# 發現
checkup-findings = 主要發現
checkup-findings-note = 依涉及的名單和分值由大到小
checkup-findings-none = 沒有超出偶然範圍的發現。
checkup-within = 以下差異在偶然範圍內，不必處理
checkup-todo = 建議

checkup-finding-deal-uneven = 分值分得不均，偶然解釋不了
checkup-finding-deal-uneven-figure = { $displaced } 的分值需要換手，才能人人恰好得到應得份額；同樣的名單隨機分，通常只有 { $chance-value }，最多約 { $chance-high }。{ $ahead-count ->
    [0] 沒有人單獨超出偶然範圍
   *[other] 明顯超出應得的有 { $ahead-count } 人（{ $ahead }）
}{ $behind-count ->
    [0] 。
   *[other] ；明顯不足的有 { $behind-count } 人（{ $behind }）。
}
checkup-finding-deal-uneven-action = 先問原因：請假、容量上限、銷售區域或產品分工都會造成差距。沒有這樣的理由，就按分配台帳分，差距不再隨時間擴大（見「分配台帳會怎麼分」）。
checkup-finding-deal-even = 分值的差異在偶然範圍內
checkup-finding-deal-even-figure = 需要換手的分值 { $displaced }，隨機分也有 { $chance-value }（最多約 { $chance-high }）。

checkup-finding-top-uneven = 等級 { $grade } 的名單分得不均
checkup-finding-top-uneven-figure = 共 { $total } 筆。{ $most-name } 得 { $most } 筆（應得約 { $most-due } 筆，偶然範圍 { $most-low } – { $most-high }），{ $least-name } 得 { $least } 筆（應得約 { $least-due } 筆，偶然範圍 { $least-low } – { $least-high }）；{ $reps } 人中有 { $apart } 人超出偶然範圍。
checkup-finding-top-uneven-action = 如果是有意按能力或產品分，把它寫進分配規則；如果不是，讓分配台帳依名單等級分別記帳。
checkup-finding-top-even = 等級 { $grade } 的名單分得均勻
checkup-finding-top-even-figure = 共 { $total } 筆，{ $reps } 人之間的差異在偶然範圍內。

checkup-finding-sources-uneven = 來源分得不均
checkup-finding-sources-uneven-figure = { $all-cells } 個「人 × 來源」裡，{ $cells } 個超出偶然範圍。最突出的：{ $name } 從「{ $source }」得 { $got } 筆，應得約 { $due } 筆（偶然範圍 { $low } – { $high }）。
checkup-finding-sources-uneven-action = 如果按來源分工，寫進分配規則；如果不是，看看哪些來源只有少數人看得到。
checkup-finding-sources-even = 各來源的分配差異在偶然範圍內
checkup-finding-sources-even-figure = 沒有哪個人在哪個來源上超出偶然範圍。

checkup-finding-picking-possible = { $count } 人的名單明顯偏向高分值
checkup-finding-picking-possible-figure = 以同月全部名單排位，50 為平均。最高的是 { $first }，平均排位 { $index }；共 { $count } 人：{ $names }。
checkup-finding-picking-possible-action = 這看得出結果，看不出原因：按區域、產品或能力分配也會這樣。先看「同來源內」一欄；若名單可以自行領取，讓領取按分值記入實得。
checkup-finding-picking-none = 沒有人的名單明顯偏向高分值
checkup-finding-picking-none-figure = 每個人的平均排位都在偶然範圍內。

checkup-finding-untouched = { $count } 筆名單超過 { $days } 天沒有首次聯絡的紀錄
checkup-finding-untouched-figure = 占滿 { $days } 天的 { $total } 筆名單的 { $share }。{ $more ->
    [0] 各人之間的差異在偶然範圍內。
   *[other] 有 { $more } 人明顯多於同期團隊：{ $names }。
}
checkup-finding-untouched-action = 先確認是沒聯絡還是沒紀錄。確實沒聯絡的，設首次聯絡時限，到時自動回收。
checkup-finding-untouched-none = 沒有名單超過 { $days } 天未聯絡
checkup-finding-untouched-none-figure = 看了 { $total } 筆。

checkup-finding-undecided = { $count } 筆名單超過 { $days } 天仍沒有結果
checkup-finding-undecided-figure = 占滿 { $days } 天的 { $total } 筆名單的 { $share }。{ $more ->
    [0] 各人之間的差異在偶然範圍內。
   *[other] 有 { $more } 人明顯多於同期團隊：{ $names }。
}
checkup-finding-undecided-action = 逐筆過一遍：還有希望的寫下一步，沒有希望的關閉或退回。此後設跟進時限。
checkup-finding-undecided-none = 沒有名單超過 { $days } 天沒有結果
checkup-finding-undecided-none-figure = 看了 { $total } 筆。

checkup-finding-response = 首次聯絡的中位時間是 { $median }
checkup-finding-response-figure = { $leads } 筆名單裡，24 小時後仍未聯絡的有 { $after-day }。{ $slower ->
    [0] 各人之間的快慢在偶然範圍內。
   *[other] 有 { $slower } 人明顯慢於團隊：{ $names }。
}
checkup-finding-response-action = 時間含夜間和週末，先按自己的工作時間看一眼。設首次聯絡時限和提醒，手上已滿的人暫不再分。

checkup-finding-people-split = { $count } 位客戶同時在多位同事手裡
checkup-finding-people-split-figure = { $days } 天內重複出現的 { $total } 位客戶（同一電話或電子郵件）裡，{ $count } 位分給了不同的同事，涉及 { $leads } 筆名單，占 { $share }。
checkup-finding-people-split-action = 進件時查重，同一客戶歸原負責人；已經撞單的，按先後和進展定一位負責人。
checkup-finding-people-split-none = 沒有同一客戶分給不同同事
checkup-finding-people-split-none-figure = { $days } 天內重複出現的客戶有 { $total } 位。

checkup-finding-companies-split = { $count } 家公司同時有多位同事在跟
checkup-finding-companies-split-figure = { $days } 天內重複出現的 { $total } 家公司裡，{ $count } 家分給了不同的同事，涉及 { $leads } 筆名單，占 { $share }。
checkup-finding-companies-split-action = 按產品或按地點分工時這是正常的；否則讓同一公司歸原負責人。
checkup-finding-companies-split-none = 沒有同一公司分給不同同事
checkup-finding-companies-split-none-figure = { $days } 天內重複出現的公司有 { $total } 家。

checkup-finding-transfers = { $count } 筆名單換過負責人
checkup-finding-transfers-figure = 占 { $share }。其中 { $returned } 筆又回到原來的人手裡；互相轉交的同事有 { $pairs } 對。
checkup-finding-transfers-action = 轉交寫明原因，分值隨轉交重新記帳；來回轉的名單由主管定一位負責人。

checkup-finding-conversion-apart = 個別人的成交與預期有差別
checkup-finding-conversion-apart-figure = 全隊 { $days } 天內成交 { $share }。扣除名單好壞和運氣以後，{ $above-count ->
    [0] 沒有人明顯高於預期
   *[other] { $above } 可能高於預期
}{ $below-count ->
    [0] 。
   *[other] ；{ $below } 可能低於預期。
}
checkup-finding-conversion-apart-action = 看過程（回應、聯絡次數、產品），不要排名次：再好的排名也會漏掉一半真正的前五名。
checkup-finding-conversion-normal = 各人的成交差異在正常波動內
checkup-finding-conversion-normal-figure = 全隊 { $days } 天內成交 { $share }；扣除名單好壞以後，{ $reps } 人之間分不出高下。

# 圖例與圖
checkup-chart-share = 每人實得的分值與應得
checkup-chart-share-desc = 橫條是實得分值，直線是應得，淺色是隨機分的 95% 範圍，圓圈是分配台帳會給的。
checkup-legend-received = 實得
checkup-legend-over = 實得，超出偶然範圍
checkup-legend-under = 實得，低於偶然範圍
checkup-legend-due = 應得
checkup-legend-chance = 隨機分的 95% 範圍
checkup-legend-ledger = 分配台帳會給的
checkup-chart-first = 圖中是離應得最遠的 { $shown } 人，共 { $all } 人；全部見下方表格。
checkup-chart-grades = 每人各等級名單的筆數
checkup-chart-grades-desc = 橫條依名單等級分段。
checkup-chart-picking = 每人名單的平均分值排位（50 為平均）
checkup-chart-picking-desc = 圓點是平均排位，橫線是 95% 區間。
checkup-chart-waiting = 還沒有首次聯絡的名單，隨時間下降
checkup-chart-waiting-desc = 橫軸是收到後的時間，縱軸是仍未聯絡的比例，淺色是 95% 區間（Greenwood）。
checkup-chart-conversion = 成交與預期之比（1 為預期），依姓名排列
checkup-chart-conversion-desc = 圓點是收縮後的比值，橫線是 95% 區間。
checkup-chart-behind = 離應得最遠的人差多少分
checkup-chart-behind-desc = 實線是實際，虛線是分配台帳；縱軸是分值。

# 各節
checkup-section-received = 應得與實得
checkup-section-received-text = 應得：每筆名單的分值，由當時在職的人按{ $weights ->
    [equal] 相同的份額
   *[own] 團隊表裡的份額
}分。在職從檔案裡第一筆到最後一筆名單算，前後各留一個平均間隔。偶然範圍：同樣的名單隨機分，100 次裡 95 次落在其中。標出的是全隊一起比較後仍超出偶然的（假發現率 5%）。
checkup-section-grades = 等級與來源
checkup-section-grades-text = 每格是實得筆數，括號裡是應得。標出的超出偶然範圍。
checkup-section-picking = 名單的分值排位
checkup-section-picking-text = 每筆名單在同月全部名單裡依分值排位，再取平均：50 為平均，先搶先得時最快的人約為 74。這看得出結果，看不出是自己挑的、派的還是分工如此；「同來源內」一欄除去了來源的影響。
checkup-section-lying = 久置的名單
checkup-section-lying-text = 只看現在的負責人手裡的名單。預期：按同月全隊的比例。標出的明顯多於同期團隊。
checkup-section-response = 首次聯絡
checkup-section-response-text = 用 Kaplan–Meier 估計，把還沒聯絡的也算在內（換人或關閉時截止）。時間按鐘點算，含夜間和週末。{ $precision ->
    [day] 檔案裡的時間只到日，所以單位是天。
   *[hour] {""}
}步調：同樣的等待裡聯絡的次數與全隊之比，小於 1 較慢。
checkup-section-contacts = 重複聯絡與轉交
checkup-section-contacts-text = 同一電話或電子郵件算同一位客戶。同一筆名單轉交不算重複。
checkup-section-conversion = 成交
checkup-section-conversion-text = 預期：每筆名單按全隊同等級、同來源的成交率。比值用經驗貝氏收縮，扣除名單好壞與運氣。依姓名排列，不排名次。估計的真實差異約 ± { $deviation }。
checkup-section-ledger = 分配台帳會怎麼分
checkup-section-ledger-text = 同樣 { $leads } 筆名單，按同樣的先後，在當時在職的人之間用分配台帳重新分一遍（依名單等級分別記帳，幅度 τ = { $slack } 分，不用匹配加分）。每筆名單把分值按份額記入在職者的應得；待補最多的人得到它，整筆分值記入實得。
checkup-section-ledger-result = 期末離應得最遠的人：實際待補 { $behind-before } 分、已超 { $ahead-before } 分；分配台帳下待補 { $behind-after } 分、已超 { $ahead-after } 分。吉尼係數 { $gini-before } → { $gini-after }。這些是算出來的，沒有抽樣誤差；事先能保證的上限是 { $bound } 分。
checkup-section-ledger-wins = 成交會怎樣，這份檔案說不準：只按上面的比值推算，成交數變化 { $change }，{ $is-clear ->
    [yes] 方向較清楚，但沒有算入熟悉程度、速度和工作量。
   *[no] 與零分不開。
}
checkup-section-ledger-no-wins = 成交會怎樣，這份檔案說不準：沒有足夠的成交紀錄。
checkup-section-ledger-limits = 重算不知道誰請假、誰已滿、誰不適合哪類名單；真正使用時這些都會算進去。
checkup-section-coverage = 這份檔案
checkup-section-gaps = 這份檔案看不出的
checkup-section-assumptions = 採用的假設
checkup-section-rejected = 沒有用上的列
checkup-section-details = 明細
checkup-details-text = 每個數字背後的資料列在同一資料夾的 { $files } 裡。

# 表頭
checkup-head-rep = 業務
checkup-head-leads = 名單
checkup-head-points = 實得分值
checkup-head-due = 應得
checkup-head-chance = 偶然範圍
checkup-head-difference = 已超 / 待補
checkup-head-ratio = 實得 / 應得
checkup-head-kept = 轉交後手裡
checkup-head-ledger = 分配台帳
checkup-head-index = 平均排位
checkup-head-within-source = 同來源內
checkup-head-judged = 滿期名單
checkup-head-lying = 久置
checkup-head-share = 占比
checkup-head-expected = 預期
checkup-head-median = 中位時間
checkup-head-p90 = 九成在此時間內
checkup-head-after-day = 24 小時後未聯絡
checkup-head-pace = 步調
checkup-head-source = 來源
checkup-head-won = 成交
checkup-head-won-ratio = 成交 / 預期
checkup-head-judgement = 判斷
checkup-head-customer = 客戶
checkup-head-company = 公司
checkup-head-reps = 涉及的業務
checkup-head-days = 最近相隔天數
checkup-head-from = 從
checkup-head-to = 到
checkup-head-count = 次數
checkup-head-out = 轉出
checkup-head-in = 轉入
checkup-head-points-out = 轉出分值
checkup-head-points-in = 轉入分值
checkup-head-rows = 列數
checkup-head-reason = 原因
checkup-head-column = 欄
checkup-head-meaning = 用作
checkup-head-grade = 等級
checkup-head-lead = 名單編號
checkup-head-row = 列號
checkup-head-at = 時間
checkup-head-ledger-rep = 分配台帳會分給

checkup-spread-line = 吉尼係數 { $gini }，隨機分為 { $gini-chance }；Jain 指數 { $jain }（{ $jain-low } – { $jain-high }），隨機分不低於 { $jain-chance }。
checkup-legend-behind = 待補最多的人
checkup-legend-ahead = 已超最多的人
checkup-legend-dot-over = 高，超出偶然範圍
checkup-legend-dot-under = 低，超出偶然範圍
checkup-legend-dot-normal = 偶然範圍內
checkup-head-points-before = 分值：實際
checkup-head-points-after = 分值：分配台帳
checkup-head-leads-before = 名單：實際
checkup-head-leads-after = 名單：分配台帳
checkup-head-top-before = 等級 { $grade }：實際
checkup-head-top-after = 等級 { $grade }：分配台帳
checkup-head-points-lying = 久置分值
checkup-head-shared-customer = 共有的客戶
checkup-head-shared-company = 共有的公司

checkup-ahead = 已超 { $points } 分
checkup-behind = 待補 { $points } 分
checkup-normal = 正常波動內
checkup-possibly-above = 可能高於預期
checkup-possibly-below = 可能低於預期
checkup-slower = 明顯較慢
checkup-faster = 明顯較快
checkup-more-lying = 明顯較多
checkup-flag-note = 標記「●」：超出偶然範圍

# 涵蓋
checkup-coverage-rows = 讀到 { $rows } 列，用上 { $used } 列，{ $rejected } 列沒有用上（見 rejected.csv）。共 { $leads } 筆名單。
checkup-coverage-junk = { $count } 筆結果為無效的名單不計分值，也不參與比較。
checkup-coverage-occasional = { $count } 位持有人不算在團隊內，他們的 { $leads } 筆名單不參與比較：{ $names }。
checkup-coverage-columns = 認出的欄
checkup-coverage-missing = 沒有找到：{ $columns }
checkup-oddity-response-before-receipt = { $count } 列的首次聯絡早於收到名單，首次聯絡的統計裡不用。
checkup-oddity-decided-before-receipt = { $count } 列的結束時間早於收到名單。
checkup-oddity-after-as-of = { $count } 列的時間晚於資料截止日，沒有計入。

checkup-gap-only-won = 檔案裡只有成交的名單：這裡的「實得」其實是成交，沒有成交的名單分給了誰看不到。請匯出全部名單再做一次。
checkup-gap-one-value = 所有名單分值相同，看不出誰的名單更值錢，也看不出挑揀。請加上名單等級、評分或分值一欄。
checkup-gap-no-source = 沒有來源，看不出各來源怎麼分。
checkup-gap-no-response = 沒有首次聯絡時間，看不出回應快慢，也看不出哪些名單從未聯絡。
checkup-gap-to-the-day = 時間只到日，回應快慢只能按天看。
checkup-gap-no-outcome = 沒有結果，看不出成交，也看不出哪些名單久拖未決。
checkup-gap-few-outcomes = 成交太少或結果全部相同，看不出各人的成交差別。
checkup-gap-no-decided-at = 沒有結束時間，只能按現在的結果算，較新的名單會顯得成交少。
checkup-gap-no-contact = 沒有電話和電子郵件，看不出同一客戶是否在多人手裡。
checkup-gap-no-company = 沒有公司，看不出同一公司是否有多人在跟。
checkup-gap-no-transfers = 每筆名單只有現在的負責人，看不出轉交，也看不出最初分給了誰。
checkup-gap-short-period = 資料不足三個月，季節和長週期的成交看不全。
checkup-gap-no-availability = 請假、容量上限、區域和產品分工不在檔案裡：應得按人人都能接來算，與實得的差距可能有正當理由。
checkup-gap-no-working-time = 工作時間不在檔案裡：回應按鐘點算，夜間和週末都計入。
checkup-gap-no-deleted = 已刪除、已合併和從未分配的名單不在檔案裡。
checkup-gap-no-intention = 檔案看得出結果，看不出動機：偏向高分值不等於挑揀，久置不等於不跟進，也可能是沒有紀錄。

# 假設
checkup-assumed-points-points = 名單分值取自「{ $column }」欄。
checkup-assumed-points-grade = 名單等級取自「{ $column }」欄，分值為 { $table }。
checkup-assumed-points-grade-unlisted = 等級 { $grades } 不在分值表裡，按最低一檔 { $points } 分計（{ $count } 筆）。用 --points 指定。
checkup-assumed-points-grade-blank = { $count } 筆名單沒有等級，按中間一檔 { $points } 分計。
checkup-assumed-points-quantiles = 沒有等級，依「{ $column }」欄分檔：最高 15% 為 A，其次 20% 為 B，再 30% 為 C，其餘為 D；分值為 { $table }。
checkup-assumed-points-quantiles-blank = { $count } 筆名單沒有這一欄的值，按 C 檔 { $points } 分計。
checkup-assumed-points-value-refused = 「{ $column }」欄多在成交後才填（成交的 { $won } 有值，其餘 { $other }），不能用來衡量分到手時的價值，沒有採用。
checkup-assumed-points-one = 沒有等級、評分或分值，每筆名單按 1 分計。
checkup-assumed-weights-equal = 應得按人人份額相同計算。
checkup-assumed-weights-file = 應得按 { $file } 裡的份額計算（{ $count } 人）；不在其中的人不算在團隊內。
checkup-assumed-received-assigned = 收到時間取自「{ $column }」欄。
checkup-assumed-received-filled = { $count } 列沒有分配時間，用建立時間代替。
checkup-assumed-received-created = 沒有分配時間，用「{ $column }」欄代替：建立到分配之間的等待看不出來。
checkup-assumed-received-rule = 一筆名單歸第一個持有滿一天的人；都不滿一天的，歸最後一人。
checkup-assumed-as-of-given = 資料截止時間依命令裡的 --at。
checkup-assumed-as-of-file = 資料截止時間取檔案裡最晚的時間。
checkup-assumed-outcome-status = 沒有結果欄，由「{ $column }」欄推斷。
checkup-assumed-outcome-closed = 沒有結果欄，「{ $column }」欄有時間的算成交。
checkup-assumed-outcome-unknown = 結果一欄裡不認識的寫法按未決處理：{ $values }（{ $count } 列）。
checkup-assumed-horizon = 成交與久拖未決以 { $days } 天為限（九成成交在此之內，或預設 60 天）。
checkup-assumed-stale = { $days } 天沒有首次聯絡算久置；{ $conflict } 天內再次出現算重複聯絡。
checkup-assumed-team = 少於 { $count } 筆名單、或不到中位數十分之一的人，不算在團隊內。
checkup-assumed-zone = 檔案裡的時間不帶時區，按同一時區處理。
checkup-assumed-resampling = 區間用固定種子的重抽樣（{ $count } 次），同一份檔案每次結果相同。
checkup-assumed-cells = 「{ $column }」欄有 { $count } 格讀不出，按空白處理（如「{ $example }」）。
checkup-assumed-grade-unknown = 「{ $column }」欄的等級不認識（{ $values }），沒有採用；用 --points 指定分值，如 --points "A=8,B=5"。

# 欄
checkup-column-lead = 名單編號
checkup-column-rep = 負責人
checkup-column-received-at = 分配時間
checkup-column-created-at = 建立時間
checkup-column-grade = 名單等級
checkup-column-points = 名單分值
checkup-column-score = 名單評分
checkup-column-value = 金額
checkup-column-source = 來源
checkup-column-responded-at = 首次聯絡時間
checkup-column-outcome = 結果
checkup-column-decided-at = 結束時間
checkup-column-phone = 電話
checkup-column-email = 電子郵件
checkup-column-company = 公司
checkup-column-previous-rep = 原負責人

# 沒有用上的列
checkup-rejected-no-owner = 沒有負責人
checkup-rejected-no-time = 沒有分配或建立時間
checkup-rejected-time = 時間讀不出：{ $detail }
checkup-rejected-row = { $detail }

# 命令列
checkup-said-written = 健檢報告：{ $path }
checkup-said-details = 明細：{ $paths }
checkup-said-rejected = { $count } 列沒有用上，見 { $path }
checkup-said-headline = { $leads } 筆名單，{ $reps } 位業務；需要換手的分值 { $displaced }。
checkup-reading = 正在讀取 { $file }

checkup-head-received = 實得
checkup-head-chance-low = 偶然下限
checkup-head-chance-high = 偶然上限
checkup-head-low = 區間下限
checkup-head-high = 區間上限
checkup-head-q = q 值（全隊比較後）
checkup-head-chance-above = 高於預期的可能
checkup-head-contacted = 已聯絡
checkup-head-median-hours = 中位時間（小時）
checkup-head-p90-hours = 九成在此時間內（小時）
checkup-head-group-number = 組號
checkup-head-points-of-lead = 名單分值
checkup-head-note = 說明
checkup-head-value = 值
checkup-sheet-leads-of = { $title } 名單
checkup-sheet-transfers = 轉交
checkup-refused-no-owner-column = 沒有認出負責人一欄。欄名有：{ $columns }。用 --map "欄名=owner" 指定。
checkup-refused-no-time-column = 沒有認出分配時間或建立時間一欄。欄名有：{ $columns }。用 --map "欄名=assigned_at" 指定。
checkup-refused-no-rows = 沒有一列可用：每列都要有負責人和時間。
checkup-refused-no-team = 沒有人的名單多到能算作團隊成員。請檢查負責人一欄，或用 --weights 給出團隊表。
checkup-refused-points = --points 讀不懂：{ $detail }
checkup-refused-weights = { $file } 裡的人都不是這份紀錄裡的負責人。請檢查姓名或工號是否一致。
checkup-refused-time = --at 讀不懂「{ $value }」，請寫成 2026-03-01 或 2026-03-01 18:00。
checkup-refused-folder = 無法寫入資料夾 { $folder }。
checkup-cut-sheet = 「{ $sheet }」只列出前 { $shown } 列，共 { $all } 列；每筆名單都在 CSV 檔裡。
