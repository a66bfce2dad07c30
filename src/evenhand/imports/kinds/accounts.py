"""Companies as accounts, with whose they are and what is above them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from evenhand.engine.facts import ItemKind
from evenhand.engine.reasons import reason
from evenhand.imports.kinds.base import Around, Ended, RowRead, refuse_if
from evenhand.imports.kinds.firms import (
    Firms,
    bears,
    drop_if_beside,
    firms_of,
    is_touched,
    told,
    was_made_beside,
)
from evenhand.imports.kinds.holding import holder_of, let_go
from evenhand.imports.kinds.leads import lock_external_ids
from evenhand.imports.kinds.money import amount_of, currency_of
from evenhand.imports.models import Becomes, Import, ImportRow, Outcome
from evenhand.imports.refusal import CannotImport
from evenhand.leads.custody import PastTaking, write_past
from evenhand.leads.intake import FieldProblem
from evenhand.leads.keys import company_key, domain_of
from evenhand.leads.models import Company, State
from evenhand.leads.operations.companies import CannotKeepCompany, check_no_circle
from evenhand.leads.whereabouts import whereabouts
from evenhand.people.actor import Actor
from evenhand.routing.place_in import IMPORTED
from evenhand.sheets.columns.roles import ROLES, Purpose

_FILLED = ("external_id", "domain", "region", "industry", "size", "employees", "revenue", "note")


@dataclass(frozen=True, slots=True)
class AccountRead:
    """A company as the file has it; "" and None = not said."""

    fields: Mapping[str, Any]  # as the columns of Company
    parent: str
    created_at: datetime | None
    owner_id: int | None  # whoever is to look after it

    @property
    def name(self) -> str:
        """What it is called."""
        return str(self.fields["name"])


class Accounts:
    """See the module."""

    purpose = Purpose.ACCOUNTS
    roles = frozenset(ROLES[Purpose.ACCOUNTS])
    lenient = frozenset({"note", "domain"})
    keeps_own = False

    def read(self, row: RowRead, around: Around) -> AccountRead:
        """A row as a company.

        :raises InvalidIntake: it has no name, or a field is unusable.
        """
        problems: list[FieldProblem] = []
        name = row.text("company", 200, problems)
        if not company_key(name):
            problems.append(FieldProblem("company", name, reason("work.needed")))
        currency = currency_of(row, around, problems)
        fields = {
            "name": name,
            "external_id": row.text("id", 120, problems),
            "domain": _domain(row.text("domain", 254)),
            "region": _region(row.text("region", 120)),
            "industry": row.text("industry", 60, problems),
            "size": row.text("size", 40, problems),
            "employees": row.whole("employees", 2**31 - 1, problems),
            "revenue": amount_of(row, "revenue", currency, problems),
            "note": row.note(),
        }
        fields["currency"] = currency if fields["revenue"] is not None else ""
        refuse_if(problems)
        keeps = around.row.becomes == Becomes.KEEP_OWNER
        return AccountRead(
            fields,
            row.text("parent", 200),
            around.moment(row.values.get("created_at")),
            holder_of(row, around) if keeps else None,
        )

    def write(
        self, row: Import, part: Sequence[tuple[int, AccountRead]], *, actor: Actor
    ) -> dict[int, Ended]:
        """Write companies that are new, fill in those that are here already."""
        lock_external_ids()
        firms = firms_of(
            row,
            actor,
            ids=(one.fields["external_id"] for _, one in part),
            names=(name for _, one in part for name in (one.name, one.parent)),
        )
        return {number: self._one(row, one, firms) for number, one in part}

    def _one(self, row: Import, one: AccountRead, firms: Firms) -> Ended:
        company = firms.find(one.fields["external_id"], one.name)
        if company is None:
            made = {"created_at": one.created_at} if one.created_at else {}
            company = firms.make(**one.fields, line_id=row.line_id, **made)
            _settle(company, one, firms)
            told(row, company, firms.actor)
            return Ended(Outcome.CREATED, made_id=company.pk)
        changed = [
            name
            for name in _FILLED
            if one.fields[name] not in ("", None) and getattr(company, name) in ("", None)
        ]
        for name in changed:
            setattr(company, name, one.fields[name])
        if "revenue" in changed:
            company.currency = one.fields["currency"]
        company.save()
        firms.learn(company)
        is_mine = _claims(row, company, firms)
        changed += _settle(company, one, firms)
        if changed:
            told(row, company, firms.actor, filled=changed)
        outcome = Outcome.MERGED if changed else Outcome.REPEATED
        return Ended(Outcome.CREATED if is_mine else outcome, made_id=company.pk)

    def undo(self, row: Import, one: ImportRow, *, actor: Actor) -> None:
        """Take a company away on which nothing hangs.

        :raises Refused: something does, or somebody has changed it.
        """
        company = Company.objects.select_for_update().filter(pk=one.made_id or 0).first()
        if company is None:
            return
        if is_touched(row, company):
            raise CannotImport(reason("import.worked_on"))
        if bears(company):
            raise CannotImport(reason("import.has_what_hangs_on_it"))
        parent = company.parent_id
        let_go(ItemKind.ACCOUNT, company.pk)
        company.delete()
        drop_if_beside(row, parent)


def _claims(row: Import, company: Company, firms: Firms) -> bool:
    """Whether this is the row of its own of a company that an earlier row only named."""
    if company.pk in firms.claimed or not was_made_beside(row, company):
        return False
    firms.claimed.add(company.pk)
    return not row.rows.filter(made_id=company.pk).exists()


def _settle(company: Company, one: AccountRead, firms: Firms) -> list[str]:
    """The parent and the holder, where it has none; what of these is new."""
    changed: list[str] = []
    if one.parent and company.parent_id is None:
        parent = firms.found_or_made("", one.parent)
        if parent is not None and _may_stand_below(company.pk, parent):
            company.parent = parent
            company.save(update_fields=["parent"])
            changed.append("parent")
    if one.owner_id is not None and company.state == State.UNTENDED:
        since = one.created_at or timezone.now()
        company.state, company.owner_id, company.assigned_at = State.OWNED, one.owner_id, since
        company.save(update_fields=["state", "owner", "assigned_at"])
        taking = (ItemKind.ACCOUNT.value, company.pk, one.owner_id, IMPORTED)
        write_past([PastTaking(*taking, since, None, "")])
        changed.append("owner")
    return changed


def _may_stand_below(company_id: int, parent: Company) -> bool:
    try:
        check_no_circle(company_id, parent.pk)
    except CannotKeepCompany:
        return False
    return True


def _region(text: str) -> str:
    """A region as a path, where the text can be read as one; else as it stands."""
    return whereabouts().of(text, "", {}).region[:120] if text else ""


def _domain(text: str) -> str:
    """The domain of a web address; "" = none, or one of a mail provider."""
    bare = text.strip().lower().partition("://")[2] or text.strip().lower()
    host = bare.partition("/")[0].partition(":")[0].removeprefix("www.")
    return domain_of(f"x@{host}") if "." in host and " " not in host else ""
