"""The mappings that come with the product: one file each, the name of the file is its key."""

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from evenhand.connectors.mapping.document import Document
from evenhand.connectors.mapping.load import read_mapping

# In the order in which they are offered.
TEMPLATES = (
    "webhook",
    "oceanengine",
    "tencent",
    "kuaishou",
    "baidu",
    "meta",
    "google",
    "salesforce",
    "salesforce_flow",
    "hubspot",
    "calls",
    "conversations",
    "wecom",
)


def template_text(key: str) -> str:
    """The YAML of a template.

    :raises KeyError: there is none of this name.
    """
    if key not in TEMPLATES:
        raise KeyError(key)
    found = files("evenhand.connectors") / "mappings" / f"{key}.yaml"
    return found.read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def templates() -> Mapping[str, Document]:
    """All templates, read."""
    return {key: read_mapping(template_text(key)) for key in TEMPLATES}
