# 保住手上的：延期、鎖定、暫停計時、接受
extend-decided = 這個延期申請已經有答覆了，可能剛有人處理
extend-no-such-clock = 它沒有這個時限，請選正在計時的
extend-not-offered = 管它的規則不提供延期；可以請主管暫停計時
extend-over = 它已經換了負責人或沒有負責人，延期沒有意義了
extend-own = 不能核准自己的延期；請上一級主管或銷售營運處理
extend-used-up = 已經延過 { $limit } 次，不能再延
extend-waiting = 已有一個延期申請在等答覆
decline-accepted = 你已經接受了它；不想跟進請填原因退回
decline-not-asked = 它不需要確認接受；不想跟進請填原因退回
lock-locked = 已經鎖定，到 { $at } 為止
lock-not-locked = 它沒有鎖定
lock-not-offered = 規則裡沒有開放鎖定
lock-too-many = 你已鎖定 { $limit } 筆，到上限了；先解鎖一筆，或等 { $at } 以後再鎖
lock-used-up = 同一負責人可以鎖定的時間已經用完
pause-of-a-rule = 它停著是因為規則關閉了；開啟那條規則就會接著計時
pause-over = 已經結束了
pause-own = 不能暫停自己名下的計時；請主管處理
pause-times = 結束時間要晚於開始時間，並且在現在之後
pause-too-early = 開始時間最多可以早 { $limit } 天
pause-too-long = 最長 { $limit } 天，開始時間也最多在 { $limit } 天以後
reach-other-rules = 又發布了新的規則；請重新看一遍數量

act-reason-extend-customer-asked = 客戶要求晚點再談
act-reason-extend-visit-agreed = 已約好拜訪或會議
act-reason-extend-quote-out = 已報價，等客戶答覆
act-reason-extend-tender = 正在招投標
act-reason-extend-other = 其他
web-act-extend = 延期（付分）
web-share-act-extended = 為延期付的分
web-fairness-act-extended = 延期付分

web-event-item-declined = 不接{ $item }
web-event-item-extension-asked = 申請延期：{ $item }
web-event-item-extended = 延期：{ $item }
web-event-item-extension-refused = 不同意延期：{ $item }
web-event-item-locked = 鎖定{ $item }
web-event-item-unlocked = 解鎖{ $item }
web-event-item-clock-paused = 暫停計時：{ $item }
web-event-item-clock-resumed = 恢復計時：{ $item }
web-event-clocks-frozen = 全公司暫停計時
web-event-clocks-paused = 暫停一個人名下的計時
web-event-clocks-resumed = 恢復計時
web-event-clocks-rule-stopped = 關閉計時規則
web-event-clocks-rule-resumed = 開啟計時規則
web-event-clocks-reached-back = 把新時限用到已在手上的
web-event-of-pause = 暫停計時
web-event-key-clock = 時限
web-event-key-minutes = 分鐘
web-event-key-from-at = 從
web-event-key-until-at = 到

notice-extension-asked = { $by } 申請延期：{ $item }
notice-extension-granted = { $by } 同意延期：{ $item }
notice-extension-refused = { $by } 不同意延期：{ $item }

pause-nobody = 請選擇暫停誰名下的計時

pause-reason-holiday = 放假
pause-reason-training = 教育訓練
pause-reason-business-trip = 出差
pause-reason-customer-wish = 客戶要求
pause-reason-system = 系統故障

# 詳情頁
web-keeping-accept-text = 這是分給你的。接受，或者馬上說不接，好轉給別人。
web-keeping-accept = 接受
web-keeping-decline = 不接
web-keeping-decline-text = 分值退還給你，馬上轉給其他同事。請點一個原因。
web-keeping-locked = 已鎖定，不會被回收，到
web-keeping-stopped-company = 全公司暫停計時
web-keeping-stopped-rule = 管它的規則已關閉，停止計時
web-keeping-stopped-rep = 這位同事名下暫停計時
web-keeping-stopped-item = 這一筆暫停計時
web-keeping-until = 到
web-keeping-waits = 已申請延期
web-keeping-extend = 延期
web-keeping-extend-text = 延 { $span }，付 { $points }。
web-keeping-extend-asks = 由主管決定，同意了才付。
web-keeping-which = 延哪個時限
web-keeping-lock = 鎖定
web-keeping-unlock = 解鎖
web-keeping-pause = 暫停計時
web-keeping-pause-text = 從現在起停止計時，恢復後接著用剩下的時間。
web-keeping-last-day = 最後一天（不填 = 手動恢復為止）
web-keeping-resume = 恢復計時
web-keeping-done-accept = 已接受
web-keeping-done-decline = 已轉給別人
web-keeping-done-extend = 已延期
web-keeping-done-asked = 已送出，等主管答覆
web-keeping-done-lock = 已鎖定
web-keeping-done-unlock = 已解鎖
web-keeping-done-pause = 已暫停計時
web-keeping-done-resume = 已恢復計時

# 時效頁
web-nav-clocks = 時效
web-clocks-title = 時效
web-clocks-intro = 誰申請了延期，哪些計時停著。請假會自動停止計時。
web-clocks-requests = 等答覆的延期申請
web-clocks-item = 對象
web-clocks-who = 負責人
web-clocks-clock = 時限
web-clocks-reason = 原因
web-clocks-cost = 付分
web-clocks-asked = 申請時間
web-clocks-due = 到期
web-clocks-answer = 答覆
web-clocks-grant = 同意
web-clocks-refuse = 不同意
web-clocks-none = 沒有等答覆的申請
web-clocks-none-text = 規則要求主管決定的延期申請會出現在這裡。
web-clocks-stopped = 停著的計時
web-clocks-of = 範圍
web-clocks-from = 從
web-clocks-until = 到
web-clocks-open = 手動恢復
web-clocks-by = 操作人
web-clocks-end = 結束
web-clocks-running = 全部正常計時
web-clocks-running-text = 公司放假或有人出差，可以在下面暫停。
web-clocks-freeze = 全公司暫停計時
web-clocks-freeze-text = 用於行事曆裡沒有的假期。期間什麼都不會到期；恢復後每個時限接著用剩下的時間。
web-clocks-stop = 暫停一個人名下的計時
web-clocks-stop-text = 用於教育訓練、出差；已登記的請假會自動停止計時。
web-clocks-person = 誰
web-clocks-first-day = 第一天
web-clocks-first-day-hint = 不填：從現在開始。
web-clocks-last-day-hint = 包含這一天。
web-clocks-done-granted = 已同意，並通知負責人
web-clocks-done-refused = 已答覆不同意，並通知負責人
web-clocks-done-stopped = 已暫停計時
web-clocks-done-ended = 已恢復計時

# 新時限用到已在手上的
web-reach-title = 把時限用到已在手上的
web-reach-of = 把生效的時限用到已在手上的：{ $name }
web-reach-intro = 發布規則不會改動已在手上的時限；想改，在這裡先看清楚再決定
web-reach-counted = 有 { $count } 筆還按第 { $version } 版以前的規則計時，或還沒有時限：
web-reach-what = 時限從今天開始算，不會一點下去就到期；已核准的延期仍然有效。
web-reach-ask = 把生效的時限用到 { $count } 筆？
web-reach-start = 用到 { $count } 筆
web-reach-keep = 先不動
web-reach-none = 全部都按生效的時限計時
web-reach-none-text = 以後分到手的會自動按它計時。
web-reach-done = 已用到 { $count } 筆

# A wrong recycle
appeal-not-taken-away = 它不是從你名下收回的，請選其他原因
act-reason-credit-recycled = 回收錯了：我跟進過
act-reason-assign-appeal = 申訴成立
web-appeals-gives-back = 申訴成立後，只要還沒有別人領走，馬上還給申訴人；分值是他當初付的。
web-event-key-given = 歸還依據
web-appeals-taken = 最近從你名下回收的
web-appeals-taken-text = 收錯了可以申訴：成立後，只要還沒有別人領走，就還給你。
