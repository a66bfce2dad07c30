"""What somebody chooses for himself: language, clock, light or dark."""

from zoneinfo import available_timezones

from evenhand.engine.reasons import reason
from evenhand.people.models import User
from evenhand.platform.refusal import Refused
from evenhand.wording.catalogue import LOCALES

THEMES = ("light", "dark")
_NO_PLACES = ("Etc/", "SystemV/", "posix/", "right/", "US/", "Brazil/", "Canada/", "Chile/")


class CannotChoose(Refused):
    """There is no such language, time zone or look."""


def choosable_zones() -> list[str]:
    """Time zones by the place they are named after."""
    return sorted(
        zone for zone in available_timezones() if "/" in zone and not zone.startswith(_NO_PLACES)
    )


def change_profile(user: User, *, locale: str, zone: str, theme: str) -> None:
    """Keep somebody's choices; "" = as the browser, the company or the device has it.

    :raises CannotChoose: one of them does not exist; nothing is kept.
    """
    if locale and locale not in LOCALES:
        raise CannotChoose(reason("profile.unknown", value=locale), field="locale")
    if zone and zone not in available_timezones():
        raise CannotChoose(reason("calendar.zone_unknown", zone=zone), field="zone")
    if theme and theme not in THEMES:
        raise CannotChoose(reason("profile.unknown", value=theme), field="theme")
    user.locale, user.zone, user.theme = locale, zone, theme
    user.save(update_fields=["locale", "zone", "theme"])


def change_locale(user: User, locale: str) -> None:
    """Keep the language alone.

    :raises CannotChoose: there is no such language.
    """
    change_profile(user, locale=locale, zone=user.zone, theme=user.theme)
