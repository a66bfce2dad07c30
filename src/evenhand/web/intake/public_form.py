"""A public form as its visitor fills it in: the fields of its definition, in his language."""

from collections.abc import Mapping
from typing import Any

from django import forms

from evenhand.engine.facts import FieldType
from evenhand.engine.policy.document import CustomField
from evenhand.forms.definition import CONTACTS, OWN, Asked, Definition, Said
from evenhand.leads.intake import TEXT_LIMITS
from evenhand.web.intake.forms import LABELS, LOOKS, IntakeForm
from evenhand.wording.catalogue import LOCALES, Words

_BY_VISITOR = {
    "name": "name",
    "title": "organization-title",
    "company": "organization",
    "phone": "tel",
    "email": "email",
    "region": "address-level1",
}


def text_of(said: Said, locale: str, *, any_language: bool = False) -> str:
    """A text in a language; `any_language`: rather in another one than none."""
    if said.get(locale) or not any_language:
        return said.get(locale, "")
    return next((said[one] for one in LOCALES if said.get(one)), "")


def label_of(asked: Asked, words: Words) -> str:
    """What a field is called: as somebody wrote, else the product's word, else its name."""
    if asked.name.startswith(OWN):
        name = asked.name.removeprefix(OWN)
        return text_of(asked.label, words.locale, any_language=True) or name
    own = text_of(asked.label, words.locale)
    return own or words.text(
        "web-intake-field-message" if asked.name == "note" else LABELS[asked.name]
    )


class PublicForm(IntakeForm):
    """What a visitor is asked, and his consent."""

    def __init__(
        self,
        words: Words,
        definition: Definition,
        custom: Mapping[str, CustomField],
        consent: str,
        data: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(words, data)
        self.definition = definition
        self.asked = {one.name: one for one in definition.fields if not one.constant}
        for one in self.asked.values():
            self._ask(one, custom.get(one.name))
        self.fields["consent"] = forms.BooleanField(required=False, label=consent)

    def _ask(self, one: Asked, custom: CustomField | None) -> None:
        label, choices = label_of(one, self.words), one.choices
        if custom is not None and custom.choices and not choices:
            choices = tuple(custom.choices)
        kind = FieldType.TEXT if custom is None else custom.type
        if choices:
            options = [("", self.words.text("web-leads-choose")), *((c, c) for c in choices)]
            made: forms.Field = forms.CharField(widget=forms.Select(choices=options))
        elif kind is FieldType.BOOLEAN:
            made = forms.BooleanField()
        elif kind is FieldType.DATE:
            made = forms.CharField(widget=forms.DateInput(attrs={"type": "date"}))
        else:
            attrs = dict(LOOKS.get(one.name, {}))
            attrs["autocomplete"] = _BY_VISITOR.get(one.name, "off")
            if kind is FieldType.NUMBER:
                attrs["inputmode"] = "decimal"
            self._text(one.name, LABELS["name"], attrs)
            made = self.fields[one.name]
        made.label, made.required = label, one.required
        made.help_text = text_of(one.help, self.words.locale)
        self.fields[one.name] = made

    def values(self) -> dict[str, Any]:
        """What was typed and what is constant, as intake takes it."""
        values: dict[str, Any] = {}
        extra: dict[str, Any] = {}
        for one in self.definition.fields:
            typed = one.constant or str(self.data.get(one.name, "")).strip()
            if not typed:
                continue
            if one.name.startswith(OWN):
                extra[one.name.removeprefix(OWN)] = self._own_value(one.name, typed)
            else:
                values[one.name] = typed
        return {**values, "extra": extra}

    def check(self) -> bool:
        """Whether somebody can be reached, agreed to be, and answered what is needed."""
        self.is_valid()
        self.errors.clear()
        for one in self.asked.values():
            typed = str(self.data.get(one.name, "")).strip()
            if one.required and not typed:
                name = "web-intake-name-missing" if one.name == "name" else "people-needed"
                self._add(one.name, self.words.text(name))
            if typed and one.choices and typed not in one.choices:
                self._add(one.name, self.words.text("people-choice-gone"))
            if len(typed) > TEXT_LIMITS.get(one.name, TEXT_LIMITS["note"]):
                limit = TEXT_LIMITS.get(one.name, TEXT_LIMITS["note"])
                self._add(one.name, self.words.text("intake-too-long", limit=limit))
        contacts = [name for name in CONTACTS if name in self.asked]
        if not any(str(self.data.get(name, "")).strip() for name in contacts):
            self._add(
                contacts[0] if contacts else "", self.words.text("web-intake-no-way-to-reach")
            )
        if not self.data.get("consent"):
            self._add("consent", self.words.text("web-intake-consent-missing"))
        return not self.errors

    def _own_value(self, name: str, typed: str) -> str | int | float | bool:
        field = self.fields.get(name)
        if isinstance(field, forms.BooleanField):
            return True
        if field is not None and field.widget.attrs.get("inputmode") == "decimal":
            try:
                number = float(typed)
            except ValueError:
                return typed
            return int(number) if number.is_integer() else number
        return typed
