"""Public forms: made, published, filled in, kept aside where suspect, released or deleted."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from evenhand.forms.definition import Asked, Definition, first_definition, from_plain
from evenhand.forms.models import Form, FormDay, Sent, SentState
from evenhand.forms.operations import held
from evenhand.forms.operations.edit import (
    CannotEditForm,
    CannotPublishForm,
    copy_form,
    delete_form,
    make_form,
    publish_form,
    restore_form,
    save_form,
)
from evenhand.journal.models import Event
from evenhand.leads.models import Lead
from evenhand.leads.operations.erasing import erase_person
from evenhand.people.actor import SYSTEM, Actor
from evenhand.people.scope import NotAllowed
from evenhand.platform.refusal import NotFound
from evenhand.policies.operations.publish import publish
from evenhand.web.intake.public import TRAP
from evenhand.web.intake.tickets import new_ticket
from tests.server.api.caller import company
from tests.server.cast import Cast, act_as, browser
from tests.server.leads.company import lead as a_lead
from tests.server.routing.world import policy

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return company()


@pytest.fixture
def olga(people: Cast) -> Actor:
    return act_as(people.olga)


def made(actor: Actor, definition: Definition | None = None) -> Form:
    """A published form."""
    row = make_form("direct", "官网", actor=actor)
    save_form(row.pk, "", definition or first_definition(), edition=row.edition, actor=actor)
    publish_form(row.pk, actor=actor)
    return Form.objects.select_related("live").get(pk=row.pk)


def send(row: Form, *, age: float = 60, query: str = "", **more: str) -> Any:
    ticket = new_ticket(f"public:{row.key}", now=timezone.now().timestamp() - age)
    body = {"name": "王芳", "phone": "13800138000", "consent": "on", "ticket": ticket, **more}
    return Client(headers={"accept-language": "en"}).post(f"/f/{row.key}?{query}", body)


def kinds() -> list[str]:
    events = Event.objects.filter(kind__startswith="form.").order_by("pk")
    return list(events.values_list("kind", flat=True))


def test_a_draft_is_not_public_and_a_change_is_not_until_published(olga: Actor) -> None:
    row = make_form("direct", "官网", actor=olga)
    assert Client().get(f"/f/{row.key}").status_code == 404

    publish_form(row.pk, actor=olga)
    row.refresh_from_db()
    changed = replace(first_definition(), title={"en": "Ask us"})
    save_form(row.pk, "展会", changed, edition=row.edition, actor=olga)

    visitor = Client(headers={"accept-language": "en"})
    assert "Ask us" not in visitor.get(f"/f/{row.key}").content.decode()
    publish_form(row.pk, actor=olga)
    assert "Ask us" in visitor.get(f"/f/{row.key}").content.decode()
    assert kinds() == ["form.made", "form.opened", "form.opened"]
    assert FormDay.objects.get().seen == 2


def test_two_who_edit_at_once_lose_nothing(olga: Actor, people: Cast) -> None:
    row = make_form("direct", "官网", actor=olga)
    save_form(row.pk, "A", first_definition(), edition=row.edition, actor=olga)

    with pytest.raises(CannotEditForm):
        save_form(row.pk, "B", first_definition(), edition=row.edition, actor=olga)
    client = browser(people.olga, "en")
    answer = client.post(f"/intake/forms/{row.pk}", {"edition": "1", "name": "B", "title": "Mine"})

    assert answer.status_code == 422 and "Mine" in answer.content.decode()
    row.refresh_from_db()
    assert row.name == "A"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"fields": (Asked("name"),)}, "form.no_contact"),
        ({"fields": (Asked("phone", constant="1"),)}, "form.no_contact"),
        ({"fields": (Asked("phone"), Asked("own.gone"))}, "form.field_gone"),
        (
            {"fields": (Asked("phone"), Asked("size", choices=("a",), constant="b"))},
            "form.constant_not_a_choice",
        ),
        ({"go_to": "javascript:alert(1)"}, "form.not_an_address"),
        ({"languages": ()}, "form.no_language"),
        ({"opens_on": "2026-13-01"}, "form.not_a_day"),
        ({"opens_on": "2026-05-02", "closes_on": "2026-05-01"}, "form.closes_first"),
    ],
)
def test_a_form_with_mistakes_is_not_published(
    olga: Actor, change: dict[str, Any], code: str
) -> None:
    row = make_form("direct", "官网", actor=olga)
    broken = replace(first_definition(), **change)
    save_form(row.pk, "", broken, edition=row.edition, actor=olga)

    with pytest.raises(CannotPublishForm) as refusal:
        publish_form(row.pk, actor=olga)

    assert refusal.value.why.code == code
    assert Form.objects.get().live is None
    assert from_plain(Form.objects.get().draft) == broken


def test_fields_of_the_line_choices_constants_and_utm_come_with_the_lead(olga: Actor) -> None:
    own = [
        {"field": "lead.urgency", "type": "text", "choices": ["急", "不急"]},
        {"field": "lead.machines", "type": "number"},
    ]
    publish("direct", policy(fields=own), actor=SYSTEM)
    fields = (
        *(Asked("name"), Asked("phone"), Asked("own.machines"), Asked("note")),
        Asked("own.urgency", label={"en": "How urgent"}, required=True),
        Asked("size", choices=("small", "large")),
        Asked("product", constant="注塑机"),
    )
    # A blocked word keeps it aside, where what intake would get can be read.
    row = made(olga, Definition(fields=fields, source="官网", blocked=("spam",)))

    shown = Client(headers={"accept-language": "en"}).get(f"/f/{row.key}").content.decode()
    assert "How urgent" in shown and "不急" in shown and "注塑机" not in shown
    assert send(row, note="spam").status_code == 422
    wrong = send(row, note="spam", **{"own.urgency": "急", "size": "huge"})
    assert wrong.status_code == 422 and not Sent.objects.exists()
    typed = {"own.urgency": "急", "own.machines": "12", "size": "large", "product": "别的"}
    query = "source=elsewhere&utm_campaign=autumn&utm_medium=mail"
    assert send(row, note="spam", query=query, utm_campaign="autumn", utm_medium="mail",
                source="elsewhere", **typed).status_code == 302  # fmt: skip

    values = Sent.objects.get().values or {}
    assert (values["product"], values["size"], values["source"]) == ("注塑机", "large", "官网")
    assert values["campaign"] == "autumn"
    extra = values["extra"]
    assert (extra["urgency"], extra["machines"], extra["utm_medium"]) == ("急", 12, "mail")
    assert "试验公司" in extra["consent"] and extra["consent_version"] == "官网 v1"


def test_what_looks_like_spam_is_kept_aside_and_released_or_deleted(
    people: Cast, olga: Actor
) -> None:
    row = made(olga, replace(first_definition(), blocked=("casino",)))

    for more in ({TRAP: "x"}, {"note": "casino"}, {"note": "http://a http://b http://c"}):
        assert send(row, **more).status_code == 302  # the visitor sees no difference
    assert not Lead.objects.exists()
    assert Sent.objects.filter(state=SentState.HELD).count() == FormDay.objects.get().spam == 3
    one, two, three = Sent.objects.order_by("pk")
    text = browser(people.olga, "en").get(f"/intake/forms/{row.pk}/held").content.decode()
    assert "casino" in text and "3 links" in text and "13800138000" in text

    client = browser(people.olga)
    client.post(f"/intake/forms/{row.pk}/held/{one.pk}", {"act": "release"})
    client.post(f"/intake/forms/{row.pk}/held/{two.pk}", {"act": "drop"})
    lead = Lead.objects.get()
    assert lead.owner is not None and lead.extra["consent_at"]
    released = Sent.objects.get(pk=one.pk)
    assert (released.state, released.lead_id, released.values) == ("released", lead.pk, None)
    with pytest.raises(NotFound):
        held.release(row.pk, one.pk, actor=olga)

    erase_person(lead.pk, typed=str(lead.pk), actor=act_as(people.alice))
    assert not Sent.objects.filter(pk=three.pk).exists()
    assert kinds()[2:] == ["form.released", "form.dropped"]


def test_the_same_text_over_and_over_is_suspect_and_old_ones_go(olga: Actor) -> None:
    row = made(olga)
    note = "我们提供最便宜的推广服务，欢迎来电咨询合作。"
    for n in range(2):
        Sent.objects.create(
            form=row, version=row.live, state=SentState.TAKEN, ticket=str(n), at=timezone.now(),
            text_digest=_digest(note),
        )  # fmt: skip

    send(row, note=note)

    assert Sent.objects.get(state=SentState.HELD).why[0]["code"] == "form.spam_repeated"
    assert held.drop_old(timezone.now() + held.KEPT + timedelta(days=1)) == 1
    assert not Sent.objects.exclude(text_digest="").exists()


def _digest(note: str) -> str:
    from evenhand.forms.operations.receive import text_digest
    from evenhand.leads.intake import read_lead

    return text_digest(read_lead({"name": "x", "note": note}))


def test_who_has_no_script_takes_his_time(olga: Actor) -> None:
    row = made(olga, replace(first_definition(), blocked=("casino",)))

    quick = send(row, age=8, note="casino")

    assert quick.status_code == 422 and not Sent.objects.exists()
    assert send(row, age=20, note="casino").status_code == 302


def test_a_form_is_open_from_its_first_day_to_its_last(olga: Actor) -> None:
    for first, last, is_shown in (("2020-01-01", "2099-01-01", True), ("", "2020-01-01", False),
                                  ("2099-01-01", "", False)):  # fmt: skip
        days = {"opens_on": first, "closes_on": last}
        row = made(olga, replace(first_definition(), blocked=("casino",), **days))
        text = Client(headers={"accept-language": "en"}).get(f"/f/{row.key}").content.decode()
        assert ("not open at present" not in text) == is_shown
        send(row, note="casino")
        assert Sent.objects.filter(form=row).exists() == is_shown


def test_copies_are_drafts_and_what_is_deleted_comes_back(people: Cast, olga: Actor) -> None:
    row = made(olga)
    copied = copy_form(row.pk, "副本", actor=olga)
    assert copied.live is None and copied.draft == row.draft

    delete_form(row.pk, actor=olga)
    assert Client().get(f"/f/{row.key}").status_code == 404
    gone = browser(people.olga).get(f"/intake/forms?gone={row.pk}").content.decode()
    assert f"/intake/forms/{row.pk}/act" in gone
    restore_form(row.pk, actor=olga)
    assert Client().get(f"/f/{row.key}").status_code == 200


def test_the_builder_moves_adds_and_removes_fields_without_a_script(people: Cast) -> None:
    client = browser(people.olga)
    row = make_form("direct", "官网", actor=SYSTEM)

    def press(act: str, **more: Any) -> list[str]:
        now = Form.objects.get()
        names = [one["name"] for one in now.draft["fields"]]
        body = {"edition": now.edition, "in": "en", "field": names, "act": act,
                "language": ["en"], "name": "官网", **more}  # fmt: skip
        assert client.post(f"/intake/forms/{row.pk}", body).status_code == 302
        return [one["name"] for one in Form.objects.get().draft["fields"]]

    assert press("up:company")[:2] == ["company", "name"]
    assert press("add", new_field="budget")[-1] == "budget"
    assert "note" not in press("remove:note")
    press("save", **{"label.phone": "Your phone", "title": "Hello", "choices.region": "A\nB\nA"})
    draft = from_plain(Form.objects.get().draft)
    fields = {one.name: one for one in draft.fields}
    assert fields["phone"].label == {"en": "Your phone"} and fields["region"].choices == ("A", "B")
    assert draft.title == {"en": "Hello"} and draft.languages == ("en",)
    press("publish", **{"label.phone": "Your phone"})
    shown = Client().get(f"/f/{row.key}").content.decode()
    assert "Your phone" in shown and 'lang="en"' in shown


def test_only_who_edits_policies_makes_forms(people: Cast) -> None:
    row = made(SYSTEM)
    for who in (people.tom, people.ren, people.ada):
        with pytest.raises(NotAllowed):
            delete_form(row.pk, actor=act_as(who))
        assert browser(who).get("/intake/forms").status_code == 403
        assert browser(who).post(f"/intake/forms/{row.pk}/act", {"act": "off"}).status_code == 403
    row.refresh_from_db()
    assert row.is_on and row.deleted_at is None


def test_erasing_somebody_else_leaves_what_is_held(people: Cast, olga: Actor) -> None:
    row = made(olga, replace(first_definition(), blocked=("casino",)))
    send(row, note="casino")
    other = a_lead(people.ren.rep, name="赵六", phone="13900139000", email="z@x.example")

    erase_person(other.pk, typed=str(other.pk), actor=act_as(people.alice))

    assert Sent.objects.get().values
