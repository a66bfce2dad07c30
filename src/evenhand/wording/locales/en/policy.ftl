# The policy: what is wrong with a document, the policy check, what changed, the commands.

# Parts that have names
policy-kind = { $kind ->
    [adjustment] adjustment of points
    [level_capacity] capacity of level
    [region_alias] region alias
   *[other] { $kind }
}
policy-owner = { $kind ->
    [document] The policy
    [section] Section { $name }
   *[other] { policy-kind-first } “{ $name }”
}
policy-kind-first = { $kind ->
    [field] Field
    [signal] Signal
    [grade] Grade
    [adjustment] Adjustment of points
    [level] Level
    [group] Group
    [territory] Territory
    [pool] Pool
    [rule] Rule
    [level_capacity] Capacity of level
    [cap] Cap
    [region] Region
    [clock_rule] clock rule
    [task_type] type of to-dos
    [task_rule] rule of to-dos
    [trigger] trigger of to-dos
    [source] Source
    [region_alias] Region alias
   *[other] { $kind }
}
policy-part = { $part ->
    [same_person] what becomes of the same person again
    [closed_days] days after closing in which a person goes back to whoever had him
    [similar_company] what becomes of a similar company name
    [certainty] certainty for one company (%)
    [when] condition
    [who] condition on people
    [takes] what it takes
    [to] destination
    [if_nobody] what happens if nobody can take it
    [contains] regions inside
    [stands_for] region it stands for
    [mostly] what it should mostly take
    [graduation] what the next level asks
    [mentees] people one may accompany
   *[other] { $part }
}

# The file cannot be used
policy-not-yaml = { $line ->
    [0] Not YAML or JSON: { $what }
   *[other] Line { $line } is not YAML or JSON: { $what }
}
policy-not-utf8 = The file is not UTF-8 text; save it as UTF-8
policy-not-a-mapping = A policy is a mapping of sections, such as rules and groups, to their contents
policy-too-large = The file is larger than { $limit } bytes; shorten it
policy-too-deep = Nested more than { $limit } levels deep; take it apart
policy-no-anchors = Line { $line } uses an anchor, an alias or a tag (& * !); write the value out
policy-repeated-key = { $line ->
    [0] “{ $key }” stands twice, and one of the two would be ignored; remove one
   *[other] “{ $key }” on line { $line } stands there a second time, and one of the two would be ignored; remove one
}
policy-key-not-text = { $key ->
    [no-value] A key must be text, not a list
   *[other] The key “{ $key }” must be text; put it in quotes
}
policy-not-a-number = “{ $value }” is not a number that can be used
policy-number-unusable = This number is too large or endless and cannot be used
policy-text-unusable = The text has characters that cannot be stored; type it again

# Contents
policy-missing = { $key } is missing; add it
policy-unknown-key = { $suggestion ->
    [no-value] “{ $key }” is not known; known here: { $known }
   *[other] “{ $key }” is not known; did you mean { $suggestion }?
}
policy-not-one-of = { $suggestion ->
    [no-value] { $value } is none of the choices: { $choices }
   *[other] { $value } is none of the choices; did you mean { $suggestion }? The choices: { $choices }
}
policy-wrong-type = { $wanted ->
    [text] { $value } must be text; put it in quotes if it is
    [list] { $value } must be a list
    [mapping] { $value } must be a mapping of keys to values
    [truth] { $value } must be true or false
   *[whole] { $value } must be a whole number
}
policy-wrong-value = { $value } cannot be used here; see the example of evenhand policy init
policy-too-small = { $value } is too small; it must be at least { $limit }
policy-not-above = { $value } is too small; it must be more than { $limit }
policy-too-big = { $value } is too large; it must be at most { $limit }
policy-too-short = Too little is given; at least { $limit } needed
policy-too-long = Too much is given; at most { $limit } allowed
policy-field-without-root = The field “{ $value }” must start with lead., company. or rep. and go on with a name

# Parts that do not go together
policy-name-twice = The { policy-kind } “{ $name }” stands twice; give each a name of its own
policy-unknown-name = { $suggestion ->
    [no-value] There is no { policy-kind } “{ $name }”; define it first
   *[other] There is no { policy-kind } “{ $name }”; did you mean “{ $suggestion }”?
}
policy-not-a-span = A span of time is written like 10d, 4h or 1d 30m, not { $value }
policy-span-too-long = A span of time lasts at most { $limit } days; { $value } is too long
policy-clock-stages = Only the clock stage names stages, and it has to; { $clock } is wrong
policy-bands-cross = Idle ends at { $idle }% and overload begins above { $over }%; idle must end lower
policy-meeting-hours = { $value } are no hours; write 09:00-09:30
policy-clock-two-ends = The clock { $clock } both deals the item anew and pools it; choose one
policy-field-fixed = { $field } always is { $type }; leave its type as it is
policy-field-personal = { $field } is personal and must stay so; write is_personal: true
policy-match-personal = { $field } is declared personal, and so is never matched; take it out of the match, or is_personal out of the field
policy-region-twice = “{ $region }” stands in “{ $first }” and in “{ $second }”; a region lies in one other
policy-region-circle = “{ $region }” would lie inside itself; mend the tree of regions
policy-cap-limits-nothing = The cap “{ $cap }” limits nothing; give items, points or both
policy-group-names-nobody = The group “{ $group }” names nobody; give who: true for everybody, a condition, or members
policy-alias-of-alias = The alias “{ $alias }” stands for “{ $region }”, which is an alias itself; name the region
policy-reads-person = { $field } cannot be read here: nobody is considered yet; conditions on people go into who
policy-reads-item = { $field } cannot be read here: who is in a group hangs neither on the lead nor on the moment; conditions on leads go into a rule’s when
policy-person-unknown = { $suggestion ->
    [no-value] Nobody in the team is “{ $name }”
   *[other] Nobody in the team is “{ $name }”; did you mean “{ $suggestion }”?
}
policy-person-ambiguous = { $count ->
    [one] { $count } person in the team is called “{ $name }”; write the id
   *[other] { $count } people in the team are called “{ $name }”; write the id
}
policy-person-left = “{ $name }” is deactivated and receives nothing

# The policy check: which leads reach which rule
lint-rule-never-applies = No example lead was found that meets the condition of rule “{ $rule }”; it may never apply
lint-rule-unreachable = No example lead was found that reaches rule “{ $rule }”: { $by } before it takes them all; change the order or the conditions
lint-example = { $example ->
    [no-value] a lead of which nothing is known
   *[other] { $example }
}
lint-rules-overlap = { $more ->
    [no-value] Some leads meet both rule “{ $first }” and rule “{ $second }”; “{ $first }” comes first and takes them. Example: { lint-example }
   *[other] Some leads meet both rule “{ $first }” and rule “{ $second }”; “{ $first }” comes first and takes them (also before { $more }). Example: { lint-example }
}
lint-lead-uncaught = Some leads are caught by no rule; end with a rule without a condition. Example: { lint-example }
lint-lead-passed-on = If nobody can take it, rule “{ $rule }” passes a lead on, and no rule below holds it; say what happens in the end. Example: { lint-example }
lint-no-level-takes = Some leads are taken by no level; widen what a level takes. Example: { lint-example }
lint-condition-never-holds = No example was found that meets this condition: { $condition }
lint-no-unreachable-found = { $rules ->
    [one] For the only rule an example lead was found that reaches it
   *[other] For each of the { $rules } rules an example lead was found that reaches it
}
lint-no-gap-found = No lead was found that no rule catches
lint-no-overlap-found = No rules were found that overlap with different outcomes
lint-search-limited = { $searches ->
    [one] One search was given up (at most { $steps } steps each): none found does not mean none
   *[other] { $searches } searches were given up (at most { $steps } steps each): none found does not mean none
}

# The policy check: people
lint-group-empty = Nobody is in group “{ $group }” now
lint-groups-unchecked = Without a team nobody can say whether somebody is in { $groups }; add --team
lint-group-weightless = Everybody in group “{ $group }” has weight 0, so nothing could be dealt; give somebody more than 0
lint-grade-weightless = Everybody in group “{ $group }” has weight 0 for grade { $grade }, so it could not be dealt
lint-group-unused = No rule deals to group “{ $group }”
lint-members-by-name = { $count ->
    [one] Group “{ $group }” names { $count } person; a condition needs no change when people come and go
   *[other] Group “{ $group }” names { $count } people; a condition needs no change when people come and go
}
lint-level-not-on-ladder = { $people ->
    [one] { $people } person has a level that is not on the ladder and receives nothing: { $levels }
   *[other] { $people } people have levels that are not on the ladder and receive nothing: { $levels }
}

# The policy check: strategies
lint-same-person-dealt-anew = { $source ->
    [no-value] The same person again is dealt anew: two people may call him; consider merge or attach
   *[other] The same person again from source “{ $source }” is dealt anew: two people may call him; consider merge or attach
}
lint-rotation-ignores-value = Rule “{ $rule }” rotates by count, but its leads are worth { $least } to { $most } points: equal counts can be very unequal value; consider fair_share
lint-pool-ignores-value = Rule “{ $rule }” leaves leads to whoever is quickest, but they are worth { $least } to { $most } points: the best ones are picked first; consider dealing them
lint-pool-unused = No rule uses the pool “{ $pool }”
lint-pool-costs-nothing = Claiming from the pool “{ $pool }” costs nothing: whoever is quickest picks the best; name a group, and claims are booked in its ledger
lint-pool-without-administrator = The pool “{ $pool }” is for administrators to assign from, but names none; sales operations assigns
lint-pool-nobody-claims = Nobody meets the condition of the pool “{ $pool }”: what lies in it cannot be claimed
lint-pool-outside-group = { $people ->
    [one] One person may claim from the pool “{ $pool }” without being in the group “{ $group }”: there is no account to charge; add him to the group or narrow the condition
   *[other] { $people } people may claim from the pool “{ $pool }” without being in the group “{ $group }”: there is no account to charge; add them to the group or narrow the condition
}
lint-pool-strangers = Some administrators of the pool “{ $pool }” are not on the team: { $names }
lint-clocks-unreachable = The clocks of “{ $rule }” never run: “{ $by }” stands above and takes everything
lint-caps-replace-limit = The derived caps are kept, so the limit of { $limit } open items holds only for those without one
lint-clocks-off = The clocks of “{ $rule }” are switched off: what matches has no countdown
lint-clocks-without-pool = “{ $rule }” recycles, but no pool holds this kind of item; add a pool, or change what happens when time is up
lint-clock-end-too-early = “{ $rule }”, { $clock }: the longest time is no longer than the usual one, so follow-up never extends it
lint-clock-warns-at-start = “{ $rule }”, { $clock }: the reminder { $left } before is longer than the whole time; it would come at once
lint-clock-does-nothing = “{ $rule }”, { $clock }: nothing happens when time is up; there is a countdown only
lint-best-fit-ignores-share = Rule “{ $rule }” looks at fit alone, not at who is owed: leads gather with few people; see that this is meant
lint-best-fit-without-fit = Rule “{ $rule }” asks for the best fit, but fit is off, so only what is owed counts
lint-waits-for-departed = Rule “{ $rule }” waits for an owner who has left: nobody would follow up; use next_rule
lint-waits-while-absent = Rule “{ $rule }” waits while the person is away; see that the leads can wait
lint-no-territories = Rule “{ $rule }” goes to the owner of the territory, but there are no territories
lint-territories-unused = There are territories, but no rule uses them

# The policy check: scores, levels, fairness, capacity
lint-grade-out-of-reach = Grade { $grade } starts at { $from-score }, but the scoring card gives at most { $reachable }
lint-stretch-nowhere = “{ $level }” is the highest level: there is nothing above it to stretch to
lint-graduation-nowhere = “{ $level }” is the highest level: nothing is above it to graduate to
lint-mostly-unread = “{ $level }” says what it should mostly take, but fit does not count it: give fit.weights.level
lint-tau-unused = Fit is off, so the fit bonus is not in use; τ only sets the width of the band ({ $band } points)
lint-fit-unused = Fit is on, but τ is 0, so the fit bonus is not in use
lint-tau-high = τ is { $tau } points and the largest lead { $largest }; raise it only on evidence of your own that fit helps
lint-band-below-tau = The band ({ $band } points) is narrower than τ ({ $tau } points): the fit bonus cannot be used to the full
lint-band-above-tau = The band ({ $band } points) is wider than τ ({ $tau } points): the guarantee of fairness loosens
lint-exploration-on = Exploration is on: { $percent }% of leads go to anyone in the band by lot
lint-capacity-zero = The limit is 0: nobody would receive anything
lint-capacity-below-lead = The limit of { $limit } points is below the largest lead ({ $largest } points): nobody could take it

# Lint: to-dos, levels
lint-level-takes-all = “{ $level }” says neither what it may take nor what it should mostly take, so nothing sets it apart from the level above; give takes or mostly
lint-ramp-outlasts = At “{ $level }” a newcomer settles in over { $ramp } days, but the next level may be proposed after { $minimum }, before full weight is reached; shorten the ramp or ask for more days
lint-task-level-nobody = To-dos of the type “{ $type }” need “{ $level }” or higher and nobody stands there now; lower the level or name somebody to it
lint-task-skill-nobody = To-dos of the type “{ $type }” need skills that nobody has now: { $names }; add them to a member or change the type
lint-task-skill-unlisted = To-dos of the type “{ $type }” need skills that are not among those the rules list: { $names }; nobody can be given them, so write one of the list
lint-task-nobody-fits = Nobody now has both the level and the skills that to-dos of the type “{ $type }” need; the rules can deal them to nobody
lint-trigger-never = “{ $trigger }” waits for what never happens: an account has no stages and is never won; watch leads or opportunities
lint-trigger-stage-unknown = “{ $trigger }” names stages that do not exist: { $names }; there are { $choices }
lint-trigger-undealt = “{ $trigger }” leaves its to-dos to the rules, but no rule that is on takes “{ $type }”; they would wait for ever
lint-market-shut = { $setting ->
    [per_day] Everybody may claim 0 to-dos a day from the market, so nobody can claim; leave it empty for no limit
    [holding] Everybody may hold 0 to-dos from the market, so nobody can claim; leave it empty for no limit
    [holding_points] Everybody may hold 0 points from the market, so nobody can claim; leave it empty for no limit
   *[other] The market limit { $setting } is 0, so nobody can claim; leave it empty for no limit
}
lint-tasks-undealt = { $setting ->
    [most_open] Everybody may have 0 open to-dos, so the rules deal none; leave it empty for no limit
    [most_open_points] Everybody may have 0 points of open to-dos, so the rules deal none; leave it empty for no limit
   *[other] The limit { $setting } of to-dos is 0, so the rules deal none; leave it empty for no limit
}

# What changed
diff-line = Business line: { $before } → { $after }
diff-version = Version: { $before } → { $after }
diff-tau = τ: { $before } → { $after }
diff-band = Band: { $before } → { $after }
diff-grade-points = Grade { $grade } base points: { $before } → { $after }
diff-fit-tables = The tables of learnt fit were replaced
diff-added = New { policy-kind } “{ $name }” at place { $position }
diff-removed = { policy-kind-first } “{ $name }” removed
diff-renamed = { policy-kind-first } “{ $before }” is now called “{ $after }”
diff-moved = { policy-kind-first } “{ $name }” moved from { $before } to { $after }
diff-enabled = { policy-kind-first } “{ $name }” enabled
diff-disabled = { policy-kind-first } “{ $name }” disabled
diff-section-added = New section { $section }
diff-section-removed = Section { $section } removed
diff-changed = { policy-owner }: { policy-part } changed from { $before } to { $after }
diff-set = { policy-owner }: { policy-part } set to { $after }
diff-unset = { policy-owner }: { policy-part } removed (it was { $before })
diff-names-added = { policy-owner }: { policy-part } gained { $names }
diff-names-removed = { policy-owner }: { policy-part } lost { $names }
diff-note-added = { policy-owner }: note added: “{ $after }”
diff-note-changed = { policy-owner }: note changed from “{ $before }” to “{ $after }”
diff-note-removed = { policy-owner }: note removed: “{ $before }”

# The commands
policy-gravity-error = error
policy-gravity-warning = warning
policy-gravity-hint = hint
policy-lint-summary = Errors: { $errors }, warnings: { $warnings }, hints: { $hints }
policy-diff-none = Both policies mean the same
policy-init-written = { $file } written. Comments behind # are for its author and are not kept by the system; what should stay goes into note. After your changes run evenhand policy lint
policy-init-exists = { $file } exists; choose another name, or add --force to overwrite it
policy-trigger-stages = { $trigger }: a trigger on a stage names stages, and no other does
