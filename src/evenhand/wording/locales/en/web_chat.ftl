# Talking and signing in by WeCom.
web-chat-stranger = Your WeCom account is not linked to Evenhand yet. Sign in to Evenhand by WeCom once, or ask an administrator.
web-chat-help = You can ask:
    "why 17": why lead 17 was given to me, or why not
    "appeal 17 I have been in touch with them": object to how lead 17 was dealt
    For an account or an opportunity write "account 5", "opportunity 8".
web-chat-no-decision = There is nothing to tell: number { $number } was not dealt by the rules, or you were not among those who could have had it.
web-chat-late = Too late: you do not hold this any more, or it was dealt anew since. Nothing was changed.
web-chat-not-allowed = You are not allowed to do this. Nothing was changed.
web-chat-button-accepted = Accepted
web-chat-button-returned = Returned
web-chat-button-late = Too late
web-chat-said-accepted = You accepted { $item }.
web-chat-said-accepted-before = You had accepted { $item } already.
web-chat-said-returned = You handed { $item } back. It goes to somebody else at once, and you were refunded.
web-chat-sign-in = Sign in with WeCom
web-chat-sign-in-failed = You are not signed in
web-chat-again = Try again
web-chat-with-password = Log in with your password
web-chat-log-in-once = This WeCom account is not linked yet. Log in with your password once, then confirm the link.
web-chat-linked = WeCom is linked. From now on you can sign in by it and get messages there.
web-chat-link-title = Link WeCom
web-chat-link-ask = Is the WeCom account { $address } yours ({ $name })? Once linked, whoever signs in by it comes in as you.
web-chat-link-replaces = It takes the place of { $address }, to which you are linked now.
web-chat-link-yes = Yes, link it
web-chat-link-no = No
web-chat-appeal-why = Please say why, like this: appeal { $number } I have been in touch with them
web-chat-appeal-filed = Your appeal about number { $number } was filed. You get an answer by { $due }.
