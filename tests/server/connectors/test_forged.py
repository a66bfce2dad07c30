"""F4: nobody but the platform gets in: of ten thousand changed calls none is accepted."""

import ast
import hmac
import json
import random
from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

import evenhand
from evenhand.connectors.calls import Call, UnreadableBody, plain_body
from evenhand.connectors.mapping.document import Body
from evenhand.connectors.models import Connector
from evenhand.connectors.signing import NotAuthentic, authentic
from evenhand.connectors.templates import TEMPLATES, templates
from evenhand.leads.models import Lead
from evenhand.notify.channels.wecom_crypt import NotFromThere, read_xml
from evenhand.people.scope import actor_of
from tests.fakes import wecom as there
from tests.fakes.wecom import FakeWeCom
from tests.server.api.caller import company
from tests.server.connectors.platforms import PLATFORMS, SECRETS, Sent, connector

SOURCE = Path(evenhand.__file__).parent
KEYS = {**SECRETS, "aes_key": there.AES_KEY}
WECOM_KEYS = {"token": there.TOKEN, "aes_key": there.AES_KEY, "corp_id": there.CORP_ID}

Change = Callable[[Call, random.Random], Call]


@dataclass(frozen=True)
class Signed:
    """A call of a platform, and the changes that touch what it signs."""

    template: str
    call: Call
    changes: tuple[Change, ...]
    keys: Mapping[str, str]


def _call(template: str, age: int = 0) -> Call:
    if template == "wecom":
        fake = FakeWeCom({})
        fake.now = int(timezone.now().timestamp()) - age
        said = fake.meet("ren", "wm1")
        return Call("POST", "https://x.example/in/k", {}, said["query"], said["body"].encode())
    url = f"{settings.EVENHAND_URL}/in/k"
    if template == "hubspot":  # signs the address too
        body = PLATFORMS[template].dump(PLATFORMS[template].lead("1001"))
        stamp = str((int(timezone.now().timestamp()) - age) * 1000)
        signed = hmac.new(
            KEYS["secret"].encode(), b"POST" + url.encode() + body + stamp.encode(), sha256
        )
        sent = Sent(
            body,
            {"X-HubSpot-Signature-v3": _base64(signed), "X-HubSpot-Request-Timestamp": stamp},
        )
    else:
        sent = PLATFORMS[_like(template)].push(age=age)
    headers = {name.lower(): value for name, value in sent.headers.items()}
    return Call("POST", url, headers, dict(sent.query), sent.body)


def _like(template: str) -> str:
    """Calls and conversations are signed as our own webhook is."""
    return template if template in PLATFORMS else "webhook"


def _base64(signed: "hmac.HMAC") -> str:
    return b64encode(signed.digest()).decode()


def _odd(text: str, chance: random.Random) -> str:
    """Another text: a letter more, less, changed, doubled; cut short, or something else at all."""
    at = chance.randrange(len(text) + 1)
    letters = "0123456789abcdefABCDEF+/=é🙂\x00 \t王-_."
    ways = (
        lambda: text[:at] + chance.choice(letters) + text[at:],
        lambda: text[:at] + text[at + 1 :],
        lambda: text[:at] + chance.choice(letters) + text[at + 1 :],
        lambda: text[:at],
        lambda: text[at:],
        lambda: text * 2,
        lambda: text[::-1],
        lambda: "",
        lambda: text.replace(text[:1], "0") if text else "0",
        lambda: chance.choice(("null", "undefined", "0", "true", "[]", "sha256=", "%00", "=" * 44)),
        lambda: "".join(chance.choice("0123456789abcdef") for _ in text),
    )
    return chance.choice(ways)()


def _header(name: str) -> Change:
    def change(call: Call, chance: random.Random) -> Call:
        value = _odd(call.headers[name], chance)
        if value.strip().lower() == call.headers[name].lower():
            value = f"{value}0"
        headers = {**call.headers, name: value}
        if chance.random() < 0.05:
            del headers[name]
        return replace(call, headers=headers)

    return change


def _query(name: str) -> Change:
    def change(call: Call, chance: random.Random) -> Call:
        value = _odd(call.query[name], chance)
        value = f"{value}0" if value == call.query[name] else value
        return replace(call, query={**call.query, name: value})

    return change


def _body(call: Call, chance: random.Random) -> Call:
    body = bytearray(call.body)
    for _ in range(chance.randrange(1, 4)):
        at = chance.randrange(len(body))
        how = chance.randrange(4)
        if how == 0:
            body[at] ^= 1 << chance.randrange(8)
        elif how == 1:
            body.insert(at, chance.randrange(256))
        elif how == 2 and len(body) > 1:
            del body[at]
        else:
            body[at:at] = body[at : at + chance.randrange(1, 20)]
    if bytes(body) == call.body:
        body += b" "
    return replace(call, body=bytes(body))


def _inside(before: str) -> Change:
    """A change of a text that stands in the body, and in it alone."""

    def change(call: Call, chance: random.Random) -> Call:
        text = _odd(before, chance)
        # NUL is taken out of whatever is read: with it the text is still the same.
        if text.replace("\x00", "").strip() == before or text.startswith(before):
            text = f"0{before}"
        said = json.dumps(text, ensure_ascii=False).strip('"')
        return replace(call, body=call.body.replace(before.encode(), said.encode()))

    return change


def _sealed(call: Call, chance: random.Random) -> Call:
    """What is sealed inside the XML of 企业微信."""
    start = call.body.index(b"<Encrypt><![CDATA[") + 18
    end = call.body.index(b"]]></Encrypt>")
    sealed = call.body[start:end].decode()
    text = _odd(sealed, chance).replace("\x00", "0")
    text = f"{text}0" if text.strip() == sealed else text
    return replace(call, body=call.body[:start] + text.encode() + call.body[end:])


def _url(call: Call, chance: random.Random) -> Call:
    return replace(call, url=call.url + chance.choice("/?#xX") + str(chance.randrange(100)))


def _method(call: Call, chance: random.Random) -> Call:
    return replace(call, method=chance.choice(("GET", "PUT", "post", "POST ", "")))


_OURS = (_header("x-evenhand-signature"), _header("x-evenhand-timestamp"), _body)
CHANGES: dict[str, tuple[Change, ...]] = {
    "webhook": _OURS,
    "calls": _OURS,
    "conversations": _OURS,
    # It signs the number of the lead, the moment and the token.
    "oceanengine": (_header("signature"), _header("timestamp"), _inside("1001")),
    "meta": (_header("x-hub-signature-256"), _body),
    "google": (_inside(KEYS["secret"]),),
    "salesforce": (_inside(KEYS["organization"]),),
    "salesforce_flow": (_header("x-evenhand-key"),),
    "hubspot": (
        _header("x-hubspot-signature-v3"), _header("x-hubspot-request-timestamp"), _body, _url,
        _method,
    ),
    "wecom": (_query("msg_signature"), _query("timestamp"), _query("nonce"), _sealed),
}  # fmt: skip
# The address alone is what they know (no signature of theirs is published).
BY_ADDRESS = frozenset({"tencent", "kuaishou", "baidu"})


def signed_calls() -> list[Signed]:
    return [
        Signed(one, _call(one), changes, WECOM_KEYS if one == "wecom" else KEYS)
        for one, changes in CHANGES.items()
    ]


def is_authentic(one: Signed, call: Call, now: datetime) -> bool:
    try:
        authentic(templates()[one.template], call, [one.keys], now=now)
    except NotAuthentic:
        return False
    return True


def accepted_of(count: int, seed: int) -> Counter[str]:
    """How many of so many changed calls were taken for authentic, by template."""
    chance = random.Random(seed)
    now = timezone.now()
    calls = signed_calls()
    found: Counter[str] = Counter()
    for number in range(count):
        one = calls[number % len(calls)]
        changed = chance.choice(one.changes)(one.call, chance)
        assert changed != one.call, one.template
        found[one.template] += is_authentic(one, changed, now)
    return found


def test_every_template_is_signed_or_known_by_its_address() -> None:
    assert set(CHANGES) | BY_ADDRESS == set(TEMPLATES)


def test_of_ten_thousand_changed_calls_none_is_accepted() -> None:
    assert all(is_authentic(one, one.call, timezone.now()) for one in signed_calls())

    assert +accepted_of(10_000, seed=5) == Counter()


@pytest.mark.slow
def test_of_a_hundred_thousand_changed_calls_none_is_accepted() -> None:
    assert +accepted_of(100_000, seed=6) == Counter()


def test_what_keeps_them_out_is_a_comparison_in_constant_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The control: where that one comparison says yes, every scheme is open."""
    monkeypatch.setattr(hmac, "compare_digest", lambda right, given: True)

    assert set(+accepted_of(2_000, seed=7)) == set(CHANGES)


def test_no_secrets_at_all_open_nothing() -> None:
    for one in signed_calls():
        for keys in ({}, dict.fromkeys(one.keys, ""), dict.fromkeys(one.keys, "x")):
            assert not is_authentic(replace(one, keys=keys), one.call, timezone.now())
        nobody: list[Mapping[str, str]] = []
        with pytest.raises(NotAuthentic):
            authentic(templates()[one.template], one.call, nobody, now=timezone.now())


def test_a_call_is_good_for_some_minutes_before_and_after_and_no_longer() -> None:
    for one in signed_calls():
        stamp = templates()[one.template].timestamp
        if stamp is None:
            continue
        assert stamp.minutes <= 10
        now = timezone.now()
        for seconds, is_good in ((-20, True), (20, False), (86_400, False), (10**9, False)):
            for sign in (1, -1):
                later = now + sign * timedelta(seconds=60 * stamp.minutes + seconds)
                assert is_authentic(one, one.call, later) is is_good, (one.template, seconds)
    stamped = {one for one, known in templates().items() if known.timestamp is not None}
    assert stamped == {"webhook", "calls", "conversations", "oceanengine", "hubspot", "wecom"}


@pytest.mark.django_db
def test_replayed_calls_have_one_effect() -> None:
    alice = actor_of(company().alice)
    for template, platform in PLATFORMS.items():
        Lead.objects.all().delete()
        row = connector(template, alice)
        push = platform.push()
        answers = {push.post(row).status_code for _ in range(4)}

        outcomes = Counter(row.deliveries.values_list("outcome", flat=True))
        assert answers == {200}, template
        assert outcomes == {"accepted": 1, "duplicate": 3}, template
        assert Lead.objects.count() == 1, template


@pytest.mark.django_db
def test_an_address_that_is_nearly_ours_is_nobodys() -> None:
    row = connector("tencent", actor_of(company().alice))
    chance = random.Random(8)
    # 128 bits and more: so much has to be guessed where the address is all that is known.
    assert len(row.key) >= 22
    push = PLATFORMS["tencent"].push()
    seen = set()
    for _ in range(50):
        key = list(row.key)
        key[chance.randrange(len(key))] = chance.choice("_-xyz")
        if "".join(key) != row.key:
            seen.add(push.post(Connector(key="".join(key), name="x")).status_code)
    seen.add(push.post(Connector(key=row.key.swapcase(), name="x")).status_code)

    assert seen == {404}
    assert not Lead.objects.exists()
    assert push.post(row).status_code == 200


_BOMB = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x><Encrypt>&b;</Encrypt></x>'


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_definitions_in_xml_are_read_in_no_encoding(encoding: str) -> None:
    for said in (f'<?xml version="1.0" encoding="{encoding}"?>', ""):
        with pytest.raises(NotFromThere):
            read_xml((said + _BOMB).encode(encoding))
        with pytest.raises(UnreadableBody):
            plain_body((said + _BOMB).encode(encoding), Body.XML)


@pytest.mark.django_db
def test_xml_in_an_encoding_that_is_none_is_refused_at_the_door() -> None:
    alice = actor_of(company().alice)
    for template in ("salesforce", "wecom"):
        row = connector(template, alice)
        for name in ("nonsense", "gbk", "utf-7", "idna", "hex", "unicode_escape", "\u00e9"):
            body = f'<?xml version="1.0" encoding="{name}"?><x>a</x>'.encode()
            answer = Client(raise_request_exception=False).post(
                f"/in/{row.key}", body, content_type="text/xml"
            )
            assert answer.status_code in (200, 401), (template, name)
        assert not row.deliveries.exclude(outcome__in=("refused", "to_mend")).exists()


# Names of what must not be compared letter by letter, in the modules that let callers in.
_GUARDED = (
    "connectors/signing.py",
    "notify/channels/wecom_crypt.py",
    "web/chat/sign_in.py",
    "platform/ids.py",
)
_SECRET_NAMES = frozenset("right given signed secret token signature digest received".split())


def hasty_comparisons(source: str) -> Iterator[int]:
    """Lines on which a secret is compared in a time that tells where it differs."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Compare):
            continue
        if not any(isinstance(one, ast.Eq | ast.NotEq | ast.In | ast.NotIn) for one in node.ops):
            continue
        sides = [node.left, *node.comparators]
        if any(isinstance(one, ast.Name) and one.id in _SECRET_NAMES for one in sides):
            yield node.lineno


def test_no_module_that_lets_callers_in_compares_letter_by_letter() -> None:
    for path in _GUARDED:
        source = (SOURCE / path).read_text(encoding="utf-8")
        assert list(hasty_comparisons(source)) == [], path
        assert "compare_digest" in source, path


@pytest.mark.parametrize("line", ["right == given", "if secret != x: pass", "token in known"])
def test_a_hasty_comparison_is_found(line: str) -> None:
    assert list(hasty_comparisons(line)) == [1]
