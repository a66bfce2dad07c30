"""Who gets in by a password, and how often a guess may be wrong."""

from datetime import timedelta

import pytest
from django.db.models import F

from evenhand.people.models import Bucket, User
from evenhand.people.operations.buckets import give_back, take
from evenhand.people.operations.login import CannotLogIn, prove_password
from evenhand.people.operations.throttle import TriedTooOften, code_limits, spend, trying
from tests.server.cast import PASSWORD, cast, give_password

pytestmark = pytest.mark.django_db

HERE, THERE = "203.0.113.7", "198.51.100.9"


@pytest.fixture
def ren() -> User:
    return give_password(cast().ren)


def pass_time(**span: float) -> None:
    """Let the buckets believe that so much time went by."""
    Bucket.objects.update(at=F("at") - timedelta(**span))


def fail(user: User, times: int, address: str = HERE) -> None:
    for _ in range(times):
        with pytest.raises(CannotLogIn):
            prove_password(user.email, "wrong", address=address)


def test_the_right_password_names_the_person_whatever_the_case_of_the_address(ren: User) -> None:
    found = prove_password(f" {ren.email.upper()} ", PASSWORD, address=HERE)

    assert found == ren


def test_unknown_wrong_and_deactivated_get_the_same_answer(ren: User) -> None:
    answers = []
    for email, password, is_active in [
        ("nobody@cast.example", PASSWORD, True),
        (ren.email, "wrong", True),
        (ren.email, PASSWORD, False),
    ]:
        User.objects.filter(pk=ren.pk).update(is_active=is_active)
        with pytest.raises(CannotLogIn) as refused:
            prove_password(email, password, address=HERE)
        answers.append((refused.value.why, refused.value.field))

    assert len(set(answers)) == 1


def test_an_unknown_account_costs_the_same_hash(ren: User, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.contrib.auth.hashers import Argon2PasswordHasher

    hashes = []
    encode = Argon2PasswordHasher.encode
    verify = Argon2PasswordHasher.verify
    monkeypatch.setattr(
        Argon2PasswordHasher, "encode", lambda *a, **k: hashes.append("e") or encode(*a, **k)
    )
    monkeypatch.setattr(
        Argon2PasswordHasher, "verify", lambda *a, **k: hashes.append("v") or verify(*a, **k)
    )

    fail(User(email="nobody@cast.example"), 1)
    unknown = len(hashes)
    fail(ren, 1)

    assert (unknown, len(hashes) - unknown) == (1, 1)


def test_who_has_no_password_yet_does_not_get_in_with_an_empty_one() -> None:
    rui = cast().rui
    for stored in ("", "!"):
        User.objects.filter(pk=rui.pk).update(password=stored)
        with pytest.raises(CannotLogIn):
            prove_password(rui.email, "", address=HERE)


def test_after_ten_failures_even_the_right_password_waits_a_minute_or_two(ren: User) -> None:
    fail(ren, 10)

    with pytest.raises(TriedTooOften) as refused:
        prove_password(ren.email, PASSWORD, address=HERE)

    assert 60 < refused.value.seconds <= 90
    assert dict(refused.value.why.params) == {"seconds": refused.value.seconds}
    pass_time(seconds=91)
    assert prove_password(ren.email, PASSWORD, address=HERE) == ren


def test_an_unknown_account_is_slowed_down_alike(ren: User) -> None:
    stranger = User(email="nobody@cast.example")
    fail(stranger, 10)

    with pytest.raises(TriedTooOften):
        prove_password(stranger.email, PASSWORD, address=HERE)


def test_a_guesser_elsewhere_does_not_slow_the_owner_down(ren: User) -> None:
    fail(ren, 10, address=THERE)

    assert prove_password(ren.email, PASSWORD, address=HERE) == ren


def test_success_is_not_counted(ren: User) -> None:
    for _ in range(12):
        prove_password(ren.email, PASSWORD, address=HERE)
    fail(ren, 9)

    assert prove_password(ren.email, PASSWORD, address=HERE) == ren


def test_one_address_has_a_hundred_failures_an_hour_over_all_accounts() -> None:
    limit = next(one for one in _limits("a@x.example") if one.burst == 100)
    for _ in range(99):
        assert take(limit.key, limit.burst / limit.period, limit.burst) == 0.0
    fail(User(email="b@x.example"), 1)

    with pytest.raises(TriedTooOften):
        prove_password("c@x.example", "wrong", address=HERE)


def test_a_refused_try_counts_nowhere(ren: User) -> None:
    fail(ren, 10)
    before = dict(Bucket.objects.values_list("key", "tokens"))

    with pytest.raises(TriedTooOften):
        prove_password(ren.email, "wrong", address=HERE)

    after = dict(Bucket.objects.values_list("key", "tokens"))
    assert {key: round(value, 1) for key, value in after.items()} == {
        key: round(value, 1) for key, value in before.items()
    }


def test_the_table_of_counters_names_nobody(ren: User) -> None:
    fail(ren, 1)

    assert not Bucket.objects.filter(key__contains=ren.email).exists()


def test_a_try_that_raises_counts_and_one_that_does_not_is_given_back() -> None:
    limits = code_limits(1, HERE)
    with trying(limits):
        pass
    for _ in range(10):
        spend(limits)

    with pytest.raises(TriedTooOften), trying(limits):
        raise AssertionError("not reached")


def test_giving_back_never_fills_beyond_the_burst() -> None:
    take("k", 0.001, 2)
    for _ in range(5):
        give_back("k", 2)

    assert [take("k", 0.001, 2) == 0.0 for _ in range(3)] == [True, True, False]


def _limits(email: str) -> list:  # type: ignore[type-arg]
    from evenhand.people.operations.throttle import password_limits

    return password_limits(email, HERE)
