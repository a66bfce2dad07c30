# What is said when something went wrong.
web-unavailable-title = The database cannot be reached
web-unavailable = What was received is safe. Please try again in a few seconds.
web-csrf-failed-title = Nothing was sent
web-csrf-failed = This page was open for too long, or came from elsewhere, so nothing was sent. Please reload and try again.
web-refused-title = Not allowed
web-refused = Your role does not allow this. If you need it, ask an administrator.
web-not-found-title = Not found
web-not-found = There is nothing here that you can see: it may have been handed to somebody else, or the address is wrong.
web-conflict-title = This could not be done
web-conflict-nothing-changed = Nothing was changed.
web-failed-page-title = Something went wrong
web-failed-page = This is a fault of the program and was recorded. Nothing was changed; please try again later.
web-bad-request-title = This request makes no sense
web-bad-request = The address or what was sent is incomplete; nothing was changed.
