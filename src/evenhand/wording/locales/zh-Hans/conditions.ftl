# 条件：为什么成立或不成立，怎样会成立；写错在哪里，怎么改。

# 对字段的要求，接在字段名和冒号后面。
condition-asked = { $operator ->
    [equal] { condition-target }
    [not-equal] 不是 { condition-target }
    [below] 小于 { condition-target }
    [at-most] 不大于 { condition-target }
    [above] 大于 { condition-target }
    [at-least] 不小于 { condition-target }
    [before] 早于 { condition-target }
    [until] 不晚于 { condition-target }
    [after] 晚于 { condition-target }
    [since] 不早于 { condition-target }
    [in] { condition-target } 之一
    [not-in] 不在 { condition-target } 之中
    [contains] 包含 { condition-target }
    [not-contains] 不包含 { condition-target }
    [contains-any] 至少包含 { condition-target } 之一
    [not-contains-any] 不包含 { condition-target } 中任何一个
    [contains-all] 同时包含 { condition-target }
    [not-contains-all] 不同时包含 { condition-target }
    [starts-with] 以 { condition-target } 开头
    [not-starts-with] 不以 { condition-target } 开头
    [between] 在 { condition-target } 之间
    [not-between] 不在 { condition-target } 之间
    [is-within] 属于 { condition-target }
    [not-is-within] 不属于 { condition-target }
    [is-empty] 未填
    [is-not-empty] 已填
    [within-last] 在最近 { $wanted }内
    [not-within-last] 不在最近 { $wanted }内
    [within-next] 在今后 { $wanted }内
    [not-within-next] 不在今后 { $wanted }内
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
condition-no-calendar = 没有工作日历，无法判断（要求{ $field }：{ condition-asked-plain }）
condition-asked-plain = { $operator ->
    [within-last] 在最近 { $wanted }内
    [within-next] 在今后 { $wanted }内
    [older-than] 在 { $wanted }以前
    [is-false] 否
   *[is-true] 是
}
condition-masked = { $holds ->
    [yes] { $field }符合要求（个人信息，不显示）
   *[no] { $field }不符合要求（个人信息，不显示）
}
condition-remedy = { $field }：{ condition-asked }
condition-remedy-masked = { $field }的判断结果相反（个人信息，不显示）
condition-all = { $holds ->
    [yes] 各项都符合
   *[no] 有一项以上不符合
}
condition-any = { $holds ->
    [yes] 至少一项符合
   *[no] 各项都不符合
}
condition-not = { $holds ->
    [yes] 所排除的情况没有出现
   *[no] 出现了所排除的情况
}
condition-always = { $holds ->
    [yes] 没有条件，总是符合
   *[no] 条件写为“永不”，总是不符合
}

# 写错的条件。字段和运算照原样写出，便于查找。
condition-suggested = { $suggestion ->
    [no-value] {""}
   *[other] ；是不是 { $suggestion }？
}
condition-bad-escape = 转义 { $escape } 不认识；可用 \" \\ \n \t \r \u0041
condition-bad-literal = { $value } 像日期、时刻或时长，但不是；如果是文本，请加引号
condition-blank = 这里没有写条件；总是成立请写 true
condition-empty-list = { $field } { $operator }：列表是空的；请至少写一个值
condition-empty-range = { $field }（{ $type }）{ $operator }：下限 { $low } 高于上限 { $high }，永远不成立；请对调
condition-empty-text = { $field }（{ $type }）{ $operator }：与空文本比较永远不成立；请写 { $field } is empty
condition-expected = { $expected ->
    [list] 这里应是括号里的列表，或列表字段，不是 { $found }
    [places] 这里应是地区、地区列表或字段，不是 { $found }
    [range] 这里应是下限 and 上限，不是 { $found }
    [span] 这里应是时长，如 7d、4h、2wd，不是 { $found }
    [closing] 这里应是右括号，不是 { $found }
    [condition] 这里应是条件，如 lead.source = web，不是 { $found }
    [end] 这里应是 and、or 或结尾，不是 { $found }
    [operator] 这里应是运算，如 =、in、contains、is empty，不是 { $found }
   *[value] 这里应是值或字段，不是 { $found }
}
condition-incomparable = { $field }（{ $type }）{ $operator } { $other }（{ $other-type }）：这两种类型不能这样比较
condition-inexact-number = { $value } 是二进制小数，不精确；请写成 number: "{ $value }"
condition-missing-key = 缺少 { $key }
condition-name-unusable = { $name } 不能作字段名
condition-not-a-choice = { $field }（{ $type }）{ $operator } { $value }：这个字段没有这个值{ condition-suggested }
condition-not-a-condition = { $found } 不是条件；请写文本、true，或含 all、any、not、field 的表
condition-number-out-of-range = { $value }：数字整数部分最多 15 位，小数最多 9 位
condition-personal-constant = { $field }（{ $type }）{ $operator }：这样会把个人信息存进每个规则版本；请只判断其中一部分，或在线索上做标记
condition-personal-with-rep = { $field }（{ $type }）{ $operator }：线索的个人信息不能与销售的字段比较
condition-span-out-of-range = 时长 { $value } 超过 { $limit }
condition-text-unusable = 文本里有不能保存的字符；请删去
condition-too-deep = 条件嵌套超过 { $limit } 层；请拆开
condition-too-few-parts = { $key } 至少要有一项；总是成立请写 true
condition-too-long = 条件有 { $length } 个字符，最多 { $limit } 个；请拆开
condition-too-long-list = 列表有 { $length } 个值，最多 { $limit } 个
condition-too-many-parts = 条件超过 { $limit } 项；请拆开
condition-unclear-word = { $word } 有几种读法；文本请写 "{ $word }"，字段请写 lead.名称
condition-unclosed-quote = 引号没有结束；请补上
condition-unexpected-character = { $character } 在这里没有意义；文本请加引号
condition-unknown-field = { $field } { $operator }：没有这个字段{ condition-suggested }
condition-unknown-key = 条件里没有 { $key } 这一项{ condition-suggested }
condition-unknown-operator = 没有 { $operator } 这种运算{ condition-suggested }
condition-unknown-region = { $field }（{ $type }）{ $operator } { $value }：地区表里没有这个地区{ condition-suggested }
condition-unknown-root = 字段不能以 { $root } 开头；请用 lead、company、rep 或 now{ condition-suggested }
condition-unusable-constant = { $value } 不能作条件里的值
condition-unusable-operator = { $field }（{ $type }）不能用 { $operator }；可用：{ $usable }
condition-wrong-constant = { $field }（{ $type }）{ $operator } { $value }：拿来比较的是{ $value-type }；文本要加引号，其他不加
condition-wrong-shape = { $wanted ->
    [list] { $field } { $operator } 后面应是括号里的列表，或列表字段
    [nothing] { $field } { $operator } 后面不应再有内容
    [places] { $field } { $operator } 后面应是地区、地区列表或字段
    [range] { $field } { $operator } 后面应是下限和上限
    [span] { $field } { $operator } 后面应是时长，如 7d、4h、2wd
   *[value] { $field } { $operator } 后面应是一个值或字段
}

# 规则里的条件，用一句话说。
condition-said = { $operator ->
    [equal] { $field }是 { condition-said-value }
    [not-equal] { $field }不是 { condition-said-value }
    [below] { $field }小于 { condition-said-value }
    [at-most] { $field }不大于 { condition-said-value }
    [above] { $field }大于 { condition-said-value }
    [at-least] { $field }不小于 { condition-said-value }
    [before] { $field }早于 { condition-said-value }
    [until] { $field }不晚于 { condition-said-value }
    [after] { $field }晚于 { condition-said-value }
    [since] { $field }不早于 { condition-said-value }
    [in] { $field }是 { condition-said-value } 之一
    [not-in] { $field }不是 { condition-said-value } 中的任何一个
    [contains] { $field }包含 { condition-said-value }
    [not-contains] { $field }不包含 { condition-said-value }
    [contains-any] { $field }至少包含 { condition-said-value } 之一
    [not-contains-any] { $field }不包含 { condition-said-value } 中任何一个
    [contains-all] { $field }同时包含 { condition-said-value }
    [not-contains-all] { $field }不同时包含 { condition-said-value }
    [starts-with] { $field }以 { condition-said-value } 开头
    [not-starts-with] { $field }不以 { condition-said-value } 开头
    [between] { $field }在 { condition-said-value } 之间
    [not-between] { $field }不在 { condition-said-value } 之间
    [is-within] { $field }属于 { condition-said-value }
    [not-is-within] { $field }不属于 { condition-said-value }
    [is-empty] { $field }未填
    [is-not-empty] { $field }已填
    [within-last] { $field }在最近 { $wanted }内
    [not-within-last] { $field }不在最近 { $wanted }内
    [within-next] { $field }在今后 { $wanted }内
    [not-within-next] { $field }不在今后 { $wanted }内
    [older-than] { $field }在 { $wanted }以前
    [not-older-than] { $field }不在 { $wanted }以前
    [is-true] { $field }为“是”
   *[is-false] { $field }为“否”
}
condition-said-value = { $other ->
    [no-value] { $wanted }
   *[field] { $other }
}
condition-both = { $first }，并且{ $second }
condition-either = { $first }，或者{ $second }
condition-bracketed = （{ $inner }）
condition-negated = 不符合（{ $inner }）
condition-everything = 总是
condition-nothing = 永不
