# 名單在哪個地區、憑什麼說；地區檔案哪裡寫錯了。

region-hint-province = 省份
region-hint-city = 城市
region-hint-county = 區縣
region-hint-region = 地區
region-hint-address = 地址
region-hint-postcode = 郵遞區號
region-hint-phone = 電話
region-hint-country = 國家
region-decree-state = 國務院核准
region-decree-ministry = 民政部核准
region-decree-local = 當地調整
region-decree-company = 本公司地區檔案所載

region-said = { $hint }寫的是「{ $written }」，即 { $place }
region-several = { $hint }寫的是「{ $written }」，可能是 { $places }
region-not-understood = { $hint }寫的是「{ $written }」，看不出是哪裡
region-number = 依{ $hint }（{ $prefix }）是 { $places }
region-number-elsewhere = { $hint }（{ $prefix }）屬於 { $places }，與所寫的 { $written } 不符；以寫的為準
region-conflict = { $hint }說的是 { $places }，{ $other-hint }說的是 { $other-places }，兩者矛盾，不作推斷
region-by-custom = 只寫簡稱，依習慣理解為 { $place }；同名的還有 { $places }
region-re-ranked = 「{ $written }」現在是 { $place }
region-renamed = { $old }已於 { $year } 年更名（{ $decree }），現在是 { $places }
region-raised = { $old }已於 { $year } 年改制（{ $decree }），現在是 { $places }
region-merged = { $old }已於 { $year } 年併入 { $places }（{ $decree }）
region-moved = { $old }自 { $year } 年起改歸 { $places }（{ $decree }）
region-split = { $old }已於 { $year } 年撤銷，分屬 { $places }（{ $decree }）
region-country = 國家寫的是「{ $written }」（{ $country }）
region-state = 州寫的是「{ $written }」
region-zip = 郵遞區號 { $zip } 屬於 { $states }

region-file-column-missing = { $file }：缺少「{ $column }」欄；應有的欄位是 code、name、aliases、became、year
region-file-too-large = { $file }：超過 { $limit } MB，不像是地區表；請只保留要增改的列
region-file-unreadable = { $file } 第 { $row } 列：讀不出來；請另存為 UTF-8 的 CSV，或由物件組成的 JSON 清單
region-row-code = { $file } 第 { $row } 列「{ $column }」：「{ $value }」不是六位數的行政區代碼，例如 330110
region-row-name = { $file } 第 { $row } 列「{ $column }」：「{ $value }」不是名稱；請寫全名，例如 餘杭區
region-row-parent = { $file } 第 { $row } 列「{ $column }」：「{ $value }」所屬的省不在表中；請先加上省
region-row-became = { $file } 第 { $row } 列「{ $column }」：「{ $value }」不是現有行政區的代碼；多個代碼請用 | 分開
region-row-year = { $file } 第 { $row } 列「{ $column }」：「{ $value }」不是年份；請寫四位數字，例如 2027
region-row-repeated = { $file } 第 { $row } 列「{ $column }」：「{ $value }」在第 { $first-row } 列已經有了，請只留一列

# evenhand regions
region-none = 不知道在哪裡
region-confidence-sure = 確定
region-confidence-likely = 很可能
region-confidence-ambiguous = 有多種可能
region-confidence-unknown = 無從判斷
region-result = { $place }，{ $confidence }
region-result-sure = 其中確定的部分：{ $place }
region-result-candidates = 可能是：{ $places }
region-file-fine = { $file } 可以使用：新增 { $added } 個，撤銷 { $ended } 個，更名 { $renamed } 個
