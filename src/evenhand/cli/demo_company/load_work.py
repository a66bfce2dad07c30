"""The load of the demo company: its last weeks settled, and what some people say of theirs."""

from collections.abc import Iterable
from datetime import datetime

from evenhand.people.models import Rep
from evenhand.people.scope import actor_of
from evenhand.work.models import WorkWeek
from evenhand.work.operations.settling import derive_caps, settle_weeks
from evenhand.work.operations.words import answer_word, say_word

_WORDS = {"overloaded": "much", "normal": "right", "idle": "more"}
_SAID = 6


def settle_load(until: datetime, reps: Iterable[Rep]) -> None:
    """Settle the weeks up to a moment; the first few of each band say their word of this week."""
    mondays = settle_weeks(until)
    derive_caps(until)
    if not mondays:
        return
    known = {rep.pk: rep for rep in reps}
    rows = WorkWeek.objects.filter(monday=mondays[-1], band__in=_WORDS).order_by(
        "-utilization", "rep"
    )
    of = [row for row in rows if row.rep_id in known]
    for row in [*of[: _SAID // 2], *of[-_SAID // 2 :]]:
        said = say_word(_WORDS[row.band], actor=actor_of(known[row.rep_id].user))
        team = known[row.rep_id].user.team
        if row == of[0] and team is not None and team.manager is not None:
            answer_word(row.rep_id, said.monday, "talk", actor=actor_of(team.manager))
