"""Figures, names and weights as the report shows them, in one language."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from evenhand.cli.route.phrases import Phrases, round_points
from evenhand.cli.route.report.shares import COUNT
from evenhand.engine.facts import FULL_WEIGHT
from evenhand.engine.routing.weights import Weight
from evenhand.wording import formats
from evenhand.wording.catalogue import Argument, Words

NAMES_SHOWN = 6
MINUS = "\N{MINUS SIGN}"


class Show:
    """Formatting in one language; `phrases` words outcomes and reasons."""

    def __init__(self, words: Words, names: Mapping[str, str]) -> None:
        self.words = words
        self.phrases = Phrases(words, names)
        self._names = names
        self._namesakes = {name for name, count in Counter(names.values()).items() if count > 1}

    def text(self, name: str, /, **params: Argument) -> str:
        """The report's sentence of this name."""
        return self.words.text(f"report-{name}", **params)

    def name(self, rep_id: str) -> str:
        """A person's name; with the id, if two people have the name."""
        name = self._names.get(rep_id, rep_id)
        return f"{name} ({rep_id})" if name in self._namesakes else name

    def names(self, rep_ids: Iterable[str], *, most: int = NAMES_SHOWN) -> str:
        """A few names, and how many more there are."""
        return self.people([self.name(one) for one in rep_ids], most=most)

    def people(self, parts: Sequence[str], *, most: int = NAMES_SHOWN) -> str:
        """A few people, each with what is said of them, and how many more there are."""
        shown = formats.list_text(self.words, parts[:most])
        if len(parts) <= most:
            return shown
        return self.text("names-more", shown=shown, count=len(parts), more=len(parts) - most)

    def listed(self, parts: Sequence[str], *, most: int = NAMES_SHOWN) -> str:
        """Texts joined as the language does it."""
        return formats.listed(self.words, parts, most=most)

    def count(self, number: int) -> str:
        """A number of things."""
        return f"{number:,}"

    def points(self, micro_points: int) -> str:
        """Points to two decimals; the receipts hold them exact."""
        return _grouped(micro_points)

    def amount(self, micro_points: int, kind: str) -> str:
        """Points with their unit, in books by count turns with theirs."""
        number: Argument = _grouped(micro_points)
        if str(number).isdigit():
            number = int(number)  # so that the language can choose a plural
        return self.text("amount", unit=unit_of(kind), amount=number)

    def owed(self, micro_points: int) -> str:
        """A balance as its owner reads it, without a unit: 待补 3.2, 已超 1.5."""
        return self.text("owed", sign=side_of(micro_points), amount=_grouped(abs(micro_points)))

    def balance(self, micro_points: int, kind: str) -> str:
        """The same with its unit, for a sentence."""
        shown = self.amount(abs(micro_points), kind)
        return self.text("owed", sign=side_of(micro_points), amount=shown)

    def share(self, part: int, whole: int) -> str:
        """A part in per cent, rounded down: 100% is said only of everything."""
        tenths = 0 if not whole else 1000 * part // whole
        shown = f"{tenths // 10}.{tenths % 10}".removesuffix(".0")
        return self.text("share-of-all", percent=shown)

    def weight(self, weight: int) -> str:
        """A weight in hundredths as a share: 1.00 is a full one."""
        return f"{Fraction(weight, FULL_WEIGHT).__float__():.2f}"

    def weights(self, weights: Sequence[Weight]) -> tuple[str, str]:
        """A person's weight in this run, and what made it so where it is not plain."""
        first, last = weights[0], weights[-1]
        if first.weight != last.weight:
            low, high = self.weight(first.weight), self.weight(last.weight)
            return self.text("weight-range", low=low, high=high), self.text("weight-varies")
        return self.weight(last.weight), "" if last.is_plain else self._factors(last)

    def _factors(self, weight: Weight) -> str:
        factors = {
            "ramp": weight.ramp,
            "merit": weight.merit,
            "adjustment": weight.adjustment,
        }
        parts = [self.text("weight-base", value=self.weight(weight.base))]
        parts += [
            self.text(f"weight-{name}", value=self.weight(value))
            for name, value in factors.items()
            if value != FULL_WEIGHT
        ]
        return " × ".join(parts)

    def grade(self, grade: str) -> str:
        """A grade, or that they are kept together."""
        return grade or self.text("all-grades")

    def jain(self, index: float) -> str:
        """Jain's index to four digits, rounded down: 1 is said only of what is even."""
        return f"{int(index * 10_000 + 1e-6) / 10_000:.4f}"


def unit_of(kind: str) -> str:
    """What amounts of a book are counted in."""
    return "turns" if kind == COUNT else "points"


def side_of(micro_points: int) -> str:
    """Which side of zero a balance shows on, after rounding to what is shown."""
    if round_points(micro_points) in ("0", "-0"):
        return "even"
    return "owed" if micro_points > 0 else "ahead"


def _grouped(micro_points: int) -> str:
    sign = MINUS if micro_points < 0 else ""
    shown = round_points(abs(micro_points))
    whole, dot, rest = shown.partition(".")
    whole = f"{int(whole.replace(',', '')):,}"
    return f"{sign if shown != '0' else ''}{whole}{dot}{rest}"
