"""What erasing a person reaches here: what he sent, if it was kept aside."""

from evenhand.forms.models import Sent, SentState
from evenhand.leads.keys import search_term
from evenhand.leads.operations.editing import keys_of_person
from evenhand.leads.operations.erasing import ALSO, Person


def start() -> None:
    """Reach these tables from now on, in this process."""
    if forget not in ALSO:
        ALSO.append(forget)


def forget(person: Person) -> None:
    """Delete what is held of this person: by phone, mail, or name."""
    names = {search_term(name) for name in person.names}
    for row in Sent.objects.filter(state=SentState.HELD).iterator(chunk_size=500):
        values = row.values or {}
        phone, email = keys_of_person(str(values.get("phone", "")), str(values.get("email", "")))
        text = search_term(" ".join(str(value) for value in values.values()))
        if phone in person.phones or email in person.emails or any(one in text for one in names):
            row.delete()
