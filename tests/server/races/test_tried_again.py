"""Who meets a rival among people waits for no key, and tries again instead of being told."""

import ast
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from evenhand.leads.intake import LeadIn
from evenhand.leads.keys import company_key
from evenhand.leads.models import Company, Lead
from evenhand.people.access import reps_for, user_for
from evenhand.people.actor import SYSTEM
from evenhand.people.models import Leave, User
from evenhand.people.operations.leave import enter_leave
from evenhand.people.operations.roles import set_role
from evenhand.people.scope import Right
from evenhand.platform.transactions import in_transaction
from evenhand.policies.operations.publish import publish
from evenhand.routing import take_in as take_in_module
from evenhand.routing.take_in import take_in
from tests.conftest import ROOT
from tests.processes import until
from tests.server.cast import Cast, act_as, cast
from tests.server.drills.conftest import url_of_tests
from tests.server.routing.world import policy

pytestmark = pytest.mark.django_db(transaction=True)


def _leave(people: Cast) -> Any:
    at = timezone.now()
    span = {"from_at": at, "until_at": at + timedelta(days=1)}
    return enter_leave(people.ren.pk, **span, reason_text="假", actor=act_as(people.olga))


def _role(people: Cast) -> Any:
    return set_role(people.ren.pk, "auditor", "all", actor=act_as(people.alice))


# An operation, and the row that a rival holds locked meanwhile.
MET: list[tuple[Callable[[Cast], Any], str]] = [
    (_leave, "SELECT FROM rep WHERE user_id = %s FOR UPDATE"),
    (_role, "SELECT FROM person WHERE id = %s FOR UPDATE"),
]


@contextmanager
def rival_lets_go_at_the_first_failure(sql: str, row: int) -> Iterator[list[str]]:
    """Somebody holds a row until it was waited for in vain once; what failed is noted."""
    failed: list[str] = []
    with psycopg.connect(url_of_tests()) as rival:
        rival.execute(sql.encode(), [row])

        def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            try:
                return execute(sql, params, many, context)
            except OperationalError:
                failed.append(sql)
                rival.rollback()
                raise

        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '50ms'")
        try:
            with connection.execute_wrapper(watch):
                yield failed
        finally:
            connection.close()  # and its setting with it


@pytest.mark.parametrize(("act", "sql"), MET)
def test_who_waited_for_a_person_in_vain_tries_again(act: Callable[[Cast], Any], sql: str) -> None:
    people = cast()
    with rival_lets_go_at_the_first_failure(sql, people.ren.pk) as failed:
        act(people)

    assert len(failed) == 1
    ren = User.objects.get(pk=people.ren.pk)
    assert ren.role == "auditor" or Leave.objects.get().rep_id == ren.pk


@pytest.mark.parametrize(("act", "sql"), MET)
def test_inside_a_transaction_of_somebody_else_the_same_fails(
    act: Callable[[Cast], Any], sql: str
) -> None:
    people = cast()
    with (
        rival_lets_go_at_the_first_failure(sql, people.ren.pk),
        pytest.raises(OperationalError),
        transaction.atomic(),
    ):
        act(people)


def test_what_refers_to_a_person_need_not_wait_for_who_edits_him() -> None:
    people = cast()
    olga, ren = act_as(people.olga), people.ren.pk
    with psycopg.connect(url_of_tests(), autocommit=True) as rival, transaction.atomic():
        user_for(olga, ren, Right.EDIT_PEOPLE, locked=True)
        reps_for(olga, [ren], Right.EDIT_PEOPLE)

        # What a foreign key asks for.
        for table, key in (("person", "id"), ("rep", "user_id")):
            row = f"SELECT 1 FROM {table} WHERE {key} = {ren}".encode()
            assert rival.execute(row + b" FOR KEY SHARE NOWAIT").fetchone() == (1,)
            with pytest.raises(psycopg.errors.LockNotAvailable):
                rival.execute(row + b" FOR NO KEY UPDATE NOWAIT")


def test_who_comes_to_a_company_that_is_just_taken_away_founds_it_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cast()
    publish("direct", policy(), actor=SYSTEM)
    gone = Company.objects.create(name="海川", name_key=company_key("海川"), state="untended")
    tries: list[str] = []

    def meanwhile(place: str) -> None:
        if place != "intake.recorded":
            return
        tries.append(place)
        with psycopg.connect(url_of_tests(), autocommit=True) as rival:
            rival.execute("DELETE FROM company WHERE id = %s", [gone.pk])

    monkeypatch.setattr(take_in_module, "crashpoint", meanwhile)
    (done,) = take_in([LeadIn(name="王芳", phone="13800138000", company="海川")], actor=SYSTEM)

    lead = Lead.objects.select_related("company").get(pk=done.lead_id)
    assert lead.company is not None
    assert (len(tries), lead.company.name_key) == (2, gone.name_key)
    assert lead.company.pk != gone.pk


def test_who_stood_still_in_a_transaction_for_too_long_is_told_that_the_database_is_busy() -> None:
    with psycopg.connect(url_of_tests(), autocommit=True) as onlooker:

        def stands_still() -> None:
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL idle_in_transaction_session_timeout = '1ms'")
                cursor.execute("SELECT pg_backend_pid()")
                (pid,) = cursor.fetchone()
            there = "SELECT FROM pg_stat_activity WHERE pid = %s"
            until(lambda: onlooker.execute(there, [pid]).fetchone() is None)
            User.objects.count()

        with pytest.raises(OperationalError):
            in_transaction(stands_still)
    with suppress(Exception):
        connection.close()


def test_every_operation_that_changes_people_is_tried_again() -> None:
    left = []
    for path in sorted(Path(ROOT, "src/evenhand/people/operations").glob("*.py")):
        for node in ast.parse(path.read_text()).body:
            if not isinstance(node, ast.FunctionDef) or "people_changed()" not in ast.unparse(node):
                continue
            does_it_alone = "transaction.atomic()" in ast.unparse(node)
            if does_it_alone:
                left.append(f"{path.stem}.{node.name}")

    assert left == []
