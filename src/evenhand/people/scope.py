"""Who may do what, said once: role × right, data scope, and what a token may at most.

Everything else asks here; `access.py` of each package turns the answers into rows.
"""

from collections.abc import Iterable
from enum import StrEnum

from evenhand.people.actor import Actor, ActorKind
from evenhand.people.models import DataScope, Rep, Role, Team, User
from evenhand.platform.looking import once
from evenhand.platform.prepared import send


class Right(StrEnum):
    """Something that can be allowed."""

    SEE_ITEMS = "see_items"  # items of people in one's data scope
    SEE_CONTACTS = "see_contacts"  # phone and mail also of items that one does not hold
    SEE_UNASSIGNED = "see_unassigned"
    SEE_DECISIONS = "see_decisions"  # the live list and receipts of others
    SEE_PEOPLE = "see_people"  # members, levels, leave of people in one's data scope
    SEE_POLICY = "see_policy"
    SEE_JOURNAL = "see_journal"
    TAKE_IN = "take_in"  # enter new items
    CHECK_CONFLICT = "check_conflict"  # ask whether a phone, mail or company is free (撞单查询)
    WORK = "work"  # log contacts, change stages of items one holds or whose owner one sees
    MERGE = "merge"  # two of one: leads, accounts, contacts within one's reach; and undo it
    RETURN = "return"  # hand one's own item back
    CLAIM = "claim"  # from public pools whose member one is
    TEND_POOLS = "tend_pools"  # every public pool; those the rules name tend their own
    APPEAL = "appeal"  # object to a decision about oneself
    DECIDE_APPEAL = "decide_appeal"  # of people in one's data scope, never one's own
    ASSIGN = "assign"  # by hand, from the unassigned
    TRANSFER = "transfer"
    VOID = "void"
    EDIT_LEAVE = "edit_leave"  # of people in one's data scope
    GROW_PEOPLE = "grow_people"  # decide on next levels and mentors of people in one's data scope
    EDIT_CAPS = "edit_caps"  # caps by hand, answers to what people say of their load
    EDIT_PEOPLE = "edit_people"  # levels, weights, calendars, rosters, invitations
    EDIT_ROLES = "edit_roles"
    EDIT_POLICY = "edit_policy"
    MANAGE_TOKENS = "manage_tokens"
    IMPORT = "import"  # files of leads
    EXPORT = "export"
    ERASE = "erase"
    EDIT_COMPANY = "edit_company"  # name, address, limits of this installation


_REP = {
    Right.SEE_ITEMS,
    Right.TAKE_IN,
    Right.CHECK_CONFLICT,
    Right.WORK,
    Right.MERGE,
    Right.RETURN,
    Right.CLAIM,
    Right.APPEAL,
}
_MANAGER = _REP | {
    Right.SEE_CONTACTS,
    Right.SEE_UNASSIGNED,
    Right.SEE_DECISIONS,
    Right.SEE_PEOPLE,
    Right.SEE_POLICY,
    Right.ASSIGN,
    Right.TRANSFER,
    Right.VOID,
    Right.DECIDE_APPEAL,
    Right.EDIT_LEAVE,
    Right.GROW_PEOPLE,
    Right.EDIT_CAPS,
    Right.EXPORT,
}
_SALES_OPS = _MANAGER | {
    Right.EDIT_PEOPLE,
    Right.EDIT_POLICY,
    Right.TEND_POOLS,
    Right.MANAGE_TOKENS,
    Right.IMPORT,
    Right.SEE_JOURNAL,
}

RIGHTS: dict[str, frozenset[Right]] = {
    Role.REP: frozenset(_REP),
    Role.MANAGER: frozenset(_MANAGER),
    Role.SALES_OPS: frozenset(_SALES_OPS),
    Role.ADMIN: frozenset(Right),
    Role.AUDITOR: frozenset(
        {
            Right.SEE_ITEMS,
            Right.SEE_UNASSIGNED,
            Right.SEE_DECISIONS,
            Right.SEE_PEOPLE,
            Right.SEE_POLICY,
            Right.SEE_JOURNAL,
        }
    ),
    "system": frozenset(Right),
    "form": frozenset({Right.TAKE_IN}),
    "connector": frozenset({Right.TAKE_IN, Right.WORK}),
}

# What a token can be given, and which rights that opens at most.
TOKEN_SCOPES: dict[str, frozenset[Right]] = {
    "intake": frozenset({Right.TAKE_IN, Right.CHECK_CONFLICT}),
    "read": frozenset(
        {
            Right.SEE_ITEMS,
            Right.SEE_CONTACTS,
            Right.SEE_UNASSIGNED,
            Right.SEE_DECISIONS,
            Right.SEE_PEOPLE,
            Right.SEE_POLICY,
        }
    ),
    "work": frozenset(
        {
            Right.SEE_ITEMS,
            Right.CHECK_CONFLICT,
            Right.WORK,
            Right.MERGE,
            Right.RETURN,
            Right.CLAIM,
            Right.APPEAL,
        }
    ),
    "distribute": frozenset(
        {
            Right.SEE_ITEMS,
            Right.SEE_UNASSIGNED,
            Right.ASSIGN,
            Right.TRANSFER,
            Right.VOID,
            Right.DECIDE_APPEAL,
            Right.TEND_POOLS,
        }
    ),
    # Leave from another system, who grows, caps.
    "people": frozenset({Right.SEE_PEOPLE, Right.EDIT_LEAVE, Right.GROW_PEOPLE, Right.EDIT_CAPS}),
    "events": frozenset({Right.SEE_JOURNAL}),  # following what happens
}


class NotAllowed(Exception):
    """Somebody may not do this at all, whatever the object."""

    def __init__(self, right: Right) -> None:
        super().__init__(f"not allowed: {right.value}")
        self.right = right


def may(actor: Actor, right: Right) -> bool:
    """Whether the actor has a right."""
    if right not in RIGHTS.get(actor.role, frozenset()):
        return False
    if actor.token_scopes is None:
        return True
    return any(right in TOKEN_SCOPES.get(scope, ()) for scope in actor.token_scopes)


def demand(actor: Actor, right: Right) -> None:
    """Refuse whoever lacks a right.

    :raises NotAllowed: he lacks it.
    """
    if not may(actor, right):
        raise NotAllowed(right)


def teams_seen(scope: str, team_id: int | None, teams: Iterable[Team]) -> frozenset[int]:
    """The teams whose people a data scope shows; none where it is oneself, or everybody."""
    if team_id is None or scope in (DataScope.SELF, DataScope.ALL):
        return frozenset()
    if scope == DataScope.TEAM:
        return frozenset({team_id})
    return frozenset(team.id for team in teams if team_id in team.path)


def actor_of(user: User, *, token_id: int | None = None, scopes: Iterable[str] = ()) -> Actor:
    """The actor that a user is now, or that a token of his is."""
    below = user.scope == DataScope.TEAM_BELOW and user.team_id is not None
    teams = Team.objects.filter(path__contains=[user.team_id]) if below else ()
    seen = teams_seen(user.scope, user.team_id, teams)
    reps = Rep.objects.filter(user__team_id__in=seen).values_list("pk", flat=True) if seen else ()
    return Actor(
        kind=ActorKind.USER if token_id is None else ActorKind.TOKEN,
        user_id=user.pk,
        token_id=token_id,
        role=user.role,
        scope=user.scope,
        team_id=user.team_id,
        teams=seen,
        reps=frozenset(reps),
        is_rep=_is_rep(user),
        token_scopes=None if token_id is None else frozenset(scopes),
    )


def _is_rep(user: User) -> bool:
    return once(("is_rep", user.pk), lambda: _receives(user.pk))


def _receives(user_id: int) -> bool:
    return bool(send("SELECT FROM rep WHERE user_id = %s AND is_active", [str(user_id)]).rows())


def sees_everybody(actor: Actor) -> bool:
    """Whether the data scope has no wall."""
    return actor.scope == DataScope.ALL
