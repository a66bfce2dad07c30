"""The second factor: codes of an authenticator app (TOTP, RFC 6238), each good for one login.

The secret is sealed at rest. Some roles must have one, all where the company says so, except in a
demo company, whose people come in by links of this machine.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pyotp
import segno
from django.db import transaction
from django.utils import timezone

from evenhand.engine.reasons import reason
from evenhand.journal.operations import record
from evenhand.people.access import user_for
from evenhand.people.actor import SYSTEM, Actor
from evenhand.people.models import Organization, Role, User
from evenhand.people.operations.epoch import end_logins
from evenhand.people.operations.login import CannotLogIn, noted
from evenhand.people.operations.recovery import new_recovery_codes, use_recovery_code
from evenhand.people.operations.throttle import code_limits, trying
from evenhand.people.organization import organization
from evenhand.people.scope import Right, actor_of
from evenhand.people.sealing import Unopenable, reseal, seal, unseal
from evenhand.platform.refusal import Refused

EVERYBODY = "all"  # the company's choice; the other is "roles"
FORCED = frozenset({Role.ADMIN, Role.SALES_OPS})
ISSUER = "Evenhand"
_STEP = 30  # seconds
_DRIFT = 1  # steps that a phone's clock may be off


class CannotEnrol(Refused):
    """The second factor cannot be set up like this."""


@dataclass(frozen=True, slots=True)
class Need:
    """Somebody has yet to set up a second factor: before anything else, or from a day on."""

    since: date | None  # None = at once
    is_due: bool


def need_of(
    user: User,
    now: datetime | None = None,
    ask: Callable[[], Organization | None] = organization,
) -> Need | None:
    """What the company asks of somebody; None = he has a second factor, or may go without.

    The company is read by `ask`, and only of whom it may concern.
    """
    company = None if user.totp_secret else ask()
    if company is None or company.is_demo:
        return None
    if user.role in FORCED:
        return Need(None, is_due=True)
    if company.second_factor != EVERYBODY:
        return None
    since = company.second_factor_from
    today = (now or timezone.now()).astimezone(ZoneInfo(company.zone)).date()
    return Need(since, is_due=since is None or since <= today)


def must_enrol(user: User) -> bool:
    """Whether this person has to set up a second factor before anything else."""
    need = need_of(user)
    return need is not None and need.is_due


def is_asked_for(user: User) -> bool:
    """Whether this person may not go without one for good."""
    if user.role in FORCED:
        return True
    company = organization()
    return company is not None and company.second_factor == EVERYBODY


def new_secret() -> str:
    """A secret to offer; nothing is stored until a code of it was given."""
    return pyotp.random_base32()


def picture_of(secret: str, user: User) -> str:
    """The QR code that an authenticator app reads: an SVG as the address of an image."""
    address = pyotp.TOTP(secret).provisioning_uri(name=user.email, issuer_name=ISSUER)
    code = segno.make(address, error="m")
    return str(code.svg_data_uri(scale=4, border=2, dark="#000", light="#fff"))


def enrol(
    user: User, secret: str, code: str, *, keep: str | None = None, now: datetime | None = None
) -> list[str]:
    """Set up the second factor; returns the recovery codes, which are not to be had again.

    Other logins of this person end; the session `keep` stays and has to be told the new epoch.

    :raises CannotEnrol: the code is not one of this secret now, or there is a second factor.
    """
    step = _step_of(secret, "".join(code.split()), now or timezone.now())
    if step is None:
        raise CannotEnrol(reason("second_factor.code_wrong"), field="code")
    codes, digests = new_recovery_codes()
    with transaction.atomic():
        changed = User.objects.filter(pk=user.pk, totp_secret="", is_active=True).update(
            totp_secret=seal(secret), totp_last_step=step, recovery_codes=digests
        )
        if not changed:
            raise CannotEnrol(reason("second_factor.there_already"), field="code")
        end_logins(user.pk, keep=keep)
        _note("second_factor.set_up", user.pk, actor=actor_of(user))
    user.refresh_from_db()
    return codes


def prove_code(user: User, code: str, *, address: str, now: datetime | None = None) -> None:
    """Accept a code of the app, or one of the recovery codes: each works once.

    :raises CannotLogIn: it is neither, or was used.
    :raises TriedTooOften: too many failures; nothing was looked at.
    """
    given = "".join(code.split())
    with noted(user.pk, "code", address=address), trying(code_limits(user.pk, address)):
        if given.isascii() and given.isdigit():
            is_right = _use_app_code(user, given, now or timezone.now())
        else:
            is_right = use_recovery_code(user, given)
        if not is_right:
            raise CannotLogIn(reason("second_factor.code_wrong"), field="code")


def renew_recovery_codes(user: User) -> list[str]:
    """New recovery codes in place of the old ones.

    :raises CannotEnrol: there is no second factor to recover.
    """
    codes, digests = new_recovery_codes()
    with transaction.atomic():
        rows = User.objects.filter(pk=user.pk).exclude(totp_secret="")
        if not rows.update(recovery_codes=digests):
            raise CannotEnrol(reason("second_factor.none"))
        _note("second_factor.recovery_renewed", user.pk, actor=actor_of(user))
    return codes


def remove_second_factor(user: User, *, keep: str | None = None) -> int:
    """Take one's own second factor off; other logins end. Returns the new epoch."""
    return _remove(user.pk, actor=actor_of(user), keep=keep)


def reset_second_factor(user_id: int, *, actor: Actor) -> None:
    """Take somebody else's second factor off, whose phone is lost; all his logins end.

    :raises NotAllowed, NotFound: as `access.user_for`.
    """
    with transaction.atomic():
        user = user_for(actor, user_id, Right.EDIT_ROLES, locked=True)
        _remove(user.pk, actor=actor, keep=None)


def reseal_all() -> int:
    """Seal every second factor with the newest key, so that an old one can be thrown away.

    :raises Unopenable: one of them was sealed with a key that is not known here.
    """
    with transaction.atomic():
        rows = list(
            User.objects.select_for_update(no_key=True).exclude(totp_secret="").order_by("pk")
        )
        for user in rows:
            user.totp_secret = reseal(user.totp_secret)
        User.objects.bulk_update(rows, ["totp_secret"])
        what = {"rows": len(rows)}
        record("secrets.resealed", actor=SYSTEM, object_kind="organization", object_id=1, data=what)
    return len(rows)


def _remove(user_id: int, *, actor: Actor, keep: str | None) -> int:
    with transaction.atomic():
        User.objects.filter(pk=user_id).update(totp_secret="", totp_last_step=0, recovery_codes=[])
        epoch = end_logins(user_id, keep=keep)
        _note("second_factor.removed", user_id, actor=actor)
    return epoch


def _use_app_code(user: User, code: str, now: datetime) -> bool:
    """Whether the code is right; it and those before it are used up, for everybody at once."""
    try:
        step = _step_of(unseal(user.totp_secret), code, now)
    except Unopenable:
        return False
    if step is None:
        return False
    rows = User.objects.filter(pk=user.pk, totp_secret=user.totp_secret, totp_last_step__lt=step)
    return rows.update(totp_last_step=step) == 1


def _step_of(secret: str, code: str, now: datetime) -> int | None:
    """The step whose code this is, near `now`."""
    current = int(now.timestamp()) // _STEP
    app = pyotp.TOTP(secret, interval=_STEP)
    steps = range(current - _DRIFT, current + _DRIFT + 1)
    fitting = [step for step in steps if pyotp.utils.strings_equal(app.generate_otp(step), code)]
    return max(fitting, default=None)


def _note(kind: str, user_id: int, *, actor: Actor) -> None:
    record(kind, actor=actor, object_kind="person", object_id=user_id)
