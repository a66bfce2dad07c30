"""Load in words: bands, signs with their figures, terms of a capacity."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from evenhand.engine.workload.bands import AgainstExpected, Band, Sign, SignKind
from evenhand.engine.workload.kinds import WorkKind
from evenhand.wording.catalogue import Words, message_id
from evenhand.wording.formats import list_text, points
from evenhand.work.drafted import drafted_points
from evenhand.work.models import Word
from evenhand.work.queries import Load

# By the key of a band.
TONES = {
    "overloaded": "red",
    "near": "orange",
    "normal": "green",
    "idle": "blue",
    "unknown": "gray",
}
BAND_KEYS = {one: one.value for one in Band}
_MILLION = 1_000_000


def band_key(one: Load) -> str:
    """The key of what is said of a band; one sign alone is worth a word."""
    is_near = one.band is Band.NORMAL and any(sign.holds for sign in one.signs)
    return "near" if is_near else one.band.value


def signs_told(one: Load, words: Words, *, all_of_them: bool = False) -> Sequence[str]:
    """The signs that hold, each with what was found and its limit."""
    return [_sign(sign, words) for sign in one.signs if all_of_them or sign.holds]


def _sign(sign: Sign, words: Words) -> str:
    scale = {SignKind.UTILIZATION: 100, SignKind.SLOWER: _MILLION, SignKind.BACKLOG: 1}[sign.kind]
    return words.text(
        f"web-work-sign-{sign.kind.value}",
        found=_counted(Fraction(sign.found, scale)),
        limit=_counted(Fraction(sign.limit, scale)),
    )


def _counted(value: Fraction) -> int | str:
    """A whole number as one, so that a sentence can tell one week from several."""
    return value.numerator if value.denominator == 1 else _one_digit(value)


def simple_told(one: Load, words: Words) -> str:
    """How much of the work was below the level, if it is worth a word."""
    return (
        words.text("web-work-below-short", percent=round(one.below.percent))
        if one.is_too_simple
        else ""
    )


def below_words(one: Load, words: Words) -> str:
    """The share of work below one's level, with the time it is a share of."""
    return words.text(
        "web-work-below",
        percent=round(one.below.percent),
        hours=f"{one.below.minutes / 60:.1f}".removesuffix(".0"),
    )


@dataclass(frozen=True, slots=True)
class KindRow:
    """What ended of one kind of work; percents of what was expected, None = no yardstick."""

    name: str
    count: int
    handling: int | None
    cycle: int | None


def kinds_told(one: Load, words: Words) -> Sequence[KindRow]:
    """Every kind that ended, the most frequent first, and all together last."""
    return [
        KindRow(
            words.text("web-work-kinds-all") if row.kind is None else kind_name(row.kind, words),
            row.count,
            whole(row.handling_percent),
            whole(row.cycle_percent),
        )
        for row in one.against
    ]


def taken_told(one: AgainstExpected | None, words: Words) -> Sequence[str]:
    """Time taken for all that ended: handling and cycle, each in a few words."""
    if one is None:
        return ()
    return [
        words.text(f"web-work-taken-{key}", percent=percent)
        for key, percent in (
            ("handling", whole(one.handling_percent)),
            ("cycle", whole(one.cycle_percent)),
        )
        if percent is not None
    ]


def measured_note(draft_id: int, words: Words) -> str:
    """What a draft took over of measured points, with the evidence, for the note of its version."""
    said = [
        words.text(
            "web-work-measured-change",
            name=place_name(place, words),
            before=str(points(one.before)),
            after=str(points(one.after)),
            logs=one.logs,
        )
        for place, one in drafted_points(draft_id).items()
    ]
    return words.text("web-work-measured-note", changes=list_text(words, said)) if said else ""


def place_name(place: str, words: Words) -> str:
    """A kind of work by its place in the rules: the type of a to-do, a stage, a channel."""
    part, _, key = place.partition(".")
    return key if part == "tasks" else words.text(f"web-work-kind-{part}-{message_id(key)}")


def kind_name(kind: WorkKind, words: Words) -> str:
    """A kind of work as people call it: the type of a to-do, or how far an item came."""
    if kind.task == "task":
        return kind.stage
    return words.text(f"web-work-kind-{kind.task}s-{message_id(kind.stage)}")


def whole(percent: Fraction | None) -> int | None:
    """In whole percent; None stays so."""
    return None if percent is None else round(percent)


def _one_digit(value: Fraction) -> str:
    text = f"{float(value):.1f}"
    return text.removesuffix(".0")


def words_to_say(words: Words) -> list[tuple[str, str]]:
    """What can be said of a week with one tap."""
    return [(one.value, words.text(f"web-work-word-{one.value}")) for one in Word]


def rounded(value: Fraction) -> str:
    """A fraction with at most one digit, as people read it."""
    return _one_digit(value)
