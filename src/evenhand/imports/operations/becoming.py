"""What the rows of an import become: settled before it starts."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction

from evenhand.engine.reasons import reason
from evenhand.imports.kinds.all import KINDS
from evenhand.imports.models import Becomes, Import, Kind, Strangers
from evenhand.imports.operations.looking import looking
from evenhand.imports.refusal import CannotImport
from evenhand.imports.words import LONGEST_WORD, MOST_WORDS, stages_of
from evenhand.leads.intake import TEXT_LIMITS
from evenhand.people.actor import Actor
from evenhand.people.models import Rep
from evenhand.people.organization import CURRENCIES
from evenhand.policies.queries import pools_of
from evenhand.routing.place_in import NoSuchPool

# What rows of a kind may become; the first is the default. The others are nobody's.
BECOMES: Mapping[str, tuple[Becomes, ...]] = {
    Kind.LEAD: (
        *(Becomes.ROUTE, Becomes.PLAN, Becomes.KEEP_OWNER),
        *(Becomes.POOL, Becomes.LEAVE),
    ),
    Kind.ACCOUNT: (Becomes.KEEP_OWNER, Becomes.LEAVE),
    Kind.OPPORTUNITY: (Becomes.KEEP_OWNER, Becomes.LEAVE),
    Kind.TASK: (Becomes.ROUTE, Becomes.KEEP_OWNER, Becomes.HOLDER, Becomes.MARKET),
}
# Only leads and to-dos are dealt because their owner is unknown.
STRANGERS: Mapping[str, tuple[Strangers, ...]] = {
    Kind.LEAD: (Strangers.ROUTE, Strangers.LEAVE, Strangers.GIVE),
    Kind.ACCOUNT: (Strangers.LEAVE, Strangers.GIVE),
    Kind.OPPORTUNITY: (Strangers.LEAVE, Strangers.GIVE),
    Kind.TASK: (Strangers.ROUTE, Strangers.MARKET, Strangers.GIVE),
}


@dataclass(frozen=True, slots=True)
class Becoming:
    """The person's choices."""

    becomes: str = Becomes.ROUTE
    pool: str = ""
    strangers: str = Strangers.ROUTE
    strangers_to: int | None = None
    owners: Mapping[str, int] = field(default_factory=dict)  # as in the file → rep, 0 = nobody
    stages: Mapping[str, str] = field(default_factory=dict)  # "status:…" → stage
    currency: str = ""
    keeps_nameless: bool = False


def set_kind(import_id: int, kind: str, *, actor: Actor) -> Import:
    """Say what the rows are. What was said of columns and words belongs to another kind then.

    :raises NotAllowed, NotFound: as `access.import_for`.
    :raises CannotImport: it has started, or there is no such kind.
    """
    if kind not in KINDS:
        choices = tuple(str(one) for one in KINDS)
        raise CannotImport(reason("work.not_a_choice", value=kind[:40], choices=choices))
    with transaction.atomic():
        row = looking(import_id, actor)
        if row.kind != kind:
            as_kind(row, kind)
            row.said, row.stages = [], {}
            row.save(update_fields=["kind", "becomes", "strangers", "said", "stages"])
    return row


def as_kind(row: Import, kind: str) -> None:
    """Let the rows be of a kind, with what it becomes by default; not saved yet."""
    row.kind = kind
    row.becomes = BECOMES.get(kind, (Becomes.LEAVE,))[0]
    row.strangers = STRANGERS.get(kind, (Strangers.LEAVE,))[0]


def decide(import_id: int, wanted: Becoming, *, actor: Actor) -> Import:
    """Settle what the rows become; it may be changed until the import starts.

    :raises NotAllowed, NotFound: as `access.import_for`.
    :raises CannotImport: it has started, or a choice is none.
    :raises NoSuchPool: the policy of its line names no such pool.
    """
    with transaction.atomic():
        row = looking(import_id, actor)
        if row.kind in BECOMES:
            _among("becomes", wanted.becomes, BECOMES[row.kind])
            row.becomes = wanted.becomes
            _among("strangers", wanted.strangers, STRANGERS[row.kind])
            row.strangers = wanted.strangers
        row.pool = wanted.pool if row.becomes == Becomes.POOL else ""
        row.strangers_to_id = wanted.strangers_to
        row.owners = _owners(wanted.owners)
        row.stages = _stages(wanted.stages, row)
        if wanted.currency:
            _among("currency", wanted.currency, CURRENCIES)
        row.currency = wanted.currency[: TEXT_LIMITS["currency"]]
        row.keeps_nameless = wanted.keeps_nameless
        check_settled(row)
        row.save()
    return row


def check_settled(row: Import) -> None:
    """Refuse choices that lead nowhere.

    :raises CannotImport: nobody is named to give rows to, or he has left.
    :raises NoSuchPool: the policy of its line names no such pool.
    """
    if row.becomes == Becomes.POOL and row.pool not in pools_of(row.line_id):
        raise NoSuchPool(row.pool)
    gives = row.becomes == Becomes.KEEP_OWNER and row.strangers == Strangers.GIVE
    reps = Rep.objects.filter(pk=row.strangers_to_id or 0, is_active=True, user__is_active=True)
    if gives and not reps.exists():
        raise CannotImport(reason("import.nobody_to_give_to"), field="strangers_to")


def _among(name: str, value: str, choices: tuple[str, ...]) -> None:
    if value not in choices:
        texts = tuple(str(one) for one in choices)
        raise CannotImport(reason("work.not_a_choice", value=value[:40], choices=texts), field=name)


def _owners(said: Mapping[str, int]) -> dict[str, int]:
    found = {text[:LONGEST_WORD]: rep for text, rep in list(said.items())[:MOST_WORDS]}
    known = set(Rep.objects.filter(pk__in=found.values()).values_list("pk", flat=True))
    if set(found.values()) - known - {0}:
        raise CannotImport(reason("people.choice_gone"), field="owner")
    return found


def _stages(said: Mapping[str, str], row: Import) -> dict[str, str]:
    choices = stages_of(row.kind, row.line_id)
    if row.kind == Kind.TASK:  # those of another line mean nothing in this one
        said = {word: type_ for word, type_ in said.items() if type_ in choices}
    for stage in said.values():
        _among("stage", stage, choices)
    return dict(list(said.items())[: 2 * MOST_WORDS])
