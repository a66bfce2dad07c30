# 條件：為什麼成立或不成立，怎樣會成立；寫錯在哪裡，怎麼改。

# 對欄位的要求，接在欄位名稱和冒號後面。
condition-asked = { $operator ->
    [equal] { condition-target }
    [not-equal] 不是 { condition-target }
    [below] 小於 { condition-target }
    [at-most] 不大於 { condition-target }
    [above] 大於 { condition-target }
    [at-least] 不小於 { condition-target }
    [before] 早於 { condition-target }
    [until] 不晚於 { condition-target }
    [after] 晚於 { condition-target }
    [since] 不早於 { condition-target }
    [in] { condition-target } 其中之一
    [not-in] 不在 { condition-target } 之中
    [contains] 包含 { condition-target }
    [not-contains] 不包含 { condition-target }
    [contains-any] 至少包含 { condition-target } 其中之一
    [not-contains-any] 不包含 { condition-target } 中任何一個
    [contains-all] 同時包含 { condition-target }
    [not-contains-all] 不同時包含 { condition-target }
    [starts-with] 以 { condition-target } 開頭
    [not-starts-with] 不以 { condition-target } 開頭
    [between] 在 { condition-target } 之間
    [not-between] 不在 { condition-target } 之間
    [is-within] 屬於 { condition-target }
    [not-is-within] 不屬於 { condition-target }
    [is-empty] 未填
    [is-not-empty] 已填
    [within-last] 在最近 { $wanted }內
    [not-within-last] 不在最近 { $wanted }內
    [within-next] 在今後 { $wanted }內
    [not-within-next] 不在今後 { $wanted }內
    [older-than] 在 { $wanted }以前
    [not-older-than] 不在 { $wanted }以前
    [is-true] 是
   *[is-false] 否
}
condition-target = { $other ->
    [no-value] { $wanted }
   *[field] { $other }（{ $wanted }）
}

condition-held = { $field }：{ $actual }（符合要求：{ condition-asked }）
condition-failed = { $field }：{ $actual }（要求：{ condition-asked }）
condition-missing = { $absent }未填（要求{ $field }：{ condition-asked }）
condition-no-calendar = 沒有工作行事曆，無法判斷（要求{ $field }：{ condition-asked-plain }）
condition-asked-plain = { $operator ->
    [within-last] 在最近 { $wanted }內
    [within-next] 在今後 { $wanted }內
    [older-than] 在 { $wanted }以前
    [is-false] 否
   *[is-true] 是
}
condition-masked = { $holds ->
    [yes] { $field }符合要求（個人資料，不顯示）
   *[no] { $field }不符合要求（個人資料，不顯示）
}
condition-remedy = { $field }：{ condition-asked }
condition-remedy-masked = { $field }的判斷結果相反（個人資料，不顯示）
condition-all = { $holds ->
    [yes] 各項都符合
   *[no] 有一項以上不符合
}
condition-any = { $holds ->
    [yes] 至少一項符合
   *[no] 各項都不符合
}
condition-not = { $holds ->
    [yes] 所排除的情況沒有出現
   *[no] 出現了所排除的情況
}
condition-always = { $holds ->
    [yes] 沒有條件，一律符合
   *[no] 條件寫為「永不」，一律不符合
}

# 寫錯的條件。欄位和運算照原樣寫出，方便尋找。
condition-suggested = { $suggestion ->
    [no-value] {""}
   *[other] ；是不是 { $suggestion }？
}
condition-bad-escape = 不認得跳脫字元 { $escape }；可用 \" \\ \n \t \r \u0041
condition-bad-literal = { $value } 像日期、時刻或時間長度，但不是；如果是文字，請加引號
condition-blank = 這裡沒有寫條件；一律成立請寫 true
condition-empty-list = { $field } { $operator }：清單是空的；請至少寫一個值
condition-empty-range = { $field }（{ $type }）{ $operator }：下限 { $low } 高於上限 { $high }，永遠不成立；請對調
condition-empty-text = { $field }（{ $type }）{ $operator }：與空白文字比較永遠不成立；請寫 { $field } is empty
condition-expected = { $expected ->
    [list] 這裡應是括號裡的清單，或清單欄位，不是 { $found }
    [places] 這裡應是地區、地區清單或欄位，不是 { $found }
    [range] 這裡應是下限 and 上限，不是 { $found }
    [span] 這裡應是時間長度，例如 7d、4h、2wd，不是 { $found }
    [closing] 這裡應是右括號，不是 { $found }
    [condition] 這裡應是條件，例如 lead.source = web，不是 { $found }
    [end] 這裡應是 and、or 或結尾，不是 { $found }
    [operator] 這裡應是運算，例如 =、in、contains、is empty，不是 { $found }
   *[value] 這裡應是值或欄位，不是 { $found }
}
condition-incomparable = { $field }（{ $type }）{ $operator } { $other }（{ $other-type }）：這兩種型別不能這樣比較
condition-inexact-number = { $value } 是二進位小數，不精確；請寫成 number: "{ $value }"
condition-missing-key = 缺少 { $key }
condition-name-unusable = { $name } 不能當欄位名稱
condition-not-a-choice = { $field }（{ $type }）{ $operator } { $value }：這個欄位沒有這個值{ condition-suggested }
condition-not-a-condition = { $found } 不是條件；請寫文字、true，或含 all、any、not、field 的表
condition-number-out-of-range = { $value }：數字整數部分最多 15 位，小數最多 9 位
condition-personal-constant = { $field }（{ $type }）{ $operator }：這樣會把個人資料存進每個規則版本；請只判斷其中一部分，或在名單上做標記
condition-personal-with-rep = { $field }（{ $type }）{ $operator }：名單的個人資料不能與業務的欄位比較
condition-span-out-of-range = 時間長度 { $value } 超過 { $limit }
condition-text-unusable = 文字裡有無法儲存的字元；請刪除
condition-too-deep = 條件巢狀超過 { $limit } 層；請拆開
condition-too-few-parts = { $key } 至少要有一項；一律成立請寫 true
condition-too-long = 條件有 { $length } 個字元，最多 { $limit } 個；請拆開
condition-too-long-list = 清單有 { $length } 個值，最多 { $limit } 個
condition-too-many-parts = 條件超過 { $limit } 項；請拆開
condition-unclear-word = { $word } 有幾種讀法；文字請寫 "{ $word }"，欄位請寫 lead.名稱
condition-unclosed-quote = 引號沒有結束；請補上
condition-unexpected-character = { $character } 在這裡沒有意義；文字請加引號
condition-unknown-field = { $field } { $operator }：沒有這個欄位{ condition-suggested }
condition-unknown-key = 條件裡沒有 { $key } 這一項{ condition-suggested }
condition-unknown-operator = 沒有 { $operator } 這種運算{ condition-suggested }
condition-unknown-region = { $field }（{ $type }）{ $operator } { $value }：地區表裡沒有這個地區{ condition-suggested }
condition-unknown-root = 欄位不能以 { $root } 開頭；請用 lead、company、rep 或 now{ condition-suggested }
condition-unusable-constant = { $value } 不能當條件裡的值
condition-unusable-operator = { $field }（{ $type }）不能用 { $operator }；可用：{ $usable }
condition-wrong-constant = { $field }（{ $type }）{ $operator } { $value }：拿來比較的是{ $value-type }；文字要加引號，其他不加
condition-wrong-shape = { $wanted ->
    [list] { $field } { $operator } 後面應是括號裡的清單，或清單欄位
    [nothing] { $field } { $operator } 後面不應再有內容
    [places] { $field } { $operator } 後面應是地區、地區清單或欄位
    [range] { $field } { $operator } 後面應是下限和上限
    [span] { $field } { $operator } 後面應是時間長度，例如 7d、4h、2wd
   *[value] { $field } { $operator } 後面應是一個值或欄位
}

# 規則裡的條件，用一句話說。
condition-said = { $operator ->
    [equal] { $field }是 { condition-said-value }
    [not-equal] { $field }不是 { condition-said-value }
    [below] { $field }小於 { condition-said-value }
    [at-most] { $field }不大於 { condition-said-value }
    [above] { $field }大於 { condition-said-value }
    [at-least] { $field }不小於 { condition-said-value }
    [before] { $field }早於 { condition-said-value }
    [until] { $field }不晚於 { condition-said-value }
    [after] { $field }晚於 { condition-said-value }
    [since] { $field }不早於 { condition-said-value }
    [in] { $field }是 { condition-said-value } 之一
    [not-in] { $field }不是 { condition-said-value } 中的任何一個
    [contains] { $field }包含 { condition-said-value }
    [not-contains] { $field }不包含 { condition-said-value }
    [contains-any] { $field }至少包含 { condition-said-value } 之一
    [not-contains-any] { $field }不包含 { condition-said-value } 中任何一個
    [contains-all] { $field }同時包含 { condition-said-value }
    [not-contains-all] { $field }不同時包含 { condition-said-value }
    [starts-with] { $field }以 { condition-said-value } 開頭
    [not-starts-with] { $field }不以 { condition-said-value } 開頭
    [between] { $field }在 { condition-said-value } 之間
    [not-between] { $field }不在 { condition-said-value } 之間
    [is-within] { $field }屬於 { condition-said-value }
    [not-is-within] { $field }不屬於 { condition-said-value }
    [is-empty] { $field }未填
    [is-not-empty] { $field }已填
    [within-last] { $field }在最近 { $wanted }內
    [not-within-last] { $field }不在最近 { $wanted }內
    [within-next] { $field }在今後 { $wanted }內
    [not-within-next] { $field }不在今後 { $wanted }內
    [older-than] { $field }在 { $wanted }以前
    [not-older-than] { $field }不在 { $wanted }以前
    [is-true] { $field }為「是」
   *[is-false] { $field }為「否」
}
condition-said-value = { $other ->
    [no-value] { $wanted }
   *[field] { $other }
}
condition-both = { $first }，並且{ $second }
condition-either = { $first }，或者{ $second }
condition-bracketed = （{ $inner }）
condition-negated = 不符合（{ $inner }）
condition-everything = 一律
condition-nothing = 永不
