"""Rows leave as files: with a reason, by a job where many, by two people where very many."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from evenhand.exports.models import Export, ExportFile, ExportPart, Step
from evenhand.exports.operations import ask as asking
from evenhand.exports.operations.ask import Answer, CannotExport, Wanted, ask
from evenhand.exports.operations.decide import cancel, confirm, refuse
from evenhand.exports.operations.keep import KEPT, drop_old_files, fetch
from evenhand.exports.operations.make import run
from evenhand.journal.models import Event
from evenhand.leads.operations.erasing import erase_person
from evenhand.notify.models import Notice
from evenhand.people.models import DataScope, Organization, Role, User
from evenhand.people.scope import NotAllowed, actor_of
from evenhand.platform.refusal import NotFound
from evenhand.wording.catalogue import Words
from tests.server.leads import company
from tests.server.leads.company import Firm

pytestmark = pytest.mark.django_db
WORDS, ZONE = Words("zh-Hans"), ZoneInfo("Asia/Shanghai")


@pytest.fixture
def firm() -> Firm:
    return company.firm()


@pytest.fixture
def by_job(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every export is a large one."""
    monkeypatch.setattr(asking, "AT_ONCE", 0)


def asked(firm: Firm, who: str = "lead", **more: object) -> Answer:
    values: dict[str, object] = {"page": "leads", "query": "", "why": "report", **more}
    return ask(Wanted(**values), words=WORDS, zone=ZONE, actor=firm.actor(who))  # type: ignore[arg-type]


def text_of(firm: Firm, row: Export, who: str = "lead") -> str:
    _, parts = fetch(row.pk, actor=firm.actor(who))
    return b"".join(parts).decode("utf-8-sig")


def events() -> list[str]:
    return list(Event.objects.order_by("pk").values_list("kind", flat=True))


def test_a_small_file_comes_at_once_without_formulas_and_the_journal_names_nobody(
    firm: Firm,
) -> None:
    lead = company.lead(firm.rep("li"), name="=HYPERLINK(1)", source="web")
    company.lead(firm.rep("li"), name="别的", source="fair")

    answer = asked(firm, query="source=web&q=HYPER", columns=("phone",))

    assert answer.content is not None
    assert answer.content.decode("utf-8-sig").splitlines() == [
        "编号,名称,公司名称,电话",
        f"{lead.pk},'=HYPERLINK(1),{lead.company_name},{lead.phone}",
    ]
    assert Event.objects.get().data == {
        "rows": 1,
        "format": "csv",
        "reason": "report",
        "filter": {"searched": True, "state": "open", "source": "web"},
        "export": answer.row.pk,
    }
    assert Export.objects.get().query == "" and not ExportFile.objects.exists()
    assert (asked(firm, format="xlsx").content or b"").startswith(b"PK")


def test_what_is_asked_wrongly_leaves_nothing(firm: Firm) -> None:
    company.lead(firm.rep("li"))
    for who in ("li", "auditor"):
        with pytest.raises(NotAllowed):
            asked(firm, who)
    with pytest.raises(NotFound):
        asked(firm, page="secrets")
    for field, wrong in (
        ("why", {"why": ""}),
        ("format", {"format": "exe"}),
        ("note", {"why": "other"}),
        ("note", {"note": "x" * 201}),
    ):
        with pytest.raises(CannotExport) as refusal:
            asked(firm, **wrong)
        assert refusal.value.field == field

    assert not Export.objects.exists() and events() == []


def test_a_large_one_is_made_by_a_job_and_is_its_askers_alone(firm: Firm, by_job: None) -> None:
    leads = [company.lead(firm.rep("li"), name=f"客户{n}") for n in range(3)]

    row = asked(firm, query="sort=created", columns=("stage",)).row
    assert row.step == Step.RUNNING and ProcrastinateJob.objects.count() == 1
    run(row.pk)
    run(row.pk)

    lines = text_of(firm, row).splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == [str(one.pk) for one in leads]
    assert Notice.objects.get().kind == "export_done"
    assert events() == ["export.asked", "leads.exported", "export.fetched"]
    with pytest.raises(NotFound):
        text_of(firm, row, "admin")
    Export.objects.update(ended_at=timezone.now() - KEPT - timedelta(minutes=1))
    with pytest.raises(CannotExport):
        text_of(firm, row)
    assert drop_old_files(timezone.now()) > 0 and not ExportPart.objects.exists()


def test_beyond_the_limit_of_a_day_a_second_person_confirms(firm: Firm) -> None:
    Organization.objects.update(export_alone_rows=2)
    company.lead(firm.rep("li"))
    assert asked(firm).content and asked(firm).content  # two rows: the limit

    row = asked(firm).row

    assert row.step == Step.WAITING and not ProcrastinateJob.objects.exists()
    admins = User.objects.filter(role=Role.ADMIN, scope=DataScope.ALL)
    told = Notice.objects.filter(kind="export_asked").values_list("user_id", flat=True)
    assert set(told) >= set(admins.values_list("pk", flat=True))
    for who in ("lead", "li", "auditor"):
        with pytest.raises(NotFound):
            confirm(row.pk, actor=firm.actor(who))
    confirm(row.pk, actor=firm.actor("admin"))
    with pytest.raises(NotFound):
        refuse(row.pk, actor=firm.actor("admin"))
    run(row.pk)
    assert len(text_of(firm, row).splitlines()) == 2

    other = asked(firm).row
    refuse(other.pk, actor=firm.actor("admin"))
    other.refresh_from_db()
    assert (other.step, other.query) == (Step.REFUSED, "")
    assert Notice.objects.filter(kind="export_refused").count() == 1
    assert "export.confirmed" in events() and "export.refused" in events()


def test_where_nobody_could_confirm_it_is_refused_in_words(firm: Firm) -> None:
    Organization.objects.update(export_alone_rows=0)
    User.objects.exclude(pk=firm.actor("lead").user_id).update(scope=DataScope.SELF)
    company.lead(firm.rep("li"))

    with pytest.raises(CannotExport) as refusal:
        asked(firm)

    assert refusal.value.why.code == "export.nobody_confirms"
    assert not Export.objects.exists()


def test_what_is_canceled_or_not_allowed_any_more_is_not_made(firm: Firm, by_job: None) -> None:
    company.lead(firm.rep("li"))
    one, two = asked(firm).row, asked(firm).row

    cancel(one.pk, actor=firm.actor("lead"))
    User.objects.filter(pk=two.user_id).update(role=Role.REP)
    for row in (one, two):
        run(row.pk)
        row.refresh_from_db()

    assert (one.step, two.step) == (Step.CANCELED, Step.FAILED)
    assert not ExportFile.objects.exists()


def test_erasing_a_person_reaches_files_requests_and_running_jobs(firm: Firm, by_job: None) -> None:
    person = company.lead(firm.rep("li"), name="王小明", phone="13800138000")
    other = company.lead(firm.rep("li"), name="赵六", phone="13900139000", email="z@x.example")
    whole, without = asked(firm).row, asked(firm, query="q=赵六").row
    run(whole.pk)
    run(without.pk)
    searched = asked(firm, query="q=王小明", note="查王小明").row
    running = asked(firm).row

    erase_person(person.pk, typed=str(person.pk), actor=firm.actor("admin"))

    assert list(ExportFile.objects.values_list("pk", flat=True)) == [without.pk]
    for row in (searched, running):
        row.refresh_from_db()
    assert (searched.step, searched.query, searched.note) == (Step.CANCELED, "", "")
    assert running.starts_over
    run(running.pk)
    assert "王小明" not in text_of(firm, running) and str(other.pk) in text_of(firm, running)


def test_the_actor_of_a_job_is_who_asked(firm: Firm, by_job: None) -> None:
    company.lead(firm.rep("li"), phone="13800138000")
    row = asked(firm).row
    run(row.pk)

    event = Event.objects.get(kind="leads.exported")
    assert event.actor_id == actor_of(row.user).user_id
