# Why an appeal is refused
appeal-answer-missing = 判定不成立要寫明理由，讓申訴人看得懂
appeal-decided-already = 這次分配您已經申訴過，也有了答覆；有新的情況，請在原申訴裡補充
appeal-facts-missing = 請寫清楚有什麼新情況是上次沒考慮到的
appeal-limit-reached = 今天補記已到 { $limit } 次的上限；請交給業務營運，或明天再處理
appeal-not-in-the-group = 申訴人已不在這個組的帳裡，補不了分；可以把補記分值填 0
appeal-not-open = 這件申訴已經有了結果，可能剛被別人處理
appeal-not-rejected = 只有判定不成立的申訴可以補充情況再申訴
appeal-not-your-item = 這筆不是您手上的，不能以「名單無效」申訴；請換一個原因
appeal-not-yours-to-decide = 申訴人本人、當初經手的人、已經答覆過的人不能處理這件申訴
appeal-note-missing = 選了「其他」就要寫明情況
appeal-open-already = 這一筆您已經申訴，正在等答覆
appeal-points-unusable = 補記分值要是 0 或以上的數
appeal-reason-unknown = 請從清單裡選一個原因
appeal-reopened-already = 已經補充過一次情況，不能再補充
appeal-text-too-long = 最多寫 { $limit } 個字
appeal-too-late = 已超過 { $limit } 天，不能再申訴
appeal-too-many-open = 您已有 { $limit } 件申訴在等答覆；等有了結果再送出
appeal-too-many-points = 補記 { $points } 太多：最多是這一筆的分值 { $limit }
appeal-void-already = 這一筆已經作廢，分值已沖回

# Reasons to choose from
act-reason-credit-excluded = 不該把我排除
act-reason-credit-repeated = 重複或撞單
act-reason-credit-wrong-fact = 地區、產業等資料錯了
act-reason-credit-availability = 請假或接單狀態錯了
act-reason-credit-invalid = 名單無效，應退回分值
act-reason-credit-other = 其他

# Notices
notice-appeal-filed = { $by } 送出了一件申訴，請你處理
notice-appeal-reopened = { $by } 補充了新情況，請你重新處理一件申訴
notice-appeal-overdue = { $by } 的一件申訴過了期限還沒有答覆，轉給你處理
notice-appeal-upheld = { $count ->
    [0] { $by } 判定你的申訴成立
   *[other] { $by } 判定你的申訴成立，補記約 { $count } 分
}
notice-appeal-rejected = { $by } 答覆了你的申訴：不成立，理由見內
