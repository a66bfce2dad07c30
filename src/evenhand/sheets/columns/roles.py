"""What a column can be, for each kind of sheet, and how its cells are read."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from evenhand.engine.facts import FieldType


class Purpose(StrEnum):
    """What a sheet is about."""

    LEADS = "leads"
    TEAM = "team"
    HISTORY = "history"
    # Files that go into the customer base.
    PAST = "past"  # leads, with what has become of them so far
    ACCOUNTS = "accounts"
    CONTACTS = "contacts"
    ACTIVITIES = "activities"
    DEALS = "deals"
    TASKS = "tasks"  # to-dos that are still to be done


class CellKind(StrEnum):
    """How the cells of a column are read; `values` has one parser for each."""

    TEXT = "text"
    ID = "id"
    PHONE = "phone"
    EMAIL = "email"
    NUMBER = "number"
    SHARE = "share"  # a weight: 1, 100 or 100 % is a full share
    BOOLEAN = "boolean"
    IN_SERVICE = "in_service"
    DATE = "date"
    DATETIME = "datetime"
    LIST = "list"
    REGION = "region"
    REGIONS = "regions"
    PERIODS = "periods"
    OUTCOME = "outcome"


FIELD_TYPES: Mapping[CellKind, FieldType] = MappingProxyType(
    {
        CellKind.NUMBER: FieldType.NUMBER,
        CellKind.SHARE: FieldType.NUMBER,
        CellKind.BOOLEAN: FieldType.BOOLEAN,
        CellKind.IN_SERVICE: FieldType.BOOLEAN,
        CellKind.DATE: FieldType.DATE,
        CellKind.DATETIME: FieldType.DATETIME,
        CellKind.LIST: FieldType.LIST,
        CellKind.REGION: FieldType.REGION,
        CellKind.REGIONS: FieldType.REGIONS,
    }
)


@dataclass(frozen=True, slots=True)
class Role:
    """One thing a column can be.

    `parts` are columns that together make the value, in order (province, city, district). A role
    that `falls_back` may have several columns: the first filled one counts (phone, mobile).
    """

    name: str
    kind: CellKind = CellKind.TEXT
    parts: tuple[str, ...] = ()
    falls_back: bool = False

    @property
    def field_type(self) -> FieldType:
        """How a condition compares this role's values."""
        return FIELD_TYPES.get(self.kind, FieldType.TEXT)


_K = CellKind
_REGION_PARTS = ("country", "province", "city", "district")
_PERSON = Role("name", parts=("last", "first"))
_PHONE = Role("phone", _K.PHONE, falls_back=True)
_EMAIL = Role("email", _K.EMAIL, falls_back=True)
_REGION = Role("region", _K.REGION, parts=_REGION_PARTS)


def _of(*roles: Role) -> Mapping[str, Role]:
    return MappingProxyType({role.name: role for role in roles})


_LEAD_ROLES = (
    Role("id", _K.ID),
    Role("kind"),
    _PERSON,
    Role("title"),
    _PHONE,
    _EMAIL,
    Role("company"),
    _REGION,
    Role("industry"),
    Role("product"),
    Role("source"),
    Role("campaign"),
    Role("size"),
    Role("language"),
    Role("skill"),
    Role("budget", _K.NUMBER),
    Role("value", _K.NUMBER),
    Role("employees", _K.NUMBER),
    Role("revenue", _K.NUMBER),
    Role("created_at", _K.DATETIME),
    Role("score", _K.NUMBER),
    Role("grade"),
    Role("points", _K.NUMBER),
    Role("status"),
    Role("note"),
    Role("owner"),
    Role("collected_by"),
)
_COMPANY_ID, _LEAD_ID = Role("company_id", _K.ID), Role("lead_id", _K.ID)
_MADE = (Role("owner"), Role("created_at", _K.DATETIME), Role("note"))

ROLES: Mapping[Purpose, Mapping[str, Role]] = MappingProxyType(
    {
        Purpose.LEADS: _of(*_LEAD_ROLES),
        Purpose.TEAM: _of(
            Role("id", _K.ID),
            _PERSON,
            Role("team"),
            Role("level"),
            Role("weight", _K.SHARE),
            Role("region", _K.REGIONS, parts=_REGION_PARTS),
            Role("industry", _K.LIST),
            Role("product", _K.LIST),
            Role("skill", _K.LIST),
            Role("language", _K.LIST),
            Role("joined_on", _K.DATE),
            Role("active", _K.IN_SERVICE),
            Role("accepting", _K.IN_SERVICE),
            Role("leave", _K.PERIODS),
            Role("leave_from", _K.DATETIME),
            Role("leave_until", _K.DATETIME),
            Role("leave_reason"),
            Role("mentor"),
            Role("open_count", _K.NUMBER),
            Role("capacity", _K.NUMBER),
            Role("performance", _K.SHARE),
            Role("hours"),
            _PHONE,
            _EMAIL,
        ),
        Purpose.HISTORY: _of(
            Role("id", _K.ID),
            Role("kind"),
            _PERSON,
            _PHONE,
            _EMAIL,
            Role("company"),
            Role("owner"),
            Role("previous_owner"),
            Role("created_at", _K.DATETIME),
            Role("assigned_at", _K.DATETIME),
            Role("first_response_at", _K.DATETIME),
            Role("closed_at", _K.DATETIME),
            Role("outcome", _K.OUTCOME),
            Role("status"),
            Role("lost_reason"),
            Role("value", _K.NUMBER),
            Role("grade"),
            Role("score", _K.NUMBER),
            Role("points", _K.NUMBER),
            Role("source"),
            Role("campaign"),
            _REGION,
            Role("industry"),
            Role("product"),
            Role("size"),
            Role("employees", _K.NUMBER),
            Role("revenue", _K.NUMBER),
            Role("transfers", _K.NUMBER),
            Role("contacts", _K.NUMBER),
            Role("note"),
        ),
        Purpose.PAST: _of(
            *_LEAD_ROLES,
            Role("assigned_at", _K.DATETIME),
            Role("first_response_at", _K.DATETIME),
            Role("last_contact_at", _K.DATETIME),
            Role("closed_at", _K.DATETIME),
            Role("outcome"),
            Role("lost_reason"),
        ),
        Purpose.ACCOUNTS: _of(
            Role("id", _K.ID),
            Role("company"),
            Role("parent"),
            Role("domain"),
            _REGION,
            Role("industry"),
            Role("size"),
            Role("employees", _K.NUMBER),
            Role("revenue", _K.NUMBER),
            Role("currency"),
            *_MADE,
        ),
        Purpose.CONTACTS: _of(
            Role("id", _K.ID),
            _PERSON,
            Role("title"),
            _PHONE,
            _EMAIL,
            Role("company"),
            _COMPANY_ID,
            Role("created_at", _K.DATETIME),
        ),
        Purpose.ACTIVITIES: _of(
            Role("id", _K.ID),
            Role("channel"),
            Role("direction"),
            Role("outcome"),
            Role("subject"),
            Role("started_at", _K.DATETIME),
            Role("ended_at", _K.DATETIME),
            Role("due_at", _K.DATETIME),
            Role("seconds", _K.NUMBER),
            Role("minutes", _K.NUMBER),
            _LEAD_ID,
            Role("opportunity_id", _K.ID),
            _COMPANY_ID,
            Role("contact_id", _K.ID),
            _PERSON,
            _PHONE,
            _EMAIL,
            Role("company"),
            *_MADE,
        ),
        Purpose.DEALS: _of(
            Role("id", _K.ID),
            Role("subject"),
            Role("company"),
            _COMPANY_ID,
            _LEAD_ID,
            Role("status"),
            Role("value", _K.NUMBER),
            Role("currency"),
            Role("closed_at", _K.DATETIME),
            Role("product"),
            Role("source"),
            *_MADE,
        ),
        Purpose.TASKS: _of(
            Role("type"),
            Role("subject"),
            Role("owner"),
            Role("due_at", _K.DATETIME),
            Role("started_at", _K.DATETIME),
            Role("minutes", _K.NUMBER),
            Role("quantity", _K.NUMBER),
            Role("status"),
            _LEAD_ID,
            Role("opportunity_id", _K.ID),
            _COMPANY_ID,
            _PERSON,
            _PHONE,
            _EMAIL,
            Role("company"),
            Role("note"),
        ),
    }
)
