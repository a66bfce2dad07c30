"""The `duplicates` section of the policy document: what becomes of who is known already."""

from typing import Annotated, Literal

from pydantic import Field

from evenhand.engine.conditions.values import fold
from evenhand.engine.values import Count, Name, Section

SamePerson = Literal["merge", "attach", "new"]
Days = Annotated[Count, Field(le=3650)]


class SourceDuplicates(Section):
    """What holds for leads of one source; what is left out is as for all."""

    source: Name
    same_person: SamePerson | None = None
    closed_days: Days | None = None


class DuplicatesSection(Section):
    """Whoever comes again goes to the present owner and costs nothing.

    `same_person` is what becomes of a lead whose person has an open lead in the line: `merge` adds
    it to the open lead; `attach` makes a lead of its own, for the owner of the open one; `new`
    deals it by the rules. Where nobody owns the open lead, `attach` merges. `closed_days`: a person
    whose lead was closed or lost so many days ago at most goes back to whoever had it; 0 = by the
    rules.

    `similar_company` is what becomes of a company's name that is very likely that of a known one:
    `attach` to it from `certainty` percent on; below that, and with `ask` always, a person is
    asked.
    """

    same_person: SamePerson = "merge"
    closed_days: Days = 0
    similar_company: Literal["attach", "ask", "ignore"] = "attach"
    certainty: Annotated[Count, Field(ge=50, le=100)] = 98
    by_source: tuple[SourceDuplicates, ...] = ()
    note: str = ""

    def for_source(self, source: str) -> tuple[SamePerson, int]:
        """`same_person` and `closed_days` for leads of a source."""
        wanted = fold(source) if self.by_source else ""
        for one in self.by_source:
            if fold(one.source) == wanted:
                return (
                    self.same_person if one.same_person is None else one.same_person,
                    self.closed_days if one.closed_days is None else one.closed_days,
                )
        return self.same_person, self.closed_days
