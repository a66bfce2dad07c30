"""One decision's receipt (分配依据) as sentences for a reader, section by section.

The view holds plain values, whatever they were read from: a line of a receipt file, a decision
still in memory, a row of the database. Nothing is worked out here but what is shown.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from evenhand.engine.reasons import Reason
from evenhand.wording import formats
from evenhand.wording.catalogue import Words
from evenhand.wording.display import NO_VALUE, balance_text, slug, term_text
from evenhand.wording.reasons import Names, namer, say

# The draw is 64 digits; these tell two apart, the rest stands in the file.
DRAW_SHOWN = 16
EXCLUDED_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Place:
    """How one person stood for the item; amounts in micro-points.

    `owed_before` is the balance before this item, `share` what this item credits, `grade_owed`
    the balance in the item's grade with it (None = no grade books), `bonus` the fit bonus,
    `score` all four together.
    """

    member: str
    owed_before: int
    share: int
    score: int
    grade_owed: int | None = None
    bonus: int = 0
    is_in_band: bool = True


@dataclass(frozen=True, slots=True)
class Ramped:
    """A newcomer whose share is still growing, in percent: days worked and leads converted."""

    member: str
    percent: int
    days: int
    results: int


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """Everything that is said of one decision.

    `outcome`, `kind` and `cause` are the values of `Outcome`, `ItemKind` and `Cause`; `points`,
    `band` and places in micro-points, `score` in hundredths, `propensity` an exact fraction.
    `won`, `why_not` and `changes` come from `engine.routing.why_not`. Of `changes`, any one entry
    alone would have been enough; what stands in one entry is needed together.
    """

    item_id: str
    kind: str
    outcome: str
    grade: str
    points: int
    policy: str
    now: str
    where: str = ""
    rule: str = ""
    cause: str | None = None
    winner: str | None = None
    mentor: str | None = None
    ramps: tuple[Ramped, ...] = ()
    score: int | None = None
    worth: tuple[Reason, ...] = ()
    scored: tuple[Reason, ...] = ()
    tried: tuple[tuple[str, Reason], ...] = ()
    places: tuple[Place, ...] = ()
    eligible_count: int = 0
    in_band: int = 0
    band: int | None = None
    excluded: tuple[tuple[str, Reason], ...] = ()
    full: tuple[tuple[str, Reason], ...] = ()
    won: tuple[Reason, ...] = ()
    sequence: int = 0
    draw: str = ""
    was_random: bool = False
    propensity: tuple[int, int] | None = None
    rep: str | None = None
    why_not: tuple[Reason, ...] = ()
    changes: tuple[tuple[Reason, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a receipt: `key` names it for the page, the rest is in the reader's language."""

    key: str
    title: str
    lines: tuple[str, ...]


def receipt_sentences(
    words: Words, view: ReceiptView, names: Names | None = None
) -> tuple[Section, ...]:
    """The receipt in sections; those with nothing to say are left out.

    Keys, in this order: outcome, worth, rule, considered, excluded, won, lost, change, record.
    """
    return _Receipt(words, view, names).sections()


_TASK = "task"


class _Receipt:
    """One receipt on its way to sentences."""

    def __init__(self, words: Words, view: ReceiptView, names: Names | None) -> None:
        self.words = words
        self.view = view
        self.names = names
        self.name_of = namer(names)

    def sections(self) -> tuple[Section, ...]:
        parts: tuple[tuple[str, Iterable[str]], ...] = (
            ("outcome", self._outcome()),
            ("worth", self._worth()),
            ("rule", self._rule()),
            ("considered", self._considered()),
            ("excluded", self._excluded()),
            ("won", self._won()),
            ("lost", self._lost()),
            ("change", self._change()),
            ("record", self._record()),
        )
        found = ((key, tuple(lines)) for key, lines in parts)
        return tuple(Section(key, self._title(key), lines) for key, lines in found if lines)

    def _title(self, key: str) -> str:
        people = {"won": {"winner": self.view.winner}, "lost": {"rep": self.view.rep}}
        people["change"] = people["lost"]
        named = {role: self._name(who) for role, who in people.get(key, {}).items()}
        if key == "worth" and self.view.kind == _TASK:
            return self.words.text("receipt-title-work")
        return self.words.text(f"receipt-title-{key}", **named)

    def _outcome(self) -> Iterator[str]:
        view = self.view
        if view.kind == _TASK and view.outcome == "pooled":
            yield self.words.text("receipt-task-offered", item=formats.tidy(view.item_id))
            return
        yield self.words.text(
            "receipt-outcome",
            outcome=slug(view.outcome),
            kind=term_text(self.words, "item-kind", view.kind) or view.kind,
            item=formats.tidy(view.item_id),
            winner=self._name(view.winner),
            where=self._name(view.where) if view.outcome == "escalated" else _or_none(view.where),
        )
        if view.mentor:
            yield self.words.text("receipt-mentor", mentor=self._name(view.mentor))

    def _worth(self) -> Iterator[str]:
        view = self.view
        if view.kind == _TASK:
            yield self.words.text("receipt-work", points=formats.points(view.points))
            return
        yield self.words.text(
            "receipt-worth",
            score=NO_VALUE if view.score is None else formats.score(view.score),
            grade=view.grade,
            points=formats.points(view.points),
        )
        yield from self._said(view.worth)
        yield from self._said(view.scored)

    def _rule(self) -> Iterator[str]:
        view = self.view
        for rule, why in view.tried:
            yield self.words.text("receipt-tried", rule=rule, why=self._say(why))
        if view.rule or view.cause:
            cause = slug(view.cause or view.outcome)
            yield self.words.text("receipt-rule", rule=_or_none(view.rule), cause=cause)

    def _considered(self) -> Iterator[str]:
        view = self.view
        if view.eligible_count and view.in_band:
            yield self.words.text(
                "receipt-considered",
                count=view.eligible_count,
                in_band=view.in_band,
                band=NO_VALUE if view.band is None else formats.points(view.band),
            )
        elif view.eligible_count:
            yield self.words.text("receipt-considered-all", count=view.eligible_count)
        for place in view.places:
            yield self._place(place)
        for one in view.ramps:
            yield self.words.text(
                "receipt-ramp",
                member=self._name(one.member),
                percent=one.percent,
                days=one.days,
                results=one.results,
            )
        more = view.eligible_count - len(view.places)
        if view.places and more > 0:
            yield self.words.text("receipt-places-more", count=more)

    def _place(self, place: Place) -> str:
        has_grade = place.grade_owed is not None
        return self.words.text(
            "receipt-place",
            member=self._name(place.member),
            owed=balance_text(self.words, place.owed_before),
            share=formats.points(place.share),
            grade_owed=balance_text(self.words, place.grade_owed or 0) if has_grade else NO_VALUE,
            bonus=formats.points(place.bonus) if place.bonus else NO_VALUE,
            score=formats.points(place.score),
            is_in_band=slug(place.is_in_band),
        )

    def _excluded(self) -> Iterator[str]:
        """Who was not considered, one line per predicate: one reason often holds for many."""
        together: dict[str, list[str]] = {}
        for who, why in (*self.view.excluded, *self.view.full):
            together.setdefault(self._say(why), []).append(self._name(who))
        for said, people in together.items():
            shown = formats.listed(self.words, people, most=EXCLUDED_SHOWN)
            yield self.words.text("receipt-excluded", people=shown, why=said)

    def _won(self) -> Iterator[str]:
        view = self.view
        if view.winner is None:
            return
        yield from self._said(view.won)
        front = view.places[0] if view.places else None
        after = NO_VALUE
        if front is not None and front.member == view.winner:
            after = balance_text(self.words, front.owed_before + front.share - view.points)
        yield self.words.text(
            "receipt-booked",
            points=formats.points(view.points),
            winner=self._name(view.winner),
            after=after,
        )

    def _lost(self) -> Iterable[str]:
        return self._said(self.view.why_not) if self.view.rep else ()

    def _change(self) -> Iterator[str]:
        changes = self.view.changes if self.view.rep else ()
        if len(changes) > 1:
            yield self.words.text("receipt-change-either")
        for needed in changes:
            said = tuple(self._said(needed))
            if len(said) == 1:
                yield said[0]
            elif said:
                # Not as a list: there are lists inside.
                joined = self.words.text("clause-separator").join(said)
                yield self.words.text("receipt-change-together", changes=joined)

    def _record(self) -> Iterator[str]:
        view = self.view
        yield self.words.text("receipt-policy", policy=formats.tidy(view.policy))
        yield self.words.text(
            "receipt-moment",
            moment=formats.moment(self.words.locale, view.now, with_seconds=True),
            offset=_or_none(formats.offset(view.now)),
        )
        if view.sequence:
            yield self.words.text("receipt-sequence", sequence=view.sequence)
        if view.propensity is not None:
            yield self._explored(*view.propensity)
        if view.draw:
            shown = view.draw[:DRAW_SHOWN] + ("…" if len(view.draw) > DRAW_SHOWN else "")
            yield self.words.text("receipt-draw", draw=shown)

    def _explored(self, numerator: int, denominator: int) -> str:
        return self.words.text(
            "receipt-explored",
            was_random=slug(self.view.was_random),
            numerator=str(numerator),
            denominator=str(denominator),
        )

    def _said(self, reasons: Iterable[Reason]) -> Iterator[str]:
        return (self._say(why) for why in reasons)

    def _say(self, why: Reason) -> str:
        return say(self.words, why, self.names)

    def _name(self, who: str | None) -> str:
        return formats.tidy(self.name_of(who)) if who else NO_VALUE


def _or_none(text: str) -> str:
    return formats.tidy(text) or NO_VALUE
