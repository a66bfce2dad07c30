"""Reading a mapping from YAML, with every mistake named: its line, what is wrong, what is known."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar
from zoneinfo import available_timezones

from evenhand.connectors.mapping.document import (
    Answer,
    Body,
    Check,
    Document,
    Encoding,
    Fetch,
    Handshake,
    Kind,
    Origin,
    Part,
    Place,
    Rest,
    Scheme,
    Signature,
    Stamp,
    Where,
)
from evenhand.connectors.mapping.load_terms import Reading
from evenhand.engine.policy.problem import InvalidPolicy, PolicyProblem
from evenhand.engine.policy.text import policy_text, refuse_unusable
from evenhand.leads.intake import FIELD_NAMES
from evenhand.leads.work import EVIDENCE, SAID

MOST_CHARACTERS = 40_000
LEAD_FIELDS = tuple(sorted(FIELD_NAMES - {"line", "extra", "collected_by", "external_id"}))
ACTIVITY_FIELDS = (
    "channel", "outcome", "direction", "seconds", "at", "phone", "customer", "rep", "note",
)  # fmt: skip
REP_IS = ("number", "phone", "email", "wecom", "dingtalk", "feishu")
_KEYS = (
    "mapping", "platform", "kind", "documents", "body", "secrets", "signature", "timestamp",
    "also", "handshake", "each", "only", "test", "id", "fields", "extra", "rest", "fetch",
    "evidence", "rep_is", "answer", "sample",
)  # fmt: skip
_SIGNED = frozenset({"body", "method", "url"})
_Choice = TypeVar("_Choice", bound=StrEnum)


class InvalidMapping(Exception):
    """A mapping cannot be used; `problems` are its mistakes with their lines."""

    def __init__(self, problems: tuple[PolicyProblem, ...]) -> None:
        super().__init__("; ".join(str(one) for one in problems))
        self.problems = problems


def read_mapping(text: str, *, zone: str = "Asia/Shanghai") -> Document:
    """The mapping that a text says; `zone` is that of moments written without one.

    :raises InvalidMapping: it is none; every mistake is named.
    """
    try:
        found = policy_text(text)
        refuse_unusable(found.plain)
    except InvalidPolicy as error:
        raise InvalidMapping(error.problems) from None
    reading = Reading(line_of=found.line_of, zone=zone if zone in available_timezones() else "UTC")
    if len(text) > MOST_CHARACTERS:
        reading.wrong((), "policy.too_large", limit=MOST_CHARACTERS)
    document = _Reader(reading).document(found.plain)
    if reading.problems:
        raise InvalidMapping(tuple(reading.problems))
    return document


class _Reader:
    """The sections of a mapping."""

    def __init__(self, reading: Reading) -> None:
        self.r = reading

    def document(self, plain: Any) -> Document:
        r = self.r
        top = r.mapping(plain, (), _KEYS, needed=("platform", "signature", "fields"))
        kind = r.choice(top, (), "kind", Kind, Kind.LEADS)
        known = LEAD_FIELDS if kind == Kind.LEADS else ACTIVITY_FIELDS
        secrets = self._secrets(top.get("secrets"))
        signature = self._signature(top.get("signature"), secrets)
        evidences = tuple(one for one in EVIDENCE if one != SAID)
        return Document(
            kind=kind,
            platform=r.text(top, (), "platform"),
            body=r.choice(top, (), "body", Body, Body.JSON),
            signature=signature,
            documents=r.texts(top.get("documents"), ("documents",)),
            secrets=secrets,
            timestamp=self._stamp(top.get("timestamp")),
            also=self._checks(top.get("also"), ("also",), secrets),
            handshake=self._handshake(top.get("handshake"), secrets),
            each=r.path(top.get("each", ""), ("each",)),
            only=self._checks(top.get("only"), ("only",), secrets),
            test=self._checks(top.get("test"), ("test",), secrets),
            id=None if top.get("id") is None else r.term(top["id"], ("id",)),
            fields=r.terms(top.get("fields"), ("fields",), known),
            extra=r.terms(top.get("extra"), ("extra",), None),
            rest=[self._rest(one, ("rest", k)) for k, one in r.entries(top.get("rest"), ("rest",))],
            fetch=self._fetch(top.get("fetch"), secrets),
            answer=self._answer(top.get("answer")),
            evidence=r.one_of(top, (), "evidence", evidences, "call_record"),
            rep_is=r.one_of(top, (), "rep_is", REP_IS, "number"),
            sample=r.text(top, (), "sample"),
        )

    def _secrets(self, plain: Any) -> dict[str, Origin]:
        if plain is None:
            return {}
        found = self.r.mapping(plain, ("secrets",), None)
        return {
            name: self.r.choice(found, ("secrets",), name, Origin, Origin.GIVEN) for name in found
        }

    def _signature(self, plain: Any, secrets: Mapping[str, Origin]) -> Signature:
        r, place = self.r, ("signature",)
        keys = ("scheme", "at", "of", "key", "encoding", "prefix", "length")
        found = r.mapping(plain if plain is not None else {}, place, keys, needed=("scheme",))
        scheme = r.choice(found, place, "scheme", Scheme, Scheme.ADDRESS)
        key = r.text(found, place, "key") or "secret"
        if scheme == Scheme.WECOM:
            for name in ("token", "aes_key", "corp_id"):
                self._known_secret(name, ("secrets",), secrets)
        elif scheme != Scheme.ADDRESS:
            if "at" not in found:
                r.wrong((*place, "at"), "policy.missing", key="at")
            if scheme.value.startswith("hmac") or scheme == Scheme.KEY:
                self._known_secret(key, (*place, "key"), secrets)
        parts = [
            self._part(one, (*place, "of", k), secrets)
            for k, one in r.entries(found.get("of", ["body"]), (*place, "of"))
        ]
        if scheme in (Scheme.SHA256, Scheme.SHA1, Scheme.MD5) and not any(
            one.what == "secret" for one in parts
        ):
            # Without a secret in it anybody can compute the sum.
            r.wrong((*place, "of"), "connector.sum_without_secret")
        return Signature(
            scheme=scheme,
            at=None if "at" not in found else self._place(found["at"], (*place, "at")),
            of=parts,
            key=key,
            encoding=r.choice(found, place, "encoding", Encoding, Encoding.HEX),
            prefix=r.text(found, place, "prefix"),
            length=r.whole(found, place, "length", least=8, most=200),
        )

    def _known_secret(self, name: str, place: Any, secrets: Mapping[str, Origin]) -> None:
        if name not in secrets:
            self.r.not_one_of(place, name, tuple(secrets))

    def _part(self, plain: Any, place: Any, secrets: Mapping[str, Origin]) -> Part:
        text = plain if isinstance(plain, str) else ""
        if text in _SIGNED:
            return Part(text)
        what, _, name = text.partition(":")
        if what == "text":
            return Part("text", text=name)
        if what == "secret":
            self._known_secret(name, place, secrets)
            return Part("secret", text=name)
        return Part("place", self._place(plain, place))

    def _place(self, plain: Any, place: Any) -> Place:
        if not isinstance(plain, str) or not plain:
            self.r.wrong(place, "connector.place_unreadable", value=str(plain)[:80])
            return Place(Where.ENTRY)
        where, colon, name = plain.partition(":")
        if colon and where in (Where.HEADER, Where.QUERY) and name.strip():
            return Place(Where(where), name=name.strip())
        if colon and where == Where.BODY:
            return Place(Where.BODY, path=self.r.path(name, place))
        return Place(Where.ENTRY, path=self.r.path(plain, place))

    def _stamp(self, plain: Any) -> Stamp | None:
        if plain is None:
            return None
        place = ("timestamp",)
        found = self.r.mapping(plain, place, ("at", "unit", "minutes"), needed=("at",))
        unit = self.r.one_of(found, place, "unit", ("seconds", "milliseconds"), "seconds")
        return Stamp(
            at=self._place(found.get("at"), (*place, "at")),
            unit_per_second=1 if unit == "seconds" else 1000,
            minutes=self.r.whole(found, place, "minutes", least=1, most=60) or 5,
        )

    def _checks(self, plain: Any, place: Any, secrets: Mapping[str, Origin]) -> list[Check]:
        entries = self.r.entries(plain, place)
        return [self._check(one, (*place, k), secrets) for k, one in entries]

    def _check(self, plain: Any, place: Any, secrets: Mapping[str, Origin]) -> Check:
        found = self.r.mapping(plain, place, ("at", "is", "holds"), needed=("at",))
        wanted = found.get("is")
        if isinstance(wanted, str) and wanted.startswith("secret:"):
            name = wanted.removeprefix("secret:")
            self._known_secret(name, (*place, "is"), secrets)
            return Check(self._place(found.get("at"), (*place, "at")), secret=name)
        return Check(
            at=self._place(found.get("at"), (*place, "at")),
            equals=self.r.texts(wanted, (*place, "is")),
            holds=self.r.texts(found.get("holds"), (*place, "holds")),
        )

    def _handshake(self, plain: Any, secrets: Mapping[str, Origin]) -> Handshake | None:
        if plain is None:
            return None
        place = ("handshake",)
        found = self.r.mapping(plain, place, ("echo", "when", "json"), needed=("echo",))
        when = found.get("when")
        return Handshake(
            echo=self._place(found.get("echo"), (*place, "echo")),
            when=None if when is None else self._check(when, (*place, "when"), secrets),
            as_json=self.r.text(found, place, "json"),
        )

    def _rest(self, plain: Any, place: Any) -> Rest:
        found = self.r.mapping(plain, place, ("from", "name", "value"), needed=("from",))
        text = self.r.text(found, place, "from")
        return Rest(
            path=self.r.path(text.removeprefix("body:"), (*place, "from")),
            name=self.r.text(found, place, "name"),
            value=self.r.text(found, place, "value"),
            of_body=text.startswith("body:"),
        )

    def _fetch(self, plain: Any, secrets: Mapping[str, Origin]) -> Fetch | None:
        if plain is None:
            return None
        place = ("fetch",)
        keys = ("url", "token", "unless", "query", "wecom")
        if isinstance(plain, Mapping) and "wecom" in plain:
            self.r.mapping(plain, place, ("wecom",))
            return Fetch(wecom=self.r.path(plain["wecom"], (*place, "wecom")))
        found = self.r.mapping(plain, place, keys, needed=("url", "token"))
        url, token = self.r.text(found, place, "url"), self.r.text(found, place, "token")
        if "<id>" not in url or not url.startswith(("https://", "http://127.0.0.1")):
            self.r.wrong((*place, "url"), "connector.fetch_unusable", value=url[:80])
        self._known_secret(token, (*place, "token"), secrets)
        unless = self.r.path(found.get("unless", ""), (*place, "unless"))
        return Fetch(url, token, unless, self.r.text(found, place, "query"))

    def _answer(self, plain: Any) -> Answer:
        if plain is None:
            return Answer()
        place = ("answer",)
        keys = ("content_type", "taken", "refused", "refused_status")
        found = self.r.mapping(plain, place, keys)
        usual = Answer()
        return Answer(
            content_type=self.r.text(found, place, "content_type") or usual.content_type,
            taken=str(found.get("taken", usual.taken)),
            refused=str(found.get("refused", usual.refused)),
            refused_status=self.r.whole(found, place, "refused_status", least=200, most=599),
        )
