"""Once a week each rep says with one tap how much it is; whoever leads him answers."""

from datetime import date

from django.db import transaction

from evenhand.engine.reasons import reason
from evenhand.journal.operations import record
from evenhand.notify.operations import tell
from evenhand.people.access import rep_for
from evenhand.people.actor import Actor
from evenhand.people.models import Rep
from evenhand.people.operations.checks import within_length
from evenhand.people.scope import NotAllowed, Right, demand
from evenhand.platform.clock import now
from evenhand.platform.refusal import NotFound
from evenhand.work.models import Answer, WeeklyWord, Word
from evenhand.work.refusals import CannotSay
from evenhand.work.weeks import this_week

LONGEST_NOTE = 200


def say_word(word: str, *, actor: Actor) -> WeeklyWord:
    """Say of this week that it is much, just right, or that more would go.

    It can be said anew until it is answered.

    :raises NotAllowed: the actor receives nothing himself, or is a program: it is his own word.
    :raises CannotSay: no such word, or it was answered already.
    """
    if not actor.is_rep or actor.user_id is None or actor.token_scopes is not None:
        raise NotAllowed(Right.SEE_ITEMS)
    if word not in Word.values:
        raise CannotSay(reason("load.no_such_word", value=word[:40]), field="word")
    with transaction.atomic():
        rep = (
            Rep.objects.select_for_update(of=("self",), no_key=True)
            .select_related("user__team")
            .get(pk=actor.user_id)
        )
        found = WeeklyWord.objects.filter(rep=rep, monday=this_week()).first()
        if found is not None and found.answered_at is not None:
            raise CannotSay(reason("load.answered_already"), field="word")
        if found is None:
            found = WeeklyWord(rep=rep, monday=this_week())
        elif found.word == word:
            return found
        found.word, found.said_at = word, now()
        found.save()
        data = {"week": found.monday.isoformat(), "word": word}
        record("workload.said", actor=actor, object_kind="person", object_id=rep.pk, data=data)
        manager = rep.user.team.manager_id if rep.user.team else None
        if word == Word.MUCH and manager is not None and manager != rep.pk:
            params = {"by": rep.pk}
            tell(manager, "load_said", params=params, object_kind="load", object_id=rep.pk)
    return found


def answer_word(
    user_id: int, monday: date, answer: str, *, note: str = "", actor: Actor
) -> WeeklyWord:
    """Answer what a rep said of a week; an earlier answer is replaced. He is told.

    :raises NotAllowed, NotFound: as `access.rep_for`; or he said nothing of that week.
    :raises CannotSay: no such answer, or it is one's own word.
    """
    demand(actor, Right.EDIT_CAPS)
    with transaction.atomic():
        rep = rep_for(actor, user_id, Right.EDIT_CAPS, locked=True)
        if answer not in Answer.values:
            raise CannotSay(reason("load.no_such_answer", value=answer[:40]), field="answer")
        if rep.pk == actor.user_id:
            raise CannotSay(reason("load.own_word"), field="answer")
        note = within_length(" ".join(note.split()), "note", longest=LONGEST_NOTE)
        found = WeeklyWord.objects.filter(rep=rep, monday=monday).first()
        if found is None:
            raise NotFound("weekly_word", user_id)
        if (found.answer, found.note) == (answer, note):
            return found
        found.answer, found.note = answer, note
        found.answered_by_id, found.answered_at = actor.user_id, now()
        found.save()
        data = {"week": monday.isoformat(), "word": found.word, "answer": answer}
        record("workload.answered", actor=actor, object_kind="person", object_id=rep.pk, data=data)
        params = {"by": actor.user_id}
        tell(rep.pk, "load_answered", params=params, object_kind="load", object_id=rep.pk)
    return found
