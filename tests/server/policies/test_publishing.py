"""What goes live by a person has an owner and a day; where asked for, a second person agrees."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from evenhand.leads.models import Lead
from evenhand.notify.models import Notice
from evenhand.people.scope import NotAllowed
from evenhand.policies.models import PublishRequest, VersionState, WorkingCopy
from evenhand.policies.operations.drafting import save_draft
from evenhand.policies.operations.hold import take_hold
from evenhand.policies.operations.lines import set_second_person
from evenhand.policies.operations.publish import publish
from evenhand.policies.operations.publishing import (
    Outcome,
    Promise,
    approve,
    publish_draft,
    roll_back,
    send_back,
    withdraw,
)
from evenhand.policies.operations.reviews import reviewed, tell_of_reviews
from evenhand.policies.refusals import CannotEdit, CannotPublish
from tests.server.cast import act_as
from tests.server.cast import browser as signed_in_as
from tests.server.policies.studio import Studio, promise, second_rule, text
from tests.server.routing.world import SHARE, policy
from tests.server.simulated.virtual import virtual_time

pytestmark = pytest.mark.django_db


def drafted(own: Studio, typed: str | None = None) -> int:
    """Olga holds a draft with one more rule; its edition."""
    copy = take_hold(own.line.pk, actor=own.olga)
    new = text(rules=[second_rule(), SHARE]) if typed is None else typed
    return save_draft(own.line.pk, new, edition=copy.edition, actor=own.olga).edition


def asked(own: Studio) -> PublishRequest:
    """Olga asked a second person."""
    set_second_person(own.line.pk, True, actor=own.alice)
    edition = drafted(own)
    request = publish_draft(own.line.pk, edition, promise(own.people.olga), actor=own.olga).request
    assert request is not None
    return request


def live_number(own: Studio) -> int:
    return own.line.versions.get(state=VersionState.LIVE).number


def test_a_published_draft_is_live_with_owner_note_effect_and_day() -> None:
    own = Studio()
    edition = drafted(own)

    version = publish_draft(own.line.pk, edition, promise(own.people.tom), actor=own.olga).version

    assert version is not None and version.number == 2 and version.state == VersionState.LIVE
    assert version.owner == own.people.tom and version.created_by == own.people.olga
    assert version.expected == "首响快 10%" and version.review_on is not None
    assert not WorkingCopy.objects.exists() and not Lead.objects.exists()


@pytest.mark.parametrize(
    ("missing", "code"),
    [
        ({"note": " "}, "studio.note_missing"),
        ({"expected": ""}, "studio.expected_missing"),
        ({"owner_id": None}, "studio.owner_missing"),
        ({"review_on": None}, "studio.review_missing"),
        ({"review_on": timezone.localdate()}, "studio.review_day"),
        ({"review_on": timezone.localdate() + timedelta(days=400)}, "studio.review_day"),
    ],
)
def test_without_all_of_the_promise_nothing_is_published(
    missing: dict[str, object], code: str
) -> None:
    own = Studio()
    edition = drafted(own)

    with pytest.raises(CannotPublish) as error:
        publish_draft(own.line.pk, edition, promise(own.people.tom, **missing), actor=own.olga)

    assert error.value.why.code == code and error.value.field
    assert live_number(own) == 1 and own.copy.edition == edition


def test_a_rep_cannot_answer_for_rules() -> None:
    own = Studio()
    edition = drafted(own)

    with pytest.raises(CannotPublish):
        publish_draft(own.line.pk, edition, promise(own.people.ren), actor=own.olga)

    assert live_number(own) == 1


@pytest.mark.parametrize("typed", ["rules: [", text().replace("group: 全体", "group: 别的", 1)])
def test_what_has_errors_is_not_published(typed: str) -> None:
    own = Studio()
    edition = drafted(own, typed)

    with pytest.raises(CannotPublish) as error:
        publish_draft(own.line.pk, edition, promise(own.people.tom), actor=own.olga)

    assert error.value.why.code == "studio.not_sound" and live_number(own) == 1


def test_what_changes_nothing_is_not_published() -> None:
    own = Studio()
    edition = drafted(own, text())

    with pytest.raises(CannotPublish) as error:
        publish_draft(own.line.pk, edition, promise(own.people.tom), actor=own.olga)

    assert error.value.why.code == "studio.nothing_changed" and live_number(own) == 1


def test_a_second_person_approves_exactly_what_was_asked() -> None:
    own = Studio()
    request = asked(own)
    assert live_number(own) == 1
    assert set(Notice.objects.filter(kind="rules_asked").values_list("user_id", flat=True)) == {
        own.alice.user_id
    }
    with pytest.raises(CannotEdit) as waiting:
        save_draft(own.line.pk, "other", edition=own.copy.edition, actor=own.olga)
    assert waiting.value.why.code == "studio.waiting"

    version = approve(request.pk, actor=own.alice)

    assert version.number == live_number(own) == 2
    version.refresh_from_db()
    assert version.created_by_id == own.olga.user_id
    assert version.approved_by_id == own.alice.user_id
    assert version.document["rules"] == request.document["rules"]
    assert Notice.objects.get(kind="rules_approved").user_id == own.olga.user_id
    assert not WorkingCopy.objects.exists()


def test_nobody_approves_his_own_and_nothing_changes() -> None:
    own = Studio()
    request = asked(own)

    for act in (
        lambda: approve(request.pk, actor=own.olga),
        lambda: send_back(request.pk, "no", actor=own.olga),
    ):
        with pytest.raises(CannotPublish) as error:
            act()
        assert error.value.why.code == "studio.own_wish"

    request.refresh_from_db()
    assert request.answered_at is None and live_number(own) == 1


def test_a_manager_approves_nothing() -> None:
    own = Studio()
    request = asked(own)

    with pytest.raises(NotAllowed):
        approve(request.pk, actor=act_as(own.people.tom))

    assert live_number(own) == 1


def test_sent_back_with_a_note_the_draft_can_be_edited_again() -> None:
    own = Studio()
    request = asked(own)
    with pytest.raises(CannotPublish):
        send_back(request.pk, " ", actor=own.alice)

    send_back(request.pk, "先问华东", actor=own.alice)

    request.refresh_from_db()
    assert request.answer == "sent_back" and request.answer_note == "先问华东"
    assert Notice.objects.get(kind="rules_sent_back").user_id == own.olga.user_id
    save_draft(own.line.pk, text(), edition=own.copy.edition, actor=own.olga)
    with pytest.raises(CannotPublish):
        approve(request.pk, actor=own.alice)
    assert live_number(own) == 1


def test_only_who_asked_withdraws() -> None:
    own = Studio()
    request = asked(own)
    with pytest.raises(CannotPublish):
        withdraw(request.pk, actor=own.alice)

    withdraw(request.pk, actor=own.olga)

    save_draft(own.line.pk, text(), edition=own.copy.edition, actor=own.olga)


def test_a_wish_is_not_approved_upon_rules_that_changed_meanwhile() -> None:
    own = Studio()
    request = asked(own)
    publish("direct", policy(points={"base": {"A": 9, "B": 2}}), actor=own.alice)

    with pytest.raises(CannotPublish) as error:
        approve(request.pk, actor=own.alice)

    assert error.value.why.code == "studio.moved_on" and live_number(own) == 2


def test_rolling_back_publishes_the_old_document_as_a_new_version() -> None:
    own = Studio()
    publish("direct", policy(points={"base": {"A": 9, "B": 2}}), actor=own.alice)

    def back(number: int, said: Promise) -> Outcome:
        return roll_back(own.line.pk, number, said, actor=own.olga)

    with pytest.raises(CannotPublish):
        back(2, promise(own.people.tom))
    version = back(1, promise(own.people.tom)).version

    assert version is not None and version.number == 3 and version.back_to == 1
    assert version.document["points"]["base"] == {"A": 5, "B": 2}


def test_rolling_back_goes_through_the_second_person_too() -> None:
    own = Studio()
    publish("direct", policy(points={"base": {"A": 9, "B": 2}}), actor=own.alice)
    set_second_person(own.line.pk, True, actor=own.alice)

    outcome = roll_back(own.line.pk, 1, promise(own.people.tom), actor=own.olga)

    assert outcome.version is None and outcome.request is not None and live_number(own) == 2
    assert approve(outcome.request.pk, actor=own.alice).back_to == 1


def test_sales_operations_does_not_switch_the_second_person_off() -> None:
    own = Studio()
    set_second_person(own.line.pk, True, actor=own.alice)

    with pytest.raises(NotAllowed):
        set_second_person(own.line.pk, False, actor=own.olga)

    own.line.refresh_from_db()
    assert own.line.needs_second


def test_the_owner_is_told_once_a_day_when_the_review_is_due_until_it_is_answered() -> None:
    own = Studio()
    edition = drafted(own)
    publish_draft(own.line.pk, edition, promise(own.people.tom), actor=own.olga)
    assert tell_of_reviews() == 0
    own.line.versions.filter(number=2).update(review_on=timezone.localdate())

    assert (tell_of_reviews(), tell_of_reviews()) == (1, 0)

    assert Notice.objects.get(kind="rules_review_due").user_id == own.people.tom.pk
    day = timezone.localdate() + timedelta(days=90)
    owner = own.people.olga.pk
    version = reviewed(own.line.pk, note="效果不错", review_on=day, owner_id=owner, actor=own.olga)
    assert version.review_on == day and version.owner_id == owner and tell_of_reviews() == 0


def test_a_review_is_due_from_midnight_of_the_company_on_and_no_longer_ahead() -> None:
    monday = date(2026, 11, 30)
    with virtual_time(datetime(2026, 11, 29, 16, 30, tzinfo=UTC)):  # half past midnight in Shanghai
        own = Studio()
        own.line.versions.update(review_on=monday)
        browser = signed_in_as(own.people.olga)
        page = browser.get(f"/policies/{own.line.pk}").content.decode()
        first = browser.get("/").content.decode()

        assert tell_of_reviews() == 1
        with pytest.raises(CannotPublish):
            reviewed(
                own.line.pk,
                note="好",
                review_on=monday,
                owner_id=own.people.olga.pk,
                actor=own.olga,
            )

    assert "该复查了" in page and 'min="2026-12-01"' in page and "该复查的规则" in first


def test_a_review_without_a_note_changes_nothing() -> None:
    own = Studio()
    day = timezone.localdate() + timedelta(days=90)

    with pytest.raises(CannotPublish):
        reviewed(own.line.pk, note="", review_on=day, owner_id=own.people.olga.pk, actor=own.olga)

    assert own.line.versions.get().review_on is None
