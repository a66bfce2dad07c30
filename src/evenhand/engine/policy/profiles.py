"""Items of different scores, from the lowest to the highest that a scoring card seems to give.

The fields and behaviours of a card are too many to try in every combination. Going from nothing
upwards, and from nothing downwards, one field at a time and in two orders, passes through scores
between.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from evenhand.engine.calendar.worktime import BeyondHorizon
from evenhand.engine.conditions import Bindings, WorkingClock
from evenhand.engine.facts import Behaviour, Value
from evenhand.engine.policy.domains import NOW, domains_of
from evenhand.engine.routing.policy import Policy

_OFTEN = 3  # times a behaviour happens where the card does not bound its count


@dataclass(frozen=True, slots=True)
class Profile:
    """Values of fields by path, and behaviours, that together give some score."""

    fields: Mapping[str, Value]
    behaviours: tuple[Behaviour, ...]


def profiles_of(policy: Policy, *, now: datetime, clock: WorkingClock) -> tuple[Profile, ...]:
    """Profiles of different scores: nothing known, then ever higher, then ever lower."""
    assert policy.card is not None, "only a card gives scores"
    section = policy.card.section
    domains = domains_of(section.conditions, now=now, schema=policy.schema, regions=policy.regions)
    paths = [path for path in sorted(domains) if path != NOW and not path.startswith("rep.")]
    acts = [
        (signal.points, Behaviour(signal.behavior, now, signal.max_count or _OFTEN))
        for signal in section.signals
        if signal.behavior is not None
    ]
    found: dict[int, Profile] = {}
    for sign in (1, -1):
        for order in (paths, paths[::-1]):
            profile = Profile({}, ())
            best = _score(policy, profile, now, clock)
            found.setdefault(best, profile)
            for path in order:
                tried = [Profile({**profile.fields, path: value}, ()) for value in domains[path]]
                scores = [sign * _score(policy, one, now, clock) for one in tried]
                if max(scores, default=sign * best) > sign * best:
                    best = sign * max(scores)
                    profile = tried[scores.index(sign * best)]
                    found.setdefault(best, profile)
            for points, behaviour in acts:
                if points * sign > 0:
                    profile = Profile(profile.fields, (*profile.behaviours, behaviour))
                    found.setdefault(_score(policy, profile, now, clock), profile)
    return tuple(found.values())


def _score(policy: Policy, profile: Profile, now: datetime, clock: WorkingClock) -> int:
    """The score in hundredths; that of nothing where a calendar does not reach so far."""
    assert policy.card is not None
    roots: dict[str, dict[str, Value]] = {"lead": {}, "company": {}}
    for path, value in profile.fields.items():
        root, _, name = path.partition(".")
        roots[root][name] = value
    bindings = Bindings(
        lead=roots["lead"],
        company=roots["company"],
        now=now,
        regions=policy.regions,
        clock=clock,
    )
    try:
        return policy.card.score(bindings, profile.behaviours).total
    except BeyondHorizon:
        return 0
