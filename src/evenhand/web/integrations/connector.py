"""One connector: what was delivered, its settings and secrets, its mapping with a trial."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from evenhand.connectors.access import connector_for
from evenhand.connectors.mapping.document import Document, Kind, Origin
from evenhand.connectors.models import Connector, Outcome
from evenhand.connectors.operations.again import send_again
from evenhand.connectors.operations.setup import (
    BOTH_GOOD,
    MappingRefused,
    Settings,
    copy_connector,
    document_of,
    edit_connector,
    remove_connector,
    rotate_secrets,
    save_mapping,
)
from evenhand.connectors.queries import (
    days,
    deliveries,
    states,
    try_body,
    unmatched,
    versions,
)
from evenhand.connectors.secrets import secrets_of
from evenhand.people.models import User
from evenhand.people.scope import Right
from evenhand.platform.refusal import Refused
from evenhand.web.account.forms import WordedForm
from evenhand.web.account.login import get_or_post
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import number_of, words_of
from evenhand.web.context import zone_for
from evenhand.web.fresh import freshly
from evenhand.web.intake.forms import LABELS
from evenhand.web.integrations.connectors import SHOWN_ONCE, line_field, source_field
from evenhand.web.paging import asked_rows
from evenhand.wording.catalogue import Words

TABS = ("deliveries", "settings", "mapping")
_OFF = {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}


class SettingsForm(WordedForm):
    """What is chosen of a connector; secrets are typed, never shown."""

    def __init__(self, words: Words, row: Connector, document: Document, data: Any = None) -> None:
        start = {"name": row.name, "line": row.line_id, "source": row.source, "is_on": row.is_on}
        is_of_people = document.kind == Kind.ACTIVITIES
        if is_of_people:
            start["numbers"] = _lines_of(row.numbers)
        super().__init__(words, data, initial=start)
        self.use_required_attribute = False
        self.fields["is_on"] = forms.BooleanField(
            required=False, label=words.text("web-connectors-on")
        )
        self.fields["name"] = forms.CharField(
            required=False,
            max_length=80,
            label=words.text("web-connectors-name"),
            widget=forms.TextInput(attrs=_OFF),
        )
        if is_of_people:
            self.fields["numbers"] = forms.CharField(
                required=False,
                label=words.text("web-connectors-numbers"),
                help_text=words.text("web-connectors-numbers-hint"),
                widget=forms.Textarea(attrs=_OFF | {"rows": "6"}),
            )
        else:
            self.fields["line"] = line_field(words)
            self.fields["source"] = source_field(words)
        kept = secrets_of(row)
        for name, origin in document.secrets.items():
            if origin != Origin.MADE:
                self.fields[f"secret-{name}"] = _secret(words, name, name in kept)

    def given(self) -> Settings:
        """What stands in the form."""
        data = self.cleaned_data
        return Settings(
            name=data["name"],
            line_id=number_of(data.get("line")),
            source=data.get("source", ""),
            is_on=data["is_on"],
            given={
                name.removeprefix("secret-"): value
                for name, value in data.items()
                if name.startswith("secret-")
            },
            numbers=data.get("numbers", ""),
        )


def _secret(words: Words, name: str, is_kept: bool) -> forms.CharField:
    message = f"web-connectors-secret-{name.replace('_', '-')}"
    label = words.text(message) if words.has(message) else name
    return forms.CharField(
        required=False,
        max_length=500,
        label=label,
        help_text=words.text("web-integrations-kept") if is_kept else "",
        widget=forms.PasswordInput(attrs=_OFF | {"autocomplete": "new-password"}),
    )


def _lines_of(numbers: Mapping[str, int]) -> str:
    mails = dict(User.objects.filter(pk__in=numbers.values()).values_list("pk", "email"))
    return "\n".join(f"{number} = {mails.get(one, '')}" for number, one in numbers.items())


@get_or_post
@signed_in(Right.EDIT_COMPANY)
@freshly
def show(request: HttpRequest, connector_id: int) -> HttpResponse:
    """Look at a connector, or do something with it."""
    row = connector_for(actor_in(request), connector_id)
    if request.method == "POST":
        act = _ACTS.get(request.POST.get("act", ""), _edit)
        return act(request, row)
    return _page(request, row)


def _page(
    request: HttpRequest, row: Connector, *, tab: str = "", status: int = 200, **more: Any
) -> HttpResponse:
    actor, words, now = actor_in(request), words_of(request), timezone.now()
    tab = tab or request.GET.get("tab", "")
    tab = tab if tab in TABS else TABS[0]
    document, findings = _document(row.mapping)
    context: dict[str, Any] = {
        "row": row,
        "tab": tab,
        "tabs": TABS,
        "labels": {name: words.text(label) for name, label in LABELS.items()},
        "state": states(actor, now, only=row.pk)[0],
        "document": document,
        "url": f"{settings.EVENHAND_URL}/in/{row.key}",
        "shown": _shown_once(request, row),
        "findings": findings,
        "both_hours": int(BOTH_GOOD.total_seconds()) // 3600,
    }
    if tab == "deliveries":
        outcome = request.GET.get("outcome", "")
        context |= {
            "outcome": outcome if outcome in Outcome.values else "",
            "outcomes": ["", *Outcome.values],
            "page": asked_rows(deliveries(actor, row.pk, outcome), request.GET, size=20),
            "unmatched": unmatched(actor, row.pk),
            "days": days(actor, row.pk, now, zone_for(request)),
        }
    elif tab == "settings" and document is not None:
        context["form"] = SettingsForm(words, row, document)
    elif tab == "mapping":
        context |= {"versions": versions(actor, row.pk), "text": _text(request, row)}
        context["body"] = document.sample if document is not None else ""
    return render(request, "web/integrations/connector.html", context | more, status=status)


def _document(text: str) -> tuple[Document | None, Any]:
    try:
        return document_of(text), ()
    except MappingRefused as refusal:
        return None, refusal.problems


def _text(request: HttpRequest, row: Connector) -> str:
    """The mapping to edit: as it is, or as an earlier version was."""
    number = number_of(request.GET.get("version"))
    found = row.versions.filter(number=number).first() if number else None
    return row.mapping if found is None else str(found.text)


def _shown_once(request: HttpRequest, row: Connector) -> dict[str, str]:
    kept = request.session.get(SHOWN_ONCE)
    if kept is None or kept[0] != row.pk:
        return {}
    del request.session[SHOWN_ONCE]
    return dict(kept[1])


def _back(row: Connector, tab: str = "") -> HttpResponse:
    return redirect(f"/integrations/connectors/{row.pk}{f'?tab={tab}' if tab else ''}")


# -- what can be done -----------------------------------------------------------------------


def _edit(request: HttpRequest, row: Connector) -> HttpResponse:
    document, _ = _document(row.mapping)
    if document is None:
        return _back(row, "mapping")
    form = SettingsForm(words_of(request), row, document, request.POST)
    if form.is_valid():
        try:
            edit_connector(row.pk, form.given(), actor=actor_in(request))
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, words_of(request).text("web-members-saved"))
            return _back(row, "settings")
    return _page(request, row, tab="settings", status=422, form=form)


def _save(request: HttpRequest, row: Connector) -> HttpResponse:
    text = request.POST.get("text", "")
    try:
        _, made = save_mapping(row.pk, text, actor=actor_in(request))
    except MappingRefused as refusal:
        return _page(
            request,
            row,
            tab="mapping",
            status=422,
            text=text,
            findings=refusal.problems,
            body=request.POST.get("body", ""),
        )
    if made:
        request.session[SHOWN_ONCE] = [row.pk, made]
    messages.success(request, words_of(request).text("web-connectors-mapping-saved"))
    return _back(row, "settings" if made else "mapping")


def _try(request: HttpRequest, row: Connector) -> HttpResponse:
    text, body = request.POST.get("text", ""), request.POST.get("body", "")
    document, findings = _document(text)
    trial = None
    if document is not None:
        line = row.line.key if row.line is not None else ""
        trial = try_body(document, body, line=line, source=row.source)
    more = {"text": text, "body": body, "findings": findings, "trial": trial}
    # Asked while somebody types: what is wrong is the answer, and no failure.
    is_typing = "HX-Request" in request.headers
    status = 200 if trial is not None or is_typing else 422
    return _page(request, row, tab="mapping", status=status, **more)


def _rotate(request: HttpRequest, row: Connector) -> HttpResponse:
    made = rotate_secrets(row.pk, actor=actor_in(request))
    request.session[SHOWN_ONCE] = [row.pk, made]
    return _back(row, "settings")


def _copy(request: HttpRequest, row: Connector) -> HttpResponse:
    name = words_of(request).text("web-connectors-copied", name=row.name)
    made, secrets = copy_connector(row.pk, name, actor=actor_in(request))
    request.session[SHOWN_ONCE] = [made.pk, secrets]
    return _back(made, "settings")


def _remove(request: HttpRequest, row: Connector) -> HttpResponse:
    remove_connector(row.pk, actor=actor_in(request))
    messages.success(request, words_of(request).text("web-connectors-removed"))
    return redirect("/integrations/connectors")


def _again(request: HttpRequest, row: Connector) -> HttpResponse:
    delivery = number_of(request.POST.get("delivery"))
    count = send_again(row.pk, delivery, actor=actor_in(request))
    messages.success(request, words_of(request).text("web-connectors-sent-again", count=count))
    return redirect(f"/integrations/connectors/{row.pk}?outcome=to_mend")


_ACTS: Mapping[str, Callable[[HttpRequest, Connector], HttpResponse]] = {
    "save": _save,
    "try": _try,
    "rotate": _rotate,
    "copy": _copy,
    "remove": _remove,
    "again": _again,
}
