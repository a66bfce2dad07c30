"""What somebody is told, and marking it as read."""

import json
import re
from datetime import timedelta

import psycopg
import pytest
from django.db import transaction
from django.utils import timezone

from evenhand.journal.live import CHANNEL
from evenhand.notify.models import Notice
from evenhand.notify.operations import mark_read, tell
from evenhand.notify.queries import latest, unread_count
from evenhand.notify.wording import NOTICE_ICONS, notice_words
from evenhand.people.models import LinkKind, User
from evenhand.people.operations.joining import accept_invitation
from evenhand.people.operations.leave import enter_leave
from evenhand.people.operations.links import issue_link
from evenhand.people.operations.members import PersonIn, invite
from evenhand.people.scope import actor_of
from evenhand.web.live import _address
from evenhand.wording.catalogue import LOCALES, Words
from tests.server.cast import PASSWORD, cast
from tests.server.web.staff import hire


@pytest.mark.django_db
def test_each_person_told_finds_it_unread_in_his_own_inbox() -> None:
    first, second, third = hire("rep", "a"), hire("rep", "b"), hire("rep", "c")

    with transaction.atomic():
        tell({first.pk, second.pk}, "assigned", object_kind="lead", object_id=17)

    assert [unread_count(one.pk) for one in (first, second, third)] == [1, 1, 0]
    assert latest(first.pk)[0].object_id == 17


@pytest.mark.django_db
def test_nobody_marks_the_notices_of_others_as_read() -> None:
    mine, others = hire("rep", "a"), hire("rep", "b")
    with transaction.atomic():
        tell(others.pk, "assigned")
    notice = Notice.objects.get()

    assert mark_read([notice.pk], actor=actor_of(mine)) == 0
    assert Notice.objects.get().read_at is None
    assert mark_read(actor=actor_of(others)) == 1
    assert unread_count(others.pk) == 0


@pytest.mark.django_db
def test_telling_nobody_writes_nothing() -> None:
    with transaction.atomic():
        tell((), "assigned")

    assert not Notice.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_pages_are_woken_when_the_act_commits_and_learn_no_more_than_whose_they_are() -> None:
    user = hire("rep", "a")
    with psycopg.connect(_address(), autocommit=True) as listening:
        listening.execute(f"LISTEN {CHANNEL}")
        with transaction.atomic():
            tell(user.pk, "assigned", object_kind="lead", object_id=17)
            assert list(listening.notifies(timeout=0)) == []
        heard = [json.loads(one.payload) for one in listening.notifies(timeout=10, stop_after=1)]

    assert heard == [{"notices": [user.pk]}]


@pytest.mark.django_db(transaction=True)
def test_an_act_that_fails_tells_nobody() -> None:
    user = hire("rep", "a")

    with pytest.raises(RuntimeError), transaction.atomic():
        tell(user.pk, "assigned")
        raise RuntimeError

    assert unread_count(user.pk) == 0


@pytest.mark.parametrize("locale", LOCALES)
def test_every_kind_of_notice_has_its_sentence(locale: str) -> None:
    for kind in NOTICE_ICONS:
        one = Notice(kind=kind, params={"by": 3, "count": 1})

        said = notice_words(Words(locale), one, "王芳 · 华东机械", {3: "李静"})

        assert said, kind
        assert "{" not in said, kind


@pytest.mark.parametrize("kind", [kind for kind in NOTICE_ICONS if kind.endswith("s_given")])
def test_one_alone_is_not_told_as_many(kind: str) -> None:
    one = Notice(kind=kind, params={"by": 3, "count": 1})

    said = notice_words(Words("en"), one, "", {3: "Li Jing"})

    assert "Li Jing" in said and re.search(r"\b(to-do|account|opportunity)\b", said), said


def test_what_the_reader_may_no_longer_see_is_not_named() -> None:
    one = Notice(kind="transferred_away", params={"by": 3})

    said = notice_words(Words("en"), one, "", {})

    assert said == "The system handed an item that you no longer see to somebody else"


@pytest.mark.django_db
def test_whose_leave_others_enter_is_told_and_who_enters_it_himself_is_not() -> None:
    people = cast()
    start = timezone.now() + timedelta(days=1)

    def enter(by: User, days: int) -> None:
        begin = start + timedelta(days=days)
        enter_leave(
            people.ren.pk,
            from_at=begin,
            until_at=begin + timedelta(days=1),
            reason_text="",
            actor=actor_of(by),
        )

    enter(people.ren, 0)
    assert not Notice.objects.exists()
    enter(people.tom, 5)

    told = Notice.objects.get()
    assert (told.user_id, told.kind, told.params) == (
        people.ren.pk,
        "leave_set",
        {"by": people.tom.pk},
    )


@pytest.mark.django_db
def test_whoever_invited_somebody_is_told_when_he_joins() -> None:
    people = cast()
    newcomer = invite(
        PersonIn(email="new@example.com", name="新人", team_id=people.east.pk),
        actor=actor_of(people.alice),
    )
    token = issue_link(LinkKind.INVITE, user=newcomer, actor=actor_of(people.alice))

    accept_invitation(token, "新人", PASSWORD)

    told = Notice.objects.get()
    assert (told.user_id, told.kind, told.object_id) == (
        people.alice.pk,
        "invited",
        newcomer.pk,
    )
