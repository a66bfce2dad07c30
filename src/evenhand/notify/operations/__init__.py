"""What is written of telling people: inbox, channels, webhooks, links to chat systems, choices."""

from evenhand.notify.operations.telling import mark_read, owe_mail, tell, tell_many

__all__ = ["mark_read", "owe_mail", "tell", "tell_many"]
