"""Weighing what fields and numbers say of one place in China: what is left, and what was said.

Writing narrows first. Where two fields exclude each other the weighing ends: a clash is said and
not decided. A number decides only among places that the writing left open.
"""

from dataclasses import dataclass, field

from evenhand.engine.reasons import Reason, reason
from evenhand.sheets.regions.atlas import Atlas, Option
from evenhand.sheets.regions.divisions import Change, Level
from evenhand.sheets.regions.hints import SHOWN_MAX, Confidence, Place, Resolution
from evenhand.sheets.regions.reading import Reading
from evenhand.sheets.regions.settle import Settled, settle

_LEVELS = {
    "province": (Level.PROVINCE,),
    "city": (Level.PROVINCE, Level.CITY),
    "county": (Level.COUNTY,),
}
_PLACES_MAX = 8  # in one reason


@dataclass(slots=True)
class Weighing:
    """The options left so far, and what was said on the way."""

    atlas: Atlas
    options: tuple[Option, ...] = ()
    sure: tuple[Option, ...] = ()
    clash: tuple[Option, ...] = ()  # places that exclude each other
    is_short: bool = True
    is_city: bool = False
    by_number: bool = False  # a number chose the place, or nothing else said any
    is_doubted: bool = False  # a number says otherwise
    last: str = ""  # the field that spoke last
    evidence: list[Reason] = field(default_factory=list)

    def hear(self, name: str, written: str, said: Reading) -> None:
        """Take what a field says."""
        shown = written[:SHOWN_MAX]
        if not said.options:
            self.evidence.append(reason("region.not_understood", hint=name, written=shown))
            return
        alone = settle(said.options, self.atlas, is_short=said.is_short, is_city=name == "city")
        self._say(name, shown, alone)
        if said.re_ranked and alone.code and not alone.changes:
            self.evidence.append(
                reason(
                    "region.re_ranked", written=said.re_ranked, place=self.atlas.path(alone.code)
                )
            )
        if said.beside:
            self._clash(name, said.options, name, said.beside)
        elif not self.clash:
            self._narrow(name, said)

    def _narrow(self, name: str, said: Reading) -> None:
        both = self.atlas.combine(self.options, said.options) if self.options else said.options
        if not both:
            self._clash(self.last, self.options, name, said.options)
            return
        levels = _LEVELS.get(name, ())
        fitting = tuple(o for o in both if not levels or self.atlas.level(o.code) in levels)
        both = fitting or both
        # What the kind of field adds (朝阳 in a field for cities is a city) is likely, not sure.
        self.sure = self.atlas.combine(self.sure, said.sure) if self.sure else said.sure
        self.options = both
        self.is_short = self.is_short and said.is_short
        self.is_city = self.is_city or name == "city"
        self.last = name

    def count(self, name: str, prefix: str, options: tuple[Option, ...]) -> None:
        """Take what a number says; it decides only what writing leaves open."""
        if not options:
            return
        shown = self._paths([option.code for option in options])
        both = self.atlas.combine(self.options, options) if self.options else options
        if not both and not self.by_number:
            self.is_doubted = True
            self._say_against(name, prefix, shown)
            return
        self.evidence.append(reason("region.number", hint=name, prefix=prefix, places=shown))
        if self.clash:
            return
        if not self.options:
            self.options, self.by_number, self.is_short = options, True, False
            self.last = name
            return
        if not both:
            self._clash(self.last, self.options, name, options)
            return
        before = self._settled(self.options).code
        after = self._settled(both)
        if before and before not in self.atlas.lineages[after.code or before]:
            # By custom the name means one place, by the number another: nobody can tell.
            self.is_doubted, self.is_short = True, False
            return
        self.by_number = self.by_number or after.code != before
        self.options = both

    def resolution(self) -> Resolution:
        """What all of it comes to."""
        if self.clash:
            shared = self.atlas.shared([option.code for option in self.clash])
            return self._resolution(Confidence.AMBIGUOUS, shared, shared, self._codes(self.clash))
        if not self.options:
            return Resolution(Place("", ""), Confidence.UNKNOWN, evidence=tuple(self.evidence))
        found = self._settled(self.options)
        self.evidence.extend(change_reason(one, self.atlas) for one in found.changes)
        if found.others and not found.by_custom:
            return self._resolution(
                Confidence.AMBIGUOUS, found.code, found.code, self._codes(self.options)
            )
        if found.by_custom:
            self.evidence.append(
                reason(
                    "region.by_custom",
                    place=self.atlas.path(found.code),
                    places=self._paths([*found.others]),
                )
            )
        sure = self._settled(self.sure).code if self.sure else ""
        is_sure = sure == found.code and not (found.by_custom or self.by_number or self.is_doubted)
        confidence = Confidence.SURE if is_sure else Confidence.LIKELY
        if found.by_custom or self.is_doubted:
            sure = ""
        return self._resolution(confidence, found.code, sure, found.others)

    def _settled(self, options: tuple[Option, ...]) -> Settled:
        return settle(options, self.atlas, is_short=self.is_short, is_city=self.is_city)

    def _say(self, name: str, shown: str, alone: Settled) -> None:
        if alone.code and (not alone.others or alone.by_custom):
            place = self.atlas.path(alone.code)
            self.evidence.append(reason("region.said", hint=name, written=shown, place=place))
        else:
            places = self._paths([*alone.others])
            self.evidence.append(reason("region.several", hint=name, written=shown, places=places))

    def _say_against(self, name: str, prefix: str, shown: tuple[str, ...]) -> None:
        here = self._paths([option.code for option in self.options])
        self.evidence.append(
            reason("region.number_elsewhere", hint=name, prefix=prefix, places=shown, written=here)
        )

    def _clash(
        self, one: str, some: tuple[Option, ...], other: str, others: tuple[Option, ...]
    ) -> None:
        self.clash = (*some, *others)
        self.evidence.append(
            reason(
                "region.conflict",
                hint=one,
                places=self._paths([option.code for option in some]),
                other_hint=other,
                other_places=self._paths([option.code for option in others]),
            )
        )

    def _resolution(
        self, confidence: Confidence, code: str, sure: str, candidates: tuple[str, ...]
    ) -> Resolution:
        return Resolution(
            place=self._place(code),
            confidence=confidence,
            sure=self._place(sure),
            candidates=tuple(self._place(one) for one in candidates if one != code),
            evidence=tuple(self.evidence),
        )

    def _place(self, code: str) -> Place:
        return Place(self.atlas.path(code), code) if code else Place("", "")

    def _codes(self, options: tuple[Option, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(option.code for option in options))

    def _paths(self, codes: list[str]) -> tuple[str, ...]:
        return tuple(self.atlas.path(code) for code in dict.fromkeys(codes))[:_PLACES_MAX]


def change_reason(change: Change, atlas: Atlas) -> Reason:
    """What became of a division of old, as a reason."""
    return reason(
        f"region.{change.fate}",
        old=change.old,
        year=change.year,
        decree=change.decree.value,
        places=tuple(atlas.path(code) for code in change.became),
    )
