people-address-taken = 已有人使用電子郵件 { $value }；每人一個電子郵件
people-address-unreadable = 「{ $value }」不是電子郵件地址
people-cap-too-long = 手動上限最長 { $limit } 天；到期後可以再設一次
people-adjustment-too-long = 臨時調整最長 { $limit } 天；到期後可以再加一次
people-admin-sees-all = 管理員的資料範圍只能是全部
people-away-already = 這段時間與已有的請假重疊：{ $until-at ->
    [no-value] { $from-at }
   *[other] { $from-at } 至 { $until-at }
}；請先取消那一次，或改時間
people-calendar-in-use = 還有 { $count } 人使用這份行事曆；先替他們換一份
people-calendar-is-default = 這是預設行事曆；先把另一份設為預設
people-calendar-never-open = 一週裡至少要有一天有工作時間
people-choice-gone = 沒有這個選項，也許剛被刪除；請重新選
people-date-unreadable = 「{ $value }」不是日期；請寫成 2026-03-31
people-dates-reversed = 結束早於開始
people-inactive = { $name } 已停用
people-last-admin = 這是最後一位管理員；先指定另一位
people-leave-too-long = 一次請假最長 { $limit } 天
people-mentor-himself = 不能帶教自己
people-name-taken = 已有「{ $name }」；請換一個名稱
people-needed = 請填寫
people-not-yourself = 不能對自己這樣做；請另一位管理員來
people-number-out-of-range = 請填 { $low } 到 { $high } 之間的數
people-number-unreadable = 「{ $value }」不是數字
people-over-already = 已經過去了；請填今天或以後
people-roster-too-long = 一次最多排 { $limit } 天
people-roster-without-days = 這段日期裡沒有選取的星期
people-scope-needs-team = 資料範圍是團隊，就要先選團隊
people-shift-overlaps = { $name } 在 { $date } 已有班次；先刪去那一班，或改時間
people-team-circle = 不能把「{ $name }」放到它自己的下級
people-team-dissolved = 他的團隊「{ $name }」已撤銷；先替他換一個團隊
people-team-not-empty = { $teams ->
    [0] 還有 { $members } 位成員；先把他們調到別的團隊
   *[other] { $members ->
        [0] 還有 { $teams } 個下級團隊；先移走或撤銷
       *[other] 還有 { $members } 位成員、{ $teams } 個下級團隊；先移走
    }
}
people-team-too-deep = 團隊最多 { $limit } 層
people-too-long = 最多 { $limit } 個字
people-too-many = { $count } 項太多，最多 { $limit } 項
people-weight-unknown = 看不懂「{ $value }」；寫物件類型、名單等級，或「lead:A」這樣兩者都寫
people-mentor-unknown = 團隊裡沒有「{ $value }」能帶教；寫姓名或電子郵件
people-role-not-yours = 只有管理員能給這個角色；請找管理員
people-role-unknown = 沒有「{ $value }」這個角色；可寫業務、主管、業務營運、管理員、稽核
people-row-repeated = { $value } 在第 { $first-row } 列已有；留一列
people-team-elsewhere = 「{ $name }」已在別的上級團隊之下；先移動團隊，或改這一格
people-file-too-large = 檔案太大，最大 { $limit } MB；請分成幾份
