"""What a rep may receive and how much: level, weights, fields, capacity, mentor, calendar."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from evenhand.engine.facts import FULL_WEIGHT, ItemKind
from evenhand.engine.reasons import reason
from evenhand.journal.operations import record, record_many
from evenhand.people.access import rep_for, reps_for, user_for
from evenhand.people.actor import Actor
from evenhand.people.clocks import company_day
from evenhand.people.models import Rep
from evenhand.people.operations.checks import (
    CannotEdit,
    existing_calendar,
    within,
    within_length,
    words,
)
from evenhand.people.operations.revision import people_changed
from evenhand.people.scope import Right
from evenhand.platform.clock import now
from evenhand.platform.transactions import one_transaction

WEIGHT_MAX = 1_000  # hundredths: ten full shares
CAPACITY_MAX = 100_000
_LISTS = ("regions", "industries", "products", "skills", "languages")
_GRADE_LENGTH = 20


@dataclass(frozen=True, slots=True)
class RepIn:
    """A rep's data as one form holds them; weights in hundredths, 100 = a full share.

    `weights` names a kind of item ("lead"), a grade ("A") or both ("lead:A").
    """

    level: str = ""
    weight: int = FULL_WEIGHT
    weights: Mapping[str, int] = field(default_factory=dict)
    regions: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    capacity: int | None = None  # most open items; None = as the policy says
    joined_on: date | None = None
    mentor_id: int | None = None
    calendar_id: int | None = None


def rep_data(rep: Rep) -> RepIn:
    """What stands now, in the same shape."""
    values = {one.name: getattr(rep, one.name) for one in fields(RepIn)}
    return RepIn(**values | {name: tuple(values[name]) for name in _LISTS})


@one_transaction
def edit_rep(user_id: int, new: RepIn, *, actor: Actor) -> tuple[str, ...]:
    """Change a rep's data; which of them are different now.

    :raises NotAllowed, NotFound: as `access.rep_for`.
    :raises CannotEdit: a value cannot be used; nothing was changed.
    """
    rep = rep_for(actor, user_id, Right.EDIT_PEOPLE, locked=True)
    changes = _change(rep, checked(rep, new))
    if not changes:
        return ()
    _moved_today([rep] if "level" in changes else [])
    rep.save(update_fields=_columns(changes))
    people_changed()
    record("rep.edited", actor=actor, object_kind="person", object_id=user_id, data=changes)
    return tuple(changes)


@one_transaction
def edit_reps(new: Mapping[int, RepIn], *, actor: Actor) -> None:
    """Change the data of several reps, by the person's id, in a few statements; all or none.

    Raises as `edit_rep`.
    """
    reps = reps_for(actor, new, Right.EDIT_PEOPLE)
    mentors = _mentors({one.mentor_id for one in new.values()})
    changes = {rep.pk: _change(rep, checked(rep, new[rep.pk], mentors)) for rep in reps}
    changes = {one: what for one, what in changes.items() if what}
    if not changes:
        return
    _moved_today([rep for rep in reps if "level" in changes.get(rep.pk, {})])
    columns = _columns({name for what in changes.values() for name in what})
    Rep.objects.bulk_update([rep for rep in reps if rep.pk in changes], columns, 500)
    people_changed()
    record_many("rep.edited", actor=actor, object_kind="person", data=changes)


def _change(rep: Rep, values: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Set what differs; what it was and what it is now, as the journal has it."""
    changed = {name: value for name, value in values.items() if getattr(rep, name) != value}
    changes = {name: [_shown(getattr(rep, name)), _shown(value)] for name, value in changed.items()}
    for name, value in changed.items():
        setattr(rep, name, value)
    return changes


def _moved_today(reps: Collection[Rep]) -> None:
    """Note since when these have their level."""
    if reps:
        today = company_day(now())
        for rep in reps:
            rep.level_since = today


def _columns(changed: Collection[str]) -> list[str]:
    """What is written: with a level goes since when somebody has it."""
    return sorted({*changed, *(("level_since",) if "level" in changed else ())})


@one_transaction
def start_receiving(user_id: int, *, actor: Actor) -> bool:
    """Let a person who did not receive items receive them; whether that is new.

    :raises NotAllowed, NotFound: as `access.user_for`.
    :raises CannotEdit: he is out of service.
    """
    user = user_for(actor, user_id, Right.EDIT_PEOPLE, locked=True)
    if not user.is_active:
        raise CannotEdit(reason("people.inactive", name=user.name))
    rep, is_new = Rep.objects.get_or_create(user=user)
    if not is_new and rep.is_active:
        return False
    Rep.objects.filter(pk=user.pk).update(is_active=True)
    people_changed()
    record("rep.started", actor=actor, object_kind="person", object_id=user_id)
    return True


def checked(rep: Rep, new: RepIn, mentors: Collection[int] | None = None) -> dict[str, Any]:
    """The values by column; `mentors` = who may be one, if that was looked up already.

    :raises CannotEdit: one of them cannot be used.
    """
    capacity, calendar_id = new.capacity, new.calendar_id
    if calendar_id != rep.calendar_id:
        existing_calendar(calendar_id)
    return {
        "level": within_length(new.level.strip(), "level", longest=40),
        "weight": within(new.weight, 0, WEIGHT_MAX, "weight"),
        "weights": _weights(new.weights),
        **{name: words(getattr(new, name), name) for name in _LISTS},
        "capacity": None if capacity is None else within(capacity, 0, CAPACITY_MAX, "capacity"),
        "joined_on": new.joined_on,
        "mentor_id": _mentor(rep, new.mentor_id, mentors),
        "calendar_id": calendar_id,
    }


def _weights(weights: Mapping[str, int]) -> dict[str, int]:
    found = {}
    for key, weight in weights.items():
        kind, colon, grade = key.rpartition(":")
        is_kind = not colon and grade in set(ItemKind)
        if (colon and kind not in set(ItemKind)) or not 0 < len(grade) <= _GRADE_LENGTH:
            raise CannotEdit(reason("people.weight_unknown", value=key[:80]), field="weights")
        name = grade if is_kind or not colon else f"{kind}:{grade}"
        found[name] = within(weight, 0, WEIGHT_MAX, "weights")
    return found


def _mentors(ids: Collection[int | None]) -> frozenset[int]:
    """Those of these people who can be somebody's mentor."""
    reps = Rep.objects.filter(pk__in=[one for one in ids if one is not None])
    active = reps.filter(is_active=True, user__is_active=True)
    return frozenset(active.values_list("pk", flat=True))


def _mentor(rep: Rep, mentor_id: int | None, mentors: Collection[int] | None) -> int | None:
    if mentor_id is None or mentor_id == rep.mentor_id:
        return mentor_id
    if mentor_id == rep.pk:
        raise CannotEdit(reason("people.mentor_himself"), field="mentor")
    if mentor_id not in (_mentors([mentor_id]) if mentors is None else mentors):
        raise CannotEdit(reason("people.choice_gone"), field="mentor")
    return mentor_id


def _shown(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
