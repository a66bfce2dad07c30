"""Recognize the columns of a sheet: what the user said, then names, then content.

Everything else is kept as a field of its own, so that conditions can use it. What was assumed,
and where two columns claim one role, stands in the notes.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from evenhand.engine.reasons import Reason, reason
from evenhand.sheets.columns.content import certain_kind, filled, fits
from evenhand.sheets.columns.custom import custom_columns
from evenhand.sheets.columns.date_orders import settle_dates
from evenhand.sheets.columns.mapping import Column, ColumnMap, FoundBy
from evenhand.sheets.columns.names import Match, match_name
from evenhand.sheets.columns.override import Override
from evenhand.sheets.columns.roles import ROLES, CellKind, Purpose
from evenhand.sheets.columns.scales import scaled
from evenhand.sheets.values.regions import is_area
from evenhand.sheets.values.text import Cell, text_of

SAMPLE_ROWS = 1_000
_BY_CONTENT = 60  # percent of confidence
_ONLY_CANDIDATE = 40  # it could be this, and nothing else could

# A column whose values are not of its role's kind may be this one instead.
_INSTEAD = {"employees": "size", "score": "grade", "outcome": "status"}


def recognize(
    header: Sequence[str],
    sample: Sequence[Sequence[Cell]],
    purpose: Purpose,
    *,
    overrides: Mapping[str, Override] | None = None,
) -> ColumnMap:
    """What each column means, judged by its heading and a sample of rows.

    1. The user's word. 2. Names, checked against the values. 3. Content of what is left.
    4. The rest as fields of their own. 5. Units and scales of numbers, order of dates.
    """
    draft = _Draft(purpose, header, {i: filled(sample, i) for i in range(len(header))})
    draft.take_overrides(overrides or {})
    draft.take_names()
    draft.take_content()
    columns = [*draft.columns.values(), *custom_columns(purpose, header, draft.left, draft.cells)]
    columns.sort(key=lambda column: column.index)
    notes = [*draft.notes, *_joined_notes(purpose, columns)]
    for position, column in enumerate(columns):
        columns[position], said = scaled(column, draft.cells[column.index])
        notes += said
    if kept := tuple(c.header for c in columns if c.field and c.found_by is FoundBy.NOTHING):
        notes.append(reason("sheet.columns_custom", columns=kept))
    return settle_dates(ColumnMap(purpose, tuple(columns), tuple(notes)), sample)


class _Draft:
    """Columns with a role so far, the indexes still left, and what was noted on the way."""

    def __init__(
        self, purpose: Purpose, header: Sequence[str], cells: Mapping[int, list[Cell]]
    ) -> None:
        self.purpose = purpose
        self.roles = ROLES[purpose]
        self.header = header
        self.cells = cells
        self.left: dict[int, CellKind | None] = dict.fromkeys(range(len(header)))
        self.spoken_for: set[int] = set()  # left, but by the user's word
        self.columns: dict[int, Column] = {}
        self.notes: list[Reason] = []

    def take_overrides(self, overrides: Mapping[str, Override]) -> None:
        """The user's word counts, whatever names and values say."""
        for index, name in enumerate(self.header):
            said = overrides.get(name)
            if said is None:
                continue
            if said.role:
                self._take(index, said.role, said.part, FoundBy.OVERRIDE, 100)
            elif said.is_custom:
                self.left[index] = said.kind
                self.spoken_for.add(index)
            else:
                self.columns[index] = Column(index, name, found_by=FoundBy.OVERRIDE, confidence=100)
                del self.left[index]

    def take_names(self) -> None:
        """Give each role to the column with the best name for it."""
        claims: dict[str, list[tuple[Match, int]]] = defaultdict(list)
        for index in self._free():
            match = match_name(self.header[index], self.purpose)
            if match is not None and (match := self._checked(match, index)) is not None:
                claims[f"{match.role}.{match.part}"].append((match, index))
        for claimed in claims.values():
            claimed.sort(key=lambda claim: (-claim[0].confidence, claim[0].rank, claim[1]))
            for match, index in claimed:
                self._claim(match, index)
        self._drop_repeated_wholes()

    def take_content(self) -> None:
        """Settle what the values alone can tell, for roles that no name has claimed."""
        wanted = {CellKind.PHONE: "phone", CellKind.EMAIL: "email", CellKind.REGION: "region"}
        dated: list[int] = []
        for index in self._free():
            kind = certain_kind(self.cells[index])
            role = wanted.get(kind) if kind else None
            if role and role in self.roles and not self._has(role):
                self._guess(index, role, _BY_CONTENT)
            elif kind is CellKind.DATETIME:
                dated.append(index)
        leads = self.purpose in (Purpose.LEADS, Purpose.PAST)
        if leads and len(dated) == 1 and not self._has("created_at"):
            self._guess(dated[0], "created_at", _ONLY_CANDIDATE)
        if self.purpose is Purpose.TEAM and not self._has("name") and not self._has("id"):
            self._guess_names_of_people()

    def _checked(self, match: Match, index: int) -> Match | None:
        """The match if the values agree; another role in its place, or none, if they do not."""
        cells = self.cells[index]
        if match.part or fits(cells, self.roles[match.role].kind):
            return match
        instead = _INSTEAD.get(match.role, "")
        if instead in self.roles:
            return Match(instead, "", match.confidence - 20, match.rank)
        # A tail is a mere hint: "Do Not Email" is silently something else.
        if match.confidence >= 90:
            self.notes.append(
                reason("sheet.column_content_differs", column=self.header[index], role=match.role)
            )
        return None

    def _claim(self, match: Match, index: int) -> None:
        role = self.roles[match.role]
        holder = next(
            (c for c in self.columns.values() if c.role == role.name and c.part == match.part), None
        )
        if holder is None or role.falls_back:
            self._take(index, role.name, match.part, FoundBy.NAME, match.confidence, match.rank)
        elif holder.found_by is not FoundBy.OVERRIDE:
            self.notes.append(
                reason(
                    "sheet.column_doubled",
                    kept=holder.header,
                    column=self.header[index],
                    role=holder.slot,
                )
            )

    def _drop_repeated_wholes(self) -> None:
        """Where both a whole and its parts stand in the file, keep what says more.

        A name in one piece is better than its pieces. A region in one piece is better only
        if it is a large area (华东), which then comes before the province, or if there is no
        province beside it.
        """
        if self._has("name", ""):
            for column in [c for c in self.columns.values() if c.role == "name" and c.part]:
                self._release(column)
        wholes = [c for c in self.columns.values() if c.role == "region" and not c.part]
        for whole in wholes:
            areas = sum(is_area(text_of(cell)) for cell in self.cells[whole.index])
            if self._has("region", "province") and 2 * areas < len(self.cells[whole.index]):
                self._release(whole)

    def _guess_names_of_people(self) -> None:
        for index in self._free():
            if match_name(self.header[index], self.purpose) is not None:
                continue
            texts = [text_of(cell) for cell in self.cells[index]]
            if texts and len(set(texts)) == len(texts) and not any(map(str.isdigit, texts)):
                self._guess(index, "name", _ONLY_CANDIDATE)
                return

    def _guess(self, index: int, role: str, confidence: int) -> None:
        self._take(index, role, "", FoundBy.CONTENT, confidence)
        self.notes.append(reason("sheet.column_guessed", column=self.header[index], role=role))

    def _take(
        self, index: int, role: str, part: str, by: FoundBy, confidence: int, rank: int = 0
    ) -> None:
        self.columns[index] = Column(
            index,
            self.header[index],
            role,
            part,
            kind=self.roles[role].kind,
            found_by=by,
            confidence=confidence,
            rank=rank,
            is_personal=role in {"name", "phone", "email", "note"},
        )
        del self.left[index]

    def _release(self, column: Column) -> None:
        if column.found_by is not FoundBy.OVERRIDE:
            del self.columns[column.index]
            self.left[column.index] = None

    def _has(self, role: str, part: str | None = None) -> bool:
        return any(
            column.role == role and (part is None or column.part == part)
            for column in self.columns.values()
        )

    def _free(self) -> list[int]:
        return [index for index in self.left if index not in self.spoken_for]


def _joined_notes(purpose: Purpose, columns: Iterable[Column]) -> list[Reason]:
    together: dict[str, list[Column]] = defaultdict(list)
    for column in columns:
        if column.role:
            together[column.role].append(column)
    return [
        reason(
            "sheet.columns_fall_back"
            if ROLES[purpose][role].falls_back
            else "sheet.columns_joined",
            columns=tuple(column.header for column in several),
            role=role,
        )
        for role, several in together.items()
        if len(several) > 1
    ]
