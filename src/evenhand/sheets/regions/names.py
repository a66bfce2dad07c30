"""What else a division is written as, and the rank that it may have had once."""

import re

from evenhand.engine.region_names import AUTONOMOUS, stem

# A rank after a stem, where the division had another rank once: 富阳市, which is 富阳区 today.
RANK = re.compile(r"地区|[市县区旗盟州]")


def short_forms(name: str) -> frozenset[str]:
    """What else a division is called in writing, the full name not among them."""
    bare = stem(name)
    forms = {bare}
    if found := AUTONOMOUS.fullmatch(name):
        forms |= {bare + found["rank"], f"{bare}自治{found['rank']}"}
    return frozenset(forms - {name})
