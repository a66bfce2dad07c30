# 分配規則：檔案有什麼問題、規則檢查、兩版差異、命令列。

# 規則裡有名稱的部分
policy-kind = { $kind ->
    [field] 欄位
    [signal] 評分項目
    [grade] 等級
    [adjustment] 分值調整
    [level] 職級
    [group] 分配組
    [territory] 業務區域
    [pool] 公海
    [rule] 規則
    [level_capacity] 職級容量
    [cap] 時段上限
    [region] 地區
    [clock_rule] 時鐘規則
    [task_type] 待辦類型
    [task_rule] 待辦規則
    [trigger] 自動建立待辦
    [source] 來源
    [region_alias] 地區別名
   *[other] { $kind }
}
policy-section = { $name ->
    [scoring] 評分卡（scoring）
    [grades] 等級（grades）
    [points] 分值（points）
    [fit] 適配度（fit）
    [capacity] 容量（capacity）
    [fairness] 公平（fairness）
    [availability] 在班（availability）
    [duplicates] 重複名單（duplicates）
    [exploration] 隨機校準（exploration）
   *[other] { $name }
}
policy-owner = { $kind ->
    [document] 整份規則
    [section] { policy-section }
   *[other] { policy-kind }「{ $name }」
}
policy-part = { $part ->
    [same_person] 同一個人再來時
    [closed_days] 結案後幾天內算原來的人
    [similar_company] 名字相近的公司
    [certainty] 算同一家公司的把握（%）
    [when] 適用條件
    [who] 人員條件
    [takes] 可接名單
    [to] 去向
    [if_nobody] 無人可接時的處理
    [match] 比對項目
    [members] 成員
    [weights] 權重
    [owner] 負責人
    [from_score] 起始評分
    [aliases] 別名
    [points] 分值
    [choices] 可選值
    [type] 型別
    [ramp] 上手期
    [stretch] 進階名單
    [mostly] 主攻名單
    [graduation] 晉級條件
    [mentees] 帶教名額
    [contains] 所轄地區
    [stands_for] 對應地區
    [items] 筆數
    [open_items] 在手筆數上限
    [open_points] 在手分值上限
   *[other] { $part }
}

# 檔案不能用
policy-not-yaml = { $line ->
    [0] 不是 YAML 或 JSON：{ $what }
   *[other] 第 { $line } 行不是 YAML 或 JSON：{ $what }
}
policy-not-utf8 = 檔案不是 UTF-8 編碼；請另存為 UTF-8
policy-not-a-mapping = 分配規則要寫成「名稱: 內容」的形式，最外層是 rules、groups 等各部分
policy-too-large = 檔案超過 { $limit } 位元組；請精簡
policy-too-deep = 巢狀超過 { $limit } 層；請拆開寫
policy-no-anchors = 第 { $line } 行用了錨點、參照或標籤（& * !）；請把內容直接寫出來
policy-repeated-key = { $line ->
    [0] 「{ $key }」寫了兩次，其中一個會被忽略；請刪去一個
   *[other] 第 { $line } 行的「{ $key }」是第二次出現，其中一個會被忽略；請刪去一個
}
policy-key-not-text = { $key ->
    [no-value] 名稱必須是文字，不能是清單
   *[other] 名稱「{ $key }」必須是文字；請加引號
}
policy-not-a-number = 「{ $value }」不是能用的數字
policy-number-unusable = 這個數字太大或沒有盡頭，不能用
policy-text-unusable = 文字裡有無法儲存的字元；請重新輸入

# 內容寫錯
policy-missing = 缺少 { $key }；請補上
policy-unknown-key = { $suggestion ->
    [no-value] 不認得「{ $key }」；這裡可以寫：{ $known }
   *[other] 不認得「{ $key }」；是不是 { $suggestion }？
}
policy-not-one-of = { $suggestion ->
    [no-value] { $value } 不在可選值之中；可選：{ $choices }
   *[other] { $value } 不在可選值之中；是不是 { $suggestion }？可選：{ $choices }
}
policy-wrong-type = { $wanted ->
    [text] { $value } 應該是文字；如果就是這幾個字，請加引號
    [list] { $value } 應該是清單
    [mapping] { $value } 應該是「名稱: 內容」的形式
    [truth] { $value } 應該是 true 或 false
   *[whole] { $value } 應該是整數
}
policy-wrong-value = { $value } 不能用在這裡；可對照 evenhand policy init 給出的範例
policy-too-small = { $value } 太小，至少是 { $limit }
policy-not-above = { $value } 太小，要大於 { $limit }
policy-too-big = { $value } 太大，最多是 { $limit }
policy-too-short = 內容太少，至少要有 { $limit } 個
policy-too-long = 內容太多，最多 { $limit } 個
policy-field-without-root = 欄位「{ $value }」要以 lead.、company. 或 rep. 開頭，後面寫名稱

# 各部分互相對不上
policy-name-twice = { policy-kind }「{ $name }」出現了兩次；請各取各的名稱
policy-unknown-name = { $suggestion ->
    [no-value] 沒有叫「{ $name }」的{ policy-kind }；請先定義
   *[other] 沒有叫「{ $name }」的{ policy-kind }；是不是「{ $suggestion }」？
}
policy-not-a-span = 時間長度要寫成 10d、4h 或 1d 30m 這樣，不能是 { $value }
policy-span-too-long = 時間長度最長 { $limit } 天，{ $value } 太長了
policy-clock-stages = 只有 stage 時鐘要寫 stages，而且必須寫；{ $clock } 不對
policy-bands-cross = 未滿載界限 { $idle }% 必須低於超出負荷界限 { $over }%
policy-meeting-hours = 「{ $value }」不是時段；請寫成 09:00-09:30
policy-clock-two-ends = 時鐘 { $clock } 逾時後既要重新分配又要進公海；請只留一個
policy-field-fixed = { $field } 的型別固定為 { $type }，不能改
policy-field-personal = { $field } 是個人資料，不能改成公開；請寫 is_personal: true
policy-match-personal = { $field } 聲明為個人資料，不會用來比對；請從比對中去掉，或去掉欄位的 is_personal
policy-region-twice = 「{ $region }」同時寫在「{ $first }」和「{ $second }」下面；一個地區只能屬於一個上層
policy-region-circle = 「{ $region }」繞了一圈又屬於自己；請改地區的上下層
policy-cap-limits-nothing = 上限「{ $cap }」什麼也沒限制；請寫 items、points 或兩者都寫
policy-group-names-nobody = 分配組「{ $group }」裡沒有人；請寫 who: true（全員）、一個條件，或 members
policy-alias-of-alias = 別名「{ $alias }」指向「{ $region }」，而它自己也是別名；請直接寫地區名稱
policy-reads-person = 這裡不能用 { $field }：此時還沒有考慮到人；對人的要求請寫到 who
policy-reads-item = 這裡不能用 { $field }：誰在組裡與名單和時間無關；對名單的要求請寫到規則的 when
policy-person-unknown = { $suggestion ->
    [no-value] 團隊裡沒有「{ $name }」
   *[other] 團隊裡沒有「{ $name }」；是不是「{ $suggestion }」？
}
policy-person-ambiguous = 團隊裡有 { $count } 個人叫「{ $name }」；請寫編號
policy-person-left = 「{ $name }」已停用，不會收到任何名單

# 規則檢查：名單走到哪條規則
lint-rule-never-applies = 沒有找到符合規則「{ $rule }」條件的例子，它可能永遠用不上
lint-rule-unreachable = 沒有找到能走到規則「{ $rule }」的例子：排在前面的{ $by }把它的名單都接走了；請調整順序或條件
lint-example = { $example ->
    [no-value] 什麼資料都沒有填的名單
   *[other] { $example }
}
lint-rules-overlap = { $more ->
    [no-value] 有的名單同時符合規則「{ $first }」和「{ $second }」，依順序歸「{ $first }」；例如：{ lint-example }
   *[other] 有的名單同時符合規則「{ $first }」和「{ $second }」，依順序歸「{ $first }」（與 { $more } 也有重疊）；例如：{ lint-example }
}
lint-lead-uncaught = 有的名單沒有規則接，例如：{ lint-example }；請在最後加一條不帶條件的規則
lint-lead-passed-on = 規則「{ $rule }」無人可接時轉給下一條規則，但後面沒有規則接得住，例如：{ lint-example }；請寫明最後怎麼辦
lint-no-level-takes = 有的名單沒有職級可接，例如：{ lint-example }；請放寬某個職級的 takes
lint-condition-never-holds = 沒有找到符合這個條件的例子：{ $condition }
lint-no-unreachable-found = { $rules } 條規則都找到了能走到的例子
lint-no-gap-found = 沒有找到無規則可接的名單
lint-no-overlap-found = 沒有找到結果不同而條件重疊的規則
lint-search-limited = 有 { $searches } 個問題沒有試完（每個最多試 { $steps } 步）；沒有找到不等於沒有

# 規則檢查：人
lint-group-empty = 分配組「{ $group }」現在沒有人
lint-groups-unchecked = 沒有團隊名冊，無法檢查這些組裡有沒有人：{ $groups }；可用 --team 給出名冊
lint-group-weightless = 分配組「{ $group }」裡所有人的權重都是 0，分不出去；請至少給一個人大於 0 的權重
lint-grade-weightless = 分配組「{ $group }」裡所有人對等級 { $grade } 的權重都是 0，這個等級分不出去
lint-group-unused = 沒有規則分給分配組「{ $group }」
lint-members-by-name = 分配組「{ $group }」指名寫了 { $count } 個人；人員異動時要改規則，用條件更省事
lint-level-not-on-ladder = 有 { $people } 個人的職級不在這裡：{ $levels }；他們什麼也收不到

# 規則檢查：分配方式
lint-same-person-dealt-anew = { $source ->
    [no-value] 同一個人再來時重新分配：兩個人可能會同時聯絡他；可改用 merge 或 attach
   *[other] 來源「{ $source }」的同一個人再來時重新分配：兩個人可能會同時聯絡他；可改用 merge 或 attach
}
lint-rotation-ignores-value = 規則「{ $rule }」依筆數輪流，而名單分值從 { $least } 到 { $most } 分不等：筆數一樣，價值可能差很多；可改用 fair_share
lint-pool-ignores-value = 規則「{ $rule }」把名單放進公海搶單，而名單分值從 { $least } 到 { $most } 分不等：手快的人會挑走好的；可先依應得分配
lint-pool-unused = 沒有規則用到公海「{ $pool }」
lint-pool-costs-nothing = 從公海「{ $pool }」領取不花分：手快的人會挑走好的；可以寫上 group，領取就記入應得
lint-pool-without-administrator = 公海「{ $pool }」只能由管理員指派，卻沒有寫管理員；由業務營運來指派
lint-pool-nobody-claims = 沒有人符合公海「{ $pool }」的領取條件；裡面的名單沒人能領
lint-pool-outside-group = 有 { $people } 人可以從公海「{ $pool }」領取，卻不在分配組「{ $group }」裡，領取的分沒有帳可記；請加進分配組或縮小條件
lint-pool-strangers = 公海「{ $pool }」的管理員裡有不在冊的人：{ $names }
lint-clocks-unreachable = 時限規則「{ $rule }」永遠輪不到：「{ $by }」在它前面，什麼都符合
lint-caps-replace-limit = 已按推算上限執行，容量上限 { $limit } 只對沒有推算值的人有效
lint-clocks-off = 時限規則「{ $rule }」已停用：符合它的名單不倒數
lint-clocks-without-pool = 時限規則「{ $rule }」到期回收，但沒有一個公海收這類項目；請加一個公海或改到期後的做法
lint-clock-end-too-early = 時限規則「{ $rule }」的「{ $clock }」：最長期限不比預設期限長，跟進多少次都不能延長
lint-clock-warns-at-start = 時限規則「{ $rule }」的「{ $clock }」：提前 { $left } 提醒，比整個期限還早，一分到就會提醒
lint-clock-does-nothing = 時限規則「{ $rule }」的「{ $clock }」到期後什麼也不做，只顯示倒數
lint-best-fit-ignores-share = 規則「{ $rule }」只看適配度，不看誰待補；會越分越集中，請確認是有意的
lint-best-fit-without-fit = 規則「{ $rule }」依最佳適配，但沒有啟用適配度（fit），等於只看誰待補
lint-waits-for-departed = 規則「{ $rule }」在負責人已離職時一直等待；名單會無人跟進，請改為 next_rule
lint-waits-while-absent = 規則「{ $rule }」在本人不在時等待；請確認等得起
lint-no-territories = 規則「{ $rule }」分給業務區域的負責人，但沒有定義任何業務區域
lint-territories-unused = 定義了業務區域，但沒有規則用到

# 規則檢查：評分、職級、公平、容量
lint-grade-out-of-reach = 等級 { $grade } 要 { $from-score } 分起，但評分卡最多只能給到 { $reachable } 分
lint-stretch-nowhere = 「{ $level }」已是最高職級，上面沒有進階名單可給
lint-graduation-nowhere = 「{ $level }」已是最高職級，上面沒有可晉級的
lint-mostly-unread = 「{ $level }」寫了主攻名單，但適合度沒有用到：請在 fit.weights 裡寫 level
lint-tau-unused = 沒有啟用適配度（fit），適配加分不起作用；τ 只決定優先區間的寬度（{ $band } 分）
lint-fit-unused = 啟用了適配度（fit），但 τ 是 0，適配加分不起作用
lint-tau-high = τ 是 { $tau } 分，最大的名單是 { $largest } 分；有自己的資料證明適配有用之後再調大
lint-band-below-tau = 優先區間（{ $band } 分）比 τ（{ $tau } 分）窄，適配加分用不滿
lint-band-above-tau = 優先區間（{ $band } 分）比 τ（{ $tau } 分）寬，公平的保證會變鬆
lint-exploration-on = 隨機校準已開啟：{ $percent }% 的名單在優先區間裡隨機分配
lint-capacity-zero = 上限是 0，誰也收不到
lint-capacity-below-lead = 上限 { $limit } 分低於最大的名單 { $largest } 分，這樣的名單誰也接不了

# 規則檢查：待辦、職級
lint-level-takes-all = 職級「{ $level }」既沒寫能接什麼，也沒寫主攻什麼，跟上面的職級沒有差別；請寫 takes 或 mostly
lint-ramp-outlasts = 職級「{ $level }」的上手期是 { $ramp } 天，滿 { $minimum } 天就會建議晉級：權重還沒到滿就建議往上走；請縮短上手期或延長晉級的最少天數
lint-task-level-nobody = 待辦類型「{ $type }」要「{ $level }」以上才能做，現在沒有人到這個職級；請降低職級或先安排人
lint-task-skill-nobody = 待辦類型「{ $type }」要的技能，現在沒有人會：{ $names }；請在成員資料裡補上技能，或改這個類型
lint-task-skill-unlisted = 待辦類型「{ $type }」要的技能不在規則列出的技能裡：{ $names }；沒有人能填上它，請改成列出的寫法
lint-task-nobody-fits = 待辦類型「{ $type }」的職級和技能，現在沒有一個人同時符合，照規則分不出去
lint-trigger-never = 自動建待辦「{ $trigger }」等的事不會發生：客戶沒有階段，也沒有成交；請改成名單或商機
lint-trigger-stage-unknown = 自動建待辦「{ $trigger }」寫了不存在的階段：{ $names }；可用的是 { $choices }
lint-trigger-undealt = 自動建待辦「{ $trigger }」照規則分，但沒有一條啟用的待辦規則接「{ $type }」；建出來的待辦會一直沒人做
lint-market-shut = { $setting ->
    [per_day] 任務大廳每人每天能申領 0 件：誰也申領不到；不限制請留空
    [holding] 任務大廳每人手上最多 0 件：誰也申領不到；不限制請留空
    [holding_points] 任務大廳每人手上最多 0 分：誰也申領不到；不限制請留空
   *[other] 任務大廳的上限 { $setting } 是 0：誰也申領不到；不限制請留空
}
lint-tasks-undealt = { $setting ->
    [most_open] 每人最多 0 件未完成待辦：照規則一件也分不出去；不限制請留空
    [most_open_points] 每人未完成待辦最多 0 分：照規則一件也分不出去；不限制請留空
   *[other] 待辦的上限 { $setting } 是 0：照規則一件也分不出去；不限制請留空
}

# 兩版差異
diff-line = 業務線：{ $before } → { $after }
diff-version = 版本：{ $before } → { $after }
diff-tau = 適配加分上限 τ：{ $before } → { $after }
diff-band = 優先區間：{ $before } → { $after }
diff-grade-points = 等級 { $grade } 的基礎分值：{ $before } → { $after }
diff-fit-tables = 換了一套學習得到的適配度
diff-added = 新增{ policy-kind }「{ $name }」，排在第 { $position }
diff-removed = 刪去{ policy-kind }「{ $name }」
diff-renamed = { policy-kind }「{ $before }」改名為「{ $after }」
diff-moved = { policy-kind }「{ $name }」從第 { $before } 移到第 { $after }
diff-enabled = 啟用{ policy-kind }「{ $name }」
diff-disabled = 停用{ policy-kind }「{ $name }」
diff-section-added = 新增：{ $section }
diff-section-removed = 刪去：{ $section }
diff-changed = { policy-owner }的{ policy-part }：{ $before } → { $after }
diff-set = { policy-owner }的{ policy-part }：新設為 { $after }
diff-unset = { policy-owner }的{ policy-part }：已拿掉，原為 { $before }
diff-names-added = { policy-owner }的{ policy-part }：增加 { $names }
diff-names-removed = { policy-owner }的{ policy-part }：拿掉 { $names }
diff-note-added = { policy-owner }：新增備註「{ $after }」
diff-note-changed = { policy-owner }：備註由「{ $before }」改為「{ $after }」
diff-note-removed = { policy-owner }：刪去備註「{ $before }」

# 命令列
policy-gravity-error = 錯誤
policy-gravity-warning = 警告
policy-gravity-hint = 提示
policy-lint-summary = 錯誤 { $errors } 個，警告 { $warnings } 個，提示 { $hints } 個
policy-diff-none = 兩份規則含義相同
policy-init-written = 已寫入 { $file }。井號後面的說明只給撰寫的人看，系統儲存時不保留；要留下的話請寫進 note。改好後用 evenhand policy lint 檢查
policy-init-exists = { $file } 已存在；請換一個名稱，或加 --force 覆寫
policy-trigger-stages = 自動建立待辦「{ $trigger }」：只有按階段的要寫階段，而且必須寫
