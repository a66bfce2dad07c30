"""The columns of lists: their heads, and how they sort."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Column:
    """A column that can be chosen; the name of an item always stands first."""

    key: str
    sort: str = ""  # "" = does not sort
    usual: bool = False  # shown unless somebody chose otherwise
    others_only: bool = False  # says something only to who sees more than his own
    kind: str = ""  # "num" aligns right
    along: str = ""  # what is read with the rows to show it
    is_named: bool = False  # without its head nobody knows what it says: a phone shows its name

    @property
    def words(self) -> str:
        """The message of its head."""
        return f"web-leads-field-{self.key.replace('_', '-')}"


LEAD_COLUMNS = (
    Column("stage", usual=True),
    Column("due", "due", usual=True, is_named=True),
    Column("ends", usual=True, is_named=True),
    Column("grade", usual=True),
    Column("owner", usual=True, others_only=True),
    Column("source", usual=True),
    Column("region", usual=True),
    Column("created", "created", usual=True, is_named=True),
    Column("state"),
    Column("score", "score", kind="num", is_named=True),
    Column("industry"),
    Column("product"),
    Column("phone"),
    Column("email"),
    Column("campaign"),
    Column("line", along="line"),
    Column("active", "active", is_named=True),
)
ACCOUNT_COLUMNS = (
    Column("owner", usual=True, others_only=True),
    Column("region", usual=True),
    Column("industry", usual=True),
    Column("size", usual=True),
    Column("open_count", usual=True, kind="num", is_named=True),
    Column("ends", usual=True, is_named=True),
    Column("parent", usual=True, is_named=True),
    Column("created", "created", usual=True, is_named=True),
    Column("grade"),
    Column("line"),
    Column("employees", kind="num", is_named=True),
)
OPPORTUNITY_COLUMNS = (
    Column("stage", usual=True),
    Column("value", "value", usual=True, kind="num"),
    Column("company", usual=True),
    Column("owner", usual=True, others_only=True),
    Column("close", "close", usual=True, is_named=True),
    Column("ends", usual=True, is_named=True),
    Column("stage_at", "stage_at", usual=True, is_named=True),
    Column("line"),
    Column("created", "created", is_named=True),
)


def chosen_columns(
    columns: Sequence[Column], kept: Mapping[str, Any], *, sees_others: bool
) -> tuple[Column, ...]:
    """The columns that somebody chose, else the usual ones."""
    wanted = set(kept.get("columns") or ())
    if wanted:
        return tuple(column for column in columns if column.key in wanted)
    return tuple(c for c in columns if c.usual and (sees_others or not c.others_only))


LIST_COLUMNS: Mapping[str, Sequence[Column]] = {
    "leads": LEAD_COLUMNS,
    "accounts": ACCOUNT_COLUMNS,
    "opportunities": OPPORTUNITY_COLUMNS,
}
