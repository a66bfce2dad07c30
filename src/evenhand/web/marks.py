"""Names to choose from, each with his load beside it: the warning before somebody is given more."""

from collections.abc import Iterable, Sequence

from evenhand.wording.catalogue import Words
from evenhand.work.foreseeing import foreseen


def with_load(
    people: Iterable[tuple[int, str]],
    words: Words,
    *,
    kind: str = "lead",
    stage: str = "new",
    line_id: int | None = None,
    count: int = 1,
) -> Sequence[tuple[int, str]]:
    """Ids and names with utilization, and where so many items of a stage would lead.

    Who was not seen long enough stays as he is.
    """
    chosen = list(people)
    found = foreseen(
        [one for one, _ in chosen], kind=kind, stage=stage, line_id=line_id, count=count
    )
    marked = []
    for rep, name in chosen:
        one = found.get(rep)
        if one is not None:
            key = "web-work-mark-warns" if one.warns else "web-work-mark-plain"
            name = words.text(key, name=name, before=one.before, after=one.after)
        marked.append((rep, name))
    return marked
