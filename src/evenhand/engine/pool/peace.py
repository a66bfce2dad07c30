"""The customer's peace (客户安宁): who may still take a customer, and who may contact him now.

Pure: what is known of the customer goes in, a refusal in words of reason codes comes out, with the
instant from which it is possible where there is one. `now` stands in the company's zone, in which
such instants are told. (reference: behaviours 8 and 9)
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from evenhand.engine.facts import Bar
from evenhand.engine.pool.section import PeaceSection
from evenhand.engine.pool.spans import Span
from evenhand.engine.reasons import Reason, reason

# Periods of peace run by the customer's calendar: a day is a day, worked or not.
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Hold:
    """A time in which somebody held an item of the customer; `until_at` None = still does."""

    rep_id: str
    from_at: datetime
    until_at: datetime | None = None
    is_passed_on: bool = False  # it ended without anybody giving up: nothing to rest from


@dataclass(frozen=True, slots=True)
class Life:
    """What has been done with a customer so far."""

    holds: tuple[Hold, ...] = ()
    contacts: tuple[datetime, ...] = ()  # when we turned to him, answered or not
    left_in_peace_at: datetime | None = None  # since when nobody may contact him
    held_by: frozenset[str] = frozenset()  # who looks after other items of his company


@dataclass(frozen=True, slots=True)
class Standing:
    """How much of the customer's patience is used; limits None = none."""

    owners: int
    owners_limit: int | None
    contacts: int
    contacts_limit: int | None
    quiet_until: datetime | None
    contact_refusal: Reason | None


def bars_of(life: Life, terms: PeaceSection | None, now: datetime) -> tuple[Bar, ...]:
    """What keeps an item of this customer, which nobody holds, from people; each with whom not."""
    found: list[Bar | None] = []
    if life.left_in_peace_at is not None:
        found.append(Bar(reason("peace.left_in_peace", from_at=_iso(life.left_in_peace_at, now))))
    if terms is not None:
        found += [_held(life, terms), _owners(life, terms, now), _quiet(life, terms, now)]
    return tuple(one for one in found if one is not None)


def held_beside(rep_ids: Iterable[str]) -> Bar:
    """What keeps an item from everybody but those who look after others of the company."""
    return Bar(reason("peace.company_held"), tuple(sorted(rep_ids)))


def why_not_take(
    life: Life, rep_id: str, terms: PeaceSection | None, now: datetime
) -> Reason | None:
    """Why a rep may not receive an item of this customer now; None = he may.

    A former owner adds nobody to the customer's life: the number of owners does not keep him away.
    """
    return _first(bars_of(life, terms, now), rep_id)


def why_not_move(
    life: Life, rep_id: str, terms: PeaceSection | None, now: datetime
) -> Reason | None:
    """Why an item of this customer may not go from its owner to this rep; None = it may.

    Whoever asked to be left in peace stays somebody's: a transfer by itself contacts nobody.
    """
    if terms is None:
        return None
    return _first((_held(life, terms), _owners(life, terms, now)), rep_id)


def why_not_contact(life: Life, terms: PeaceSection | None, now: datetime) -> Reason | None:
    """Why nobody may turn to this customer now; None = one may."""
    since = life.left_in_peace_at
    if since is not None and since <= now:
        return reason("peace.no_contact", from_at=_iso(since, now))
    if terms is None or terms.contacts is None:
        return None
    recent = sorted(one for one in _since(life.contacts, terms.contacts_within, now) if one <= now)
    if len(recent) < terms.contacts:
        return None
    opens_at = None
    if terms.contacts_within is not None and terms.contacts > 0:
        opens_at = recent[len(recent) - terms.contacts] + terms.contacts_within.lasting(_DAY)
    return reason(
        "peace.contacts", count=len(recent), limit=terms.contacts, opens_at=_iso(opens_at, now)
    )


def standing_of(life: Life, terms: PeaceSection | None, now: datetime) -> Standing:
    """What a page shows of a customer's peace."""
    said = terms or PeaceSection(owners=None)
    return Standing(
        owners=len(owners_until(life, said, now)),
        owners_limit=said.owners,
        contacts=len(_since(life.contacts, said.contacts_within, now)),
        contacts_limit=said.contacts,
        quiet_until=_quiet_until(life, said, now),
        contact_refusal=why_not_contact(life, terms, now),
    )


def owners_until(life: Life, terms: PeaceSection, now: datetime) -> dict[str, datetime]:
    """Who has held the customer within the period of the terms, each with his last moment."""
    span = terms.owners_within
    since = None if span is None else now - span.lasting(_DAY)
    found: dict[str, datetime] = {}
    for one in life.holds:
        until = one.until_at or now
        if since is None or until > since:
            found[one.rep_id] = max(until, found.get(one.rep_id, until))
    return found


def _first(bars: Iterable[Bar | None], rep_id: str) -> Reason | None:
    return next((one.why for one in bars if one is not None and rep_id not in one.but), None)


def _held(life: Life, terms: PeaceSection) -> Bar | None:
    if not terms.one_owner_per_company or not life.held_by:
        return None
    return held_beside(life.held_by)


def _owners(life: Life, terms: PeaceSection, now: datetime) -> Bar | None:
    ends = owners_until(life, terms, now)
    limit = terms.owners
    if limit is None or len(ends) < limit:
        return None
    within = terms.owners_within
    opens_at = None
    if within is not None and limit > 0:
        opens_at = sorted(ends.values())[len(ends) - limit] + within.lasting(_DAY)
    why = reason("peace.owners", count=len(ends), limit=limit, opens_at=_iso(opens_at, now))
    return Bar(why, tuple(sorted(ends)))


def _quiet(life: Life, terms: PeaceSection, now: datetime) -> Bar | None:
    until = _quiet_until(life, terms, now)
    if until is None:
        return None
    return Bar(reason("peace.quiet", opens_at=_iso(until, now)), (_last(life).rep_id,))


def _quiet_until(life: Life, terms: PeaceSection, now: datetime) -> datetime | None:
    """When the quiet time after the last owner ends; None = somebody holds him, or it is over."""
    if terms.quiet is None or not life.holds:
        return None
    last = _last(life)
    given_up = last.until_at
    if given_up is None or last.is_passed_on:
        return None
    until = given_up + terms.quiet.lasting(_DAY)
    return until if until > now else None


def _last(life: Life) -> Hold:
    """The hold that is open, else the one that ended last."""
    return max(life.holds, key=lambda one: (one.until_at is None, one.until_at or one.from_at))


def _since(moments: Iterable[datetime], span: Span | None, now: datetime) -> list[datetime]:
    if span is None:
        return list(moments)
    since = now - span.lasting(_DAY)
    return [one for one in moments if one > since]


def _iso(at: datetime | None, now: datetime) -> str | None:
    """A moment as people there read it: `now` stands in their zone."""
    return None if at is None else at.astimezone(now.tzinfo).isoformat()
