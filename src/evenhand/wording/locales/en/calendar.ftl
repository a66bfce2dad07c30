# Working time and leave: who is away and until when; what cannot be read in a file of days.

availability-on-leave = { $until-at ->
    [no-value] On leave { $from-at }
   *[other] On leave { $from-at } to { $until-at }
}{ $stops-at ->
    [no-value] {""}
   *[other] {" "}(nothing new since { $stops-at })
}{ $back-at ->
    [no-value] ; return not known
   *[other] ; back from { $back-at }
}
availability-inactive = Deactivated
availability-switched-off = Accepting switch is off
availability-no-rep = You receive no items, so there is no accepting switch

calendar-day-off = { $weekday } { $date } is a day off{ calendar-opens }
calendar-holiday = { $name ->
    [no-value] { $date } is a holiday{ calendar-opens }
   *[other] { $date } is a holiday ({ $name }){ calendar-opens }
}
calendar-outside-hours = { $time } is outside working hours ({ $hours }){ calendar-opens }
calendar-opens = { $opens-at ->
    [no-value] ; reopening not known
   *[other] ; open from { $opens-at }
}
calendar-provisional = The make-up workdays of { $year } are not published yet: the calendar is provisional
calendar-not-covered = The holidays of { $year } are not loaded: the calendar is provisional
calendar-beyond-horizon = No working time can be counted from { $at } on: the calendar never opens, or the answer lies beyond { $last-year }

calendar-country-unknown = “{ $country }” is not a country code; use one such as CN, TW or DE-BY
calendar-subdivision-unknown = { $choices ->
    [no-value] { $country } has no part “{ $subdivision }”; use { $country } alone
   *[other] { $country } has no part “{ $subdivision }”; it has { $choices }
}
calendar-zone-unknown = There is no time zone “{ $zone }”; use a name such as Asia/Shanghai
calendar-hours-unreadable = { $part ->
    [no-value] The working hours are empty; write them as 09:00-12:00, 13:30-18:00
   *[other] “{ $part }” in “{ $text }” is not working hours; write them as 09:00-12:00, 13:30-18:00
}
calendar-shift-empty = Shift { $shift } ends when it begins; give another end, or 00:00-24:00 for the whole day
calendar-shifts-overlap = Shifts { $first } and { $second } overlap; join them or move one of them

calendar-file-column-missing = { $file }: there is no column “{ $column }”; the columns are date, kind, name and hours
calendar-file-unreadable = { $file }, row { $row } cannot be read; save it as CSV in UTF-8, or as a YAML list
calendar-row-date = { $file }, row { $row }, { $column }: “{ $value }” is not a day; write it as 2027-02-06, or a year alone for kind complete
calendar-row-hours = { $file }, row { $row }, { $column }: “{ $value }” does not fit; kind hours, and it alone, has hours such as 09:00-12:00
calendar-row-kind = { $file }, row { $row }, { $column }: “{ $value }” is not a kind of day; use holiday, workday, hours or complete
calendar-row-repeated = { $file }, row { $row }, { $column }: “{ $value }” stands in row { $first-row } already; keep one
