"""The second factor: codes work once, secrets are sealed, recovery codes are digests."""

from datetime import UTC, date, datetime, timedelta

import pyotp
import pytest
from django.test import override_settings

from evenhand.journal.models import Event
from evenhand.people.models import Role, User
from evenhand.people.operations.login import CannotLogIn
from evenhand.people.operations.throttle import TriedTooOften
from evenhand.people.operations.totp import (
    CannotEnrol,
    Need,
    enrol,
    must_enrol,
    need_of,
    new_secret,
    picture_of,
    prove_code,
    remove_second_factor,
    renew_recovery_codes,
    reseal_all,
    reset_second_factor,
)
from evenhand.people.scope import NotAllowed
from evenhand.people.sealing import Unopenable, seal, unseal
from tests.server.cast import act_as, cast

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 2, 9, 0, 5, tzinfo=UTC)
HERE = "203.0.113.7"


def code_of(secret: str, at: datetime = NOW) -> str:
    return pyotp.TOTP(secret).at(at)


@pytest.fixture
def ren() -> User:
    ren = cast().ren
    User.objects.exclude(pk=ren.pk).update(totp_secret="")
    return ren


def enrolled(user: User) -> tuple[str, list[str]]:
    """Set up a minute ago, so that the code of now is still to be used."""
    secret = new_secret()
    earlier = NOW - timedelta(minutes=1)
    codes = enrol(user, secret, code_of(secret, earlier), now=earlier)
    return secret, codes


def test_a_code_of_the_secret_sets_it_up_and_ends_other_logins(ren: User) -> None:
    epoch = ren.epoch
    secret, codes = enrolled(ren)

    assert ren.epoch == epoch + 1
    assert len(codes) == len(set(codes)) == 10
    assert secret not in ren.totp_secret and unseal(ren.totp_secret) == secret
    assert not set(codes) & set(ren.recovery_codes)
    assert Event.objects.filter(kind="second_factor.set_up", object_id=ren.pk).count() == 1


def test_a_wrong_code_sets_nothing_up(ren: User) -> None:
    with pytest.raises(CannotEnrol):
        enrol(ren, new_secret(), "000000", now=NOW)

    ren.refresh_from_db()
    assert (ren.totp_secret, ren.recovery_codes, ren.epoch) == ("", [], 1)


def test_a_second_one_does_not_replace_the_first(ren: User) -> None:
    secret, _ = enrolled(ren)
    other = new_secret()

    with pytest.raises(CannotEnrol):
        enrol(ren, other, code_of(other), now=NOW)

    ren.refresh_from_db()
    assert unseal(ren.totp_secret) == secret


def test_a_code_works_once(ren: User) -> None:
    secret, _ = enrolled(ren)
    prove_code(ren, code_of(secret), address=HERE, now=NOW)

    for later in (0, 10):
        with pytest.raises(CannotLogIn):
            prove_code(ren, code_of(secret), address=HERE, now=NOW + timedelta(seconds=later))


def test_a_code_from_before_the_last_used_one_is_refused(ren: User) -> None:
    secret, _ = enrolled(ren)
    ahead = NOW + timedelta(seconds=30)
    prove_code(ren, code_of(secret, ahead), address=HERE, now=NOW)

    with pytest.raises(CannotLogIn):
        prove_code(ren, code_of(secret), address=HERE, now=NOW)


def test_a_clock_that_is_half_a_minute_off_is_forgiven_and_no_more(ren: User) -> None:
    secret, _ = enrolled(ren)

    with pytest.raises(CannotLogIn):
        prove_code(ren, code_of(secret, NOW + timedelta(seconds=65)), address=HERE, now=NOW)
    prove_code(ren, code_of(secret, NOW + timedelta(seconds=30)), address=HERE, now=NOW)


def test_a_recovery_code_works_once_however_it_is_typed(ren: User) -> None:
    _, codes = enrolled(ren)

    prove_code(ren, f" {codes[3].upper().replace('-', ' ')} ", address=HERE, now=NOW)

    with pytest.raises(CannotLogIn):
        prove_code(ren, codes[3], address=HERE, now=NOW)
    ren.refresh_from_db()
    assert len(ren.recovery_codes) == 9
    assert Event.objects.filter(kind="second_factor.recovery_used").count() == 1


def test_new_recovery_codes_void_the_old_ones(ren: User) -> None:
    _, old = enrolled(ren)
    new = renew_recovery_codes(ren)

    with pytest.raises(CannotLogIn):
        prove_code(ren, old[0], address=HERE, now=NOW)
    prove_code(ren, new[0], address=HERE, now=NOW)


def test_guessing_codes_is_slowed_down(ren: User) -> None:
    secret, _ = enrolled(ren)
    for guess in range(10):
        with pytest.raises(CannotLogIn):
            prove_code(ren, f"{guess:06}", address=HERE, now=NOW)

    with pytest.raises(TriedTooOften):
        prove_code(ren, code_of(secret), address=HERE, now=NOW)


def test_who_has_none_gets_in_with_no_code_at_all(ren: User) -> None:
    for code in ("", "000000", "abcd-efgh"):
        with pytest.raises(CannotLogIn):
            prove_code(ren, code, address=HERE, now=NOW)


def test_taking_it_off_ends_other_logins(ren: User) -> None:
    enrolled(ren)
    epoch = remove_second_factor(ren)

    ren.refresh_from_db()
    assert (ren.totp_secret, ren.recovery_codes, ren.epoch) == ("", [], epoch)
    assert epoch == 3


def test_only_who_edits_roles_resets_it_for_others() -> None:
    people = cast()
    enrolled(people.ren)

    with pytest.raises(NotAllowed):
        reset_second_factor(people.ren.pk, actor=act_as(people.olga))
    people.ren.refresh_from_db()
    assert people.ren.totp_secret

    reset_second_factor(people.ren.pk, actor=act_as(people.alice))
    people.ren.refresh_from_db()
    assert (people.ren.totp_secret, people.ren.epoch) == ("", 3)


@pytest.mark.parametrize("role", list(Role))
def test_administrators_and_sales_operations_must_have_one(role: str) -> None:
    cast()
    user = User(role=role, totp_secret="")

    assert must_enrol(user) == (role in ("admin", "sales_ops"))


@pytest.mark.parametrize(
    ("choice", "since", "expected"),
    [
        ("roles", None, None),
        ("all", None, Need(None, is_due=True)),
        ("all", date(2026, 12, 6), Need(date(2026, 12, 6), is_due=True)),
        ("all", date(2026, 12, 7), Need(date(2026, 12, 7), is_due=False)),
    ],
)
def test_where_all_must_they_are_reminded_until_the_day_comes(
    choice: str, since: date | None, expected: Need | None
) -> None:
    cast(second_factor=choice, second_factor_from=since)
    midnight = datetime(2026, 12, 5, 16, tzinfo=UTC)  # in Shanghai

    assert need_of(User(role="rep", totp_secret=""), midnight) == expected
    assert need_of(User(role="rep", totp_secret="x"), midnight) is None


def test_a_day_of_grace_is_none_for_roles_that_must_anyway() -> None:
    cast(second_factor="all", second_factor_from=date(2999, 1, 1))

    assert must_enrol(User(role="admin", totp_secret=""))
    assert not must_enrol(User(role="rep", totp_secret=""))


def test_in_the_demo_company_nobody_must() -> None:
    cast(is_demo=True)

    assert not must_enrol(User(role="admin", totp_secret=""))


def test_the_picture_is_drawn_here() -> None:
    picture = picture_of(new_secret(), User(email="a@b.example"))

    assert picture.startswith("data:image/svg+xml")


def test_secrets_survive_a_new_key_and_then_the_loss_of_the_old_one(ren: User) -> None:
    with override_settings(SECRET_KEY="old" * 20):
        secret, _ = enrolled(ren)

    with override_settings(SECRET_KEY="new" * 20, SECRET_KEY_FALLBACKS=["old" * 20]):
        ren.refresh_from_db()
        prove_code(ren, code_of(secret), address=HERE, now=NOW)
        assert reseal_all() == 1

    with override_settings(SECRET_KEY="new" * 20):
        ren.refresh_from_db()
        later = NOW + timedelta(minutes=2)
        prove_code(ren, code_of(secret, later), address=HERE, now=later)


def test_a_secret_under_a_key_that_is_gone_opens_nothing(ren: User) -> None:
    with override_settings(SECRET_KEY="old" * 20):
        secret, _ = enrolled(ren)

    with pytest.raises(CannotLogIn):
        prove_code(ren, code_of(secret), address=HERE, now=NOW)
    with pytest.raises(Unopenable):
        reseal_all()


def test_what_was_changed_does_not_open() -> None:
    sealed = seal("secret")

    with pytest.raises(Unopenable):
        unseal(sealed[:-2] + ("AA" if sealed[-2:] != "AA" else "BB"))
