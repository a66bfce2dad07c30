"""What may be forgotten after a while."""

from datetime import timedelta

from django.utils import timezone

from evenhand.connectors.operations.erasing import drop_old as drop_old_deliveries
from evenhand.exports.operations.keep import drop_old_files as drop_old_exports
from evenhand.forms.operations.held import drop_old as drop_old_held
from evenhand.imports.operations.erasing import drop_old_files
from evenhand.journal.models import Answer, Outbox
from evenhand.notify.operations.calls import forget_calls
from evenhand.people.models import OneTimeLink, UserSession
from evenhand.people.operations.entries import forget_entries
from evenhand.review.models import Comparison
from evenhand.routing.models import LongAct

# Stripe keeps keys for 24 hours; a client that repeats after days gets the same answer here.
KEEP_ANSWERS = timedelta(days=7)
KEEP_DELIVERED = timedelta(days=30)
# As long as people look back: a comparison is made anew in seconds.
KEEP_COMPARED = timedelta(days=90)


def tidy_up() -> None:
    """Delete what is old: answers, delivered effects, logins, links, acts, comparisons."""
    now = timezone.now()
    Answer.objects.filter(at__lt=now - KEEP_ANSWERS).delete()
    Outbox.objects.filter(delivered_at__lt=now - KEEP_DELIVERED).delete()
    UserSession.objects.filter(expire_date__lt=now).delete()
    OneTimeLink.objects.filter(expires_at__lt=now - KEEP_DELIVERED).delete()
    forget_calls(now)
    forget_entries(now)
    drop_old_files(now)
    drop_old_exports(now)
    drop_old_deliveries(now)
    drop_old_held(now)
    LongAct.objects.filter(finished_at__lt=now - KEEP_DELIVERED).delete()
    Comparison.objects.filter(started_at__lt=now - KEEP_COMPARED).delete()
