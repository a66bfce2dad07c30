"""The words of pages, mail and notices: the same in every language, and none without a use."""

import re

import pytest

from evenhand.platform.invariants import INVARIANTS
from evenhand.wording.catalogue import LOCALES
from tests.docs.tables import ROOT
from tests.wording.catalogues import HAN, messages, variables_of
from tests.wording.test_catalogues import MAINLAND, NEVER_SAID

SOURCES = "\n".join(
    path.read_text(encoding="utf-8")
    for suffix in ("py", "html", "js")
    for path in (ROOT / "src" / "evenhand").rglob(f"*.{suffix}")
)
# Messages that are asked for by a name made of parts: `web-state-` and the state.
MADE = re.compile(r"""["']((?:web|mail|notice)[a-z0-9-]*-)\{+""")
PREFIXES = tuple(sorted(set(MADE.findall(SOURCES))))


def _of_pages(locale: str) -> list[str]:
    known = messages(locale, others=True)
    return [name for name in known if name.startswith(("web-", "mail-", "notice-"))]


@pytest.mark.parametrize("locale", LOCALES)
def test_a_page_says_the_same_in_every_language(locale: str) -> None:
    assert sorted(_of_pages(locale)) == sorted(_of_pages("zh-Hans"))


@pytest.mark.parametrize("locale", LOCALES)
def test_a_sentence_of_a_page_has_the_same_gaps_in_every_language(locale: str) -> None:
    differing = {
        name
        for name in _of_pages("zh-Hans")
        # English may leave a gap out that another language counts with, never add one.
        if variables_of(locale, name) != variables_of("zh-Hans", name)
    }

    assert differing == set()


def test_no_sentence_of_a_page_is_without_a_use() -> None:
    referred = {
        other for one in messages("zh-Hans", others=True).values() for other in one.references
    }
    unused = [
        name
        for name in _of_pages("zh-Hans")
        if name not in referred
        and not name.startswith(PREFIXES)
        and not re.search(rf"""["']{re.escape(name)}["']""", SOURCES)
    ]

    assert unused == []


@pytest.mark.parametrize("locale", LOCALES)
def test_every_promise_says_what_it_is_and_what_to_do_where_it_is_broken(locale: str) -> None:
    known = {
        name for name in messages(locale, others=True) if name.startswith(("invariant-", "remedy-"))
    }

    assert known == {name for one in INVARIANTS for name in (one.message, one.remedy)}


@pytest.mark.parametrize("locale", ["zh-Hans", "zh-Hant"])
def test_no_page_uses_a_refused_word(locale: str) -> None:
    known = messages(locale, others=True)
    found = {
        name: word for name in _of_pages(locale) for word in NEVER_SAID if word in known[name].text
    }

    assert found == {}


def test_pages_in_traditional_chinese_are_edited_and_not_converted() -> None:
    known = messages("zh-Hant", others=True)

    assert {n: w for n in _of_pages("zh-Hant") for w in MAINLAND if w in known[n].text} == {}


@pytest.mark.parametrize(("locale", "charset"), [("zh-Hans", "gb2312"), ("zh-Hant", "cp950")])
def test_no_character_of_the_other_script_stands_on_a_page(locale: str, charset: str) -> None:
    known = messages(locale, others=True)
    foreign = {
        name: sign
        for name in _of_pages(locale)
        for sign in HAN.findall(known[name].text)
        if sign.encode(charset, "ignore") == b""
    }

    assert foreign == {}


@pytest.mark.parametrize("locale", ["zh-Hans", "zh-Hant"])
def test_signs_beside_chinese_characters_are_full_width_on_pages(locale: str) -> None:
    narrow = re.compile(rf"{HAN.pattern}[,:;()?!]|[,:;()?!]{HAN.pattern}")
    known = messages(locale, others=True)

    assert [name for name in _of_pages(locale) if narrow.search(known[name].text)] == []
