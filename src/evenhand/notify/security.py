"""What touches somebody's own login: he is told in his inbox, and by mail whatever he chose.

Who took an account over would otherwise be the only one to know.
"""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from evenhand.journal.models import Event
from evenhand.journal.operations import listen
from evenhand.notify.channels.mail import mail_is_set_up
from evenhand.notify.operations import owe_mail, tell
from evenhand.people.clocks import company_zone
from evenhand.people.models import Entry, User
from evenhand.people.names import user_names
from evenhand.people.operations.totp import EVERYBODY
from evenhand.people.organization import organization, usual_locale
from evenhand.wording.catalogue import Words, message_id

# Which event is told as which notice.
_TOLD = {
    "password.changed": "own_password",
    "password.reset": "own_password",
    "second_factor.set_up": "own_factor_on",
    "second_factor.removed": "own_factor_off",
    "second_factor.recovery_used": "own_recovery",
    "login.made": "own_browser",
    "person.edited": "own_mail",
}


def start() -> None:
    """React from now on, in this process."""
    for kind in _TOLD:
        listen(kind, login_touched)
    listen("company.edited", factor_asked)


def factor_asked(event: Event, by: int | None) -> None:
    """Tell everybody who has no second factor that all must have one from now on."""
    if event.data.get("second_factor", [""])[-1] != EVERYBODY:
        return
    people = User.objects.filter(is_active=True, totp_secret="").values_list("pk", flat=True)
    for user_id in people:
        tell(user_id, "own_factor_asked", object_kind="login", object_id=user_id)


def login_touched(event: Event, by: int | None) -> None:
    """Tell whose login it is, of a new browser and a new address too, but of no other edit."""
    is_known_browser = event.kind == "login.made" and not event.data.get("is_new")
    is_other_edit = event.kind == "person.edited" and "email" not in event.data.get("fields", ())
    if is_known_browser or is_other_edit:
        return
    user = User.objects.get(pk=event.object_id or 0)
    kind = _TOLD[event.kind]
    params = {"by": by}
    tell(user.pk, kind, params=params, object_kind="login", object_id=user.pk, by_letter=False)
    if mail_is_set_up():
        _mail(user, kind, by)


def _mail(user: User, kind: str, by: int | None) -> None:
    company = organization()
    locale = user.locale or usual_locale(company)
    words = Words(locale)
    zone = ZoneInfo(user.zone) if user.zone else company_zone()
    owe_mail(
        user.email,
        "security",
        locale=locale,
        params={
            "name": user.name,
            "what": _what(user, kind, by, words),
            "at": f"{timezone.now().astimezone(zone):%Y-%m-%d %H:%M} ({zone.key})",
            "link": f"{settings.EVENHAND_URL}/account/security",
        },
    )


def _what(user: User, kind: str, by: int | None, words: Words) -> str:
    """The sentence of the notice, of a new browser with what it seems to be and from where."""
    name = user_names({by}).get(by, "") if by is not None else ""
    said = words.text(f"notice-{message_id(kind)}", by=name or words.text("notice-by-system"))
    if kind != "own_browser":
        return said
    entry = Entry.objects.filter(user=user).latest("pk")
    return ", ".join(part for part in (said, entry.device, entry.address) if part)
