"""Two senders at once never send the same mail."""

from datetime import UTC, datetime
from threading import Barrier, Thread

import pytest
from django.core import mail
from django.db import connection, transaction

from evenhand.notify.delivery import Delivered, deliver_due
from evenhand.notify.operations import owe_mail

NOW = datetime(2126, 3, 2, 9, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
def test_two_senders_share_the_work() -> None:
    with transaction.atomic():
        for number in range(20):
            params = {"name": "w", "company": "c", "hours": 1, "link": str(number)}
            owe_mail(f"{number}@example.com", "invite", locale="en", params=params)
    barrier, done = Barrier(2), list[Delivered]()

    def send() -> None:
        try:
            barrier.wait()
            done.append(deliver_due(NOW))
        finally:
            connection.close()

    threads = [Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(one.sent for one in done) == 20
    assert sorted(one.to[0] for one in mail.outbox) == sorted(f"{n}@example.com" for n in range(20))
