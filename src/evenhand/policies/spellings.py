"""The short names of regions (浙江 for 浙江省) that a document understands."""

from evenhand.engine.policy.document import PolicyDocument
from evenhand.sheets.values.regions import region_aliases


def with_region_spellings(document: PolicyDocument) -> PolicyDocument:
    """The document with the usual short names of the regions it speaks of (浙江 for 浙江省)."""
    named = {*document.regions, *(one for inner in document.regions.values() for one in inner)}
    aliases = {**region_aliases(named), **document.region_aliases}
    return document.model_copy(update={"region_aliases": dict(sorted(aliases.items()))})
