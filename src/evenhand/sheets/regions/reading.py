"""What one text says about a place: the options that it leaves, and where it contradicts itself."""

from dataclasses import dataclass

from evenhand.sheets.regions.atlas import Option


@dataclass(frozen=True, slots=True)
class Reading:
    """The places that a text may mean.

    `sure` holds the options as far as they are written without doubt (a district named in passing,
    or without its rank amid other words, is in `options` only). `beside` are places that the same
    text names and that do not lie within the others. `re_ranked` is a name whose rank is another
    today, as written. `is_short` if a name without its rank was all there was.
    """

    options: tuple[Option, ...] = ()
    sure: tuple[Option, ...] = ()
    beside: tuple[Option, ...] = ()
    re_ranked: str = ""
    is_short: bool = False


NOTHING = Reading()
