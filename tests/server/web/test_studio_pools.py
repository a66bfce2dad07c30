"""Pools, clocks and limits by form, and the time line that follows what is typed."""

import pytest

from tests.server.policies.studio import text
from tests.server.web.test_studio import Pages

pytestmark = pytest.mark.django_db

POOL = {
    "name": "公海", "holds": ["lead", "account"], "mode": "claim", "who": "", "takes": "",
    "hidden": ["phone", "email"], "group": "全体", "less_per_day_percent": "10", "per_day": "5",
    "cool_down": "7d", "at_once": "20", "blind": "on", "note": "谁有空谁领",
}  # fmt: skip
CLOCKS = {
    "name": "保护", "is_on": "on", "kind": "lead", "when": "", "who": "", "time": "real",
    "untouched_after": "10d", "untouched_extends": "3d", "untouched_at_most": "20d",
    "untouched_warn": "3d，1d", "untouched_warn_manager": "1d", "untouched_missed": ["pool"],
    "first_contact_after": "4h", "first_contact_missed": ["warn_manager", "reassign"],
    "to_pool": "公海", "by": "2d", "times": "", "cost_percent": "20", "note": "",
    "touches": "3d, 8d, 10d 12h",
}  # fmt: skip


def test_a_pool_by_form_leaves_out_what_is_usual_and_opens_again_as_it_was() -> None:
    pages = Pages()
    pages.begin()

    assert pages.form("pools-new", was="", **POOL).status_code == 302

    (pool,) = pages.document.pools
    assert (pool.holds, pool.mode, pool.hidden) == (("lead", "account"), None, None)
    assert pool.claim is not None and str(pool.claim.cool_down) == "7d" and pool.claim.blind
    assert pool.price is not None and pool.price.less_per_day_percent == 10
    assert "at_once" not in pages.own.copy.text
    opened = pages.read(pages.olga, "/edit?part=pools-0")
    assert 'value="7d"' in opened and "谁有空谁领" in opened
    again = pages.form("pools-0", was="公海", **POOL | {"cool_down": "bald", "name": "老公海"})
    page = again.content.decode()
    assert again.status_code == 422 and 'id="id_cool_down-error"' in page and "老公海" in page
    assert pages.document.pools == (pool,)


def test_clocks_by_form_keep_what_the_form_does_not_show_and_follow_a_renamed_pool() -> None:
    pages = Pages()
    pages.begin()
    pages.form("pools-new", was="", **POOL)
    stages = [
        {"clock": "stage", "after": "5d", "stages": ["contacted"]},
        {"clock": "stage", "after": "9d", "stages": ["qualified"]},
    ]
    pages.type(
        text(pools=[{"pool": "公海"}], clocks={"rules": [{"rule": "保护", "clocks": stages}]})
    )

    fields = CLOCKS | {"stage_after": "6d", "stage_stages": "contacted", "stage_missed": ["pool"]}
    assert pages.form("clock_rules-0", was="保护", **fields).status_code == 302

    clocks = pages.document.clocks
    assert clocks is not None
    (rule,) = clocks.rules
    assert [(one.clock, str(one.after)) for one in rule.clocks] == [
        ("first_contact", "4h"), ("untouched", "10d"), ("stage", "6d"), ("stage", "9d"),
    ]  # fmt: skip
    told = [(str(one.left), one.tell) for one in rule.clocks[1].warn]
    assert told == [("3d", ("owner",)), ("1d", ("owner", "manager"))]
    assert rule.extension is not None and str(rule.extension.by) == "2d"
    pages.form("pools-0", was="公海", **POOL | {"name": "老公海"})
    assert pages.document.clocks is not None
    assert pages.document.clocks.rules[0].to_pool == "老公海"
    shown = pages.read(pages.olga, "/edit")
    assert "跟进后至少还有 3 天" in shown and "老公海" in shown


def test_a_span_that_cannot_be_read_stands_beside_its_clock_and_an_impossible_end_is_said() -> None:
    pages = Pages()
    pages.begin()

    wrong = pages.form(
        "clock_rules-new", was="", **CLOCKS | {"to_pool": "", "untouched_after": "x"}
    )
    both = CLOCKS | {"to_pool": "", "untouched_missed": ["pool", "reassign"]}
    two_ends = pages.form("clock_rules-new", was="", **both)

    assert 'id="id_untouched_after-error"' in wrong.content.decode()
    assert two_ends.status_code == 422 and "请只留一个" in two_ends.content.decode()
    assert pages.document.clocks is None


def test_the_time_line_follows_what_is_typed_and_leaves_out_what_cannot_be_read() -> None:
    pages = Pages()
    pages.begin()

    def drawn(**more: str) -> str:
        answer = pages.olga.post(f"{pages.url}/edit/timeline", CLOCKS | more)
        assert answer.status_code == 200
        return str(answer.content.decode())

    line = drawn()
    assert "3 天时跟进：不变，仍是 10 天到期" in line
    assert "8 天时跟进：延到 11 天到期" in line and "13 天 12 小时一到：放进公海" in line
    assert "4 小时一到：通知主管、重新分配给别人" in line and "<svg" in line
    assert "保护期" not in drawn(untouched_after="10x") and "首次联系" in drawn(touches="bald")


def test_sections_of_the_pools_by_form_and_an_empty_lock_means_none() -> None:
    pages = Pages()
    pages.begin()

    pages.form("holding", per_day="6", items="", points="12.5", note="")
    pages.form("peace", owners="3", quiet="14d", one_owner_per_company="on", note="")
    pages.form("clocks", most_hand_offs="2", locks__per_rep="", locks__at_most="", note="")

    found = pages.document
    assert found.holding is not None and (found.holding.per_day, found.holding.items) == (6, None)
    assert found.peace is not None and str(found.peace.quiet) == "14d"
    assert found.clocks is not None and found.clocks.locks is None
    assert found.clocks.most_hand_offs == 2
    half = pages.form("clocks", most_hand_offs="2", locks__per_rep="3", locks__at_most="")
    assert half.status_code == 422


def test_who_may_claim_which_and_what_proves_follow_up_are_set_by_form() -> None:
    pages = Pages()
    pages.begin()
    pages.form("pools-new", was="", **POOL | {"fits": "rep.language = 英语"})
    kinds = ("call", "reply", "meeting", "visit", "stage", "document")
    every = {f"{kind}_counts": "on" for kind in kinds}

    assert pages.form("evidence", was="", **every).status_code == 302
    assert pages.document.clocks is None or pages.document.clocks.evidence == ()
    calls = {"call_counts": "on", "call_said_percent": "0", "call_least_seconds": "60"}
    assert pages.form("evidence", was="", **calls).status_code == 302

    (pool,) = pages.document.pools
    assert pool.claim is not None and pool.claim.fits is not None
    assert pages.document.clocks is not None
    (term,) = pages.document.clocks.evidence
    assert (term.evidence, term.percent, term.said_percent, term.least_seconds) == (
        "call", 100, 0, 60,
    )  # fmt: skip
    shown = pages.read(pages.olga, "/edit")
    assert "满 60 秒有佐证算 100%" in shown and "哪些人可以领哪些" in shown
    none = pages.form("evidence", was="")
    wrong = pages.form("evidence", was="", **calls | {"call_percent": "many"})
    assert none.status_code == wrong.status_code == 422
    assert "至少要有一类" in none.content.decode()
    assert 'id="id_call_percent-error"' in wrong.content.decode()
    assert pages.document.clocks.evidence == (term,)
