"""What may be forgotten after a while."""

from datetime import timedelta

from django.utils import timezone

from evenhand.journal.models import Answer, Outbox
from evenhand.people.models import OneTimeLink, UserSession
from evenhand.routing.models import LongAct

# Stripe keeps keys for 24 hours; a client that repeats after days gets the same answer here.
KEEP_ANSWERS = timedelta(days=7)
KEEP_DELIVERED = timedelta(days=30)


def tidy_up() -> None:
    """Delete answers, delivered effects, ended sessions, used links, finished acts that are old."""
    now = timezone.now()
    Answer.objects.filter(at__lt=now - KEEP_ANSWERS).delete()
    Outbox.objects.filter(delivered_at__lt=now - KEEP_DELIVERED).delete()
    UserSession.objects.filter(expire_date__lt=now).delete()
    OneTimeLink.objects.filter(expires_at__lt=now - KEEP_DELIVERED).delete()
    LongAct.objects.filter(finished_at__lt=now - KEEP_DELIVERED).delete()
