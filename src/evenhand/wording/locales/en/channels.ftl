# Why a channel, a link to a chat account, a choice or a webhook is refused
channel-address-unusable = This address cannot be used: { $value }. Give a whole address that begins with https and does not end with a slash
channel-callback-key-wrong = The EncodingAESKey has 43 letters and digits; copy it from the console of WeCom as it stands there
channel-field-missing = The channel cannot be on without this
channel-not-a-number = This must be a number: { $value }
chat-address-taken = { $value } is linked to another member
chat-address-unusable = This is no account there: { $value }
chat-channel-off = Switch the channel on first
chat-not-linked = Your WeCom account is not linked to anybody here
chat-sign-in-expired = The sign-in has expired. Please try again
chat-sign-in-failed = WeCom did not confirm who you are. Please try again
choice-quiet-needs-both = Give both a beginning and an end of the quiet time, or neither
choice-time-unreadable = Write a time like 22:00: { $value }
webhook-event-unknown = There is no such event: { $value }
webhook-name-missing = Give it a name
webhook-too-many = At most { $limit }
