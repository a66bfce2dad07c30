# Conditions: why they held or failed, what would have made them hold; what is wrong with one.

# What is asked of a field; stands behind the field's name.
condition-asked = { $operator ->
    [equal] to be { condition-target }
    [not-equal] not to be { condition-target }
    [below] to be below { condition-target }
    [at-most] to be at most { condition-target }
    [above] to be above { condition-target }
    [at-least] to be at least { condition-target }
    [before] to be before { condition-target }
    [until] to be { condition-target } or earlier
    [after] to be after { condition-target }
    [since] to be { condition-target } or later
    [in] to be one of { condition-target }
    [not-in] to be none of { condition-target }
    [contains] to include { condition-target }
    [not-contains] not to include { condition-target }
    [contains-any] to include any of { condition-target }
    [not-contains-any] to include none of { condition-target }
    [contains-all] to include all of { condition-target }
    [not-contains-all] not to include all of { condition-target }
    [starts-with] to start with { condition-target }
    [not-starts-with] not to start with { condition-target }
    [between] to be from { condition-target }
    [not-between] not to be from { condition-target }
    [is-within] to be within { condition-target }
    [not-is-within] not to be within { condition-target }
    [is-empty] to be empty
    [is-not-empty] to be filled in
    [within-last] to be within the last { $wanted }
    [not-within-last] not to be within the last { $wanted }
    [within-next] to be within the next { $wanted }
    [not-within-next] not to be within the next { $wanted }
    [older-than] to be more than { $wanted } ago
    [not-older-than] not to be more than { $wanted } ago
    [is-true] to be yes
   *[is-false] to be no
}
condition-target = { $other ->
    [no-value] { $wanted }
   *[field] the { $other } ({ $wanted })
}

condition-held = Met: { $field } { condition-asked } (now: { $actual })
condition-failed = Needs { $field } { condition-asked } (now: { $actual })
condition-missing = Not filled in: { $absent }; needs { $field } { condition-asked }
condition-no-calendar = No working calendar to judge by; needs { $field } { condition-asked-plain }
condition-asked-plain = { $operator ->
    [within-last] to be within the last { $wanted }
    [within-next] to be within the next { $wanted }
    [older-than] to be more than { $wanted } ago
    [is-false] to be no
   *[is-true] to be yes
}
condition-masked = { $holds ->
    [yes] The { $field } meets the condition (personal data, not shown)
   *[no] The { $field } does not meet the condition (personal data, not shown)
}
condition-remedy = If { $field } were { condition-asked }
condition-remedy-masked = If the { $field } came out the other way (personal data, not shown)
condition-all = { $holds ->
    [yes] Every part holds
   *[no] At least one part does not hold
}
condition-any = { $holds ->
    [yes] At least one part holds
   *[no] No part holds
}
condition-not = { $holds ->
    [yes] What is ruled out is not the case
   *[no] What is ruled out is the case
}
condition-always = { $holds ->
    [yes] No condition: always holds
   *[no] The condition says never
}

# Conditions that cannot be used. Fields and operators stand as written: there to be found.
condition-suggested = { $suggestion ->
    [no-value] {""}
   *[other] ; did you mean { $suggestion }?
}
condition-bad-escape = The escape { $escape } is not known; use \" \\ \n \t \r \u0041
condition-bad-literal = { $value } looks like a date, time or duration but is none; put it in quotes if it is text
condition-blank = Nothing is written here; write true for a condition that always holds
condition-empty-list = { $field } { $operator }: the list is empty; name at least one value
condition-empty-range = { $field } ({ $type }) { $operator }: { $low } lies above { $high }, so this never holds; swap them
condition-empty-text = { $field } ({ $type }) { $operator }: a comparison with empty text never holds; write { $field } is empty
condition-expected = { $expected ->
    [list] Expected a list in brackets, or a field that holds a list, found { $found }
    [places] Expected a region, a list of regions, or a field, found { $found }
    [range] Expected a low and a high end, found { $found }
    [span] Expected a duration such as 7d, 4h or 2wd, found { $found }
    [closing] Expected a closing bracket, found { $found }
    [condition] Expected a condition such as lead.source = web, found { $found }
    [end] Expected and, or, or the end, found { $found }
    [operator] Expected an operator such as =, in, contains or is empty, found { $found }
   *[value] Expected a value or a field, found { $found }
}
condition-incomparable = { $field } ({ $type }) { $operator } { $other } ({ $other-type }): these two types cannot be compared so
condition-inexact-number = { $value } is a binary fraction and not exact; write number: "{ $value }"
condition-missing-key = The key { $key } is missing
condition-name-unusable = { $name } cannot be the name of a field
condition-not-a-choice = { $field } ({ $type }) { $operator } { $value }: not a value this field can have{ condition-suggested }
condition-not-a-condition = { $found } is not a condition; give a text, true, or a table with all, any, not or field
condition-number-out-of-range = { $value }: numbers have at most 15 digits before and 9 after the point
condition-personal-constant = { $field } ({ $type }) { $operator }: every policy version would keep this personal data; test a part of it, or mark the lead instead
condition-personal-with-rep = { $field } ({ $type }) { $operator }: personal data of the item cannot be compared with the rep
condition-span-out-of-range = The duration { $value } is longer than { $limit }
condition-text-unusable = The text holds a character that cannot be stored; delete it
condition-too-deep = Nested more than { $limit } levels deep; split the condition
condition-too-few-parts = { $key } needs at least one part; write true for a condition that always holds
condition-too-long = { $length } characters are too many, { $limit } are allowed; split the condition
condition-too-long-list = A list of { $length } values is too long; { $limit } are allowed
condition-too-many-parts = More than { $limit } parts; split the condition
condition-unclear-word = { $word } could be more than one thing; write text as "{ $word }", a field as lead.name
condition-unclosed-quote = A quotation mark is never closed; close it
condition-unexpected-character = { $character } means nothing here; put text in quotes
condition-unknown-field = { $field } { $operator }: there is no such field{ condition-suggested }
condition-unknown-key = { $key } means nothing in a condition{ condition-suggested }
condition-unknown-operator = There is no operator { $operator }{ condition-suggested }
condition-unknown-region = { $field } ({ $type }) { $operator } { $value }: the region is not in the tree of regions{ condition-suggested }
condition-unknown-root = A field cannot start with { $root }; use lead, company, rep or now{ condition-suggested }
condition-unusable-constant = { $value } cannot be a value in a condition
condition-unusable-operator = { $field } ({ $type }) cannot be used with { $operator }; it takes { $usable }
condition-wrong-constant = { $field } ({ $type }) { $operator } { $value }: this compares with a { $value-type }; put text in quotes, and leave quotes off anything else
condition-wrong-shape = { $wanted ->
    [list] { $field } { $operator } needs a list in brackets, or a field that holds a list
    [nothing] { $field } { $operator } takes nothing behind it
    [places] { $field } { $operator } needs a region, a list of regions, or a field
    [range] { $field } { $operator } needs a low and a high end
    [span] { $field } { $operator } needs a duration such as 7d, 4h or 2wd
   *[value] { $field } { $operator } needs one value or a field
}

# The conditions of rules, said in a sentence.
condition-said = { $operator ->
    [equal] { $field } is { condition-said-value }
    [not-equal] { $field } is not { condition-said-value }
    [below] { $field } is below { condition-said-value }
    [at-most] { $field } is at most { condition-said-value }
    [above] { $field } is above { condition-said-value }
    [at-least] { $field } is at least { condition-said-value }
    [before] { $field } is before { condition-said-value }
    [until] { $field } is { condition-said-value } or earlier
    [after] { $field } is after { condition-said-value }
    [since] { $field } is { condition-said-value } or later
    [in] { $field } is one of { condition-said-value }
    [not-in] { $field } is none of { condition-said-value }
    [contains] { $field } includes { condition-said-value }
    [not-contains] { $field } does not include { condition-said-value }
    [contains-any] { $field } includes any of { condition-said-value }
    [not-contains-any] { $field } includes none of { condition-said-value }
    [contains-all] { $field } includes all of { condition-said-value }
    [not-contains-all] { $field } does not include all of { condition-said-value }
    [starts-with] { $field } starts with { condition-said-value }
    [not-starts-with] { $field } does not start with { condition-said-value }
    [between] { $field } is from { condition-said-value }
    [not-between] { $field } is not from { condition-said-value }
    [is-within] { $field } is within { condition-said-value }
    [not-is-within] { $field } is not within { condition-said-value }
    [is-empty] { $field } is empty
    [is-not-empty] { $field } is filled in
    [within-last] { $field } is within the last { $wanted }
    [not-within-last] { $field } is not within the last { $wanted }
    [within-next] { $field } is within the next { $wanted }
    [not-within-next] { $field } is not within the next { $wanted }
    [older-than] { $field } is more than { $wanted } ago
    [not-older-than] { $field } is not more than { $wanted } ago
    [is-true] { $field } is yes
   *[is-false] { $field } is no
}
condition-said-value = { $other ->
    [no-value] { $wanted }
   *[field] { $other }
}
condition-both = { $first }, and { $second }
condition-either = { $first }, or { $second }
condition-bracketed = ({ $inner })
condition-negated = not ({ $inner })
condition-everything = always
condition-nothing = never
