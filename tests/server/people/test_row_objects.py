"""A row read by a prepared statement is the row that Django reads."""

import pytest
from django.apps import apps
from django.db.models import Model
from django.db.models.signals import post_init, pre_init

from bench.statements import statements
from evenhand.leads.models import Company, Lead
from evenhand.people.models import Organization, Rep, User, UserSession
from evenhand.people.organization import organization
from evenhand.people.scope import actor_of
from evenhand.people.sessions import SessionStore
from evenhand.platform.looking import looking
from evenhand.platform.row_objects import is_there, row_where, rows_where
from tests.server.cast import browser, cast


@pytest.mark.django_db
def test_it_is_the_same_as_django_reads_it_value_by_value() -> None:
    people = cast()
    client = browser(people.ren)
    key = client.cookies["session"].value

    company = row_where(Organization, "id = 1", ())
    session = row_where(UserSession, "session_key = %s", (key,))

    assert company is not None and session is not None
    assert _values(company) == _values(Organization.objects.get())
    assert _values(session) == _values(UserSession.objects.get(session_key=key))
    company.currency = "TWD"
    company.save()  # it is known to come from the database: no second row is tried
    assert Organization.objects.get().currency == "TWD"


def test_nobody_wants_to_be_told_of_objects_or_makes_them_in_a_way_of_his_own() -> None:
    for model in apps.get_models():
        assert not pre_init.has_listeners(model) and not post_init.has_listeners(model), model
        assert model.__init__ is Model.__init__, model
        assert model.from_db.__func__ is Model.from_db.__func__, model  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_what_was_not_read_is_read_when_it_is_asked_for() -> None:
    people = cast()

    found = row_where(User, "id = %s", (str(people.ren.pk),))
    (part,) = rows_where(User, "id = %s", (str(people.ren.pk),), only=("name",))

    assert found is not None and part == found and hash(part) == hash(found)
    assert part.get_deferred_fields() == set(vars(found)) - {"_state", "id", "name"}
    with statements() as asked:
        assert (part.email, part.email) == (found.email, found.email)
    assert len(asked) == 1


@pytest.mark.django_db
def test_no_row_is_none() -> None:
    assert row_where(UserSession, "session_key = %s", ("nobody's",)) is None


@pytest.mark.django_db
def test_columns_that_django_converts_are_converted_and_what_a_key_leads_to_comes_along() -> None:
    people = cast()
    company = Company.objects.create(name="海川", name_key="海川", state="untended")
    lead = Lead.objects.create(
        name="王芳", state="owned", owner_id=people.ren.pk, company=company,
        extra={"n": [1, None], "t": "海"}, region_evidence=[{"code": "x"}],
    )  # fmt: skip
    other = Lead.objects.create(name="李雷", state="queued")

    found = rows_where(Lead, "lead.id >= %s ORDER BY lead.id", [str(lead.pk)], along=_ALONG)

    assert [_values(one) for one in found] == [
        _values(one) for one in Lead.objects.filter(pk__gte=lead.pk).order_by("pk")
    ]
    with statements() as asked:
        assert [one.company for one in found] == [company, None]
        assert [one.line for one in found] == [None, None]
    assert len(asked) == 0
    assert row_where(Lead, "lead.id = %s", [str(other.pk)], along=_ALONG) == other


@pytest.mark.django_db
def test_a_session_comes_with_whose_it_is_as_each_is_read_alone() -> None:
    people = cast()
    key = browser(people.ren).cookies["session"].value

    with looking():
        store = SessionStore(key)
        store.load()
        user, company = User.objects.get(pk=people.ren.pk), organization()
        with statements() as asked:
            assert actor_of(user).is_rep
    Rep.objects.filter(pk=people.ren.pk).update(is_active=False)
    with looking():
        SessionStore(key).load()
        assert not actor_of(user).is_rep
    with looking():
        assert SessionStore("x" * 32).load() == {}

    assert len(asked) == 0
    assert company is not None and _values(company) == _values(Organization.objects.get())
    assert _values(user) == _values(User.objects.filter(pk=people.ren.pk).get())


@pytest.mark.django_db
def test_outside_of_a_look_a_person_is_read_anew_and_nobody_is_django_s_own_error() -> None:
    people = cast()
    User.objects.get(pk=people.ren.pk)
    User.objects.filter(pk=people.ren.pk).update(epoch=7)

    assert User.objects.get(pk=people.ren.pk).epoch == 7
    with pytest.raises(User.DoesNotExist):
        User.objects.get(pk=0)


@pytest.mark.django_db
def test_all_rows_come_in_the_order_asked_for_and_whether_there_is_one_is_told() -> None:
    people = cast()
    keys = sorted(browser(one).cookies["session"].value for one in (people.ren, people.tom))

    found = rows_where(
        UserSession, "session_key = ANY(%s::text[]) ORDER BY 1", (f"{{{','.join(keys)}}}",)
    )

    assert [row.session_key for row in found] == keys
    assert is_there(UserSession, "session_key = %s", (keys[0],))
    assert not is_there(UserSession, "session_key = %s", ("nobody's",))


_ALONG = ("line", "company")


def _values(row: Model) -> dict[str, object]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
