# 為什麼不能接、規則為什麼沒有分出、台帳為什麼沒有記。說事實，不說人。

capacity-open-items = 在手 { $open } 筆，容量上限 { $limit } 筆
capacity-open-points = 在手 { $open } 分，加上這筆 { $points } 分將超過容量上限 { $limit } 分
capacity-window = { $kind ->
    [rolling] { $per ->
        [hour] 最近 1 小時
        [day] 最近 24 小時
        [week] 最近 7 天
       *[month] 最近 30 天
    }
   *[fixed] { $per ->
        [hour] 本小時
        [day] 今天
        [week] 本週
       *[month] 本月
    }
}
capacity-window-items = { capacity-window }已分到 { $received } 筆，「{ $cap }」上限 { $limit } 筆
capacity-window-points = { capacity-window }已分到 { $received } 分，加上這筆 { $points } 分將超過「{ $cap }」上限 { $limit } 分

level-does-not-take = { $takers ->
    [no-value] 沒有職級承接這一類（本人職級 { $level }）
   *[other] 這一類由 { $takers } 承接（本人職級 { $level }）
}
level-no-mentor = 進階名單要有在職的帶訓人，目前沒有（本人職級 { $level }）
level-unknown = 分配規則裡沒有業務職級「{ $level }」
match-differs = { $field }：{ $wanted }；登記為：{ $has }
weight-zero = 權重為 0，暫不參與分配

owner-departed = 負責人 { $rep } 已離開或停用
owner-none = 還沒有負責人
rule-everybody-full = 符合條件的 { $full } 人都已達容量上限
rule-group-empty = 分配組裡還沒有人
rule-never-admits = 這條規則的人員條件沒有人能符合
rule-nobody-eligible = 組內 { $excluded } 人目前都不符合條件

book-not-a-member = { $person } 不在這個分配組的台帳裡
book-too-far-ahead = { $person } 目前{ $owed }，領取的限度是{ $least }

item-gave-back = 之前接過又退回了
fairness-days-out-of-range = 天數要在 { $least } 到 { $most } 之間
fairness-jain-out-of-range = Jain 指數要在 0.5 到 1 之間
fairness-no-limit = 至少填一個：偏差或 Jain 指數
fairness-points-out-of-range = 偏差要大於 0，且不超過 { $most } 分
fairness-month-not-over = 這個月還沒有結束
