"""The short names of regions (浙江 for 浙江省) that a document understands."""

from evenhand.engine.policy.document import PolicyDocument
from evenhand.engine.policy.yaml_view import to_yaml
from evenhand.sheets.values.regions import region_aliases


def with_region_spellings(document: PolicyDocument) -> PolicyDocument:
    """The document with the usual short names of the regions it speaks of (浙江 for 浙江省)."""
    named = {*document.regions, *(one for inner in document.regions.values() for one in inner)}
    aliases = {**region_aliases(named), **document.region_aliases}
    return document.model_copy(update={"region_aliases": dict(sorted(aliases.items()))})


def draft_text(document: PolicyDocument) -> str:
    """The document as YAML to be edited: without the spellings that reading it adds again."""
    named = {*document.regions, *(one for inner in document.regions.values() for one in inner)}
    usual = region_aliases(named)
    own = {key: name for key, name in document.region_aliases.items() if usual.get(key) != name}
    return to_yaml(document.model_copy(update={"region_aliases": own}), is_brief=True)
