"""The tree of teams, and what its paths mean for who sees whom."""

import pytest

from evenhand.people.models import Team
from evenhand.people.operations.checks import CannotEdit
from evenhand.people.operations.teams import (
    DEEPEST,
    create_team,
    dissolve_team,
    move_team,
    rename_team,
    set_team_manager,
)
from evenhand.people.queries.teams import team_tree
from evenhand.people.scope import NotAllowed
from evenhand.platform.refusal import NotFound
from tests.server.cast import act_as, cast
from tests.server.people.facts import changed, facts_of, unchanged

pytestmark = pytest.mark.django_db


def paths() -> dict[str, list[int]]:
    """Every team's way down from the root."""
    return dict(Team.objects.order_by("pk").values_list("name", "path"))


def test_a_moved_team_takes_everything_below_it_along() -> None:
    people = cast()
    olga = act_as(people.olga)
    pudong = create_team("浦东", parent_id=people.shanghai.pk, actor=olga)

    with changed("team.moved"):
        assert move_team(people.shanghai.pk, people.south.pk, actor=olga)

    south, shanghai = people.south.pk, people.shanghai.pk
    assert paths()["上海"] == [south, shanghai]
    assert paths()["浦东"] == [south, shanghai, pudong.pk]
    # Hua led 华东 and all below: no longer these.
    assert act_as(people.hua).teams == {people.east.pk}


def test_a_team_never_stands_below_itself() -> None:
    people = cast()
    before = paths()

    for parent in (people.east.pk, people.shanghai.pk):
        with unchanged(), pytest.raises(CannotEdit, match="team_circle"):
            move_team(people.east.pk, parent, actor=act_as(people.olga))

    assert paths() == before


def test_a_renamed_team_goes_by_its_new_name_in_routing() -> None:
    people = cast()

    with changed("team.renamed"):
        rename_team(people.shanghai.pk, " 上海一部 ", actor=act_as(people.olga))

    assert facts_of(people.ren.pk).team == "上海一部"
    with unchanged(), pytest.raises(CannotEdit, match="name_taken"):
        rename_team(people.shanghai.pk, "华南", actor=act_as(people.olga))


def test_only_an_empty_team_is_dissolved() -> None:
    people = cast()
    olga = act_as(people.olga)
    empty = create_team("空", actor=olga)

    with unchanged(), pytest.raises(CannotEdit) as refusal:
        dissolve_team(people.east.pk, actor=olga)
    assert dict(refusal.value.why.params) == {"members": 1, "teams": 1}
    with changed("team.dissolved"):
        dissolve_team(empty.pk, actor=olga)
    with changed("team.created"):
        assert create_team("空", parent_id=people.east.pk, actor=olga).pk == empty.pk


def test_there_is_a_deepest_level() -> None:
    people = cast()
    olga = act_as(people.olga)
    above = people.shanghai.pk
    for level in range(3, DEEPEST + 1):
        above = create_team(f"第{level}层", parent_id=above, actor=olga).pk
    top = create_team("总部", actor=olga)

    with unchanged(), pytest.raises(CannotEdit, match="team_too_deep"):
        create_team("太深", parent_id=above, actor=olga)
    with unchanged(), pytest.raises(CannotEdit, match="team_too_deep"):
        move_team(people.east.pk, top.pk, actor=olga)

    assert not Team.objects.filter(name="太深").exists()


def test_a_manager_of_a_team_is_somebody_in_service() -> None:
    people = cast()

    with changed("team.manager_changed"):
        assert set_team_manager(people.south.pk, people.carl.pk, actor=act_as(people.olga))
    with unchanged(), pytest.raises(CannotEdit):
        set_team_manager(people.south.pk, people.dan.pk, actor=act_as(people.olga))


def test_who_leads_a_team_does_not_edit_the_tree() -> None:
    people = cast()
    before = paths()

    with unchanged(), pytest.raises(NotAllowed):
        rename_team(people.shanghai.pk, "我的", actor=act_as(people.tom))
    with unchanged(), pytest.raises(NotFound):
        rename_team(999_999, "无", actor=act_as(people.olga))

    assert paths() == before


def test_the_tree_counts_heads_and_shows_what_is_within_reach() -> None:
    people = cast()

    everything = {
        one.name: (one.depth, one.people, one.people_below)
        for one in team_tree(act_as(people.olga))
    }
    hers = [(one.name, one.depth) for one in team_tree(act_as(people.hua))]

    assert everything == {"华东": (0, 1, 4), "上海": (1, 3, 3), "华南": (0, 1, 1)}
    assert hers == [("华东", 0), ("上海", 1)]
    assert team_tree(act_as(people.ren)) == []
