"""Learnt points of types of to-dos: proposed, drafted, and shown to whoever approves."""

from datetime import timedelta

import pytest
from django.utils import timezone

from evenhand.engine.facts import POINT
from evenhand.people.actor import SYSTEM
from evenhand.policies.live import live_now
from evenhand.policies.models import Line
from evenhand.policies.operations.publish import publish
from evenhand.policies.operations.publishing import publish_draft
from evenhand.work.drafted import drafted_points
from evenhand.work.learning import learnt
from evenhand.work.operations.points import draft_points
from evenhand.work.sections import sections_now
from tests.server.cast import Cast, act_as, browser
from tests.server.policies.studio import promise
from tests.server.routing.world import policy
from tests.server.work.test_load import WORKLOAD, people, task

__all__ = ["people"]
pytestmark = pytest.mark.django_db

TASKS = {"types": [{"type": "t", "minutes": 30}, {"type": "other", "minutes": 60}]}


def test_measured_minutes_of_to_dos_change_the_points_of_their_type_once_published(
    people: Cast,
) -> None:
    publish("direct", policy(workload=WORKLOAD, tasks=TASKS), actor=SYSTEM)
    line, olga = Line.objects.get(), act_as(people.olga)
    for n in range(40):
        done_at = timezone.now() - timedelta(days=1, hours=n)
        task(
            people.ren.pk, state="done", done_at=done_at, handled_minutes=43 + n % 5,
            quantity_done=1,
        )  # fmt: skip
    families = learnt(olga, line.pk, sections_now().of(line.pk), timezone.now())
    (found,) = next(one for one in families if one.key == "tasks").proposals
    assert (found.kind.stage, found.log_count) == ("t", 40)

    draft = draft_points(line.pk, ["tasks.t", "tasks.other"], actor=olga)

    taken = drafted_points(draft.pk)["tasks.t"]
    assert (taken.before, taken.after, taken.logs) == (3 * POINT, found.points, 40)
    assert set(drafted_points(draft.pk)) == {"tasks.t"}  # of the other nothing was proposed
    page = browser(people.olga).get(f"/policies/{line.pk}/publish").content.decode()
    assert "按近半年实测修改工作量积分：t 3 →" in page and "40 条记录" in page
    live = live_now(line.pk)
    assert live is not None and live.tasks is not None
    assert live.tasks.types[0].usual_points == 3 * POINT  # nothing changes before it is published

    publish_draft(line.pk, draft.edition, promise(people.olga), actor=olga)

    live = live_now(line.pk)
    assert live is not None and live.tasks is not None
    assert [one.usual_points for one in live.tasks.types] == [found.points, 6 * POINT]


def test_a_draft_by_hand_says_nothing_of_measurements(people: Cast) -> None:
    assert drafted_points(1) == {}
