"""From the options that the evidence leaves to one place, or to the smallest that holds all."""

from collections.abc import Sequence
from dataclasses import dataclass

from evenhand.sheets.regions.atlas import Atlas, Option
from evenhand.sheets.regions.divisions import Change, Level

# Cities whose short name means a district elsewhere just as often: nobody can tell from 朝阳 alone.
_AS_OFTEN_A_DISTRICT = frozenset({"211300"})


@dataclass(frozen=True, slots=True)
class Settled:
    """`code` is the place ("" if none); `others` is what it might be as well.

    `by_custom` if the place is what people mean by a short name that others bear too.
    """

    code: str = ""
    changes: tuple[Change, ...] = ()
    others: tuple[str, ...] = ()
    by_custom: bool = False


def settle(
    options: Sequence[Option], atlas: Atlas, *, is_short: bool = False, is_city: bool = False
) -> Settled:
    """The one place that is meant, if it can be told.

    `is_short` for a name without its rank; `is_city` for a field that is said to hold a city.
    """
    if not options:
        return Settled()
    options = [option for option in options if not option.changes] or list(options)
    if len(options) == 1:
        return Settled(options[0].code, options[0].changes)
    codes = [option.code for option in options]
    for option in options:
        if all(option.code in atlas.lineages[code] for code in codes):
            return Settled(option.code, option.changes)
    usual = _usual(codes, atlas, is_city=is_city) if is_short else ""
    others = tuple(code for code in codes if code != usual)
    if usual:
        return Settled(usual, others=others, by_custom=True)
    shared = atlas.shared(codes)
    changes = _common(options)
    return Settled(shared, changes if shared else (), others=others)


def _usual(codes: Sequence[str], atlas: Atlas, *, is_city: bool) -> str:
    """What a short name means by custom: the province, or else the only city so called."""
    provinces = [code for code in codes if atlas.level(code) is Level.PROVINCE]
    if provinces:
        return provinces[0] if len(provinces) == 1 and not is_city else ""
    cities = [code for code in codes if atlas.level(code) is Level.CITY]
    if len(cities) != 1 or cities[0] in _AS_OFTEN_A_DISTRICT:
        return ""
    return cities[0]


def _common(options: Sequence[Option]) -> tuple[Change, ...]:
    """The changes that all options share: 莱芜市 was split, whatever part is meant."""
    return tuple(c for c in options[0].changes if all(c in option.changes for option in options))
