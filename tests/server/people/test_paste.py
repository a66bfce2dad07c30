"""A pasted team list: looked at first, then its good rows applied together."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from bench.statements import statements
from evenhand.journal.models import Event
from evenhand.people.models import OneTimeLink, Rep, Team, User
from evenhand.people.operations.checks import CannotEdit
from evenhand.people.operations.members import PersonIn, invite_many
from evenhand.people.operations.paste import Applied, apply_list, plan_list
from evenhand.people.operations.paste_plan import Plan, Verdict
from evenhand.people.scope import NotAllowed
from evenhand.people.teamsheet import text_of_file
from evenhand.sheets.limits import UnreadableSheet
from tests.server.cast import act_as, cast, person
from tests.server.people.facts import facts_of, revision, unchanged

pytestmark = pytest.mark.django_db

HEAD = "姓名\t邮箱\t角色\t团队\t职级\t权重\t技能\t带教人\n"
LIST = HEAD + (
    "王小明\tWang@example.com\t销售\t华东/上海\tP3\t0.8\t英语、机械\tRen\n"
    "李四\tli@example.com\t\t华东/苏州\tP2\t1\t\t王小明\n"
    "Ren\tren@cast.example\t\t上海\tP4\t1\t机械\t\n"
    "Rui\trui@cast.example\t\t上海\t\t\t\t\n"
    "没有邮箱\t\t\t上海\t\t\t\t\n"
    "赵六\tzhao@example.com\t国王\t上海\t\t\t\t\n"
    "孙七\tsun@example.com\t\t上海\t\t很多\t\t\n"
    "周八\tli@example.com\t\t上海\t\t\t\t\n"
    "吴九\twu@example.com\t\t华南/上海\t\t\t\t\n"
)


def verdicts(plan: Plan) -> list[str]:
    """Of all rows, in their order."""
    return [str(row.verdict) for row in plan.rows]


def test_a_look_says_what_would_become_of_each_row_and_changes_nothing() -> None:
    people = cast()
    count = User.objects.count()

    with unchanged():
        plan = plan_list(LIST, actor=act_as(people.alice))

    assert verdicts(plan) == ["new", "new", "changed", "unchanged"] + ["rejected"] * 5
    assert plan.new_teams == (("华东", "苏州"),)
    assert plan.rows[2].changes == {"level": ("", "P4"), "skill": ((), ("机械",))}
    bad = [(row.row.number, cell.column, cell.why.code) for row in plan.rows for cell in row.bad]
    assert bad == [
        (6, "邮箱", "people.needed"),
        (7, "角色", "people.role_unknown"),
        (8, "权重", "sheet.number_unreadable"),
        (9, "邮箱", "people.row_repeated"),
        (10, "团队", "people.team_elsewhere"),
    ]
    assert User.objects.count() == count


def test_the_good_rows_are_applied_and_the_new_get_links() -> None:
    people = cast()
    before = revision()

    done = apply_list(LIST, actor=act_as(people.alice))

    wang, li = (User.objects.get(email=f"{name}@example.com") for name in ("wang", "li"))
    assert (wang.name, wang.team_id, wang.role) == ("王小明", people.shanghai.pk, "rep")
    assert (wang.rep.level, wang.rep.weight, wang.rep.skills) == ("P3", 80, ["英语", "机械"])
    assert wang.rep.mentor_id == people.ren.pk
    assert li.rep.mentor_id == wang.pk
    suzhou = Team.objects.get(name="苏州")
    assert (li.team_id, suzhou.path) == (suzhou.pk, [people.east.pk, suzhou.pk])
    assert facts_of(people.ren.pk).level == "P4"
    assert [one.email for one in done.invitations] == ["wang@example.com", "li@example.com"]
    assert all("/link/" in one.address for one in done.invitations)
    assert OneTimeLink.objects.filter(kind="invite").count() == 2
    assert not User.objects.filter(email="zhao@example.com").exists()
    assert revision() > before


def test_the_same_list_a_second_time_changes_nothing() -> None:
    people = cast()
    apply_list(LIST, actor=act_as(people.alice))

    with unchanged():
        again: Applied = apply_list(LIST, actor=act_as(people.alice))

    assert again.invitations == ()
    assert again.plan.count(Verdict.UNCHANGED) == 4


def test_sales_operations_give_no_roles_by_a_list() -> None:
    people = cast()
    text = (
        HEAD + "王\twang@example.com\t管理员\t\t\t\t\t\nOlga\tolga@cast.example\t管理员\t\t\t\t\t\n"
    )

    plan = plan_list(text, actor=act_as(people.olga))

    assert verdicts(plan) == ["rejected", "rejected"]
    assert {cell.why.code for row in plan.rows for cell in row.bad} == {"people.role_not_yours"}


def test_a_manager_may_neither_look_nor_apply() -> None:
    people = cast()

    with unchanged(), pytest.raises(NotAllowed):
        plan_list(LIST, actor=act_as(people.tom))
    with unchanged(), pytest.raises(NotAllowed):
        apply_list(LIST, actor=act_as(people.tom))


def test_a_workbook_is_read_like_pasted_cells(tmp_path: Path) -> None:
    people = cast()
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in LIST.splitlines():
        sheet.append([cell or None for cell in line.split("\t")])
    book.save(tmp_path / "团队.xlsx")

    text = text_of_file(tmp_path / "团队.xlsx")

    plan = plan_list(text, actor=act_as(people.alice))
    assert verdicts(plan) == ["new", "new", "changed", "unchanged"] + ["rejected"] * 5


def test_text_that_is_no_table_is_refused_in_words() -> None:
    people = cast()

    with unchanged(), pytest.raises(UnreadableSheet):
        plan_list("", actor=act_as(people.alice))


def test_unknown_columns_are_named() -> None:
    people = cast()

    plan = plan_list(
        "姓名,邮箱,星座,在手线索\nA,a@example.com,狮子,3\n", actor=act_as(people.alice)
    )

    assert plan.sheet.unused == ("星座", "在手线索")
    assert Rep.objects.filter(user__name="A").count() == 0


@pytest.mark.parametrize("is_file", [False, True])
def test_a_row_with_too_many_cells_is_rejected_in_sight(tmp_path: Path, is_file: bool) -> None:
    people = cast()
    text = (
        "姓名,邮箱,团队\n王,wang@example.com,上海\n"
        "李,li@example.com,上海,多出来的\n赵,zhao@example.com,上海\n"
    )
    if is_file:
        (tmp_path / "团队.csv").write_text(text, "utf-8")
        text = text_of_file(tmp_path / "团队.csv")

    plan = plan_list(text, actor=act_as(people.alice))

    assert verdicts(plan) == ["new", "rejected", "new"]
    assert plan.rows[1].bad[0].why.code == "sheet.row_too_long"


def test_three_hundred_people_take_no_more_statements_than_thirty() -> None:
    olga = act_as(cast().olga)
    counts = []
    for number, domain in ((30, "few.example"), (300, "many.example")):
        lines = [
            f"人{n}\tp{n}@{domain}\t\t上海\tP2\t0.8\t英语\t{'Ren' if n else ''}\n"
            for n in range(number)
        ]
        with statements() as asked:
            done = apply_list(HEAD + "".join(lines), actor=olga)
        counts.append(len(asked))
        assert len(done.invitations) == number

    assert Event.objects.filter(kind="person.invited").count() == 330
    assert Event.objects.filter(kind="link.issued").count() == 330
    assert counts[1] <= counts[0]


def test_one_address_that_is_taken_leaves_nobody_added() -> None:
    olga = act_as(cast().olga)
    people = [PersonIn("甲", "jia@example.com"), PersonIn("乙", "ren@cast.example")]

    with unchanged(), pytest.raises(CannotEdit, match="address_taken"):
        invite_many(people, actor=olga)

    assert not User.objects.filter(email="jia@example.com").exists()


def test_of_two_of_one_name_an_older_one_is_the_mentor() -> None:
    people = cast()
    another = person("Another", "rep", "self", people.south)
    User.objects.filter(pk=another.pk).update(name="Ren")

    apply_list(HEAD + "王小明\twang@example.com\t\t上海\t\t\t\tRen\n", actor=act_as(people.olga))

    assert User.objects.get(email="wang@example.com").rep.mentor_id == people.ren.pk
