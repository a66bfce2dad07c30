"""Every code of the policy's tools has a sentence in every language, and none is glued together."""

import re

import pytest

from evenhand.engine.reasons import CODES, Param, Reason, reason
from evenhand.wording.catalogue import LOCALES, Words, message_id, sources
from evenhand.wording.reasons import say

AREAS = ("policy.", "lint.", "diff.")
MINE = [code for code in CODES if code.startswith(AREAS)]

# Values that choose between sentences; every other parameter is told as it is.
CHOICES: dict[str, tuple[Param, ...]] = {
    "kind": (
        *("document", "section", "field", "signal", "grade", "adjustment", "level", "group"),
        *("territory", "pool", "rule", "level_capacity", "cap", "region", "region_alias"),
    ),
    "part": ("when", "who", "takes", "to", "if_nobody", "contains", "stands_for", "x.y"),
    "wanted": ("text", "list", "mapping", "truth", "whole"),
    "suggestion": (None, "东"),
    "example": ((), ('lead.region = "上海"', "lead.budget is empty")),
    "more": ((), ("乙", "丙")),
    "line": (0, 7),
    "count": (1, 3),
    "people": (1, 3),
    "searches": (1, 3),
    "rules": (1, 3),
}
TEXTS: dict[str, Param] = {
    "by": ("甲",),
    "choices": ("wait", "next_rule"),
    "groups": ("甲", "乙"),
    "known": ("rule", "when"),
    "levels": ("经理",),
    "limit": 40,
    "names": ("张三",),
    "position": 2,
    "steps": 2_000,
}


def _samples(code: str) -> list[Reason]:
    """The code with every choice of each parameter, one at a time."""
    names = CODES[code]
    if code == "policy.key_not_text":
        return [reason(code, key=""), reason(code, key="<key>")]
    plain = {name: CHOICES.get(name, (TEXTS.get(name, f"<{name}>"),))[-1] for name in names}
    found = [reason(code, **plain)]
    for name in names:
        found += [reason(code, **{**plain, name: value}) for value in CHOICES.get(name, ())]
    return found


@pytest.mark.parametrize("locale", LOCALES)
def test_every_code_has_a_sentence(locale: str) -> None:
    words = Words(locale)

    for sample in (one for code in MINE for one in _samples(code)):
        sentence = say(words, sample)

        assert sentence.strip(), sample
        assert "no-value" not in sentence, sample
        assert "{" not in sentence, sample
        assert "\n" not in sentence, sample


# What a reader needs to see; the others only choose between sentences, or say it another way.
UNSAID = {
    "policy.not_one_of": {"suggestion"},
    "policy.too_short": {"value"},
    "policy.too_long": {"value"},
    "policy.unknown_key": {"known"},
    "lint.tau_unused": {"tau"},
}


@pytest.mark.parametrize("locale", LOCALES)
def test_a_sentence_tells_its_parameters(locale: str) -> None:
    words = Words(locale)
    for code in MINE:
        told = [name for name in CODES[code] if name not in CHOICES and name not in TEXTS]
        sentences = " ".join(say(words, sample) for sample in _samples(code))

        missing = {name for name in told if f"<{name}>" not in sentences}

        assert missing <= UNSAID.get(code, set()), code


@pytest.mark.parametrize("locale", LOCALES)
def test_no_sentence_stands_for_a_code_that_is_not_there(locale: str) -> None:
    known = {message_id(code) for code in MINE}
    helpers = {
        *(
            "lint-example",
            "policy-kind",
            "policy-kind-first",
            "policy-section",
            "policy-owner",
            "policy-part",
        ),
        *(f"policy-gravity-{word}" for word in ("error", "warning", "hint")),
        *("policy-lint-summary", "policy-diff-none", "policy-init-written", "policy-init-exists"),
    }

    written = set(re.findall(r"^([a-z][a-z0-9-]*) =", sources(locale)["policy.ftl"], re.MULTILINE))

    assert written - known <= helpers
    assert known <= written


def test_a_finding_reads_as_a_sales_manager_would_say_it() -> None:
    gap = reason("lint.lead_uncaught", example=('lead.region = "other"',))
    moved = reason("diff.moved", kind="rule", name="华东", before="3", after="2")

    assert [say(Words(locale), gap) for locale in LOCALES] == [
        '有的线索没有规则接，例如：lead.region = "other"；请在最后加一条不带条件的规则',
        '有的名單沒有規則接，例如：lead.region = "other"；請在最後加一條不帶條件的規則',
        "Some leads are caught by no rule; end with a rule without a condition. "
        'Example: lead.region = "other"',
    ]
    assert [say(Words(locale), moved) for locale in LOCALES] == [
        "规则“华东”从第 3 移到第 2",
        "規則「华东」從第 3 移到第 2",
        "Rule “华东” moved from 3 to 2",
    ]
