"""A mapping as it was read: who signs how, which events are tests, what becomes which field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from evenhand.connectors.mapping.paths import Path
from evenhand.connectors.mapping.terms import Term


class Kind(StrEnum):
    """What the entries of a call become."""

    LEADS = "leads"
    ACTIVITIES = "activities"


class Body(StrEnum):
    """How bodies are written."""

    JSON = "json"
    FORM = "form"
    XML = "xml"
    ANY = "any"  # whichever of them it is


class Scheme(StrEnum):
    """How a call shows from whom it comes."""

    HMAC_SHA256 = "hmac-sha256"
    HMAC_SHA1 = "hmac-sha1"
    SHA256 = "sha256"
    SHA1 = "sha1"
    MD5 = "md5"
    KEY = "key"  # the secret itself stands in the call
    WECOM = "wecom"  # signed and encrypted, as 企业微信 does
    ADDRESS = "address"  # nothing but the address, which nobody can guess


class Encoding(StrEnum):
    """How a signature is written."""

    HEX = "hex"
    BASE64 = "base64"
    BASE64_OF_HEX = "base64-of-hex"


class Origin(StrEnum):
    """Where a secret comes from."""

    GIVEN = "given"  # typed in here, from a page of the platform
    MADE = "made"  # made here, typed in there
    MAYBE = "optional"  # as given, but need not be


class Where(StrEnum):
    """What a place is a place of."""

    HEADER = "header"
    QUERY = "query"
    BODY = "body"
    ENTRY = ""  # of the entry that is being read


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a call."""

    where: Where
    name: str = ""  # of a header or a parameter of the address
    path: Path = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One part of what is signed: a place, or the raw body, a secret, a fixed text …"""

    what: str  # place, body, method, url, secret, text
    place: Place | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """How a call is signed."""

    scheme: Scheme
    at: Place | None = None
    of: Sequence[Part] = ()
    key: str = "secret"  # the name of the secret
    encoding: Encoding = Encoding.HEX
    prefix: str = ""
    length: int = 0  # so many characters count; 0 = all


@dataclass(frozen=True, slots=True)
class Stamp:
    """When a call was signed, and how old it may be."""

    at: Place
    unit_per_second: int = 1
    minutes: int = 5


@dataclass(frozen=True, slots=True)
class Check:
    """A condition: what stands at a place is one of these, holds one of these, is there at all."""

    at: Place
    equals: Sequence[str] = ()
    holds: Sequence[str] = ()
    secret: str = ""  # is the secret of this name


@dataclass(frozen=True, slots=True)
class Handshake:
    """How the platform asks whether an address is ours: what is echoed, under which condition."""

    echo: Place
    when: Check | None = None
    as_json: str = ""  # the answer is JSON with the echo under this key


@dataclass(frozen=True, slots=True)
class Rest:
    """Entries of an object, or of a list of names and values, that become fields of one's own."""

    path: Path
    name: str = ""  # the key of the name, in a list
    value: str = ""
    of_body: bool = False


@dataclass(frozen=True, slots=True)
class Fetch:
    """Where the fields of an entry are fetched, if the call brings only its number."""

    url: str = ""  # with <id> in it
    token: str = "access_token"  # the name of the secret
    unless: Path = ()  # not if this stands in the entry already
    query: str = ""  # the parameter that carries the token; "" = the header Authorization: Bearer
    wecom: Path | None = None  # of a customer's id at 企业微信, which is asked by our app there


@dataclass(frozen=True, slots=True)
class Answer:
    """What the platform wants to hear."""

    content_type: str = "application/json"
    taken: str = '{"code":0,"message":"success"}'
    refused: str = '{"code":{status},"message":"{why}"}'
    refused_status: int = 0  # 0 = the usual one of each refusal


@dataclass(frozen=True, slots=True)
class Document:
    """One mapping."""

    kind: Kind
    platform: str
    body: Body
    signature: Signature
    documents: Sequence[str] = ()
    secrets: Mapping[str, Origin] = field(default_factory=dict)
    timestamp: Stamp | None = None
    also: Sequence[Check] = ()
    handshake: Handshake | None = None
    each: Path = ()
    only: Sequence[Check] = ()
    test: Sequence[Check] = ()
    id: Term | None = None
    fields: Mapping[str, Term] = field(default_factory=dict)
    extra: Mapping[str, Term] = field(default_factory=dict)
    rest: Sequence[Rest] = ()
    fetch: Fetch | None = None
    answer: Answer = field(default_factory=Answer)
    evidence: str = "call_record"
    rep_is: str = "number"
    sample: str = ""

    @property
    def has_made(self) -> bool:
        """Whether secrets are made here for it."""
        return Origin.MADE in self.secrets.values()
