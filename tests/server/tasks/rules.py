"""Rules with to-dos, and a small company that lives by them."""

from collections.abc import Mapping
from typing import Any

from evenhand.people.models import Rep
from evenhand.people.scope import actor_of
from tests.server.routing.world import company, policy

TASKS: dict[str, Any] = {
    "types": [
        {"type": "电话回访", "minutes": 10, "due": "1d"},
        {
            "type": "门店拜访",
            "minutes": 90,
            "points": 10,
            "skills": ["陈列"],
            "checklist": ["看排面", "拍照"],
            "evidence": "link",
            "absent": "deal",
        },
        {"type": "方案", "minutes": 120, "level": "资深", "evidence": "note"},
        {"type": "跟进", "minutes": 20, "evidence": "contact"},
    ],
    "rules": [
        {
            "rule": "大家分",
            "to": {"strategy": "fair_share", "group": "全体"},
            "if_nobody": {"do": "market"},
        }
    ],
    "market": {"per_day": 2, "holding": 3},
}
LEVELS = [{"level": "新人"}, {"level": "资深"}]


def company_with_tasks(reps: int, **sections: Any) -> list[Rep]:
    """A company of `routing.world` whose rules know to-dos; keywords change the `tasks` section."""
    tasks = {**TASKS, **sections}
    return company(reps, document(tasks))


def document(tasks: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """A policy with levels and to-dos."""
    return policy(levels=LEVELS, tasks=dict(TASKS if tasks is None else tasks))


def as_rep(rep: Rep) -> Any:
    """Somebody as he acts himself."""
    return actor_of(rep.user)
