"""粘贴团队名单: cells or a file in, a look at what would change, then the good rows."""

import tempfile
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from evenhand.engine.reasons import reason
from evenhand.people.operations.checks import CannotEdit
from evenhand.people.operations.paste import apply_list, plan_list
from evenhand.people.scope import Right, may
from evenhand.people.teamsheet import MOST_ROWS, text_of_file
from evenhand.platform.antivirus import content_of
from evenhand.platform.refusal import Refused
from evenhand.sheets.limits import UnreadableSheet
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import words_of
from evenhand.web.fresh import ask_again, fresh_login, typed_before
from evenhand.wording.reasons import say

_MOST_BYTES = 5_000_000


@signed_in(Right.EDIT_PEOPLE)
def paste(request: HttpRequest) -> HttpResponse:
    """Three steps on one address: the list, the look at it, what was done."""
    actor, words = actor_in(request), words_of(request)
    context: dict[str, object] = {"limit": MOST_ROWS}
    typed = typed_before(request)
    if request.method != "POST" and not typed:
        return render(request, "web/members/paste.html", context)
    text = request.POST.get("text", typed.get("text", ""))
    try:
        text = _uploaded(request) or text
        if not text.strip():
            return _again(request, text, words.text("web-paste-empty"))
        if "apply" in request.POST:
            # A list of somebody who may give roles can give them to many at once.
            if may(actor, Right.EDIT_ROLES) and not fresh_login(request):
                return ask_again(request, text=text)
            done = apply_list(text, actor=actor)
            context |= {"plan": done.plan, "links": done.invitations}
            return render(request, "web/members/pasted.html", context)
        context |= {"plan": plan_list(text, actor=actor), "text": text}
    except UnreadableSheet as error:
        return _again(request, text, say(words, error.reason))
    except Refused as refusal:
        return _again(request, text, say(words, refusal.why))
    return render(request, "web/members/paste_look.html", context)


def _uploaded(request: HttpRequest) -> str:
    """The text of an uploaded file; "" where there is none."""
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        return ""
    if (file.size or 0) > _MOST_BYTES:
        raise CannotEdit(reason("people.file_too_large", limit=_MOST_BYTES // 1_000_000))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / Path(file.name or "list.csv").name[-80:]
        path.write_bytes(content_of(file, field="file"))
        return text_of_file(path)


def _again(request: HttpRequest, text: str, error: str) -> HttpResponse:
    context = {"text": text, "error": error, "limit": MOST_ROWS}
    return render(request, "web/members/paste.html", context, status=422)
