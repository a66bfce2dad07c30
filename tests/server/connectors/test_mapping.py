"""The language of mappings: small, safe, and mistakes are named with their lines. No database."""

import json
from pathlib import Path
from typing import Any

import pytest

from evenhand.connectors.calls import Call
from evenhand.connectors.mapping.load import InvalidMapping, read_mapping
from evenhand.connectors.mapping.paths import UnreadablePath, read_path, values_at
from evenhand.connectors.queries import try_body
from evenhand.connectors.reading import read_call
from evenhand.connectors.templates import template_text, templates
from evenhand.wording.catalogue import LOCALES, Words
from evenhand.wording.reasons import say

TEXT = template_text("webhook")
BODY: dict[str, Any] = {
    "a": {"b.c": [1, {"k": "x", "v": [True, None]}, {"k": "y", "v": "2"}]},
    "text": '{"in": {"深": "层"}}',
    "one": {"k": "x"},
}


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("", [BODY]),
        ('a."b.c"[0]', [1]),
        ('a."b.c"[k=y].v', ["2"]),
        ('a."b.c"[*].k', ["x", "y"]),
        ('a."b.c"[1].v[0]', [True]),
        ("text.in.深", ["层"]),
        ("one[0].k", ["x"]),
        ("one[*].k", ["x"]),
        ("one[k=x].k", ["x"]),
        ("a.b.c", []),
        ("one[7].k", []),
    ],
)
def test_a_path_leads_where_it_says(path: str, found: list[Any]) -> None:
    assert values_at(BODY, read_path(path)) == found


@pytest.mark.parametrize("path", ["a..b", "a[", "a[x]", ".a", "a]", 'a"b', ".".join("a" * 30)])
def test_what_is_no_path_is_said(path: str) -> None:
    with pytest.raises(UnreadablePath):
        read_path(path)


@pytest.mark.parametrize(
    ("old", "new", "code", "place"),
    [
        ("kind: leads", "kind: lead", "policy.not_one_of", "kind"),
        ("fields:", "field:", "policy.unknown_key", "field"),
        ("  name: name", "  nome: name", "policy.unknown_key", "fields.nome"),
        ("  email: email", "  email: [email]", "connector.term_unreadable", "fields.email"),
        ("  email: email", "  email: {run: x}", "connector.term_unreadable", "fields.email"),
        ("  title: title", "  title: a..b", "connector.path_unreadable", "fields.title"),
        ("  scheme: hmac-sha256", "  scheme: sha256", "connector.sum_without_secret", ""),
        ("secret: made", "geheim: made", "policy.not_one_of", "signature.key"),
        ("  minutes: 5", "  minutes: 500", "policy.too_big", "timestamp.minutes"),
        ("id: id", "id: {first: id}", "policy.wrong_type", "id.first"),
        ("platform: 通用 Webhook\n", "", "policy.missing", "platform"),
        ("  at: header:X-Evenhand-Signature", "  at: ''", "connector.place_unreadable", ""),
    ],
)
def test_a_mistake_is_named_with_its_line(old: str, new: str, code: str, place: str) -> None:
    assert old in TEXT
    with pytest.raises(InvalidMapping) as caught:
        read_mapping(TEXT.replace(old, new, 1))

    found = [one for one in caught.value.problems if one.why.code == code]
    assert found, caught.value
    assert found[0].path.startswith(place)
    assert found[0].line > 0 or new == ""
    assert all(say(Words(locale), found[0].why) for locale in LOCALES)


@pytest.mark.parametrize("text", ["", "[]", "a: &x 1", "!!python/object x", "{", "x" * 50_000])
def test_what_is_no_mapping_is_refused(text: str) -> None:
    with pytest.raises(InvalidMapping):
        read_mapping(text)


def test_terms_choose_join_count_and_tell_the_time() -> None:
    fields = {
        "name": "{join: [a, b, b], with: ·}",
        "title": "{first: [none, {text: 7}]}",
        "industry": '{map: {"1": 机械}, of: kind, else: 其他}',
        "product": '{pick: {"1": a}, by: kind, else: b}',
        "budget": "{number: money}",
        "note": "{time: at}",
        "region": "{map: {}, of: a}",
    }
    start = TEXT[: TEXT.index("fields:")]
    lines = "\n".join(f"  {name}: {term}" for name, term in fields.items())
    document = read_mapping(f"{start}fields:\n{lines}\n")

    def values(**said: Any) -> dict[str, str]:
        read = read_call(document, Call("POST", "", body=json.dumps(said).encode()))
        return dict(read.entries[0].values)

    assert values(a="甲", b="乙", kind=1, money="3.5万", at=1772672400000) == {
        "name": "甲·乙",
        "title": "7",
        "industry": "机械",
        "product": "甲",
        "budget": "35000",
        "note": "2026-03-05T01:00:00+00:00",
        "region": "甲",
    }
    other = values(b=["x", "y"], kind=2, money="much", at="2026/03/05 09:00")
    assert (other["industry"], other["product"], other["budget"]) == ("其他", "x、y", "much")
    assert other["note"] == "2026-03-05T09:00:00+08:00"


def test_every_template_reads_its_own_sample() -> None:
    for key, document in templates().items():
        trial = try_body(document, document.sample, source="x")
        assert trial.why is None, key
        assert [one.entry.is_test for one in trial.entries] == [False], key
        assert not any(one.problems for one in trial.entries), key


def test_a_page_of_clues_from_the_interface_reads_by_a_changed_copy(shared_data: Path) -> None:
    """Ocean Engine's pull interface has the same fields in a list: one line of the mapping."""
    text = template_text("oceanengine").replace('each: ""', "each: data.list")
    file = shared_data / "import_formats" / "oceanengine_clue_page.json"
    clues = json.loads(file.read_text(encoding="utf-8"))["data"]["list"]

    trial = try_body(read_mapping(text), file.read_text(encoding="utf-8"))

    for tried, clue in zip(trial.entries, clues, strict=False):
        assert tried.lead is not None
        assert tried.lead.phone == clue["telephone"].strip()
        assert tried.lead.company == clue["remark_dict"]["公司"]
        assert tried.entry.is_test == (
            clue["convert_status"] == "广告预览" or clue["clue_source"] == 4
        )
