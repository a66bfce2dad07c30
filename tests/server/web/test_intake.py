"""A lead by hand, and the form that anybody can fill in."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import signing
from django.test import Client

from evenhand.forms.models import Form, Sent
from evenhand.forms.operations.edit import open_form, renew_address, turn_form
from evenhand.leads.models import Lead
from evenhand.people.actor import SYSTEM
from evenhand.people.models import Bucket
from evenhand.policies.operations.publish import publish
from evenhand.routing.intake import WRITER
from evenhand.web.intake.public import BURST
from evenhand.web.intake.tickets import FEWEST_SECONDS, MOST_SECONDS, new_ticket, read_ticket
from tests.server.api.caller import company
from tests.server.cast import Cast, browser
from tests.server.routing.world import policy

pytestmark = pytest.mark.django_db

LONG_AGO = FEWEST_SECONDS + 60


def committed(test: Callable[..., None]) -> Callable[..., None]:
    """What reaches the writer has to be committed; such tests are dear, so they are few."""
    return pytest.mark.django_db(transaction=True)(pytest.mark.usefixtures("writer")(test))


@pytest.fixture
def writer() -> Any:
    """The intake's own connection does not outlive the test."""
    yield
    WRITER.stop()


@pytest.fixture
def people() -> Cast:
    """The company and everybody in it."""
    return company()


@pytest.fixture
def form(people: Cast) -> str:
    """The address of the line's public form."""
    return f"/f/{open_form('direct', actor=SYSTEM)}"


def visitor(language: str = "en") -> Client:
    """A browser of somebody from outside, which keeps no cookies of ours."""
    return Client(enforce_csrf_checks=True, headers={"accept-language": language})


def ticket(form: str, *, age: float = LONG_AGO) -> str:
    from django.utils import timezone

    return new_ticket(f"public:{form.rpartition('/')[2]}", now=timezone.now().timestamp() - age)


def filled(form: str, **more: str) -> dict[str, str]:
    return {
        "name": "王芳", "phone": "13800138000", "note": "想买两台", "consent": "on",
        "ticket": ticket(form), **more,
    }  # fmt: skip


@committed
def test_a_visitor_sends_his_details_and_is_told_what_happens_next(form: str) -> None:
    client = visitor()

    sent = client.post(f"{form}?embed=1&lang=zh-Hant", filled(form, source="官網"))
    shown = client.get(sent.headers["Location"])

    lead = Lead.objects.get()
    assert (lead.name, lead.via, lead.source) == ("王芳", "form", "官網")
    assert lead.owner is not None and lead.extra["consent_at"]
    assert "試驗公司" in lead.extra["consent"] or "试验公司" in lead.extra["consent"]
    assert Sent.objects.get().lead_id == lead.pk
    assert sent.status_code == 302 and "thanks?embed=1&lang=zh-Hant" in sent.headers["Location"]
    text = shown.content.decode()
    assert "感謝" in text and lead.owner.user.name not in text

    again = client.post(form, filled(form) | {"ticket": "x"})
    assert again.status_code == 422  # a page that lay open: asked to send again
    twice = filled(form, name="李强", phone="13900139000")
    assert [client.post(form, twice).status_code for _ in range(3)] == [302] * 3
    assert Lead.objects.count() == 2  # a button pressed three times is one lead
    assert Lead.objects.filter(name="李强").get().extra


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
@pytest.mark.parametrize("embed", ["0", "1"])
def test_the_form_can_stand_in_any_site_and_loads_nothing_from_elsewhere(
    form: str, lang: str, embed: str
) -> None:
    answer = visitor().get(f"{form}?lang={lang}&embed={embed}")

    text = answer.content.decode()
    assert f'lang="{lang}"' in text
    csp = answer.headers["Content-Security-Policy"]
    assert "frame-ancestors *" in csp and "script-src 'self'" in csp
    assert not re.findall(r'(?:src|href|action)="(?:https?:)?//', text)
    assert "style=" not in text
    assert "试验公司" in text and "consent" in text
    assert not answer.cookies


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ({"name": ""}, "please tell us your name"),
        ({"phone": ""}, "so that we can reach you"),
        ({"consent": ""}, "we need your consent"),
        ({"email": "nobody"}, "is not an email address"),
    ],
)
def test_what_is_missing_is_said_beside_its_field_and_nothing_typed_is_lost(
    form: str, missing: dict[str, str], said: str
) -> None:
    answer = visitor().post(form, filled(form, **missing))

    text = answer.content.decode()
    assert answer.status_code == 422
    assert said in text and "想买两台" in text
    assert not Lead.objects.exists()


def test_a_form_filled_in_quicker_than_anybody_types_is_shown_again(form: str) -> None:
    answer = visitor().post(form, filled(form, ticket=ticket(form, age=0)))

    assert answer.status_code == 422
    assert "very quick" in answer.content.decode() and "想买两台" in answer.content.decode()
    assert not Lead.objects.exists()


def test_without_a_ticket_of_this_form_nothing_is_taken_in(form: str) -> None:
    for forged in ("", "x", signing.dumps(["other", "n", 0], salt="intake.ticket")):
        answer = visitor().post(form, filled(form, ticket=forged))

        assert answer.status_code == 422
    assert not Lead.objects.exists()


def test_tickets_end_after_a_day() -> None:
    text = new_ticket("f", now=1_000_000)

    assert read_ticket(text, "f", now=1_000_000 + MOST_SECONDS) is not None
    assert read_ticket(text, "f", now=1_000_001 + MOST_SECONDS) is None
    assert read_ticket(text, "g", now=1_000_000) is None


def test_one_address_sends_so_much_and_no_more(form: str) -> None:
    Bucket.objects.create(key="form:127.0.0.1", tokens=0.0, at="2099-01-01T00:00:00Z")

    answer = visitor().post(form, filled(form))

    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert "想买两台" in answer.content.decode()
    assert not Lead.objects.exists() and BURST >= 5


def test_a_form_that_is_off_readdressed_or_unknown_is_not_there(form: str) -> None:
    row = Form.objects.get()
    renewed = renew_address(row.pk, actor=SYSTEM).key
    assert visitor().get(form).status_code == 404
    assert visitor().get(f"/f/{renewed}").status_code == 200

    turn_form(row.pk, on=False, actor=SYSTEM)

    for place in (f"/f/{renewed}", "/f/nothing"):
        assert visitor().get(place).status_code == 404
        assert visitor().post(place, filled(place)).status_code == 404
    assert not Lead.objects.exists()


@committed
def test_a_lead_by_hand_shows_who_got_it_and_why(people: Cast) -> None:
    client = browser(people.olga, "en")
    page = client.get("/intake").content.decode()
    sealed = re.search(r'name="ticket" value="([^"]+)"', page)
    assert sealed is not None
    body = {"ticket": sealed[1], "name": "王芳", "phone": "13800138000", "employees": "1200"}

    first = client.post("/intake", body)
    again = client.post("/intake", body)

    lead = Lead.objects.get()
    assert lead.owner is not None
    assert (lead.via, lead.employees) == ("hand", 1200)
    assert first.status_code == again.status_code == 302
    result = client.get(first.headers["Location"]).content.decode()
    assert lead.owner.user.name in result and f"/receipts/{lead.receipt_id}" in result
    assert "fair share" in result
    duplicate = client.post("/intake", {**body, "ticket": "", "note": "又打来了"})
    text = client.get(duplicate.headers["Location"]).content.decode()
    assert "open already" in text and Lead.objects.count() == 1

    own = browser(people.ren, "en").post("/intake", {"ticket": "", "name": "陈", "is_own": "on"})
    assert own.status_code == 302
    assert Lead.objects.get(name="陈").collected_by_id == people.ren.pk
    # A result is for who entered the lead.
    assert browser(people.rui).get(own.headers["Location"]).status_code == 404


def test_errors_of_the_form_by_hand_stand_beside_their_fields(people: Cast) -> None:
    answer = browser(people.olga, "en").post(
        "/intake", {"email": "nobody", "budget": "much", "note": "留着"}
    )

    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="id_email-error"' in text and 'id="id_budget-error"' in text
    assert "留着" in text and "nobody" in text and "much" in text
    assert '<details class="intake-more" open>' in text
    assert not Lead.objects.exists()


def test_nobody_is_asked_for_a_line_where_there_is_one(people: Cast) -> None:
    assert 'name="line"' not in browser(people.ren).get("/intake").content.decode()

    publish("second", policy(), actor=SYSTEM)

    assert 'name="line"' in browser(people.ren).get("/intake").content.decode()


def test_who_only_reads_enters_nothing(people: Cast) -> None:
    assert browser(people.ada).get("/intake").status_code == 403
    assert browser(people.ada).post("/intake", {"name": "x"}).status_code == 403
    assert not Lead.objects.exists()
