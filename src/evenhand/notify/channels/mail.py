"""Mail: a message of the catalogue with its parameters, or subject and text as they are."""

import re
from collections.abc import Mapping
from smtplib import SMTPException, SMTPRecipientsRefused
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage

from evenhand.notify.channels.base import Later, Outcome, Outgoing, Refused, Sent
from evenhand.wording.catalogue import DEFAULT_LOCALE, LOCALES, UnknownMessage, Words

_SMTP = "django.core.mail.backends.smtp.EmailBackend"
_FOR_GOOD = range(500, 600)
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def mail_is_set_up() -> bool:
    """Whether there is a mail server; without one, links are copied by hand."""
    return settings.EMAIL_BACKEND != _SMTP or bool(settings.EMAIL_HOST)


class Mail:
    """The company's mail server."""

    def send(self, message: Outgoing) -> Outcome:
        """Hand a mail to the server."""
        try:
            _mail(message.payload, message.id).send()
        except SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            if codes and all(code in _FOR_GOOD for code in codes):
                return Refused("no_such_person", str(codes[0]))
            return Later("busy", f"{codes}")
        except (OSError, SMTPException, KeyError, ValueError, UnknownMessage) as error:
            return Later("unreachable", f"{type(error).__name__}: {error}"[:250])
        return Sent()


def _mail(given: Mapping[str, Any], message_id: str) -> EmailMessage:
    if "subject" in given:
        subject, text = given["subject"], given["text"]
    else:
        locale = given.get("locale")
        words = Words(locale if locale in LOCALES else DEFAULT_LOCALE)
        params = {str(name): value for name, value in given.get("params", {}).items()}
        subject = words.text(f"mail-{given['message']}-subject", **params)
        text = words.text(f"mail-{given['message']}-text", **params)
    headers = {"X-Evenhand-Id": message_id}
    subject = " ".join(_CONTROL.sub(" ", subject).split())  # a line of its own would be a header
    return EmailMessage(subject=subject, body=text, to=[given["to"]], headers=headers)
