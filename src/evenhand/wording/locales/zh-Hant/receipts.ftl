# 分配依據：一次決定的全部理由，以讀者的語言寫成句子。

receipt-title-outcome = 結果
receipt-title-worth = 值多少分
receipt-title-rule = 哪條規則
receipt-title-considered = 誰參與了分配
receipt-title-excluded = 誰沒有參與
receipt-title-won = 為什麼分給 { $winner }
receipt-title-lost = 為什麼沒分給 { $rep }
receipt-title-change = 怎樣會分給 { $rep }
receipt-title-record = 依據

receipt-outcome = { $outcome ->
    [assigned] { $kind } { $item } 分給 { $winner }
    [pooled] { $kind } { $item } 進入公海「{ $where }」
    [waiting] { $kind } { $item } 暫不分配，有人能接時再分
    [escalated] { $kind } { $item } 已呈報 { $where }
   *[no-rule] { $kind } { $item } 沒有適用的規則，未分配
}
receipt-mentor = 進階名單，帶訓人 { $mentor }
receipt-worth = { $score ->
    [no-value] 等級 { $grade }，分值 { $points } 分
   *[other] 評分 { $score }，等級 { $grade }，分值 { $points } 分
}
receipt-rule = { $rule ->
    [no-value] { receipt-cause }
   *[other] 規則「{ $rule }」：{ receipt-cause }
}
receipt-cause = { $cause ->
    [fair-share] 依應得分配
    [rotation] 依權重輪流
    [best-fit] 最佳適配
    [owner] 負責人優先
    [person] 指定人員
    [overflow] 後備人員
    [planned] 批次分配
    [manual] 人工分配
    [pooled] 進入公海
    [waiting] 等有人能接
   *[escalated] 呈報主管
}
receipt-tried = 先看規則「{ $rule }」，沒有分出：{ $why }
receipt-considered = { $band ->
    [no-value] { $count } 人可參與分配，{ $in-band } 人在優先區間
   *[other] { $count } 人可參與分配，{ $in-band } 人在優先區間（待補與最多的相差不超過 { $band } 分）
}
receipt-considered-all = { $count } 人可參與分配
receipt-place = { $member }：{ $owed }，這筆應得 { $share } 分{ $grade-owed ->
    [no-value] {""}
   *[other] ，這個等級{ $grade-owed }
}{ $bonus ->
    [no-value] {""}
   *[other] ，適配加分 { $bonus } 分
}；合計 { $score } 分{ $is-in-band ->
    [yes] {""}
   *[no] （不在優先區間）
}
receipt-places-more = 另有 { $count } 人
receipt-excluded = { $people }：{ $why }
receipt-ramp = { $member } 在上手期，份額按 { $percent }% 算（已工作 { $days } 天，轉換 { $results } 筆）
receipt-booked = { $after ->
    [no-value] 整筆分值 { $points } 分記入 { $winner } 的實得
   *[other] 整筆分值 { $points } 分記入 { $winner } 的實得，之後{ $after }
}
receipt-explored = { $was-random ->
    [yes] 隨機校準：在優先區間內抽到，機率 { $numerator }/{ $denominator }
   *[no] 隨機校準沒有抽到這筆，照常分配；分到的機率 { $numerator }/{ $denominator }
}
receipt-change-together = 同時：{ $changes }
receipt-change-either = 以下任一項即可
receipt-policy = 規則版本 { $policy }
receipt-moment = { $offset ->
    [no-value] 決定時間 { $moment }
   *[other] 決定時間 { $moment }（{ $offset }）
}
receipt-sequence = 分配台帳第 { $sequence } 筆
receipt-draw = 抽籤值 { $draw }

# 為什麼分到
receipt-won-alone = 可參與分配的只有一人
receipt-won-most-owed = { $next-owed ->
    [no-value] { $owed }（計入這筆）
   *[other] { $owed }（計入這筆）；次選{ $next-owed }
}
receipt-won-by-grade = { $next-score ->
    [no-value] 加上等級 { $grade } 的{ $grade-owed }，合計最高：{ $score } 分
   *[other] 加上等級 { $grade } 的{ $grade-owed }，合計最高：{ $score } 分；次選 { $next-score } 分
}
receipt-won-by-fit = { $next-score ->
    [no-value] 加適配加分 { $bonus } 分，合計最高：{ $score } 分
   *[other] 加適配加分 { $bonus } 分，合計最高：{ $score } 分；次選 { $next-score } 分
}
receipt-won-longest-waiting = { $since ->
    [no-value] 與另外 { $tied } 人合計相同，還沒有分到過，所以在先
   *[other] 與另外 { $tied } 人合計相同，等待最久：上次分到以後，組裡又分出 { $since } 筆
}
receipt-won-by-draw = 與另外 { $tied } 人合計相同，都還沒有分到過，抽籤在先
receipt-won-random = 隨機校準：從優先區間的 { $in-band } 人中抽到，機率 { $numerator }/{ $denominator }
receipt-won-best-fit = { $next-fit ->
    [no-value] 適配度最高：{ $fit }%
   *[other] 適配度最高：{ $fit }%；次選 { $next-fit }%
}
receipt-won-as-owner = { $of ->
    [company] 是這家公司的負責人
    [parent] 是這家公司的母公司的負責人
    [domain] 是同一郵件網域的公司的負責人
    [territory] 是這個業務區域的負責人
   *[collector] 是這筆名單的蒐集人
}
receipt-won-as-named = 規則指定由其承接
receipt-won-as-overflow = 沒有其他人能接，由後備人員承接
receipt-won-in-plan = 批次分配：依應得、適配和容量整批一起安排
receipt-won-by-hand = { $actor ->
    [no-value] 人工分配
   *[other] { $actor } 人工分配
}
receipt-won-turn = 依權重輪流，輪到了

# 為什麼沒分到
receipt-got-it = 這筆已經分給本人
receipt-inactive = 當時已停用
receipt-unknown-rep = { $rep } 當時不在團隊裡
receipt-not-in-group = 不在分配組「{ $group }」裡
receipt-earlier-rule = 前面的規則「{ $rule }」已經分出
receipt-not-dealt = { $outcome ->
    [pooled] 沒有分給任何人：進入公海
    [waiting] 沒有分給任何人：等有人能接
    [escalated] 沒有分給任何人：呈報主管
   *[no-rule] 沒有分給任何人：沒有適用的規則
}
receipt-lost-outside-band = 計入這筆{ $owed }，最多的{ $most-owed }；再多 { $missing } 分才進入優先區間（{ $band } 分以內）
receipt-lost-lower-score = 合計 { $score } 分，比分到者的 { $winner-score } 分少 { $difference } 分
receipt-lost-shorter-waiting = { $winner-since ->
    [no-value] 合計相同；分到者還沒有分到過，所以在先
   *[other] 合計相同；上次分到以後，組裡又分出 { $since } 筆，分到者是 { $winner-since } 筆
}
receipt-lost-by-draw = 合計相同，抽籤在後
receipt-lost-less-owed = 適配度同為 { $fit }%，分到者{ $winner-owed }，他{ $owed }
receipt-lost-lower-fit = 適配度 { $fit }%，分到者 { $best-fit }%
receipt-lost-random = 隨機校準：從優先區間的 { $in-band } 人中抽到了其他人
receipt-lost-turn = 依權重輪流，還差 { $missing } 筆輪到
receipt-lost-in-plan = 批次分配：整批一起安排，這筆分給了其他人
receipt-placed-by-hand = { $actor ->
    [no-value] 人工分配給 { $winner }
   *[other] { $actor } 人工分配給 { $winner }
}
receipt-runner-up = 次選第 { $place } 位
receipt-went-to-named = 規則指定由 { $winner } 承接
receipt-went-to-overflow = 沒有其他人能接，由後備人員 { $winner } 承接
receipt-went-to-owner = { $of ->
    [company] { $winner } 是這家公司的負責人，優先承接
    [parent] { $winner } 是這家公司的母公司的負責人，優先承接
    [domain] { $winner } 是同一郵件網域的公司的負責人，優先承接
    [territory] { $winner } 是這個業務區域的負責人，優先承接
   *[collector] { $winner } 是這筆名單的蒐集人，優先承接
}

# 怎樣會分到：每句是一個條件
change-active = 重新啟用
change-after = { $at } 起
change-back-from-leave = 請假結束
change-fewer-in-window = 「{ $cap }」期內少 { $count } 筆
change-fewer-open-items = 在手少 { $count } 筆
change-fewer-open-points = 在手少 { $points } 分
change-fewer-points-in-window = 「{ $cap }」期內少 { $points } 分
change-field = { $field }包含 { $wanted }
change-higher-fit = 適配度達到 { $fit }%
change-in-group = 在分配組「{ $group }」裡
change-larger-bonus = 適配加分多 { $points } 分
change-level = 業務職級是 { $levels }
change-longer-waiting = 等待更久
change-mentor = 有在職的帶訓人
change-more-owed = 待補多 { $points } 分
change-more-turns-owed = 輪流裡少分到 { $turns } 筆
change-nothing-alone = 只改一項，結果不變
change-other-draw = 抽籤在先
change-switched-on = 接單開關開啟
change-weight = 權重大於 0
change-without-rule = 前面的規則「{ $rule }」沒有分出
