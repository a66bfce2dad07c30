people-address-taken = 已有人使用邮箱 { $value }；每人一个邮箱
people-address-unreadable = “{ $value }”不是邮箱地址
people-cap-too-long = 手工上限最长 { $limit } 天；到期后可以再设一次
people-adjustment-too-long = 临时调整最长 { $limit } 天；到期后可以再加一次
people-admin-sees-all = 管理员的数据范围只能是全部
people-away-already = 这段时间与已有的请假重叠：{ $until-at ->
    [no-value] { $from-at }
   *[other] { $from-at } 至 { $until-at }
}；请先取消那一次，或改时间
people-calendar-in-use = 还有 { $count } 人使用这份日历；先给他们换一份
people-calendar-is-default = 这是默认日历；先把另一份设为默认
people-calendar-never-open = 一周里至少要有一天有工作时间
people-choice-gone = 没有这个选项，也许刚被删除；请重新选
people-date-unreadable = “{ $value }”不是日期；请写成 2026-03-31
people-dates-reversed = 结束早于开始
people-inactive = { $name } 已停用
people-last-admin = 这是最后一位管理员；先指定另一位
people-leave-too-long = 一次请假最长 { $limit } 天
people-mentor-himself = 不能带教自己
people-name-taken = 已有“{ $name }”；请换一个名称
people-needed = 请填写
people-not-yourself = 不能对自己这样做；请另一位管理员来
people-number-out-of-range = 请填 { $low } 到 { $high } 之间的数
people-number-unreadable = “{ $value }”不是数字
people-over-already = 已经过去了；请填今天或以后
people-roster-too-long = 一次最多排 { $limit } 天
people-roster-without-days = 这段日期里没有选中的星期
people-scope-needs-team = 数据范围是团队，就要先选团队
people-shift-overlaps = { $name } 在 { $date } 已有班次；先删去那一班，或改时间
people-team-circle = 不能把“{ $name }”放到它自己的下级
people-team-dissolved = 他的团队“{ $name }”已撤销；先给他换一个团队
people-team-not-empty = { $teams ->
    [0] 还有 { $members } 位成员；先把他们调到别的团队
   *[other] { $members ->
        [0] 还有 { $teams } 个下级团队；先移走或撤销
       *[other] 还有 { $members } 位成员、{ $teams } 个下级团队；先移走
    }
}
people-team-too-deep = 团队最多 { $limit } 层
people-too-long = 最多 { $limit } 个字
people-too-many = { $count } 项太多，最多 { $limit } 项
people-weight-unknown = 看不懂“{ $value }”；写对象类型、线索等级，或“lead:A”这样两者都写
people-mentor-unknown = 团队里没有“{ $value }”能带教；写姓名或邮箱
people-role-not-yours = 只有管理员能给这个角色；请找管理员
people-role-unknown = 没有“{ $value }”这个角色；可写销售、主管、销售运营、管理员、审计
people-row-repeated = { $value } 在第 { $first-row } 行已有；留一行
people-team-elsewhere = “{ $name }”已在别的上级团队之下；先移动团队，或改这一格
people-file-too-large = 文件太大，最大 { $limit } MB；请分成几份
