"""Files of leads: looked at, taken in once, accounted for row by row, taken back."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.html import escape
from procrastinate.contrib.django.models import ProcrastinateJob

from evenhand.imports.models import Import, ImportFile, ImportRow, Mapping, Step
from evenhand.imports.operations import run as running
from evenhand.imports.operations import undo as undoing
from evenhand.imports.operations.begin import CannotImport, Choices, choose, start, stop, upload
from evenhand.imports.operations.run import _parts, _take, run
from evenhand.imports.operations.undo import run_undo, undo
from evenhand.imports.queries import counts_of, look_at
from evenhand.imports.reading import opened
from evenhand.journal.models import Event
from evenhand.leads.models import Lead, Load, State
from evenhand.leads.operations.activities import log_activity
from evenhand.leads.operations.erasing import erase_person
from evenhand.ledger.models import Balance
from evenhand.notify.models import Notice
from evenhand.people.actor import Actor
from evenhand.people.models import Role, User
from evenhand.people.scope import NotAllowed, actor_of
from evenhand.platform.refusal import NotFound
from evenhand.web.imports.telling import why_words
from evenhand.wording.catalogue import Words
from tests.server.cast import Cast, browser

pytestmark = pytest.mark.django_db

FAIR = (
    "展会名单导出\n"
    "姓名,手机,公司,省份,城市,人数\n"
    + "".join(f"客户{n},1390013{n:04},第{n}机械有限公司,浙江,杭州,{n + 1}\n" for n in range(30))
    + "王芳,1380013800,短号公司,浙江,杭州,十来个\n"
    + ",,,浙江,杭州,\n"
    + "客户3,13900130003,第3机械有限公司,浙江,杭州,4\n"
)


def uploaded(actor: Actor, text: str = FAIR, name: str = "展会.csv") -> Import:
    return upload(name, text.encode("gb18030"), actor=actor)


def imported(actor: Actor, text: str = FAIR) -> Import:
    row = uploaded(actor, text)
    start(row.pk, actor=actor)
    run(row.pk)
    row.refresh_from_db()
    return row


def test_a_look_says_what_is_understood_and_writes_nothing(olga: Actor) -> None:
    look = look_at(uploaded(olga))

    roles = {column.header: column.slot for column, _ in look.columns}
    assert (
        roles["姓名"] == "name" and roles["手机"] == "phone" and roles["省份"] == "region.province"
    )
    assert look.looked_at == look.good + 1 + len([one for one in look.bad if one.number != 33]) or (
        look.looked_at > look.good
    )
    assert not Lead.objects.exists() and not ImportRow.objects.exists()


def test_every_row_is_accounted_for(olga: Actor, people: Cast) -> None:
    row = imported(olga)

    counts = counts_of(row)
    assert row.step == Step.DONE
    assert counts.created == Lead.objects.count()
    assert counts.repeated == 1  # 客户3 again
    assert counts.rejected >= 1
    assert counts.settled == 33
    assert set(ImportRow.objects.values_list("number", flat=True)) >= set(range(3, 33))
    assert Lead.objects.filter(via="import", state=State.OWNED).count() == counts.created
    lists = Notice.objects.filter(kind="given_list")
    assert sum(one.params["count"] for one in lists) == counts.created
    assert lists.count() == lists.values("user").distinct().count()
    told = Notice.objects.get(user=people.olga)
    assert (told.kind, told.params["count"]) == ("import_done", counts.created)


def test_what_died_goes_on_and_takes_no_row_in_twice(olga: Actor) -> None:
    row = uploaded(olga)
    start(row.pk, actor=olga)
    row = Import.objects.select_related("user", "line").get(pk=row.pk)
    with opened(row) as file:
        rows = next(iter(_parts(file, 0, [])))
    assert _take(row, rows[:12])  # … and then the worker dies

    run(row.pk)
    run(row.pk)

    row.refresh_from_db()
    assert row.step == Step.DONE
    assert counts_of(row).settled == 33
    assert Lead.objects.count() == counts_of(row).created


def test_a_stopped_import_keeps_what_is_in(olga: Actor) -> None:
    row = uploaded(olga)
    start(row.pk, actor=olga)
    row = Import.objects.select_related("user", "line").get(pk=row.pk)
    with opened(row) as file:
        rows = next(iter(_parts(file, 0, [])))
    _take(row, rows[:5])

    stop(row.pk, actor=olga)
    run(row.pk)

    assert Lead.objects.count() == 5
    assert Import.objects.get(pk=row.pk).step == Step.STOPPED


@pytest.mark.parametrize("lost", [{"role": Role.AUDITOR}, {"is_active": False}])
def test_who_lost_his_rights_meanwhile_imports_nothing_more(
    olga: Actor, people: Cast, lost: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    row = uploaded(olga)
    start(row.pk, actor=olga)
    monkeypatch.setattr(running, "_AT_ONCE", 10)
    at_once = {"import.between_parts": lambda: User.objects.filter(pk=olga.user_id).update(**lost)}
    monkeypatch.setattr(running, "crashpoint", lambda place: at_once.get(place, int)())

    run(row.pk)

    row.refresh_from_db()
    assert (row.step, row.why["code"]) == (Step.DONE, "act.out_of_reach")
    assert Lead.objects.count() == row.rows.filter(lead_id__isnull=False).count() == 10


def test_who_lost_his_rights_meanwhile_takes_nothing_more_back(
    olga: Actor, people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = imported(olga)
    made = counts_of(row).created
    undo(row.pk, actor=olga)
    monkeypatch.setattr(undoing, "_AT_ONCE", 1)
    off = {"role": Role.AUDITOR}
    at_once = {"import.between_undone": lambda: User.objects.filter(pk=olga.user_id).update(**off)}
    monkeypatch.setattr(undoing, "crashpoint", lambda place: at_once.get(place, int)())

    run_undo(row.pk)

    row.refresh_from_db()
    counts = counts_of(row)
    assert (row.step, counts.undone, counts.kept) == (Step.UNDONE, 1, made - 1)
    kept = row.rows.filter(kept_why__isnull=False)
    assert set(kept.values_list("kept_why__code", flat=True)) == {"act.out_of_reach"}


def test_an_import_is_undone_but_for_what_somebody_works_on(olga: Actor, people: Cast) -> None:
    row = imported(olga)
    worked = Lead.objects.order_by("pk")[0]
    assert worked.owner_id is not None
    owner = actor_of(User.objects.get(pk=worked.owner_id))
    log_activity("lead", worked.pk, channel="call", outcome="reached", actor=owner)

    undo(row.pk, actor=olga)
    run_undo(row.pk)

    row.refresh_from_db()
    counts = counts_of(row)
    assert row.step == Step.UNDONE
    assert (counts.kept, counts.undone) == (1, counts.created - 1)
    assert list(Lead.objects.filter(state=State.OWNED)) == [worked]
    assert sum(Load.objects.values_list("open_count", flat=True)) == 1
    for balance in Balance.objects.all():
        assert sum(balance.amounts) == 0
    kept = ImportRow.objects.get(kept_why__isnull=False)
    assert kept.kept_why["code"] == "import.worked_on" and kept.lead_id == worked.pk
    # Whose leads are gone is told once, with their number.
    gone = Notice.objects.filter(kind__in=("voided", "list_taken"))
    assert set(gone.values_list("kind", flat=True)) == {"list_taken"}
    owners = gone.values_list("user_id", flat=True)
    assert len(owners) == len(set(owners)) > 1
    assert sum(one.params["count"] for one in gone) == counts.undone
    run_undo(row.pk)
    assert gone.count() == len(owners)


def test_who_undoes_the_import_of_another_is_who_did_it(olga: Actor, people: Cast) -> None:
    row = imported(olga)
    User.objects.filter(pk=people.olga.pk).update(role=Role.REP)

    undo(row.pk, actor=actor_of(people.alice))
    run_undo(row.pk)

    counts = counts_of(row)
    assert counts.undone == counts.created > 0 and not counts.kept
    voided = Event.objects.filter(kind="lead.voided")
    assert set(voided.values_list("actor_id", flat=True)) == {people.alice.pk}
    taken = Notice.objects.filter(kind="list_taken")
    assert {one.params["by"] for one in taken} == {people.alice.pk}


def test_only_what_has_run_is_undone(olga: Actor) -> None:
    row = uploaded(olga)

    with pytest.raises(CannotImport):
        undo(row.pk, actor=olga)

    assert Import.objects.get(pk=row.pk).step == Step.LOOKING


def test_what_was_chosen_stays_where_a_choice_is_refused(olga: Actor, people: Cast) -> None:
    row, client = uploaded(olga), browser(people.olga)
    sent = {
        "column": ["人数", "公司"], "role": ["ignore", "company"], "source": "展会",
        "becomes": "keep_owner", "strangers": "give", "strangers_to": "",
    }  # fmt: skip

    for place in (f"/imports/{row.pk}", f"/imports/{row.pk}/start"):
        answer = client.post(place, sent)
        page = answer.content.decode()
        assert answer.status_code == 422 and page.count("field-error") == 1
        assert 'value="展会"' in page and '<option value="ignore" selected' in page
        assert 'value="keep_owner" checked' in page and '<option value="give" selected' in page
    plan = {**sent, "becomes": "plan", "per_day": "0", "per": "all"}
    page = client.post(f"/imports/{row.pk}", plan).content.decode()
    assert 'value="plan" checked' in page and '<option value="all" selected' in page
    row.refresh_from_db()
    assert (row.step, row.source, row.said) == (Step.LOOKING, "", [])
    # A choice that is none, and a line that is none.
    odd = {**sent, "becomes": "fly", "owner": "x", "owner_is": "999999"}
    assert client.post(f"/imports/{row.pk}", odd).status_code == 422
    assert client.post(f"/imports/{row.pk}", {**sent, "line": "999999"}).status_code == 422


def test_rows_that_brought_nothing_say_why_on_the_page(olga: Actor, people: Cast) -> None:
    row = imported(olga)
    place, client = f"/imports/{row.pk}/rows", browser(people.olga)
    refused = row.rows.filter(outcome="rejected").values_list("number", flat=True)

    told = why_words(row, list(refused), Words("zh-Hans"))
    page = client.get(f"{place}?outcome=rejected").content.decode()

    assert set(told) == set(refused) and all(told.values())
    assert all(escape(words) in page for words in told.values())
    assert client.get(f"{place}?outcome=left_out").status_code == 200
    ImportFile.objects.all().delete()
    assert client.get(f"{place}?outcome=rejected").status_code == 200


def test_columns_may_be_said_and_a_source_given(olga: Actor, people: Cast) -> None:
    row = uploaded(olga)
    said = Choices(None, "展会", "2026 春季展", {"人数": "ignore", "公司": "company"})

    choose(row.pk, said, actor=olga)
    start(row.pk, actor=olga)
    run(row.pk)

    lead = Lead.objects.order_by("pk")[0]
    assert (lead.source, lead.campaign, lead.employees) == ("展会", "2026 春季展", None)


def test_a_column_that_is_no_column_is_refused(olga: Actor) -> None:
    row = uploaded(olga)

    with pytest.raises(CannotImport) as refused:
        choose(row.pk, Choices(None, "", "", {"没有": "phone"}), actor=olga)

    assert refused.value.why.code == "sheet.map_column_unknown"


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02" * 100, b"PK\x03\x04 not a workbook"])
def test_what_is_no_table_is_refused_in_words(olga: Actor, content: bytes) -> None:
    with pytest.raises(CannotImport):
        upload("leads.xlsx", content, actor=olga)

    assert not Import.objects.exists() and not ImportFile.objects.exists()


def test_erasing_a_person_drops_the_file_he_came_in_by(olga: Actor, people: Cast) -> None:
    row = imported(olga)
    lead = Lead.objects.order_by("pk")[0]

    erase_person(lead.pk, typed=str(lead.pk), actor=actor_of(people.alice))

    assert not ImportFile.objects.filter(pk=row.pk).exists()


def test_a_file_that_is_dropped_while_it_runs_is_dropped_at_its_end(
    olga: Actor, people: Cast
) -> None:
    row = uploaded(olga)
    start(row.pk, actor=olga)
    row = Import.objects.select_related("user", "line").get(pk=row.pk)
    with opened(row) as file:
        rows = next(iter(_parts(file, 0, [])))
    _take(row, rows[:5])
    lead = Lead.objects.order_by("pk")[0]

    erase_person(lead.pk, typed=str(lead.pk), actor=actor_of(people.alice))
    assert ImportFile.objects.filter(pk=row.pk).exists()
    run(row.pk)

    assert counts_of(row).settled == 33
    assert not ImportFile.objects.filter(pk=row.pk).exists()


def test_reps_and_managers_import_nothing(people: Cast) -> None:
    for who in (people.ren, people.hua, people.ada):
        with pytest.raises(NotAllowed):
            uploaded(actor_of(who))
        assert browser(who).get("/imports").status_code == 403

    assert not Import.objects.exists()


def test_an_import_of_nobody_is_not_there(olga: Actor) -> None:
    with pytest.raises(NotFound):
        start(77, actor=olga)


def test_from_the_page_to_the_report(people: Cast) -> None:
    client = browser(people.olga)
    file = SimpleUploadedFile("展会.csv", FAIR.encode("utf-8-sig"), content_type="text/csv")

    answer = client.post("/imports", {"file": file})
    place = answer.headers["Location"]
    look = client.get(place).content.decode()
    client.post(f"{place}/start")
    (job,) = ProcrastinateJob.objects.filter(task_name="evenhand:import_leads")
    run(job.args["import_id"])
    report = client.get(place).content.decode()
    rejected = client.get(f"{place}/rejected?format=csv").content.decode("utf-8-sig")

    assert "客户0" in look and "手机" in look
    assert "--map" not in look and "<strong>name</strong>" not in look
    assert "已完成" in report
    table = list(csv.reader(io.StringIO(rejected)))
    assert table[0][:2] == ["姓名", "手机"]
    assert len(table) == 1 + counts_of(Import.objects.get()).rejected
    assert Event.objects.filter(kind="import.done").count() == 1


def test_starting_with_another_choice_keeps_it_and_asks_to_look_again(people: Cast) -> None:
    client = browser(people.olga)
    file = SimpleUploadedFile("展会.csv", FAIR.encode("utf-8-sig"), content_type="text/csv")
    place = client.post("/imports", {"file": file}).headers["Location"]
    chosen = {"column": "姓名", "role": "name", "becomes": "leave"}

    page = client.post(f"{place}/start", chosen, follow=True).content.decode()

    row = Import.objects.get()
    assert (row.step, row.becomes) == ("looking", "leave")
    assert "请再看一遍" in page
    client.post(f"{place}/start", chosen)
    row.refresh_from_db()
    assert row.step == "running"


def test_what_was_mended_is_imported_again(people: Cast, olga: Actor) -> None:
    first = imported(olga)
    client = browser(people.olga)
    rejected = client.get(f"/imports/{first.pk}/rejected?format=csv").content.decode("utf-8-sig")
    mended = rejected.replace("十来个", "12")

    again = imported(olga, mended)

    assert counts_of(again).created + counts_of(again).repeated >= 1


def test_real_exports_of_platforms_add_up(olga: Actor, shared_data: Path) -> None:
    folder = shared_data / "import_formats"
    files = [one for one in sorted(folder.iterdir()) if one.suffix in (".csv", ".json")]
    files = [one for one in files if one.name not in ("expected.csv", "field_dictionary.csv")]
    assert len(files) == 4

    for one in files:
        row = upload(one.name, one.read_bytes(), actor=olga)
        start(row.pk, actor=olga)
        run(row.pk)
        row.refresh_from_db()
        assert row.step == Step.DONE and row.why is None, one.name
        counts = counts_of(row)
        assert counts.created + counts.repeated + counts.rejected > 0, one.name


def test_what_was_confirmed_is_proposed_when_the_same_headings_come_again(
    olga: Actor, people: Cast
) -> None:
    first = uploaded(olga)
    choose(first.pk, Choices(None, "春季展", "", {"人数": "ignore"}), actor=olga)
    start(first.pk, actor=olga)
    columns = FAIR.splitlines()[1].split(",")
    other_order = ",".join(reversed(columns)) + "\n5,杭州,浙江,别家公司,13900007777,周周\n"

    again = uploaded(olga, other_order, "六月.csv")
    stranger = uploaded(olga, "姓名,手机\n王五,13900008888\n")

    assert (again.said, again.source) == (["人数=ignore"], "春季展")
    assert again.mapping is not None and again.mapping.name == "春季展"
    assert stranger.mapping is None and stranger.said == []
    client, place = browser(people.olga), f"/imports/{again.pk}"
    assert "已按“春季展”的对应读取" in client.get(place).content.decode()

    mapping = f"{place}/mappings/{again.mapping.pk}"
    client.post(mapping, {"act": "rename", "name": "春展名单"})
    assert Mapping.objects.get().name == "春展名单"
    elsewhere = client.post(
        f"/imports/{stranger.pk}/mappings/{again.mapping.pk}", {"act": "forget"}
    )
    assert elsewhere.status_code == 404 and Mapping.objects.exists()
    client.post(mapping, {"act": "forget"})
    assert not Mapping.objects.exists()
    assert uploaded(olga).said == []
