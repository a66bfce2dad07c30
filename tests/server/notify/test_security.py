"""Whose login is touched learns of it: in the inbox, and by mail whatever he chose."""

import pyotp
import pytest
from django.db import transaction

from evenhand.journal.models import Outbox
from evenhand.notify.channels.base import Outgoing, Sent
from evenhand.notify.channels.mail import Mail
from evenhand.notify.models import Letter, Notice
from evenhand.people.models import User
from evenhand.people.operations.entries import Came, note_login
from evenhand.people.operations.members import edit_person
from evenhand.people.operations.passwords import change_password
from evenhand.people.operations.recovery import use_recovery_code
from evenhand.people.operations.totp import (
    enrol,
    new_secret,
    remove_second_factor,
    reset_second_factor,
)
from tests.server.cast import PASSWORD, Cast, act_as, cast, give_password

pytestmark = pytest.mark.django_db

HERE = "203.0.113.7"


@pytest.fixture
def people() -> Cast:
    found = cast()
    give_password(found.ren)
    return found


def told(user: User) -> list[str]:
    return list(Notice.objects.filter(user=user).order_by("pk").values_list("kind", flat=True))


def mails() -> list[tuple[str, str]]:
    """To whom, and what is said."""
    rows = Outbox.objects.filter(kind="mail").order_by("pk")
    return [(row.payload["to"], row.payload["params"].get("what", "")) for row in rows]


def test_a_new_password_is_told_to_whose_it_is(people: Cast) -> None:
    change_password(people.ren, PASSWORD, "seven calm herons wade", address=HERE)

    assert told(people.ren) == ["own_password"]
    ((to, what),) = mails()
    assert to == people.ren.email and "操作人：Ren" in what
    assert not Letter.objects.exists()  # who chose mail for his notices gets it once


def test_a_second_factor_set_up_used_and_taken_off_is_told(people: Cast) -> None:
    secret = new_secret()
    codes = enrol(people.ren, secret, pyotp.TOTP(secret).now())
    use_recovery_code(people.ren, codes[0])
    remove_second_factor(people.ren)
    User.objects.filter(pk=people.ren.pk).update(totp_secret="x")
    reset_second_factor(people.ren.pk, actor=act_as(people.alice))

    expected = ["own_factor_on", "own_recovery", "own_factor_off", "own_factor_off"]
    assert told(people.ren) == expected
    assert "操作人：Alice" in mails()[-1][1]
    assert told(people.alice) == []


def test_a_login_from_a_new_browser_is_told_with_what_it_seems_to_be(people: Cast) -> None:
    def come_in(mark: str) -> None:
        note_login(people.ren, Came("password", HERE, "Chrome · Windows", mark))

    come_in("a")
    come_in("a")
    assert told(people.ren) == []

    come_in("b")

    assert told(people.ren) == ["own_browser"]
    assert mails()[0][1].endswith(", Chrome · Windows, 203.0.113.*")


def test_a_new_address_is_told_to_the_old_one_and_to_the_new(people: Cast, settings) -> None:  # type: ignore[no-untyped-def]
    settings.EMAIL_HOST = "mail.example"
    old, same = people.ren.email, {"name": "Ren", "phone": "", "team_id": people.shanghai.pk}
    olga = act_as(people.olga)

    edit_person(people.ren.pk, email=old, actor=olga, **{**same, "phone": "1"})
    assert (told(people.ren), mails()) == ([], [])  # another edit is none of this

    edit_person(people.ren.pk, email="ren.new@cast.example", actor=olga, **same)

    assert told(people.ren) == ["own_mail"]
    assert [to for to, _ in mails()] == [old, "ren.new@cast.example"]


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_the_mails_can_be_read_in_every_language(people: Cast, language: str, settings) -> None:  # type: ignore[no-untyped-def]
    from django.core import mail

    settings.EMAIL_HOST = "mail.example"
    User.objects.filter(pk=people.ren.pk).update(locale=language)
    same = {"name": "Ren", "phone": "", "team_id": people.shanghai.pk}

    edit_person(people.ren.pk, email="x@cast.example", actor=act_as(people.olga), **same)
    for row in Outbox.objects.filter(kind="mail"):
        assert isinstance(Mail().send(Outgoing("1", "mail", row.payload)), Sent)

    assert len(mail.outbox) == 2
    assert all("{" not in one.body and "Ren" in one.body for one in mail.outbox)
    assert "/account/security" in mail.outbox[1].body


def test_nothing_is_told_of_an_act_that_failed(people: Cast) -> None:
    """The control: the notice belongs to the act."""
    with pytest.raises(RuntimeError), transaction.atomic():
        remove_second_factor(people.ren)
        raise RuntimeError

    assert (told(people.ren), mails()) == ([], [])
