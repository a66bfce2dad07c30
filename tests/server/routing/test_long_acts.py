"""One act on many leads: each done once, whatever dies; what cannot be done is refused alone."""

from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from evenhand.leads.models import Lead, State
from evenhand.leads.operations.erasing import erase_person
from evenhand.people.actor import SYSTEM
from evenhand.people.models import User
from evenhand.people.scope import NotAllowed, actor_of
from evenhand.platform.refusal import NotFound, Refused
from evenhand.routing.long_acts import long_act_for, progress_of, refusals_of
from evenhand.routing.models import LongAct, LongActItem, Receipt
from evenhand.routing.operations import long_acts
from evenhand.routing.operations.long_acts import start_long_act, stop_long_act, work_on
from evenhand.routing.take_in import take_in
from tests.server.cast import person
from tests.server.routing.test_take_in import leads
from tests.server.routing.world import company

pytestmark = pytest.mark.django_db


def params(**chosen: Any) -> dict[str, Any]:
    return {"to": 0, "reason": "", "note": "", "stage": "", "why": ""} | chosen


def begun(number: int) -> tuple[User, Any, list[int], LongAct]:
    """So many leads of two reps, all of which Olga wants to give to the first."""
    first, _ = company(2)
    olga = person("Olga", "sales_ops", "all")
    ids = [one.lead_id for one in take_in(leads(number), actor=SYSTEM)]
    asked = params(to=first.pk, reason="overload", note="王小明要求的")
    return olga, first, ids, start_long_act("transfer", ids, asked, actor=actor_of(olga))


def test_the_job_is_owed_together_with_the_leads_it_goes_through() -> None:
    _, _, ids, act = begun(4)

    (job,) = ProcrastinateJob.objects.filter(task_name="evenhand:long_act")
    assert (job.queue_name, job.args) == ("long", {"act_id": act.pk})
    assert list(act.items.values_list("lead_id", flat=True)) == sorted(ids)
    assert not Receipt.objects.exclude(act="").exists()


def test_each_is_done_with_its_receipt_and_what_cannot_be_is_refused_with_its_reason() -> None:
    _, first, _, act = begun(6)
    his = Lead.objects.filter(owner=first).count()

    work_on(act.pk)

    assert set(Lead.objects.values_list("owner_id", flat=True)) == {first.pk}
    progress = progress_of(act)
    assert (progress.done, progress.refused, progress.waiting) == (6 - his, his, 0)
    assert Receipt.objects.filter(act="transfer").count() == 6 - his
    assert {row.why["code"] for row in refusals_of(act) if row.why} == {"edit.already_owned"}
    act.refresh_from_db()
    assert act.finished_at is not None
    assert act.params["note"] == ""  # it stands in the receipts, where erasing finds it


def test_a_job_that_dies_goes_on_and_does_nothing_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    _, first, _, act = begun(6)
    his = Lead.objects.filter(owner=first).count()
    real, passed = long_acts._do_one, []

    def dies_at_the_third(one: LongAct, lead_id: int) -> None:
        if len(passed) == 2:
            raise KeyboardInterrupt
        passed.append(lead_id)
        real(one, lead_id)

    monkeypatch.setattr(long_acts, "_do_one", dies_at_the_third)
    with pytest.raises(KeyboardInterrupt):
        work_on(act.pk)
    assert progress_of(act).settled == 2
    monkeypatch.setattr(long_acts, "_do_one", real)

    work_on(act.pk)
    work_on(act.pk)

    assert progress_of(act).waiting == 0
    assert Receipt.objects.filter(act="transfer").count() == 6 - his


def test_what_is_stopped_leaves_the_rest_as_it_is() -> None:
    olga, _, _, act = begun(4)
    owners = list(Lead.objects.order_by("pk").values_list("owner_id", flat=True))

    stop_long_act(act.pk, actor=actor_of(olga))
    work_on(act.pk)

    assert list(Lead.objects.order_by("pk").values_list("owner_id", flat=True)) == owners
    assert progress_of(act).waiting == 4
    act.refresh_from_db()
    assert act.finished_at is not None


@pytest.mark.parametrize(
    "loss", [{"is_active": False}, {"role": "rep", "scope": "self"}, {"role": "auditor"}]
)
def test_who_loses_his_rights_meanwhile_does_nothing_more(loss: dict[str, Any]) -> None:
    olga, _, _, act = begun(4)
    owners = list(Lead.objects.order_by("pk").values_list("owner_id", flat=True))
    User.objects.filter(pk=olga.pk).update(**loss)

    work_on(act.pk)

    assert list(Lead.objects.order_by("pk").values_list("owner_id", flat=True)) == owners
    assert {row.why["code"] for row in refusals_of(act) if row.why} == {"act.out_of_reach"}


@pytest.mark.parametrize(
    ("act", "chosen"),
    [
        ("transfer", {"reason": "overload", "to": 999_999}),
        ("transfer", {"reason": "no such reason"}),
        ("stage", {"stage": "won"}),
        ("lose", {"why": "no such reason"}),
    ],
)
def test_a_choice_that_there_is_not_begins_nothing(act: str, chosen: dict[str, Any]) -> None:
    rep, _ = company(2)
    olga = person("Olga", "sales_ops", "all")
    ids = [one.lead_id for one in take_in(leads(2), actor=SYSTEM)]

    with pytest.raises(Refused):
        start_long_act(act, ids, params(to=rep.pk) | chosen, actor=actor_of(olga))
    with pytest.raises(Refused):
        start_long_act("stage", [], params(stage="contacted"), actor=actor_of(olga))

    assert not LongAct.objects.exists()
    assert not ProcrastinateJob.objects.filter(task_name="evenhand:long_act").exists()


def test_who_may_not_transfer_begins_nothing() -> None:
    rep, _ = company(2)
    ids = [one.lead_id for one in take_in(leads(2), actor=SYSTEM)]

    with pytest.raises(NotAllowed):
        asked = params(to=rep.pk, reason="overload")
        start_long_act("transfer", ids, asked, actor=actor_of(rep.user))

    assert not LongAct.objects.exists()


def test_the_others_do_not_see_it() -> None:
    olga, _, _, act = begun(2)
    ada = person("Ada", "admin", "all")

    assert long_act_for(actor_of(olga), act.pk) == act
    with pytest.raises(NotFound):
        long_act_for(actor_of(ada), act.pk)
    with pytest.raises(NotFound):
        stop_long_act(act.pk, actor=actor_of(ada))
    act.refresh_from_db()
    assert act.stopped_at is None


def test_stages_and_losses_are_set_the_same_way() -> None:
    company(2)
    olga = person("Olga", "sales_ops", "all")
    ids = [one.lead_id for one in take_in(leads(3), actor=SYSTEM)]

    work_on(start_long_act("stage", ids, params(stage="contacted"), actor=actor_of(olga)).pk)
    assert set(Lead.objects.values_list("stage", flat=True)) == {"contacted"}
    work_on(start_long_act("lose", ids[:2], params(why="no_need"), actor=actor_of(olga)).pk)

    assert Lead.objects.filter(state=State.CLOSED).count() == 2
    assert LongActItem.objects.filter(state="done").count() == 5


def test_erasing_a_person_reaches_the_note_of_an_act_that_still_waits() -> None:
    _, _, ids, act = begun(2)
    ada = person("Ada", "admin", "all")

    erase_person(ids[0], typed=str(ids[0]), actor=actor_of(ada))

    act.refresh_from_db()
    assert act.params["note"] == ""
