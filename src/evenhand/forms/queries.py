"""Reading forms: their counts, their line's own fields, what is kept aside."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Sum
from django.utils import timezone

from evenhand.engine.policy.document import CustomField
from evenhand.forms.definition import own_fields
from evenhand.forms.models import FormDay, Sent, SentState
from evenhand.people.clocks import company_day
from evenhand.policies.models import Line
from evenhand.policies.queries import document_of, live_version

COUNTED_DAYS = 30


@dataclass(frozen=True, slots=True)
class Counts:
    """How often a form was seen, sent, and sent by what looked like spam; and how many wait."""

    seen: int = 0
    sent: int = 0
    spam: int = 0
    held: int = 0


def counts_of(form_ids: Collection[int]) -> dict[int, Counts]:
    """The counts of the last 30 days by form; held ones are all that wait. Two queries."""
    since = company_day(timezone.now()) - timedelta(days=COUNTED_DAYS)
    days = FormDay.objects.filter(form_id__in=form_ids, day__gt=since).order_by()
    summed = days.values("form_id").annotate(
        seen_sum=Sum("seen"), sent_sum=Sum("sent"), spam_sum=Sum("spam")
    )
    sums = {one["form_id"]: one for one in summed}
    rows = Sent.objects.filter(form_id__in=form_ids, state=SentState.HELD).order_by()
    held = {one["form_id"]: one["n"] for one in rows.values("form_id").annotate(n=Count("pk"))}

    def counted(pk: int) -> Counts:
        found = sums.get(pk)
        if found is None:
            return Counts(held=held.get(pk, 0))
        seen, sent, spam = found["seen_sum"], found["sent_sum"], found["spam_sum"]
        return Counts(seen, sent, spam, held.get(pk, 0))

    return {pk: counted(pk) for pk in form_ids}


def own_fields_of(line: Line) -> Mapping[str, CustomField]:
    """The own fields that a line's live rules know, as forms name them."""
    version = live_version(line)
    return {} if version is None else own_fields(document_of(version).fields)
