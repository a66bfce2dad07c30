# 工作時間與請假：誰現在不在，什麼時候恢復；行事曆檔案哪裡讀不出來。

availability-on-leave = { $until-at ->
    [no-value] 請假 { $from-at }
   *[other] 請假 { $from-at } 至 { $until-at }
}{ $stops-at ->
    [no-value] ，
   *[other] （{ $stops-at } 起已暫停分配），
}{ $back-at ->
    [no-value] 恢復時間未定
   *[other] { $back-at } 起恢復分配
}
availability-inactive = 已停用，不參與分配
availability-switched-off = 接單開關已關閉
availability-no-rep = 你不接收名單，沒有接單開關

calendar-day-off = { $date }（{ $weekday }）休息{ calendar-opens }
calendar-holiday = { $name ->
    [no-value] { $date } 放假{ calendar-opens }
   *[other] { $date } { $name }放假{ calendar-opens }
}
calendar-outside-hours = { $time } 不在工作時間（{ $hours }）{ calendar-opens }
calendar-opens = { $opens-at ->
    [no-value] ，恢復時間未定
   *[other] ，{ $opens-at } 起上班
}
calendar-provisional = { $year } 年的補班安排尚未公布，行事曆為暫定
calendar-not-covered = 沒有載入 { $year } 年的假日，行事曆為暫定
calendar-beyond-horizon = 從 { $at } 起算不出工作時間：行事曆沒有開放的時間，或已超出 { $last-year } 年

calendar-country-unknown = 「{ $country }」不是國家代碼；請寫 CN、TW、DE-BY 這樣的代碼
calendar-subdivision-unknown = { $choices ->
    [no-value] { $country } 沒有分區「{ $subdivision }」；請只寫 { $country }
   *[other] { $country } 沒有分區「{ $subdivision }」；可選：{ $choices }
}
calendar-zone-unknown = 沒有時區「{ $zone }」；請寫 Asia/Taipei 這樣的名稱
calendar-hours-unreadable = { $part ->
    [no-value] 工作時間是空的；請寫成 09:00-12:00, 13:30-18:00
   *[other] 工作時間「{ $text }」裡的「{ $part }」讀不出來；請寫成 09:00-12:00, 13:30-18:00
}
calendar-shift-empty = 班次 { $shift } 的起訖相同；請改結束時間，全天寫 00:00-24:00
calendar-shifts-overlap = 班次 { $first } 與 { $second } 重疊；請合併或錯開

calendar-file-column-missing = { $file }：缺少「{ $column }」欄；需要的欄是 date、kind、name、hours
calendar-file-unreadable = { $file } 第 { $row } 列讀不出來；請存成 UTF-8 的 CSV，或寫成 YAML 清單
calendar-row-date = { $file } 第 { $row } 列「{ $column }」：「{ $value }」不是日期；請寫成 2027-02-06，kind 為 complete 時只寫年份
calendar-row-hours = { $file } 第 { $row } 列「{ $column }」：「{ $value }」不合適；kind 為 hours 的列才寫時間，例如 09:00-12:00
calendar-row-kind = { $file } 第 { $row } 列「{ $column }」：「{ $value }」不是日子的種類；可寫 holiday、workday、hours、complete
calendar-row-repeated = { $file } 第 { $row } 列「{ $column }」：「{ $value }」與第 { $first-row } 列重複；請只留一列
