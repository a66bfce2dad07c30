"""Links that work once, the first company, and what ends when rights end."""

import os
import subprocess
import sys
from datetime import timedelta
from hashlib import sha1

import pytest
from django.db import transaction
from django.utils import timezone

from evenhand.journal.models import Event, Outbox
from evenhand.people.models import Calendar, LinkKind, OneTimeLink, Organization, User, UserSession
from evenhand.people.operations.epoch import end_logins
from evenhand.people.operations.joining import (
    accept_invitation,
    ask_for_reset,
    enter_demo,
    reset_password,
)
from evenhand.people.operations.links import CannotIssueLink, LinkUnusable, issue_link
from evenhand.people.operations.login import CannotLogIn
from evenhand.people.operations.passwords import WeakPassword, change_password, check_new_password
from evenhand.people.operations.profile import CannotChoose, change_profile
from evenhand.people.operations.set_up import (
    CannotSetUp,
    create_company,
    first_run_link,
    set_up_by_link,
)
from evenhand.people.operations.throttle import TriedTooOften
from evenhand.people.operations.totp import need_of
from tests.server.cast import PASSWORD, act_as, browser, cast, give_password

pytestmark = pytest.mark.django_db

NEW = "seven calm herons wade"
HERE = "203.0.113.7"
COMPANY = ("衡派试验", "Asia/Shanghai", "CN", "zh-Hans", "王芳", "Fang@Firm.example")


def test_an_invitation_gives_a_name_and_a_password_once() -> None:
    people = cast()
    token = issue_link(LinkKind.INVITE, user=people.ren, actor=act_as(people.olga))

    user = accept_invitation(token, "任 我行", NEW)

    assert (user.name, user.check_password(NEW)) == ("任 我行", True)
    assert user.name_key == "ren   wo xing"
    with pytest.raises(LinkUnusable):
        accept_invitation(token, "Mallory", PASSWORD)
    user.refresh_from_db()
    assert user.name == "任 我行" and user.check_password(NEW)


def test_a_weak_password_leaves_the_link_as_it_was() -> None:
    people = cast()
    token = issue_link(LinkKind.RESET, user=people.ren, actor=act_as(people.olga))

    for weak in ("short", "password1234", people.ren.email, "x" * 300):
        with pytest.raises(WeakPassword):
            reset_password(token, weak)

    assert OneTimeLink.objects.get().used_at is None
    assert reset_password(token, NEW).check_password(NEW)


@pytest.mark.parametrize("weak", ["lanyanhe-2026!", "Evenhand2026!!", "衡派Hengpai-2026"])
def test_a_password_made_of_the_companys_name_is_refused(weak: str) -> None:
    people = cast()
    Organization.objects.update(name="Lanyanhe 蓝岩河")
    token = issue_link(LinkKind.RESET, user=people.ren, actor=act_as(people.olga))

    with pytest.raises(WeakPassword) as refusal:
        reset_password(token, weak)

    assert [one.code for one in refusal.value.reasons] == ["password.too_known"]
    # With enough besides, the name may stand in it.
    assert reset_password(token, f"{weak} 三只松鼠坐在船上").epoch == 2


def test_a_long_password_of_plain_words_is_welcome() -> None:
    people = cast()
    token = issue_link(LinkKind.RESET, user=people.ren, actor=act_as(people.olga))

    assert reset_password(token, "平静的河流拐了两个弯，然后一直向东流去" * 5).epoch == 2


def test_a_reset_ends_every_login() -> None:
    people = cast()
    give_password(people.ren)
    client = browser(people.ren)
    token = issue_link(LinkKind.RESET, user=people.ren, actor=act_as(people.olga))

    reset_password(token, NEW)

    assert not UserSession.objects.filter(user_id=people.ren.pk).exists()
    assert client.get("/help").status_code == 302


@pytest.mark.parametrize("kind", [LinkKind.INVITE, LinkKind.RESET])
def test_an_expired_link_changes_nothing(kind: str) -> None:
    people = cast()
    token = issue_link(kind, user=people.ren, actor=act_as(people.olga))
    OneTimeLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    before = User.objects.filter(pk=people.ren.pk).values().get()

    with pytest.raises(LinkUnusable):
        accept_invitation(token, "Mallory", NEW)
    with pytest.raises(LinkUnusable):
        reset_password(token, NEW)

    assert User.objects.filter(pk=people.ren.pk).values().get() == before


def test_a_link_does_only_what_it_is_for() -> None:
    people = cast(is_demo=True)
    token = issue_link(LinkKind.DEMO, user=people.ren, actor=act_as(people.olga))

    with pytest.raises(LinkUnusable):
        reset_password(token, NEW)
    assert enter_demo(token) == people.ren


def test_a_demo_link_is_worth_nothing_in_a_real_company() -> None:
    people = cast(is_demo=True)
    token = issue_link(LinkKind.DEMO, user=people.alice, actor=act_as(people.olga))
    Organization.objects.update(is_demo=False)

    with pytest.raises(LinkUnusable):
        enter_demo(token)


def test_a_password_that_was_stolen_elsewhere_is_refused(settings, tmp_path) -> None:  # type: ignore[no-untyped-def]
    people, stolen = cast(), "eight shy otters float"
    check_new_password(stolen, people.ren)
    path = tmp_path / "pwned.txt"
    path.write_text(f"{sha1(stolen.encode()).hexdigest().upper()}:3\n")
    settings.BREACHED_PASSWORDS = path

    with pytest.raises(WeakPassword) as refused:
        check_new_password(stolen, people.ren)
    check_new_password(NEW, people.ren)

    assert refused.value.why.code == "password.stolen"
    path.unlink()
    check_new_password(stolen, people.ren)  # the log says that the list is gone


def test_a_list_that_is_none_keeps_the_server_from_starting(tmp_path) -> None:  # type: ignore[no-untyped-def]
    environ = os.environ | {"EVENHAND_BREACHED_PASSWORDS": str(tmp_path / "none.txt")}
    done = subprocess.run(
        [sys.executable, "-c", "import evenhand.config.settings"],
        env=environ,
        capture_output=True,
        text=True,
    )

    assert done.returncode != 0 and "EVENHAND_BREACHED_PASSWORDS" in done.stderr


def test_a_reset_is_mailed_to_who_is_there_and_nobody_learns_whether(settings) -> None:  # type: ignore[no-untyped-def]
    settings.EMAIL_HOST = "mail.example"
    people = cast()

    for email in (people.ren.email, "nobody@cast.example", people.dan.email):
        ask_for_reset(email, address=HERE)

    mail = Outbox.objects.get(kind="mail").payload
    assert mail["to"] == people.ren.email and mail["message"] == "reset"
    token = mail["params"]["link"].rpartition("/")[2]
    assert reset_password(token, NEW) == people.ren


def test_without_a_mail_server_nothing_is_sent_and_no_link_made() -> None:
    people = cast()

    ask_for_reset(people.ren.email, address=HERE)

    assert not Outbox.objects.exists() and not OneTimeLink.objects.exists()


def test_nobody_is_flooded_with_mail(settings) -> None:  # type: ignore[no-untyped-def]
    settings.EMAIL_HOST = "mail.example"
    people = cast()
    for number in range(3):
        ask_for_reset(people.ren.email, address=f"203.0.113.{number}")

    with pytest.raises(TriedTooOften):
        ask_for_reset(people.ren.email, address="203.0.113.9")

    assert Outbox.objects.count() == 3


def test_a_password_is_changed_by_who_knows_the_old_one() -> None:
    ren = give_password(cast().ren)

    with pytest.raises(CannotLogIn):
        change_password(ren, "wrong", NEW, address=HERE)
    ren.refresh_from_db()
    assert ren.check_password(PASSWORD) and ren.epoch == 1

    assert change_password(ren, PASSWORD, NEW, address=HERE) == 2
    ren.refresh_from_db()
    assert ren.check_password(NEW) and ren.epoch == 2


def test_ending_logins_belongs_into_the_transaction_of_the_act() -> None:
    ren = cast().ren
    browser(ren)

    with pytest.raises(RuntimeError), transaction.atomic():
        end_logins(ren.pk)
        raise RuntimeError

    ren.refresh_from_db()
    assert ren.epoch == 1 and UserSession.objects.filter(user_id=ren.pk).count() == 1


def test_a_profile_takes_only_what_exists() -> None:
    ren = cast().ren
    change_profile(ren, locale="en", zone="Europe/Berlin", theme="dark")

    for wrong in ({"locale": "fr"}, {"zone": "Mars/Base"}, {"theme": "pink"}):
        with pytest.raises(CannotChoose):
            change_profile(ren, **{"locale": "", "zone": "", "theme": ""} | wrong)

    ren.refresh_from_db()
    assert (ren.locale, ren.zone, ren.theme) == ("en", "Europe/Berlin", "dark")


def test_a_company_is_set_up_once_with_its_clock_and_its_administrator() -> None:
    token = first_run_link()

    admin = set_up_by_link(token, *COMPANY, password=NEW)

    company = Organization.objects.get()
    assert (company.name, company.currency, company.is_demo) == ("衡派试验", "CNY", False)
    assert len(company.seed) == 64
    assert (admin.email, admin.role, admin.scope) == ("fang@firm.example", "admin", "all")
    assert admin.check_password(NEW)
    assert Calendar.objects.get(is_default=True).name == "办公时间"
    assert Event.objects.filter(kind="company.set_up").count() == 1
    with pytest.raises(LinkUnusable):
        set_up_by_link(token, *COMPANY, password=NEW)
    with pytest.raises(CannotSetUp):
        create_company(*COMPANY)
    with pytest.raises(CannotIssueLink):
        first_run_link()
    assert User.objects.count() == 1


def test_in_a_new_company_everybody_needs_a_second_factor_after_two_weeks() -> None:
    set_up_by_link(first_run_link(), *COMPANY, password=NEW)
    rep = User.objects.create(email="r@firm.example", name="R", role="rep", scope="self")
    day = timezone.now()

    before, after = (need_of(rep, day + timedelta(days=days)) for days in (13, 15))

    assert before is not None and not before.is_due
    assert after is not None and after.is_due


def test_two_companies_have_different_seeds() -> None:
    first, _ = create_company(*COMPANY)
    seed = first.seed
    Calendar.objects.all().delete()
    User.objects.all().delete()
    Organization.objects.all().delete()

    second, admin = create_company(*COMPANY)

    assert second.seed != seed and not admin.has_usable_password()


@pytest.mark.parametrize(
    ("place", "value", "field"),
    [
        (0, " ", "name"),
        (1, "Asia/Nowhere", "zone"),
        (2, "XX", "country"),
        (3, "fr", "locale"),
        (4, "", "admin_name"),
        (5, "not an address", "admin_email"),
    ],
)
def test_what_cannot_be_is_named_and_nothing_is_set_up(place: int, value: str, field: str) -> None:
    token = first_run_link()
    values = [value if at == place else one for at, one in enumerate(COMPANY)]

    with pytest.raises(CannotSetUp) as refused:
        set_up_by_link(token, *values, password=NEW)

    assert refused.value.field == field
    assert not Organization.objects.exists() and not User.objects.exists()
    assert OneTimeLink.objects.get().used_at is None
