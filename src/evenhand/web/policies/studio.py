"""The studio: a draft edited by form and as YAML side by side, kept while it is typed."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from evenhand.engine.policy.document import PolicyDocument
from evenhand.engine.policy.problem import InvalidPolicy
from evenhand.engine.reasons import reason
from evenhand.people.scope import Right, may
from evenhand.policies.draft import Draft, read_draft
from evenhand.policies.models import Line
from evenhand.policies.operations.copies import fresh_text
from evenhand.policies.operations.drafting import (
    change_draft,
    discard_draft,
    rebase_draft,
    restore_draft,
    save_draft,
)
from evenhand.policies.operations.hold import HOLD_FOR, keep_hold, release, take_hold
from evenhand.policies.parts import (
    HOLDERS,
    NAMES,
    Change,
    copy_of,
    landing,
    list_of,
    move,
    put,
    remove,
    settle,
)
from evenhand.policies.queries import StudioState, last_answer, line_by_id, studio_of
from evenhand.policies.rebase import changed_meanwhile
from evenhand.policies.refusals import CannotEdit
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import number_of, words_of
from evenhand.web.policies.evidence_form import EvidenceForm
from evenhand.web.policies.part_forms import PartForm
from evenhand.web.policies.part_rows import PART_ROWS
from evenhand.web.policies.pool_rows import PartRow
from evenhand.web.policies.rules import group_rows, rule_rows
from evenhand.web.policies.studio_view import (
    Finding,
    changes_of,
    field_help,
    findings_at,
    findings_of,
    form_of,
    is_part,
    name_of,
    only_yaml,
    operator_help,
    place_of,
    sections_of,
    sentence_of,
)
from evenhand.wording.catalogue import Words, message_id
from evenhand.wording.reasons import say


@require_safe
@signed_in(Right.EDIT_POLICY)
def edit(request: HttpRequest, line_id: int) -> HttpResponse:
    """The draft by form and as YAML; `?part=` opens the form of one part."""
    line = line_of(line_id)
    state = studio_of(line, actor_in(request), timezone.now())
    part = request.GET.get("part", "")
    context = _context(request, line, state, _text(state))
    document = context["draft"].document
    if part and document is not None and state.may_write and not state.has_moved_on:
        context |= _open(
            part, form_of(part, document, actor_in(request), context["words"]), context
        )
    return render(request, "web/policies/edit.html", context)


@require_POST
@signed_in(Right.EDIT_POLICY)
def hold(request: HttpRequest, line_id: int) -> HttpResponse:
    """Begin or go on editing; an administrator may take over at once."""
    take_hold(line_id, at_once="at_once" in request.POST, actor=actor_in(request))
    return redirect(f"/policies/{line_id}/edit")


@require_POST
@signed_in(Right.EDIT_POLICY)
def let_go(request: HttpRequest, line_id: int) -> HttpResponse:
    """Let others go on."""
    release(line_id, actor=actor_in(request))
    messages.success(request, words_of(request).text("web-studio-released"))
    return redirect(f"/policies/{line_id}")


@require_POST
@signed_in(Right.EDIT_POLICY)
def discard(request: HttpRequest, line_id: int) -> HttpResponse:
    """Throw the draft away; the page it leads to brings it back."""
    discard_draft(line_id, actor=actor_in(request))
    return redirect(f"/policies/{line_id}/edit")


@require_POST
@signed_in(Right.EDIT_POLICY)
def restore(request: HttpRequest, line_id: int) -> HttpResponse:
    """Bring the draft back."""
    restore_draft(line_id, actor=actor_in(request))
    return redirect(f"/policies/{line_id}/edit")


@require_POST
@signed_in(Right.EDIT_POLICY)
def rebase(request: HttpRequest, line_id: int) -> HttpResponse:
    """Carry the draft over to the version that was published meanwhile."""
    line, words = line_of(line_id), words_of(request)
    state = studio_of(line, actor_in(request), timezone.now())
    text = _typed_text(request) or _text(state)
    found = rebase_draft(line_id, text, actor=actor_in(request))
    if not found.is_merged:
        messages.warning(request, words.text("web-studio-rebased-as-typed"))
    elif found.kept:
        kept = words.text("web-studio-rebased-kept", parts="、".join(found.kept))
        messages.warning(request, kept)
    else:
        messages.success(request, words.text("web-studio-rebased"))
    return redirect(f"/policies/{line_id}/edit")


@require_POST
@signed_in(Right.EDIT_POLICY)
def text(request: HttpRequest, line_id: int) -> HttpResponse:
    """Keep the YAML as typed and say what the check finds; the form beside it follows."""
    line, actor = line_of(line_id), actor_in(request)
    typed, refused = _typed_text(request) or "", None
    edition = number_of(request.POST.get("edition"))
    try:
        save_draft(line_id, typed, edition=edition, actor=actor)
    except CannotEdit as error:
        refused = error
    if "HX-Request" not in request.headers:
        if refused is not None:
            raise refused
        return redirect(f"/policies/{line_id}/edit")
    state = studio_of(line, actor, timezone.now())
    context = _context(request, line, state, typed)
    context["refused"] = None if refused is None else say(context["words"], refused.why)
    context["is_part_open"] = is_part(request.POST.get("part", ""))
    return render(request, "web/policies/saved.html", context)


@require_POST
@signed_in(Right.EDIT_POLICY)
def part(request: HttpRequest, line_id: int) -> HttpResponse:
    """Change one part by its form, or move, copy or delete it; the YAML is written anew."""
    line, actor = line_of(line_id), actor_in(request)
    key = request.POST.get("part", "")
    if not is_part(key):
        raise Http404
    state = studio_of(line, actor, timezone.now())
    newer = _typed_text(request)
    typed = _text(state) if newer is None else newer
    context = _context(request, line, state, typed)
    document = context["draft"].document
    if document is None:
        raise CannotEdit(reason("studio.not_yaml"))
    act = request.POST.get("act", "save")
    data = request.POST if act == "save" else None
    form = form_of(key, document, actor, context["words"], data)
    if form is None:
        raise CannotEdit(reason("studio.part_moved"))
    try:
        change_draft(
            line_id,
            _change(act, key, request.POST, form),
            text=newer,
            edition=number_of(request.POST.get("edition")),
            actor=actor,
        )
    except InvalidPolicy as error:
        form.show(error.problems, _start(key, document))
    except CannotEdit as error:
        if act != "save":
            raise
        form.refuse(error)
    else:
        return redirect(f"/policies/{line_id}/edit#{_anchor(key)}")
    if act == "save":
        context |= _open(key, form, context)
    else:
        context["undone"] = [str(one) for one in form.non_field_errors()]
    return render(request, "web/policies/edit.html", context, status=422)


@require_POST
@signed_in(Right.EDIT_POLICY)
def sentence(request: HttpRequest, line_id: int) -> HttpResponse:
    """A condition that is being typed, as a sentence; typing keeps the hold."""
    line, actor, words = line_of(line_id), actor_in(request), words_of(request)
    keep_hold(line_id, actor=actor)
    # Within a form everything is sent along: which of its conditions is meant is said.
    of = request.POST.get("of", "")
    name = of if of in _CONDITIONS else "when"
    draft = read_document(_text(studio_of(line, actor, timezone.now())), line)
    said, wrong = sentence_of(
        request.POST.get(name, "")[:20_000],
        of_rep=name in _OF_PEOPLE,
        document=draft.document,
        of_tasks=place_of(request.POST.get("part", ""))[0] in _OF_TASKS,
        words=words,
    )
    return render(request, "web/policies/sentence.html", {"said": said, "wrong": wrong})


def _anchor(key: str) -> str:
    """Where on the page a part stands."""
    name, _ = place_of(key)
    return name if name in NAMES else "form"


def line_of(line_id: int) -> Line:
    """An active line, else 404."""
    line = line_by_id(line_id)
    if line is None:
        raise Http404
    return line


def read_document(typed: str, line: Line) -> Draft:
    """A draft read and checked."""
    return read_draft(typed, line_key=line.key)


def _context(request: HttpRequest, line: Line, state: StudioState, typed: str) -> dict[str, Any]:
    words, actor = words_of(request), actor_in(request)
    draft = read_document(typed, line)
    findings = findings_of(draft, words)
    document = draft.document
    meanwhile = changed_meanwhile(state.copy.base, state.live) if state.copy else ()
    return {
        "line": line,
        "words": words,
        "state": state,
        "text": typed,
        "draft": draft,
        "findings": findings,
        "rules": []
        if document is None
        else [
            (row, f"rules-{k}", findings_at(findings, f"rules-{k}"))
            for k, row in enumerate(rule_rows(document, words))
        ],
        "groups": []
        if document is None
        else [
            (row, f"groups-{k}", findings_at(findings, f"groups-{k}"))
            for k, row in enumerate(group_rows(document, words))
        ],
        "lists": []
        if document is None
        else [
            (name, _rows(rows(document, words), name, findings)) for name, rows in PART_ROWS.items()
        ],
        "sections": [] if document is None else sections_of(document, words),
        "jumps": [
            (name, words.text(f"web-studio-jump-{message_id(name)}"))
            for name in ("rules", "groups", *PART_ROWS, "workload")
        ],
        "only_yaml": [] if document is None else only_yaml(document),
        "changes": changes_of(draft, state.live, words),
        "meanwhile": [say(words, one) for one in meanwhile],
        "sent_back": last_answer(line) if state.copy is not None else None,
        "minutes": int(HOLD_FOR.total_seconds() // 60),
        "may_take_over": may(actor, Right.EDIT_COMPANY),
    }


def _rows(rows: Sequence[PartRow], name: str, findings: Sequence[Finding]) -> list[Any]:
    """Each part with its key and its findings."""
    keyed = [(row, f"{name}-{k}") for k, row in enumerate(rows)]
    return [(row, key, findings_at(findings, key)) for row, key in keyed]


def _open(key: str, form: PartForm | None, context: dict[str, Any]) -> dict[str, Any]:
    """The form of one part, with its help."""
    if form is None:
        return {}
    words: Words = context["words"]
    document = context["draft"].document
    name, place = place_of(key)
    return {
        "part": key,
        "part_name": name,
        "part_is_new": name in NAMES and place is None,
        "part_was": name_of(key, document) if place is not None else "",
        "form": form,
        "part_findings": findings_at(context["findings"], key),
        "field_help": field_help(document, words, of_tasks=name in _OF_TASKS),
        "operator_help": operator_help(words),
    }


def _text(state: StudioState) -> str:
    return fresh_text(state.live) if state.copy is None else state.copy.text


def _typed_text(request: HttpRequest) -> str | None:
    """The YAML as it stands on the page, if it was sent; browsers send CRLF."""
    found = request.POST.get("text")
    return None if found is None else found.replace("\r\n", "\n")


_SECTION_OF = {EvidenceForm.part: "clocks"}  # parts of a section with a form of their own
_OF_PEOPLE = ("who", "fits", "market__who")  # conditions that may ask of people
_OF_TASKS = ("tasks", "task_types", "task_rules", "triggers")
_CONDITIONS = (*_OF_PEOPLE, "takes", "mostly")


def _change(act: str, key: str, data: QueryDict, form: PartForm) -> Change:
    name, place = place_of(key)
    was = data.get("was", "")
    if name not in NAMES:
        return settle(_SECTION_OF.get(name, name), form.values())
    if act == "save":
        return put(name, place, was, form.values())
    assert place is not None or act == "save", "only what is there can be moved"
    at = place or 0
    acts = {"up": move(name, at, was, -1), "down": move(name, at, was, 1)}
    acts |= {"copy": copy_of(name, at, was), "delete": remove(name, at, was)}
    if act not in acts:
        raise Http404
    return acts[act]


def _start(key: str, document: PolicyDocument) -> list[str | int]:
    """Where the findings of a part begin, a new one where it would land."""
    name, place = place_of(key)
    if name in _SECTION_OF:
        return [_SECTION_OF[name], name]
    if name not in NAMES:
        return [name]
    where: list[str | int] = [*HOLDERS.get(name, (name,))]
    at = landing(name, list_of(document.as_plain(), name)) if place is None else place
    return [*where, at]
