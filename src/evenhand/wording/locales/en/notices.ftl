# Notices. `item` is what a lead, account or opportunity is called, `by` who did it.
notice-item-hidden = an item that you no longer see
notice-by-system = The system
notice-assigned = { $count ->
    [1] New lead: { $item }
   *[other] { $count } new leads are yours
}
notice-given-to-you = { $by } gave { $item } to you
notice-transferred-to-you = { $by } handed { $item } to you
notice-revived = { $item } is back with you on its revival date; please contact the customer again
notice-transferred-away = { $by } handed { $item } to somebody else
notice-returned = { $by } gave back { $item }
notice-voided = { $by } voided { $item }; its points were booked back
notice-unassigned-waiting = { $count ->
    [one] { $count } lead waits for you: nobody can take it
   *[other] { $count } leads wait for you: nobody can take them
}
notice-escalated = By the rules { $item } comes to you: please decide who takes it
notice-load-over = The last weeks were a lot for you: { $count }% of your time is planned. Say what would help
notice-load-room = You have room for more: { $count }% of your time is in the log
notice-load-list = { $count ->
    [one] { $count } person of your team is newly overloaded or has room
   *[other] { $count } people of your team are newly overloaded or have room
}
notice-load-said = { $by } says that this week is a bit much
notice-load-answered = { $by } answered what you said of your load
notice-invited = Somebody whom { $by } invited has joined
notice-leave-set = { $by } entered leave for you
notice-rules-taken-over = { $by } took over the rules you were editing: { $item }
notice-rules-asked = { $by } asks you to approve new rules: { $item }
notice-rules-sent-back = { $by } sent your rules back: { $item }
notice-rules-approved = { $by } approved your rules and they are live: { $item }
notice-rules-review-due = The review date of your rules has come: { $item }
# Messages that go out by mail and chat.
notice-letter-new = { $grade ->
    [none] New { $kind } { $number }
   *[other] New { $kind } { $number } (grade { $grade })
}
notice-letter-item = { $kind } { $number }
notice-letter-open = Open
notice-letter-accept = Accept
notice-letter-return = Hand back
notice-letter-why = Why me?
notice-letter-return-reason = Reason
notice-letter-by = { $reason ->
    [none] Given to you by { $name }
   *[other] Given to you by { $name }: { $reason }
}
notice-letter-fact-points = Points
notice-letter-fact-region = Region
notice-letter-fact-product = Product
notice-letter-fact-source = Source
notice-letter-fact-due = Due
notice-letter-more = { $count ->
    [one] and one more
   *[other] and { $count } more
}
notice-letter-digest = { $count ->
    [one] One new message
   *[other] { $count } new messages
}
notice-letter-mail = Hello { $name },

    { $title }
    { $lines }

    { $link }

    To be told in another way: { $choices }
notice-fairness-crossed = { $count ->
    [one] A group crossed its fairness target: about { $count } point from even. See who is furthest, and which acts by hand moved it
   *[other] A group crossed its fairness target: about { $count } points from even. See who is furthest, and which acts by hand moved it
}
notice-fairness-kept = { $count ->
    [one] A group keeps its fairness target again: about { $count } point from even
   *[other] A group keeps its fairness target again: about { $count } points from even
}
notice-fairness-report = { $count ->
    [1] The fairness report of January is out
    [2] The fairness report of February is out
    [3] The fairness report of March is out
    [4] The fairness report of April is out
    [5] The fairness report of May is out
    [6] The fairness report of June is out
    [7] The fairness report of July is out
    [8] The fairness report of August is out
    [9] The fairness report of September is out
    [10] The fairness report of October is out
    [11] The fairness report of November is out
   *[other] The fairness report of December is out
}
notice-own-password = Your password was changed by { $by }. If you did not want that, set a new one now and tell an administrator
notice-own-factor-on = Two-step login is on for your account
notice-own-factor-off = Two-step login was turned off for your account by { $by }. If you did not want that, tell an administrator
notice-own-recovery = A recovery code was used to log in to your account. If that was not you, change your password and your codes now
notice-own-browser = Your account was used in a browser that was new to it. If that was not you, end that login and change your password
notice-own-mail = { $by } changed the mail address of your login
notice-own-factor-asked = Your company wants everybody to use two-step login. Set it up on your account’s page; it takes two minutes
