# Why rules cannot be edited or published.
studio-answer-missing = say why it goes back; whoever asked will read it
studio-expected-missing = say what you expect of it, in figures if you can, so that the review can compare
studio-held = { $name } is editing this draft, since { $at }; you can go on once he lets go or stops for 30 minutes
studio-line-name = give the business line a name of at most { $limit } characters
studio-line-taken = there is a business line called { $name } already; choose another name
studio-moved-on = version { $number } was published meanwhile and the draft was written from an older one; read what differs, then carry the draft over or discard it
studio-no-draft = there is no draft; choose “Edit” to begin one
studio-pool-not-empty = { $count ->
    [one] One item still lies in the pool “{ $pool }”: it cannot be deleted or renamed; have it claimed, assign it or move it first
   *[other] { $count } items still lie in the pool “{ $pool }”: it cannot be deleted or renamed; have them claimed, assign or move them first
}
studio-draft-open = a draft of these rules is open; publish or discard it first
studio-no-clock-rule = these rules have no rule of clocks called “{ $name }”
studio-no-such-version = there is no version { $number }
studio-not-held = you do not hold the draft, so nothing was kept; choose “Go on editing” and try again
studio-not-sound = the rules still have errors; mend them before you publish
studio-not-waiting = this was answered already; reload the page
studio-not-your-wish = only whoever asked can withdraw it
studio-not-yaml = the text cannot be read as rules yet; mend it as the check says, then use the form
studio-note-missing = say in a sentence what changed, and why
studio-nothing-changed = nothing differs from what is live, so there is nothing to publish
studio-nothing-discarded = there is no draft to bring back
studio-nothing-live = nothing is live in this line yet
studio-other-window = the draft was changed in another window and this one is older; reload the page
studio-own-wish = you cannot approve what you asked for yourself; another person has to
studio-owner-missing = choose who answers for it: an active colleague who may read the rules
studio-part-moved = this part is no longer where it was; reload the page and change it there
studio-review-day = the review date must lie ahead, within { $limit } days
studio-review-missing = choose a review date
studio-text-too-long = too long: at most { $limit } characters
studio-too-long = the text is too long: at most { $limit } bytes
studio-waiting = these rules wait for a second person; withdraw them to go on editing
studio-no-evidence = at least one kind has to count; if none did, no deadline could ever be extended
