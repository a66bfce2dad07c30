"""The people of the demo company on days that not every year or every clock has."""

from datetime import UTC, datetime

import pytest

from evenhand.cli.demo_company.generate import generate
from evenhand.cli.demo_company.load_staff import Staff
from evenhand.cli.demo_company.plans import day_of
from evenhand.people.models import Rep, User

pytestmark = pytest.mark.django_db


def test_everybody_comes_on_his_day_on_the_night_to_a_29_february() -> None:
    until = datetime(2028, 2, 28, 16, 30, tzinfo=UTC)  # in Shanghai the 29th is half an hour old
    plan = generate(until, leads=20)

    Staff(plan).load(plan, day_of(until))

    reps = Rep.objects.select_related("user")
    assert {day_of(one.user.created_at) == one.joined_on for one in reps} == {True}
    office = User.objects.filter(rep=None)
    assert {str(day_of(one.created_at)) for one in office} == {"2025-03-01"}
