# 評分、等級、分值、適配度、公平：怎麼得來的；這些部分寫錯在哪裡。

score-behavior = { $signal }：{ $counted } 次，{ $amount }
score-behavior-absent = { $signal }：沒有「{ $behavior }」的紀錄
score-count-limited = { $signal }：共 { $count } 次，計最近 { $counted } 次
score-dimension-bounded = { $dimension }合計 { $raw }，依上下限計 { $amount }
score-future-ignored = { $signal }：{ $count } 次的時間在未來，未計
score-held = { $signal }：符合，{ $amount }
score-missing = { $signal }：{ $fields }未填，不計
score-not-held = { $signal }：不符合，不計
score-signal-bounded = { $signal }：{ $raw }，依上限計 { $amount }
score-total-bounded = 評分合計 { $raw }，依上下限計 { $amount }

score-bounds-without-zero = { $floor ->
    [no-value] 上限 { $cap } 不能小於 0：什麼都不知道的名單是 0 分
   *[other] 上限 { $cap } 與下限 { $floor } 之間要有 0：什麼都不知道的名單是 0 分
}
score-cap-out-of-reach = 總上限 { $cap } 高於各面向上限之和 { $reachable }；請調低、移除，或調高某個面向
score-dimension-missing = 訊號「{ $signal }」屬於面向 { $dimension }，但 dimensions 裡沒有它的上限；請補上
score-not-a-number = 應是準確的數字，例如 12 或 0.5，不是 { $value }
score-only-for-behavior = 訊號「{ $signal }」寫了 { $name }，它只用於 behavior；請移除
score-out-of-range = { $value } 超出 -{ $limit } 到 { $limit } 的範圍
score-reads-rep = 「{ $name }」用到 { $field }：名單值多少，不能取決於分給誰
score-signal-gives-nothing = 訊號「{ $signal }」是 0 分；請給分，或移除
score-signal-kind = 訊號「{ $signal }」要寫 when（條件）或 behavior（行為），只寫其中一個
score-signal-twice = 有兩個訊號都叫「{ $name }」；請改一個
score-too-fine = { $value } 小數太多，最多兩位

grade-from-score = 評分 { $score }，達到等級 { $grade }（{ $from-score } 起）
grade-given = { $text ->
    [no-value] 等級 { $grade } 取自名單
   *[other] 等級 { $grade } 取自名單（寫作「{ $text }」）
}
grade-lowest = 評分 { $score }，等級 { $grade }（最低一級）
grade-ungraded = 沒有評分也沒有等級，依 { $grade } 處理
grade-unknown = 不認得名單上的等級「{ $text }」，未採用；可用：{ $grades }
grade-from-score-missing = 等級 { $grade } 沒有 from_score；只有最後一級可以不寫
grade-order = 等級 { $grade } 從 { $from-score } 起，沒有低於 { $above } 的 { $above-from-score }；請由高到低排列
grade-twice = 等級 { $name } 寫了兩次；請移除一個

points-adjusted = { $add ->
    [no-value] { $adjustment }：以 { $percent }% 計，{ $points } 分
   *[other] { $adjustment }：{ $add }，{ $points } 分
}
points-base = { $kind ->
    [no-value] 等級 { $grade }：{ $points } 分
   *[other] { $kind }，等級 { $grade }：{ $points } 分
}
points-bounded = { $before } 分，依上下限計 { $points } 分
points-given = 分值取自名單：{ $points } 分
points-given-unusable = 名單上的分值「{ $text }」無法使用，改依等級計
points-adjustment-kind = 調整「{ $adjustment }」要寫 add 或 multiply_percent，只寫其中一個
points-all-zero = 所有等級都是 0 分；至少一個要大於 0
points-base-out-of-bounds = { $max ->
    [no-value] 等級 { $grade } 是 { $points } 分，低於下限 { $min }；請改分值或下限
   *[other] 等級 { $grade } 是 { $points } 分，不在 { $min } 到 { $max } 之間；請改分值或上下限
}
points-bounds-swapped = 下限 { $min } 分高於上限 { $max } 分；請對調
points-grade-unknown = 分值裡寫了等級 { $grade }，但沒有這個等級；現有：{ $grades }
points-grade-without-base = { $kind ->
    [no-value] 等級 { $grade } 沒有分值；請寫明這樣的名單值多少
   *[other] { $kind }的等級 { $grade } 沒有分值；請寫明
}
points-not-a-number = 分值應是準確的數，如 3 或 0.5，不是 { $value }
points-out-of-range = 分值 { $value } 超出 -{ $limit } 到 { $limit } 的範圍
points-too-fine = 分值 { $value } 小數太多，最多六位
points-reads-rep = 「{ $name }」用到 { $field }：名單值多少，不能取決於分給誰
points-twice = 有兩個調整都叫「{ $name }」；請改一個

fit-declared = { $matched ->
    [no-value] 適配度 { $fit }%；沒有相符的方面
   *[other] { $unmatched ->
        [no-value] 適配度 { $fit }%；相符：{ $matched }
       *[other] 適配度 { $fit }%；相符：{ $matched }；不符：{ $unmatched }
    }
}
fit-learnt = 適配度 { $fit }%；依過往結果，預估成交率 { $chance }%，價值 { $value }，分值 { $points } 分，每分價值滿 { $kappa } 為 100%
fit-room = 容量餘裕 { $room }%，計入後適配度 { $fit }%
fit-not-in-use = 沒有使用適配度
fit-rep-without-history = { $rep } 還沒有過往結果，依團隊平均計
fit-segment-without-history = 過往沒有出現過的值：{ $fields }；依團隊平均計
fit-no-difference-shown = { $count } 筆過往結果裡看不出各人各有所長，適配度不區分人
fit-no-gain-shown = 以較新的結果檢驗，區分各人沒有估得更準
fit-not-held-out = 過往結果沒有時間，不能以較新的一段檢驗
fit-one-rep-only = 過往結果都是 { $rep } 一個人的，無從比較
fit-outcomes-alike = { $is-won ->
    [yes] { $count } 筆過往結果全部成交，看不出差別
   *[no] { $count } 筆過往結果全部未成交，看不出差別
}
fit-too-few-outcomes = 過往結果 { $count } 筆，至少要 { $needed } 筆才能學習
fit-part-missing = mode 為 { $mode } 時要寫 { $part }
fit-part-unused = mode 為 { $mode } 時不用 { $part }；請移除，或改 mode
fit-segment-unknown = { $rep } 的 skills 用到 { $field }，但 segments 裡沒有它；請補上
fit-weights-zero = 各項權重都是 0；請至少給一項大於 0，或寫 mode: none

fairness-catch-up-not-here = catch_up 只用於 basis: entitlement；總量相等（equal_totals）會自行補足，請去掉
fairness-owed-limit-not-here = owed_limit 只用於 basis: equal_totals；請去掉
