"""Whose accounts and deals an import brings or takes away again is told once, with their number."""

import pytest

from evenhand.imports.models import Becomes, Import, Kind, Strangers
from evenhand.imports.operations.becoming import Becoming
from evenhand.imports.operations.begin import start, stop, upload
from evenhand.imports.operations.run import _parts, _take, run
from evenhand.imports.operations.undo import run_undo, undo
from evenhand.imports.reading import opened
from evenhand.leads.models import Company, Opportunity
from evenhand.leads.operations.companies import edit_company
from evenhand.notify.models import Notice
from evenhand.notify.wording import notice_words
from evenhand.people.actor import Actor
from evenhand.people.scope import actor_of
from evenhand.wording.catalogue import LOCALES, Words
from tests.server.cast import Cast
from tests.server.imports.test_kinds import KEEP, brought_in

pytestmark = pytest.mark.django_db

COMPANIES = (
    "客户编号,客户名称,上级公司,行业,负责人,创建时间\n"
    "A1,海天精工有限公司,海天集团,制造,Ren,2024-01-02\n"
    "A2,海天集团,,制造,Ren,2024-01-01\n"
    "A3,四通软件,,软件,Rui,2024-02-01\n"
    "A4,六合物流,,物流,陌生人,2024-02-01\n"
    "A5,欧拉仪器,,仪器,Olga,2024-02-01\n"
)
DEALS = (
    "商机编号,商机名称,客户编号,商机阶段,预计成交金额(万元),负责人,创建时间\n"
    "D1,海天二期,A1,方案报价,30,Ren,2025-01-01\n"
    "D2,海天三期,A1,方案报价,40,Ren,2025-01-02\n"
    "D3,海天一期,A1,赢单,8,Rui,2024-06-01\n"
)


def taken_back(row: Import, actor: Actor) -> None:
    undo(row.pk, actor=actor)
    run_undo(row.pk)
    run_undo(row.pk)  # a job that comes twice tells nobody twice


def told(*kinds: str) -> list[tuple[str, int, int, int]]:
    """Kind, reader, number and by whom of these notices."""
    rows = Notice.objects.filter(kind__in=kinds).order_by("kind", "user_id")
    return list(rows.values_list("kind", "user_id", "params__count", "params__by"))


def test_whose_accounts_come_and_go_is_told_once_each_time(olga: Actor, people: Cast) -> None:
    ren, rui, by = people.ren.pk, people.rui.pk, people.olga.pk

    row = brought_in(olga, COMPANIES, "客户", KEEP, Kind.ACCOUNT)

    assert told("accounts_given") == [
        ("accounts_given", ren, 2, by),
        ("accounts_given", rui, 1, by),
    ]

    touched = Company.objects.get(external_id="A3")
    edit_company(touched.pk, {"note": "老客户"}, seen={"note": ""}, actor=olga)
    taken_back(row, olga)

    # Rui keeps his and is told nothing; a parent goes although its row comes after its own parts.
    assert told("accounts_taken") == [("accounts_taken", ren, 2, by)]
    assert set(Company.objects.values_list("name", flat=True)) == {"四通软件"}


def test_whose_deals_come_and_go_is_told_of_the_open_ones(olga: Actor, people: Cast) -> None:
    ren = people.ren.pk
    brought_in(olga, COMPANIES, "客户", KEEP)

    row = brought_in(olga, DEALS, "商机", KEEP, Kind.OPPORTUNITY)
    taken_back(row, actor_of(people.alice))

    assert told("deals_given") == [("deals_given", ren, 2, people.olga.pk)]
    assert told("deals_taken") == [("deals_taken", ren, 2, people.alice.pk)]
    assert not Opportunity.objects.exists()


def test_of_what_was_here_only_the_new_owner_is_told(olga: Actor, people: Cast) -> None:
    """A file fills in an account that has an owner and gives one away that has none."""
    first = COMPANIES.replace(",制造,Ren", ",,Ren").replace(",软件,Rui", ",,陌生人")
    brought_in(olga, first, "客户", KEEP)
    Notice.objects.all().delete()

    row = brought_in(olga, COMPANIES, "客户", KEEP)

    assert set(row.rows.values_list("outcome", flat=True)) == {"merged", "repeated"}
    by = people.olga.pk
    assert told("accounts_given") == [("accounts_given", people.rui.pk, 1, by)]
    taken_back(row, olga)
    assert told("accounts_taken") == []  # what was here before stays


def test_an_import_that_is_stopped_tells_of_what_came_in(olga: Actor, people: Cast) -> None:
    row = upload("客户.csv", COMPANIES.encode(), actor=olga)
    start(row.pk, actor=olga)
    row = Import.objects.select_related("user", "line").get(pk=row.pk)
    with opened(row) as file:
        rows = next(iter(_parts(file, 0, [])))
    assert _take(row, rows[:1])

    stop(row.pk, actor=olga)
    run(row.pk)

    assert told("accounts_given") == [("accounts_given", people.ren.pk, 1, people.olga.pk)]


def test_rows_of_strangers_are_told_to_who_gets_them(olga: Actor, people: Cast) -> None:
    carl = people.carl.pk
    wanted = Becoming(Becomes.KEEP_OWNER, strangers=Strangers.GIVE, strangers_to=carl)

    brought_in(olga, COMPANIES, "客户", wanted)

    assert ("accounts_given", carl, 2, people.olga.pk) in told("accounts_given")


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("kind", ["accounts_given", "accounts_taken", "deals_given", "deals_taken"])
def test_the_sentence_says_who_and_how_many(locale: str, kind: str) -> None:
    def said(count: int) -> str:
        one = Notice(kind=kind, params={"by": 3, "count": count})
        return notice_words(Words(locale), one, "", {3: "李静"})

    assert "李静" in said(12) and "12" in said(12)
    assert locale != "en" or said(1) != said(2).replace("2", "1")
