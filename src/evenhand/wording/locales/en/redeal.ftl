# Leads dealt anew by new rules
redeal-by-hand = somebody gave it by hand; rules do not take it away
redeal-moved = moved from { $former } to { $rep }
redeal-nobody = nobody could take it by the new rules now; it stays with its owner
redeal-nothing = no lead would change hands
redeal-other-rules = other rules went live meanwhile; look at the preview again
redeal-stays = the new rules leave it with its owner
redeal-touched = its owner has contacted it by now; it stays
web-redeal-title = Apply the rules to leads dealt before
web-redeal-of = Apply the live rules to leads dealt before: { $name }
web-redeal-intro = Publishing never touches leads that are assigned. If you want that, look here first.
web-redeal-counted = Of { $looked } leads that the rules gave to somebody and nobody has contacted, { $count } would change hands; { $people } people are concerned.
web-redeal-more = Only the { $looked } oldest were looked at; { $more } more are left for another time.
web-redeal-what = The former owner gets the points back, the new one pays them, and the time for the first contact starts anew; each lead has its receipt. What was contacted or given by hand stays. Everybody gets one message, summed up.
web-redeal-none = Nothing would change hands
web-redeal-none-text = By the live rules every lead that nobody has contacted stays where it is.
web-redeal-rep = Rep
web-redeal-gains = Would receive
web-redeal-loses = Would give up
web-redeal-start = Move these { $count }
web-redeal-ask = { $count ->
    [one] Move { $count } lead to another owner?
   *[other] Move { $count } leads to other owners?
}
web-redeal-keep = Leave them
notice-redealt-to-you = { $count ->
    [one] By new rules, { $count } lead that nobody has contacted is yours now
   *[other] By new rules, { $count } leads that nobody has contacted are yours now
}
notice-redealt-away = { $count ->
    [one] By new rules, { $count } lead of yours that nobody has contacted has another owner now
   *[other] By new rules, { $count } leads of yours that nobody has contacted have other owners now
}
