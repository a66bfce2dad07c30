"""Load (负荷): who carries how much, who has room, and caps by hand."""

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router
from ninja.responses import Status

from evenhand.api.auth import actor_of
from evenhand.api.idempotency import idempotent
from evenhand.api.schemas.fields import Id
from evenhand.api.schemas.workload import (
    CapIn,
    LoadListing,
    LoadOut,
    LoadsOut,
    WordAnswerIn,
    WordIn,
    WordOut,
    WordsOut,
    load_out,
    word_out,
)
from evenhand.people.operations.caps import end_cap, set_cap
from evenhand.work.access import whose_load
from evenhand.work.operations.words import answer_word, say_word
from evenhand.work.queries import LoadFilter, own_load, team_loads, words_of

router = Router(tags=["workload"])


@router.get(
    "/workload",
    response=LoadsOut,
    operation_id="workload_list",
    summary="api-op-workload-list",
    description="api-op-workload-list-text",
)
def list_loads(request: HttpRequest, wanted: Query[LoadListing]) -> LoadsOut:
    """Everybody at work within reach, overloaded first."""
    found = team_loads(actor_of(request), LoadFilter(team=wanted.team), timezone.now())
    return LoadsOut(items=[load_out(one) for one in found])


@router.get(
    "/workload/{rep_id}",
    response=LoadOut,
    operation_id="workload_get",
    summary="api-op-workload-get",
)
def get_load(request: HttpRequest, rep_id: Id) -> LoadOut:
    """One rep."""
    return load_out(own_load(actor_of(request), rep_id, timezone.now()))


@router.put(
    "/reps/{rep_id}/cap",
    response=LoadOut,
    operation_id="reps_set_cap",
    summary="api-op-reps-set-cap",
    description="api-op-reps-set-cap-text",
)
def put_cap(request: HttpRequest, rep_id: Id, wanted: CapIn) -> LoadOut:
    """Set a cap by hand; one set before ends."""
    actor = actor_of(request)
    set_cap(
        rep_id,
        open_items=wanted.open_items,
        until_date=wanted.until_date,
        note=wanted.note,
        actor=actor,
    )
    return load_out(own_load(actor, rep_id, timezone.now()))


@router.post(
    "/reps/{rep_id}/cap/end",
    response={200: LoadOut},
    operation_id="reps_end_cap",
    summary="api-op-reps-end-cap",
)
@idempotent
def drop_cap(request: HttpRequest, rep_id: Id) -> Status[LoadOut]:
    """End the cap by hand, if there is one."""
    actor = actor_of(request)
    end_cap(rep_id, actor=actor)
    return Status(200, load_out(own_load(actor, rep_id, timezone.now())))


@router.get(
    "/workload/{rep_id}/words",
    response=WordsOut,
    operation_id="workload_words",
    summary="api-op-workload-words",
)
def list_words(request: HttpRequest, rep_id: Id) -> WordsOut:
    """What a rep said of the last twelve weeks, with the answers."""
    rep = whose_load(actor_of(request), rep_id)
    return WordsOut(items=[word_out(one) for one in words_of(rep.pk)])


@router.post(
    "/me/word",
    response={200: WordOut},
    operation_id="workload_say",
    summary="api-op-workload-say",
    description="api-op-workload-say-text",
)
@idempotent
def say(request: HttpRequest, wanted: WordIn) -> Status[WordOut]:
    """Say of this week that it is much, just right, or that more would go."""
    return Status(200, word_out(say_word(wanted.word, actor=actor_of(request))))


@router.post(
    "/workload/{rep_id}/answer",
    response={200: WordOut},
    operation_id="workload_answer",
    summary="api-op-workload-answer",
    description="api-op-workload-answer-text",
)
@idempotent
def answer(request: HttpRequest, rep_id: Id, wanted: WordAnswerIn) -> Status[WordOut]:
    """Answer what a rep said of a week."""
    row = answer_word(rep_id, wanted.week, wanted.answer, note=wanted.note, actor=actor_of(request))
    return Status(200, word_out(row))
