"""A new mail address: who read the old one is told there, in case it was not his wish."""

from django.conf import settings

from evenhand.journal.operations import owe
from evenhand.people.models import User
from evenhand.people.organization import organization, usual_locale


def mail_old_address(user: User, old: str) -> None:
    """Owe a mail to the address that somebody had, in the caller's transaction."""
    if not settings.EMAIL_HOST:
        return
    company = organization()
    usual = usual_locale(company)
    params = {"name": user.name, "company": "" if company is None else company.name}
    mail = {"to": old, "message": "moved", "locale": user.locale or usual, "params": params}
    owe("mail", mail)
