"""Load in words: bands, signs with their figures, terms of a capacity."""

from collections.abc import Sequence
from fractions import Fraction

from evenhand.engine.workload.bands import Band, Sign, SignKind
from evenhand.wording.catalogue import Words
from evenhand.work.models import Word
from evenhand.work.queries import Load

TONES = {Band.OVERLOADED: "orange", Band.NORMAL: "green", Band.IDLE: "blue", Band.UNKNOWN: "gray"}
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
        found=_one_digit(Fraction(sign.found, scale)),
        limit=_one_digit(Fraction(sign.limit, scale)),
    )


def _one_digit(value: Fraction) -> str:
    text = f"{float(value):.1f}"
    return text.removesuffix(".0")


def words_to_say(words: Words) -> list[tuple[str, str]]:
    """What can be said of a week with one tap."""
    return [(one.value, words.text(f"web-work-word-{one.value}")) for one in Word]


def rounded(value: Fraction) -> str:
    """A fraction with at most one digit, as people read it."""
    return _one_digit(value)
