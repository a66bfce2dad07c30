"""The cast is who the other tests believe it to be."""

import pytest

from tests.server.cast import act_as, browser, cast

pytestmark = pytest.mark.django_db


def test_each_sees_the_teams_of_his_scope() -> None:
    people = cast()

    assert act_as(people.hua).teams == {people.east.pk, people.shanghai.pk}
    assert act_as(people.tom).teams == {people.shanghai.pk}
    assert act_as(people.tom).reps == {people.ren.pk, people.rui.pk, people.dan.pk}
    assert act_as(people.alice).scope == "all"


def test_who_is_logged_in_gets_a_page_and_the_deactivated_does_not() -> None:
    people = cast()

    assert browser(people.ren).get("/help").status_code == 200
    assert browser(people.dan).get("/help").status_code == 302
