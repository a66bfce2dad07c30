"""Words of a file that mean people or stages: listed before the start, with what they become."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

from evenhand.imports.kinds.tasks import proposed_type
from evenhand.imports.models import Import, Kind
from evenhand.imports.owners import owners
from evenhand.imports.reading import RowFile, opened
from evenhand.imports.stages import deal_stage, lead_stage, outcome_stage
from evenhand.leads.models import OpportunityStage, Stage
from evenhand.people.names import everybody
from evenhand.sheets.columns.extract import role_readers
from evenhand.sheets.limits import UnreadableSheet
from evenhand.tasks.queries import types_of

SCANNED = 20_000  # rows whose words are listed; later ones are treated alike
MOST_WORDS = 200
LONGEST_WORD = 200
# Whose words of a file of a kind are listed.
_WORDS_OF: Mapping[str, tuple[str, ...]] = {
    Kind.LEAD: ("owner", "status", "outcome"),
    Kind.OPPORTUNITY: ("owner", "status", "outcome"),
    Kind.TASK: ("owner", "type"),
}


@dataclass(frozen=True, slots=True)
class OwnerWord:
    """Somebody as the file calls him."""

    text: str
    rows: int
    rep_id: int | None  # who is meant; None = nobody of ours
    name: str
    is_here: bool
    is_said: bool  # by the person, not found by itself


@dataclass(frozen=True, slots=True)
class StageWord:
    """A status as the file calls it, and the stage that is proposed or chosen; "" = none."""

    key: str  # "status:…" or "outcome:…"
    text: str
    rows: int
    stage: str


@dataclass(frozen=True, slots=True)
class FileWords:
    """The words of a file, those of most rows first."""

    owners: Sequence[OwnerWord] = ()
    stages: Sequence[StageWord] = ()
    nobody: int = 0  # rows of those scanned that name no owner
    scanned: int = 0

    @property
    def known(self) -> int:
        """How many are reps of ours."""
        return len(self.owners) - len(self.strangers)

    @property
    def strangers(self) -> Sequence[OwnerWord]:
        """Those who will hold nothing new: unknown, or departed."""
        return [one for one in self.owners if one.rep_id is None or not one.is_here]


def stages_of(kind: str, line_id: int | None = None) -> tuple[str, ...]:
    """The stages that a status can mean in files of a kind; of to-dos, their types in the rules of
    a line (None = the default one)."""
    if kind == Kind.TASK:
        return tuple(one.type for one in types_of(line_id))
    if kind == Kind.OPPORTUNITY:
        return tuple(OpportunityStage.values)
    return tuple(Stage.values) if kind == Kind.LEAD else ()


def words_of(row: Import) -> FileWords:
    """Read the words of a file; nothing is written.

    :raises FileGone, UnreadableOverride: as `reading.opened`.
    :raises UnreadableSheet: the file cannot be opened at all.
    """
    with opened(row) as file:
        counts, scanned = _count(file)
    people = owners({text: int(rep) for text, rep in row.owners.items()})
    named = counts.pop("owner", Counter())
    names = dict(everybody())
    found = []
    for text, rows in named.most_common(MOST_WORDS):
        meant = people.find(text)
        rep_id, is_here = (None, False) if meant is None else (meant.rep_id, meant.is_here)
        name = names.get(rep_id, "") if rep_id is not None else ""
        found.append(OwnerWord(text, rows, rep_id, name, is_here, text in row.owners))
    return FileWords(found, _stages(row, counts, scanned), scanned - named.total(), scanned)


def _count(file: RowFile) -> tuple[dict[str, Counter[str]], int]:
    wanted = _WORDS_OF.get(file.row.kind, ("owner",))
    readers = {k: v for k, v in role_readers(file.columns).items() if k in wanted}
    counts: dict[str, Counter[str]] = {role: Counter() for role in readers}
    is_listed = bool(readers)
    if file.row.kind == Kind.TASK:  # also where no column says what they are
        counts.setdefault("type", Counter())
        is_listed = True
    scanned = 0
    # A row that cannot be read at all ends the list; the look says so.
    with suppress(UnreadableSheet):
        for _, cells in islice(file.table.rows(), SCANNED) if is_listed else ():
            scanned += 1
            for role, read in readers.items():
                value = read(cells)
                if isinstance(value, str) and value:
                    counts[role][value[:LONGEST_WORD]] += 1
    return counts, scanned


def _types(row: Import, words: Counter[str], scanned: int) -> list[StageWord]:
    """What to-dos are called, with their type; "" are the rows that do not say it."""
    types = stages_of(row.kind, row.line_id)
    found = words.most_common(MOST_WORDS)
    if silent := scanned - words.total():
        found.append(("", silent))
    return [StageWord(f"type:{text}", text, rows, _known(row, text, types)) for text, rows in found]


def _known(row: Import, text: str, types: tuple[str, ...]) -> str:
    said = row.stages.get(f"type:{text}", "")
    return said if said in types else proposed_type(text, types)


def _stages(row: Import, counts: dict[str, Counter[str]], scanned: int) -> list[StageWord]:
    if row.kind == Kind.TASK:
        return _types(row, counts["type"], scanned)
    propose: dict[str, Callable[[str], str]] = {
        "status": deal_stage if row.kind == Kind.OPPORTUNITY else lead_stage,
        "outcome": lambda text: outcome_stage(text, beside_status="status" in counts),
    }
    return [
        StageWord(key, text, rows, row.stages.get(key) or propose[role](text))
        for role, words in counts.items()
        for text, rows in words.most_common(MOST_WORDS)
        for key in (f"{role}:{text}",)
    ]
