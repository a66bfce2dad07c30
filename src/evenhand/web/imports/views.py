"""导入: a file in, a look at what it is understood as, then the rows, and what became of each."""

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from evenhand.engine.reasons import Reason, reason, reason_from_json
from evenhand.imports.access import import_for, visible_imports
from evenhand.imports.kinds.all import kind_of
from evenhand.imports.kinds.base import KindOfRows
from evenhand.imports.mappings import mappings_of
from evenhand.imports.models import Becomes, Import, ImportRow, Kind, Outcome, Step
from evenhand.imports.operations.becoming import decide
from evenhand.imports.operations.begin import (
    MOST_BYTES,
    CannotImport,
    Choices,
    choose,
    start,
    stop,
    upload,
)
from evenhand.imports.operations.mappings import forget_mapping, rename_mapping, use_mapping
from evenhand.imports.operations.planning import set_planning
from evenhand.imports.operations.release import lying_aside
from evenhand.imports.operations.undo import undo
from evenhand.imports.queries import Look, counts_of, look_at
from evenhand.imports.reading import FileGone
from evenhand.people.actor import Actor
from evenhand.people.scope import Right, may
from evenhand.platform.antivirus import content_of
from evenhand.platform.refusal import Refused
from evenhand.policies.queries import lines
from evenhand.sheets.columns.override import UnreadableOverride
from evenhand.sheets.columns.roles import ROLES
from evenhand.sheets.limits import UnreadableSheet
from evenhand.sheets.writing.one_table import FORMATS, one_table
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import number_of, words_of
from evenhand.web.context import zone_for
from evenhand.web.download import download
from evenhand.web.imports.becoming import becoming_in, becoming_shown, chosen_on
from evenhand.web.imports.places import address_of
from evenhand.web.imports.planning import (
    plan_shown,
    planning_in,
    planning_shown,
    planning_typed,
)
from evenhand.web.imports.results import results_of
from evenhand.web.imports.telling import (
    cells_of_rejected,
    doubts_words,
    notes_words,
    rejected_heads,
    row_words,
    why_words,
)
from evenhand.web.paging import asked_rows
from evenhand.wording.catalogue import Words, message_id
from evenhand.wording.reasons import say

_KEPT_SHOWN = 50
_DEALT = (Becomes.ROUTE, Becomes.PLAN)
_BARE = (Outcome.REJECTED, Outcome.LEFT_OUT)  # rows that brought nothing: the reason stands there
_MAPPING_ACTS = ("use", "rename", "forget")


@signed_in(Right.IMPORT)
def show_all(request: HttpRequest) -> HttpResponse:
    """Former imports, and the door for a new file."""
    actor, words = actor_in(request), words_of(request)
    error, status = "", 200
    if request.method == "POST":
        try:
            file = request.FILES.get("file")
            if not isinstance(file, UploadedFile) or not file.size:
                raise CannotImport(reason("import.no_file"), field="file")
            if file.size > MOST_BYTES:
                limit = MOST_BYTES // 1_000_000
                raise CannotImport(reason("people.file_too_large", limit=limit), field="file")
            row = upload(file.name or "leads.csv", content_of(file, field="file"), actor=actor)
            return redirect(f"/imports/{row.pk}")
        except Refused as refusal:
            error, status = say(words, refusal.why), 422
    page = asked_rows(visible_imports(actor).order_by("-pk"), request.GET)
    context = {
        "page": page,
        "counts": {row.pk: counts_of(row) for row in page.rows},
        "error": error,
        "most": MOST_BYTES // 1_000_000,
    }
    return render(request, "web/imports/all.html", context, status=status)


@signed_in(Right.IMPORT)
def show(request: HttpRequest, import_id: int) -> HttpResponse:
    """One import, as far as it is: the look, the progress, or the report."""
    actor, words = actor_in(request), words_of(request)
    row = import_for(actor, import_id)
    refused: Refused | None = None
    if request.method == "POST":
        try:
            row = _settle(request, import_id)
            messages.success(request, words.text("web-imports-chosen"))
            return redirect(f"/imports/{row.pk}")
        except Refused as refusal:
            refused = refusal
    if row.step == Step.LOOKING:
        return _look_page(request, row, refused)
    context: dict[str, Any] = {"row": row}
    if refused is not None:
        messages.error(request, say(words, refused.why))
    context |= _report(row, words) | plan_shown(request, row)
    context["results"] = results_of(request, row)
    context["results_place"] = f"/imports/{row.pk}/results"
    context["import_text"] = str(row.pk)
    context["may_export"] = may(actor, Right.EXPORT)
    context["may_undo"] = may(actor, Right.VOID)
    is_part = request.headers.get("HX-Target") == "import-state"
    name = "web/imports/state.html" if is_part else "web/imports/report.html"
    return render(request, name, context, status=422 if refused else 200)


def _look_page(request: HttpRequest, row: Import, refused: Refused | None = None) -> HttpResponse:
    """What a file is understood as; of a form that was refused, all that was chosen stays."""
    words = words_of(request)
    context = _look(row, words)
    if refused is not None:
        row = chosen_on(row, request)
        choices = _choices(request)
        row.source, row.campaign = choices.source, choices.campaign
        if refused.field != "line":
            row.line_id = choices.line_id
        wrong = {"field": refused.field, "words": say(words, refused.why)}
        context |= {"said": choices.columns, "wrong": wrong, "error": wrong["words"]}
    context["row"] = row
    context |= becoming_shown(row, request, is_readable=context["look"] is not None)
    context |= planning_shown(row)
    if refused is not None and "planning" in context:
        context["planning"] = planning_typed(request)
    context["is_dealt"] = row.kind == Kind.LEAD and row.becomes in _DEALT
    return render(request, "web/imports/look.html", context, status=422 if refused else 200)


@require_POST
@signed_in(Right.IMPORT)
def begin(request: HttpRequest, import_id: int) -> HttpResponse:
    """Take the rows in as the form says; what is then read differently is looked at again."""
    if "column" in request.POST:
        seen = import_for(actor_in(request), import_id)
        try:
            row = _settle(request, import_id)
        except Refused as refusal:
            if seen.step != Step.LOOKING:
                messages.error(request, say(words_of(request), refusal.why))
                return redirect(f"/imports/{import_id}")
            return _look_page(request, seen, refusal)
        if any(_of(row, name) != _of(seen, name) for name in _LOOKED_AT):
            messages.info(request, words_of(request).text("web-imports-look-first"))
            return redirect(f"/imports/{import_id}")
    return _act(request, import_id, start)


# What the page has not shown the outcome of if it is another than before.
_LOOKED_AT = ("said", "line_id", "becomes", "pool")


def _of(row: Import, name: str) -> Any:
    value = getattr(row, name)
    return set(value) if isinstance(value, list) else value


def _settle(request: HttpRequest, import_id: int) -> Import:
    actor = actor_in(request)
    with transaction.atomic():
        row = choose(import_id, _choices(request), actor=actor)
        row = decide(import_id, becoming_in(request, row), actor=actor)
        if row.becomes == Becomes.PLAN:
            set_planning(import_id, planning_in(request), actor=actor)
    return import_for(actor, import_id)


@require_POST
@signed_in(Right.IMPORT)
def end(request: HttpRequest, import_id: int) -> HttpResponse:
    """Leave out what is not in yet."""
    return _act(request, import_id, stop)


@require_POST
@signed_in(Right.IMPORT)
def take_back(request: HttpRequest, import_id: int) -> HttpResponse:
    """Take an import back."""
    return _act(request, import_id, undo)


@require_POST
@signed_in(Right.IMPORT)
def mapping(request: HttpRequest, import_id: int, mapping_id: int) -> HttpResponse:
    """Read the file by a mapping that was kept, call that otherwise, or forget it."""
    what, name = request.POST.get("act", ""), request.POST.get("name", "")

    def act(import_id: int, *, actor: Actor) -> None:
        match what:
            case "use":
                use_mapping(import_id, mapping_id, actor=actor)
            case "rename":
                rename_mapping(import_id, mapping_id, name, actor=actor)
            case "forget":
                forget_mapping(import_id, mapping_id, actor=actor)
            case _:
                found = reason("work.not_a_choice", value=what[:40], choices=_MAPPING_ACTS)
                raise CannotImport(found, field="act")

    return _act(request, import_id, act)


@require_safe
@signed_in(Right.IMPORT)
def rows(request: HttpRequest, import_id: int) -> HttpResponse:
    """Where each row of a file ended, with its lead."""
    row = import_for(actor_in(request), import_id)
    outcome = request.GET.get("outcome", "")
    found = ImportRow.objects.filter(import_of=row).order_by("number")
    if outcome in Outcome.values:
        found = found.filter(outcome=outcome)
    page = asked_rows(found, request.GET, size=50)
    bare = [one.number for one in page.rows if one.outcome in _BARE]
    context = {
        "row": row,
        "page": page,
        "places": {one.pk: address_of(row, one) for one in page.rows},
        "whys": why_words(row, bare, words_of(request)) if bare else {},
        "outcome": outcome,
        "outcomes": Outcome.values,
    }
    return render(request, "web/imports/rows.html", context)


@require_safe
@signed_in(Right.IMPORT)
def rejected(request: HttpRequest, import_id: int) -> HttpResponse:
    """The rows that could not be used, as they stand, with what is wrong: to mend and import."""
    row = import_for(actor_in(request), import_id)
    format = request.GET.get("format", "xlsx")
    words = words_of(request)
    if format not in FORMATS:
        found = reason("work.not_a_choice", value=format[:40], choices=tuple(FORMATS))
        raise CannotImport(found, field="format")
    try:
        heads = rejected_heads(row, words)
        rows = cells_of_rejected(row, words)
        content = one_table(heads, rows, format=format, sheet=words.text("web-imports-rejected"))
    except FileGone:
        raise CannotImport(reason("import.file_gone")) from None
    return download(content, f"rejected-{row.pk}", format, zone_for(request))


def _act(request: HttpRequest, import_id: int, act: Any) -> HttpResponse:
    try:
        act(import_id, actor=actor_in(request))
    except Refused as refusal:
        messages.error(request, say(words_of(request), refusal.why))
    return redirect(f"/imports/{import_id}")


def _choices(request: HttpRequest) -> Choices:
    typed = request.POST
    heads, roles = typed.getlist("column"), typed.getlist("role")
    return Choices(
        line_id=number_of(typed.get("line")),
        source=typed.get("source", ""),
        campaign=typed.get("campaign", ""),
        columns=dict(zip(heads, roles, strict=False)),
    )


def _look(row: Import, words: Words) -> dict[str, Any]:
    said = dict(text.rpartition("=")[::2] for text in row.said)
    look: Look | None = None
    problem: Reason | None = None
    try:
        look = look_at(row)
    except FileGone:
        problem = reason("import.file_gone")
    except (UnreadableSheet, UnreadableOverride) as error:
        problem = error.reason
    return {
        "look": look,
        "problem": "" if problem is None else say(words, problem),
        "notes": () if look is None else notes_words(look.notes, words),
        "bad": () if look is None else [row_words(one, words) for one in look.bad],
        "doubtful": () if look is None else [doubts_words(one, words) for one in look.doubtful],
        "mappings": mappings_of(row.fingerprint),
        "platform": "" if look is None or row.mapping else look.platform,
        "said": said,
        "roles": _roles(kind_of(row), words),
        "lines": [(line.pk, line.name) for line in lines()],
    }


def _roles(kind: KindOfRows, words: Words) -> list[tuple[str, str]]:
    """What a column can be said to be."""
    known = [role for role in ROLES[kind.purpose].values() if role.name in kind.roles]
    roles = [(role.name, words.text(f"role-{message_id(role.name)}")) for role in known]
    parts = [
        (f"{role.name}.{part}", words.text(f"role-{message_id(role.name)}-{part}"))
        for role in known
        for part in role.parts
    ]
    own = [(name, words.text(f"web-imports-as-{name}")) for name in ("custom", "ignore")]
    return [*roles, *parts, *own]


def _report(row: Import, words: Words) -> dict[str, Any]:
    stayed = ImportRow.objects.filter(import_of=row, kept_why__isnull=False)
    kept = stayed.exclude(outcome=Outcome.REJECTED).order_by("number")
    return {
        "counts": counts_of(row),
        "aside": lying_aside(row) if row.kind == Kind.LEAD else 0,
        "problem": "" if row.why is None else say(words, reason_from_json(row.why)),
        "is_moving": row.step in (Step.RUNNING, Step.UNDOING),
        "kept": [
            (one.number, address_of(row, one), say(words, reason_from_json(one.kept_why or {})))
            for one in kept[:_KEPT_SHOWN]
        ],
    }
