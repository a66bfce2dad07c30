"""In which region a lead is: by what was written, else by its address, postcode or phone.

The company's own file of divisions (docs/guide/regions.md) counts from the next batch on, without a
restart; one that cannot be used is logged and named by `evenhand doctor`, and the list before it
stays in use.
"""

import logging
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from evenhand.leads.likeness import core_of
from evenhand.platform.folder import data_folder
from evenhand.sheets.regions.load import Kept
from evenhand.sheets.regions.phones import prefixes
from evenhand.sheets.regions.quick import Located, Locator
from evenhand.sheets.regions.resolver import Resolver

log = logging.getLogger(__name__)

# Fields of a company's own that tell where somebody is, as files and forms usually call them.
_ADDRESSES = (
    "address",
    "地址",
    "联系地址",
    "公司地址",
    "详细地址",
    "通讯地址",
    "收货地址",
    "聯絡地址",
)
_POSTCODES = ("postcode", "postal_code", "zip", "zip_code", "邮编", "邮政编码", "郵遞區號")
_COUNTRIES = ("country", "国家", "國家")
_LONGEST_ADDRESS = 200


class Whereabouts:
    """Finds the region of leads; of one moment: take `whereabouts()` anew for each batch."""

    def __init__(self, locator: Locator) -> None:
        self._locator = locator

    def of(self, region: str, phone_key: str, extra: Mapping[str, Any]) -> Located:
        """The region of a lead with these fields."""
        if not extra:
            return self._locator.locate(region, phone_key)
        return self._locator.locate(
            region,
            phone_key,
            address=_first(extra, _ADDRESSES)[:_LONGEST_ADDRESS],
            postcode=_first(extra, _POSTCODES),
            country=_first(extra, _COUNTRIES),
        )


@lru_cache(maxsize=1)
def _kept() -> Kept:
    return Kept(data_folder())


@lru_cache(maxsize=1)
def _over(resolver: Resolver) -> Whereabouts:
    return Whereabouts(Locator(resolver))


def whereabouts() -> Whereabouts:
    """What finds regions now, with the company's file of divisions as it is now."""
    kept = _kept()
    before = kept.error
    resolver = kept.current()
    if kept.error is not None and kept.error is not before:
        log.warning("the company's file of regions cannot be used: %s", kept.error)
    return _over(resolver)


def warm_up() -> None:
    """Read the lists now, before somebody waits for them: half a second."""
    whereabouts()
    prefixes()
    core_of("衡派")


def _first(extra: Mapping[str, Any], names: tuple[str, ...]) -> str:
    return next((str(extra[name]) for name in names if extra.get(name)), "")
