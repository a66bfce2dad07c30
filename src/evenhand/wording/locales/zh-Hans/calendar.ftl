# 工作时间与请假：谁现在不在，什么时候恢复；日历文件哪里读不出。

availability-on-leave = { $until-at ->
    [no-value] 请假 { $from-at }
   *[other] 请假 { $from-at } 至 { $until-at }
}{ $stops-at ->
    [no-value] ，
   *[other] （{ $stops-at } 起已暂停分配），
}{ $back-at ->
    [no-value] 恢复时间待定
   *[other] { $back-at } 起恢复分配
}
availability-inactive = 已停用，不参与分配
availability-switched-off = 接单开关已关闭
availability-no-rep = 你不接收线索，没有接单开关

calendar-day-off = { $date }（{ $weekday }）休息{ calendar-opens }
calendar-holiday = { $name ->
    [no-value] { $date } 放假{ calendar-opens }
   *[other] { $date } { $name }放假{ calendar-opens }
}
calendar-outside-hours = { $time } 不在工作时间（{ $hours }）{ calendar-opens }
calendar-opens = { $opens-at ->
    [no-value] ，恢复时间待定
   *[other] ，{ $opens-at } 起上班
}
calendar-provisional = { $year } 年的调休安排尚未公布，日历为暂定
calendar-not-covered = 没有载入 { $year } 年的节假日，日历为暂定
calendar-beyond-horizon = 从 { $at } 起算不出工作时间：日历没有开放的时间，或已超出 { $last-year } 年

calendar-country-unknown = “{ $country }”不是国家代码；请写 CN、TW、DE-BY 这样的代码
calendar-subdivision-unknown = { $choices ->
    [no-value] { $country } 没有分区“{ $subdivision }”；请只写 { $country }
   *[other] { $country } 没有分区“{ $subdivision }”；可选：{ $choices }
}
calendar-zone-unknown = 没有时区“{ $zone }”；请写 Asia/Shanghai 这样的名称
calendar-hours-unreadable = { $part ->
    [no-value] 工作时间是空的；请写成 09:00-12:00, 13:30-18:00
   *[other] 工作时间“{ $text }”里的“{ $part }”读不出；请写成 09:00-12:00, 13:30-18:00
}
calendar-shift-empty = 班次 { $shift } 的起止相同；请改结束时间，全天写 00:00-24:00
calendar-shifts-overlap = 班次 { $first } 与 { $second } 重叠；请合并或错开

calendar-file-column-missing = { $file }：缺少列“{ $column }”；需要的列是 date、kind、name、hours
calendar-file-unreadable = { $file } 第 { $row } 行读不出；请存为 UTF-8 的 CSV，或写成 YAML 列表
calendar-row-date = { $file } 第 { $row } 行“{ $column }”：“{ $value }”不是日期；请写成 2027-02-06，kind 为 complete 时只写年份
calendar-row-hours = { $file } 第 { $row } 行“{ $column }”：“{ $value }”不合适；kind 为 hours 的行才写时间，如 09:00-12:00
calendar-row-kind = { $file } 第 { $row } 行“{ $column }”：“{ $value }”不是日子的种类；可写 holiday、workday、hours、complete
calendar-row-repeated = { $file } 第 { $row } 行“{ $column }”：“{ $value }”与第 { $first-row } 行重复；请只留一行
