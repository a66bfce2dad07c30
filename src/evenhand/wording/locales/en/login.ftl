# Getting in: what is refused, and why.
login-wait = { $seconds ->
    [one] Too many failed tries. Please wait one second and try again
   *[other] Too many failed tries. Please wait { $seconds } seconds and try again
}
login-wrong = This mail address and this password do not belong together
login-wrong-password = This is not your password
password-too-common = This password is among those that guessers try first
password-stolen = This password stands in a list of passwords that were stolen elsewhere; choose another
password-too-known = Besides the names of the company and the product and words like “password”, at least { $limit } characters, please
password-too-long = At most { $limit } characters, please
password-too-short = At least { $limit } characters, please
password-too-similar = This password is too much like the name or the mail address
profile-email-wrong = “{ $value }” is not a mail address
profile-name-missing = Please give a name
profile-unknown = There is no such choice: { $value }
second-factor-code-wrong = This code is wrong, or was used already. Please take the next one
second-factor-none = Two-step login is not set up
second-factor-there-already = Two-step login is set up already
set-up-company-missing = Please give the company’s name
calendar-default-name = Office hours
pace-wait = { $seconds ->
    [one] That was too fast. Please wait one second and try again
   *[other] That was too fast. Please wait { $seconds } seconds and try again
}
