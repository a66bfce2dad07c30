"""Books of workload points say of themselves what they count: to-dos, never leads."""

import pytest

from evenhand.ledger.models import Book
from evenhand.people.actor import SYSTEM
from evenhand.tasks.making import Wish, make_all
from tests.server.builders import person
from tests.server.cast import browser
from tests.server.tasks.rules import company_with_tasks

pytestmark = pytest.mark.django_db


def test_a_group_by_workload_speaks_of_to_dos_in_workload_points() -> None:
    reps = company_with_tasks(2)
    make_all([Wish("电话回访")] * 4, via="hand", actor=SYSTEM)
    olga = browser(person("Olga", "sales_ops", "all"))
    book = Book.objects.get()

    everything = olga.get("/fairness").content.decode()
    one = olga.get(f"/fairness/{book.pk}").content.decode()
    due = olga.get(f"/fairness/{book.pk}/people/{reps[0].pk}?what=due").content.decode()
    own = browser(reps[0].user).get(f"/share?book={book.pk}").content.decode()
    dealt = olga.get(f"/distribution?book={book.pk}").content.decode()

    assert "每条待办的工作量积分" in own and "每条线索的分值" not in own
    assert "按工作量" in everything and "不和线索分值相加" in everything
    assert "单位：工作量积分" in one and "单位：分" not in one
    assert "每条可由他做的待办" in due and "可由他接的线索" not in due
    # The one grade of to-dos is the program's own word.
    assert "待办" in dealt and 'grade">task<' not in dealt
