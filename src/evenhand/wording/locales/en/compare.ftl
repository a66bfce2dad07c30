# Why a draft cannot be compared with what is live.
compare-days = choose { $choices } days, not { $value }
compare-nothing-live = nothing is live in { $line } yet, so there is nothing to compare with
