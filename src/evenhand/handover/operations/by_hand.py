"""What somebody hands over in another system (chats of a work phone, 报备), put on the sheet.

Nothing moves here: the receiver does it there and says so on the sheet.
"""

from django.db.models import Max

from evenhand.engine.reasons import reason
from evenhand.handover.access import departure_for, departure_to_run
from evenhand.handover.holdings import BY_HAND
from evenhand.handover.models import Departure, DepartureLine
from evenhand.handover.operations.departure import must_be_open
from evenhand.handover.refusals import CannotHandOver, refuse
from evenhand.journal.operations import record
from evenhand.people.actor import Actor
from evenhand.platform.transactions import in_transaction

LONGEST = 120
MOST_BY_HAND = 50
MOST_COUNTED = 1_000_000


def add_by_hand(
    departure_id: int, title: str, *, count: int | None = None, actor: Actor
) -> DepartureLine:
    """Put a line on a sheet that is handed over in another system; `count` is how many these are.

    Whoever runs the sheet does it, and whoever leaves: he knows best what else there is.

    :raises NotAllowed, NotFound: not his to run, or out of reach.
    :raises CannotHandOver: it is closed, the line says nothing or too much, stands there already,
        or there are too many.
    """
    title = " ".join(title.split())
    if not title:
        raise refuse("people.needed", field="title")
    if len(title) > LONGEST:
        raise refuse("people.too_long", field="title", limit=LONGEST)
    if count is not None and not 1 <= count <= MOST_COUNTED:
        raise CannotHandOver(reason("handover.count", limit=MOST_COUNTED), field="count")

    def work() -> DepartureLine:
        departure = _to_add_to(departure_id, actor)
        must_be_open(departure)
        own = departure.lines.filter(kind=BY_HAND)
        if own.filter(title=title).exists():
            raise refuse("handover.stands_there", field="title")
        number = (own.aggregate(last=Max("item_id"))["last"] or 0) + 1
        if number > MOST_BY_HAND:
            raise refuse("handover.too_many_by_hand", field="title", limit=MOST_BY_HAND)
        made = DepartureLine.objects.create(
            departure=departure, kind=BY_HAND, item_id=number, title=title, count=count
        )
        # The journal keeps for ever, so it does not keep what somebody typed.
        record(
            "departure.line_added",
            actor=actor,
            object_kind="person",
            object_id=departure.rep_id,
            data={"departure": departure.pk, "count": count},
        )
        return made

    return in_transaction(work)


def _to_add_to(departure_id: int, actor: Actor) -> Departure:
    """The sheet, locked: one's own as who leaves, or one that he runs."""
    rows = Departure.objects.select_for_update(of=("self",))
    own = rows.filter(pk=departure_id, rep_id=actor.user_id or 0).first()
    if own is None:
        return departure_to_run(actor, departure_for(actor, departure_id).pk)
    return own
