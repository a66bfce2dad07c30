web-unavailable = The database cannot be reached right now. What was received is safe; please try again in a few seconds.
web-csrf-failed = This page was open for too long, or came from elsewhere; nothing was sent. Please reload and try again.
web-refused = Your role does not allow this. If you need it, ask an administrator.
web-not-found = There is nothing here that you can see: it may have been handed to somebody else, or the address is wrong.
