"""In which order the processes of tests take them: what takes long is begun first."""

from collections.abc import Sequence
from pathlib import Path

import pytest

_TESTS = Path(__file__).parent
# So that no process has a minute's work left when the other is done: in one what mostly computes is
# begun first, in another what mostly waits for programs of its own. The first of those need no
# database of the tests, which the other process makes meanwhile.
LONG = (
    ("browser", "access", "server/api", "server/imports"),
    ("platform/postgres", "cli/serve", "server/operate", "server/drills", "server/races"),
)
_PLACES = {
    _TESTS / name: (group, place)
    for group, names in enumerate(LONG)
    for place, name in enumerate(names)
}


def begun_first(items: Sequence[pytest.Item], processes: int) -> list[pytest.Item]:
    """The tests so that each of so many equal parts of them begins with long ones.

    `--dist worksteal` gives each process such a part, in its order; whoever is done with his takes
    over what is last in another's.
    """
    heads: list[list[tuple[int, pytest.Item]]] = [[] for _ in range(processes)]
    rest = []
    for item in items:
        found = next((_PLACES[one] for one in item.path.parents if one in _PLACES), None)
        if found is None:
            rest.append(item)
        else:
            heads[found[0] % processes].append((found[1], item))
    ordered: list[pytest.Item] = []
    for number, head in enumerate(heads, start=1):
        ordered += [item for _, item in sorted(head, key=lambda one: one[0])]
        missing = max(0, len(items) * number // processes - len(ordered))
        ordered += rest[:missing]
        rest = rest[missing:]
    return ordered + rest
