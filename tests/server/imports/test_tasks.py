"""A file of to-dos: dealt, by hand, to the holder or on the market; repeated, refused, undone."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from evenhand.engine.facts import POINT
from evenhand.imports.kinds import tasks as kind_of_tasks
from evenhand.imports.kinds.guess import guessed_kind
from evenhand.imports.models import Becomes, Import, ImportRow, Kind, Step, Strangers
from evenhand.imports.operations.becoming import Becoming, decide
from evenhand.imports.operations.begin import start, upload
from evenhand.imports.operations.run import run
from evenhand.imports.operations.undo import run_undo, undo
from evenhand.imports.queries import counts_of, look_at, why_refused
from evenhand.journal.models import Event
from evenhand.leads.models import Company, Opportunity
from evenhand.notify.models import Notice
from evenhand.people.actor import Actor
from evenhand.people.models import Rep, User
from evenhand.people.operations.revision import people_changed
from evenhand.people.scope import actor_of
from evenhand.platform.clock import now
from evenhand.platform.invariants import examine
from evenhand.sheets.writing.one_table import one_table
from evenhand.sheets.writing.xlsx_file import SheetColumn
from evenhand.tasks.making import REP, Wish
from evenhand.tasks.models import Task, TaskState
from evenhand.tasks.operations.create import create_rows
from evenhand.tasks.operations.doing import tick
from evenhand.tasks.operations.ending import end_now
from evenhand.tasks.queries import open_load
from tests.server.builders import person
from tests.server.cast import browser
from tests.server.tasks.rules import as_rep, company_with_tasks

pytestmark = pytest.mark.django_db

DUE = f"{now() + timedelta(days=9):%Y-%m-%d}"
HEAD = "任务标题,任务类型,执行人,截止时间,客户名称,联系电话,数量,预计用时,状态,备注"
ROWS = (
    f"回访海天的王经理,电话回访,销售1,{DUE} 15:30,海天精工有限公司,,,,未开始,问续约",
    f"四通门店看排面,门店拜访,销售2,{DUE},四通软件,,,,未开始,",
    f"打完名单,电话回访,,{DUE},,,20,200,,",
    f"给新客户打电话,打电话,销售1,{DUE},,,,,,",  # no such type
    f"已经做完的,电话回访,销售1,{DUE},,,,,已完成,",
    "随便聊聊,电话回访,销售1,下周三,,,-3,,,",  # two unusable cells
    f"找不到的客户,电话回访,销售1,{DUE},没有这家公司,,,,,",
)
TEXT = "\n".join((HEAD, *ROWS)) + "\n"


@pytest.fixture
def reps() -> list[Rep]:
    found = company_with_tasks(2)
    for number, rep in enumerate(found, 1):
        rep.user.name = f"销售{number}"
        rep.user.save()
    Rep.objects.filter(pk=found[1].pk).update(skills=["陈列"])
    people_changed()
    return found


@pytest.fixture
def olga(reps: list[Rep]) -> Actor:
    actor = actor_of(person("运营", role="sales_ops", scope="all"))
    text = "客户名称,网址,上级公司,负责人\n海天精工有限公司,,,销售1\n四通软件,,,销售2\n"
    row = upload("客户表.csv", text.encode(), actor=actor)
    decide(row.pk, Becoming(Becomes.KEEP_OWNER, strangers=Strangers.LEAVE), actor=actor)
    start(row.pk, actor=actor)
    run(row.pk)
    assert counts_of(row).created == 2
    return actor


def brought_in(actor: Actor, content: bytes, wanted: Becoming, *, name: str = "待办.csv") -> Import:
    row = upload(name, content, actor=actor)
    assert row.kind == Kind.TASK
    decide(row.pk, wanted, actor=actor)
    start(row.pk, actor=actor)
    run(row.pk)
    row.refresh_from_db()
    assert row.step == Step.DONE and row.why is None
    with connection.cursor() as cursor:
        assert examine(cursor) == []
    return row


def outcomes(row: Import) -> dict[int, str]:
    return dict(row.rows.values_list("number", "outcome"))


NAMED = Becoming(Becomes.KEEP_OWNER, strangers=Strangers.MARKET)


def test_a_gbk_file_becomes_to_dos_of_whom_it_names_and_every_row_is_accounted_for(
    reps: list[Rep], olga: Actor
) -> None:
    row = brought_in(olga, TEXT.encode("gbk"), NAMED)

    assert outcomes(row) == {
        2: "created", 3: "created", 4: "created",
        5: "rejected", 6: "rejected", 7: "rejected", 8: "rejected",
    }  # fmt: skip
    assert counts_of(row).settled == 7
    assert why_refused(row)[8].code == "import.no_item"
    call = Task.objects.get(title="回访海天的王经理")
    assert (call.owner_id, call.cause, call.item_kind) == (reps[0].pk, "manual", "account")
    assert (call.note, call.minutes, call.points) == ("问续约", 10, POINT)
    assert call.due_at is not None and f"{call.due_at:%Y-%m-%d %H:%M}" == f"{DUE} 07:30"
    visit = Task.objects.get(title="四通门店看排面")
    # A day without a time: until the end of its working hours.
    assert visit.due_at is not None and visit.due_at.astimezone(UTC).hour in (10, 15)
    assert [text for text, _ in visit.checklist] == ["看排面", "拍照"]
    many = Task.objects.get(title="打完名单")
    assert (many.state, many.quantity, many.minutes) == (TaskState.OFFERED, 20, 200)
    told = Notice.objects.filter(kind="tasks_given").values_list("user_id", "params__count")
    assert sorted(told) == sorted([(reps[0].pk, 1), (reps[1].pk, 1)])


def test_what_is_wrong_is_said_by_cell_before_anything_is_written(olga: Actor) -> None:
    row = upload("待办.csv", TEXT.encode("gbk"), actor=olga)

    look = look_at(row)

    wrong = {one.number: {(cell.column, cell.why.code) for cell in one.bad} for one in look.bad}
    assert wrong[5] == {("type", "import.type_unknown")}
    assert wrong[6] == {("status", "import.done_already")}
    assert {column for column, _ in wrong[7]} == {"截止时间"}
    assert look.good == 4 and not Task.objects.exists()

    # The person's word on what a type is called makes the row usable.
    decide(row.pk, Becoming(stages={"type:打电话": "电话回访"}), actor=olga)
    assert look_at(Import.objects.get(pk=row.pk)).good == 5


def test_the_same_workbook_twice_makes_nothing_twice_and_rules_deal_its_rows(
    reps: list[Rep], olga: Actor
) -> None:
    cells = [line.split(",") for line in (*ROWS[:3], ROWS[2])]
    heads = [SheetColumn(name) for name in HEAD.split(",")]
    content = one_table(heads, cells, format="xlsx", sheet="待办")

    first = brought_in(olga, content, Becoming(Becomes.ROUTE), name="门店任务.xlsx")
    again = brought_in(olga, content, Becoming(Becomes.ROUTE), name="门店任务.xlsx")

    # Two rows that say the same are two to-dos, and the same file once more makes none.
    assert set(outcomes(first).values()) == {"created"} and Task.objects.count() == 4
    assert set(outcomes(again).values()) == {"repeated"}
    assert Task.objects.get(type="门店拜访").owner_id == reps[1].pk  # who has the skill
    assert sum(open_load([rep.pk for rep in reps]).values()) == (1 + 10 + 20 + 20) * POINT


def test_to_dos_go_to_whoever_looks_after_the_customer(reps: list[Rep], olga: Actor) -> None:
    text = f"{HEAD}\n看排面,门店拜访,销售2,{DUE},海天精工有限公司,,,,,\n"

    brought_in(olga, text.encode(), Becoming(Becomes.HOLDER))

    task = Task.objects.get()
    assert (task.owner_id, task.cause) == (reps[0].pk, "owner")


def test_undoing_cancels_what_nobody_has_touched_and_gives_the_points_back(
    reps: list[Rep], olga: Actor
) -> None:
    more = f"再回访一次,电话回访,销售1,{DUE},,,,,,\n"
    row = brought_in(olga, (TEXT + more).encode(), NAMED)
    touched = Task.objects.get(title="四通门店看排面")
    tick(touched.pk, 0, actor=as_rep(reps[1]))

    undo(row.pk, actor=olga)
    run_undo(row.pk)

    states = dict(Task.objects.values_list("title", "state"))
    assert states.pop("四通门店看排面") == "open"
    assert set(states.values()) == {"canceled"}
    assert row.rows.get(number=3).kept_why["code"] == "import.worked_on"
    assert open_load([reps[0].pk]).get(reps[0].pk, 0) == 0
    assert Event.objects.filter(kind="task.canceled", actor_id=olga.user_id).count() == 3
    # Whose to-dos are gone is told once, with their number; whose stayed is not.
    gone = Notice.objects.filter(kind__in=("task_taken", "tasks_taken"))
    assert list(gone.values_list("kind", "user_id", "params__count")) == [
        ("tasks_taken", reps[0].pk, 2)
    ]
    run_undo(row.pk)
    assert gone.count() == 1
    with connection.cursor() as cursor:
        assert examine(cursor) == []
    # Canceled ones are not "here already".
    anew = brought_in(olga, TEXT.encode(), NAMED)
    assert [outcomes(anew)[k] for k in (2, 3, 4)] == ["created", "repeated", "created"]


@pytest.mark.parametrize(
    ("header", "rows", "kind"),
    [
        ("任务标题,任务类型,执行人,截止时间", [], Kind.TASK),
        ("待办标题,待办类型,负责人,预计用时（分钟）,备注", [], Kind.TASK),
        ("Task Owner,Subject,Created Time,Due Date,Status", [], Kind.ACTIVITY),
        (
            "Task Owner,Subject,Created Time,Due Date,Status",
            [("A", "Call", "", "2026-01-01", "Not Started")],
            Kind.TASK,
        ),
        (
            "Task Owner,Subject,Created Time,Due Date,Status",
            [("A", "Call", "", "2026-01-01", "Completed")],
            Kind.ACTIVITY,
        ),
        ("Task Owner,Subject,Due Date", [("A", "Call", "2026-12-01")], Kind.TASK),
        ("Task Owner,Subject,Due Date", [("A", "Call", "2026-11-01")], Kind.ACTIVITY),
    ],
)
def test_tasks_to_do_and_tasks_done_are_told_apart(
    header: str, rows: list[tuple[str, ...]], kind: str
) -> None:
    today = datetime(2026, 11, 15, tzinfo=UTC).date()
    assert guessed_kind(header.split(","), "Tasks.csv", rows, today=today) == kind


def test_the_template_is_read_as_to_dos_and_its_example_is_left_out(
    olga: Actor, reps: list[Rep]
) -> None:
    for language in ("zh-Hans", "zh-Hant", "en"):
        _check_template(olga, language)


def _check_template(olga: Actor, language: str) -> None:
    user = User.objects.get(pk=olga.user_id)
    user.language = language
    user.save()
    client = browser(user)
    answer = client.get("/imports/template?format=csv")
    assert answer.status_code == 200 and "attachment" in answer.headers["Content-Disposition"]

    text = (
        answer.content.decode("utf-8-sig").rstrip("\r\n") + f"\n回访,电话回访,销售1,{DUE} 10:00\n"
    )
    row = upload("tasks.csv", text.encode(), actor=olga)

    assert row.kind == Kind.TASK
    look = look_at(row)
    assert (look.looked_at, look.good) == (1, 1)
    found = [column.role for column, _ in look.columns]
    assert found == [
        *("subject", "type", "owner", "due_at", "company", "phone", "lead_id", "opportunity_id"),
        *("quantity", "minutes", "started_at", "note"),
    ]


def test_the_page_offers_ways_and_types_and_takes_them(reps: list[Rep], olga: Actor) -> None:
    client = browser(User.objects.get(pk=olga.user_id))
    row = upload("待办.csv", TEXT.encode(), actor=olga)
    place = f"/imports/{row.pk}"

    page = client.get(place).content.decode()
    assert "放到任务大厅" in page and "打电话" in page and "表里的类型对应哪种待办" in page
    form = {"becomes": "market", "strangers": "route", "status": ["type:打电话"]}
    assert client.post(place, {**form, "status_is": ["电话回访"]}).status_code == 302
    row.refresh_from_db()
    assert (row.becomes, row.stages) == ("market", {"type:打电话": "电话回访"})
    assert client.post(f"{place}/start").status_code == 302
    run(row.pk)
    assert Task.objects.filter(state="offered").count() == 4
    assert client.get(place).status_code == 200
    assert "/tasks/" in client.get(f"{place}/rows").content.decode()


def test_what_somebody_begins_while_it_is_taken_back_stays(
    reps: list[Rep], olga: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = brought_in(olga, TEXT.encode(), NAMED)
    begun = Task.objects.get(title="四通门店看排面")

    def meanwhile(task_id: int, *state: Any, **more: Any) -> bool:
        if task_id == begun.pk:
            tick(begun.pk, 0, actor=as_rep(reps[1]))
        return end_now(task_id, *state, **more)

    monkeypatch.setattr(kind_of_tasks, "end_now", meanwhile)
    undo(row.pk, actor=olga)
    run_undo(row.pk)

    begun.refresh_from_db()
    assert begun.state == "open"
    assert row.rows.get(number=3).kept_why["code"] == "import.worked_on"


def test_what_somebody_still_has_to_do_something_for_stays_when_its_import_is_undone(
    reps: list[Rep], olga: Actor
) -> None:
    text = "商机编号,商机名称,商机阶段,负责人\n"
    text += "D1,海天二期,方案报价,销售1\nD2,四通一期,方案报价,销售2\n"
    deals = upload("商机.csv", text.encode(), actor=olga)
    decide(deals.pk, Becoming(Becomes.KEEP_OWNER, strangers=Strangers.LEAVE), actor=olga)
    start(deals.pk, actor=olga)
    run(deals.pk)
    accounts = Import.objects.get(kind=Kind.ACCOUNT)
    to_do = brought_in(olga, f"{HEAD}\n{ROWS[0]}\n".encode(), NAMED)
    deal = Opportunity.objects.get(external_id="D1")
    create_rows([Wish("电话回访", REP, reps[0].pk, link=("opportunity", deal.pk))], actor=olga)
    undo(to_do.pk, actor=olga)
    run_undo(to_do.pk)
    brought_in(olga, f"{HEAD}\n{ROWS[1]}\n".encode(), NAMED)

    for row in (deals, accounts):
        undo(row.pk, actor=olga)
        run_undo(row.pk)

    # A to-do that was canceled keeps nothing here.
    assert list(Opportunity.objects.values_list("external_id", flat=True)) == ["D1"]
    assert list(Company.objects.values_list("name", flat=True)) == ["四通软件"]
    whys = ImportRow.objects.filter(kept_why__isnull=False).values_list("kept_why__code", flat=True)
    assert set(whys) == {"import.has_what_hangs_on_it"}
