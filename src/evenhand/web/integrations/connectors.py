"""接入渠道: all connectors and how they do; a new one from a template."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from evenhand.connectors.mapping.document import Kind
from evenhand.connectors.operations.setup import add_connector
from evenhand.connectors.queries import states
from evenhand.connectors.templates import templates
from evenhand.leads.intake import TEXT_LIMITS
from evenhand.people.scope import Right
from evenhand.platform.refusal import Refused
from evenhand.policies.queries import lines
from evenhand.web.account.forms import WordedForm
from evenhand.web.account.login import get_or_post
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import number_of, words_of
from evenhand.web.fresh import freshly
from evenhand.wording.catalogue import Words

SHOWN_ONCE = "connector_secrets"
_OFF = {"autocomplete": "off", "spellcheck": "false"}


def name_of(words: Words, template: str) -> str:
    """What a template is called."""
    return words.text(f"web-connectors-template-{template.replace('_', '-')}")


def line_field(words: Words) -> forms.ChoiceField:
    """A choice of the business line; none = the default one."""
    choices = [("", words.text("web-imports-default-line"))]
    choices += [(str(one.pk), one.name) for one in lines()]
    return forms.ChoiceField(
        choices=choices,
        required=False,
        label=words.text("web-leads-field-line"),
        help_text=words.text("web-connectors-line-hint"),
    )


def source_field(words: Words) -> forms.CharField:
    """The source of leads that name none."""
    return forms.CharField(
        required=False,
        max_length=TEXT_LIMITS["source"],
        label=words.text("web-connectors-source"),
        help_text=words.text("web-connectors-source-hint"),
        widget=forms.TextInput(attrs=_OFF),
    )


class NewForm(WordedForm):
    """From which template, and what its leads get."""

    def __init__(self, words: Words, data: Any = None, **more: Any) -> None:
        super().__init__(words, data, **more)
        self.use_required_attribute = False
        groups = [
            (
                words.text(f"web-connectors-kind-{kind}"),
                [
                    (key, name_of(words, key))
                    for key, one in templates().items()
                    if one.kind == kind
                ],
            )
            for kind in Kind
        ]
        self.fields["template"] = forms.ChoiceField(
            choices=[(label, choices) for label, choices in groups if choices],
            label=words.text("web-connectors-template"),
            help_text=words.text("web-connectors-template-hint"),
        )
        self.fields["name"] = forms.CharField(
            required=False,
            max_length=80,
            label=words.text("web-connectors-name"),
            help_text=words.text("web-connectors-name-hint"),
            widget=forms.TextInput(attrs=_OFF),
        )
        self.fields["line"] = line_field(words)
        self.fields["source"] = source_field(words)


@get_or_post
@signed_in(Right.EDIT_COMPANY)
@freshly
def show(request: HttpRequest) -> HttpResponse:
    """The list, and a new connector; its secrets are shown on the page that follows."""
    actor, words = actor_in(request), words_of(request)
    form = NewForm(words, request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            row, made = add_connector(
                given["template"],
                given["name"] or name_of(words, given["template"]),
                line_id=number_of(given["line"]),
                source=given["source"],
                actor=actor,
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            request.session[SHOWN_ONCE] = [row.pk, made]
            return redirect(f"/integrations/connectors/{row.pk}?tab=settings")
    context = {"form": form, "states": states(actor, timezone.now())}
    status = 422 if form.is_bound else 200
    return render(request, "web/integrations/connectors.html", context, status=status)
