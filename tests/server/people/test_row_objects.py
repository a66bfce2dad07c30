"""A row read by a prepared statement is the row that Django reads."""

import pytest

from evenhand.leads.models import Lead
from evenhand.people.models import Organization, UserSession
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


@pytest.mark.django_db
def test_no_row_is_none_and_a_model_whose_columns_are_converted_is_refused() -> None:
    assert row_where(UserSession, "session_key = %s", ("nobody's",)) is None
    with pytest.raises(TypeError, match="converted"):
        row_where(Lead, "id = %s", ("1",))


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


def _values(row: Organization | UserSession) -> dict[str, object]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
