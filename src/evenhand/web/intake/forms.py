"""The form that takes in a lead by hand, with everything; what it shares with public ones.

What is wrong is said by `leads.intake`, once for every door; here its sentences find their fields.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from evenhand.leads.intake import TEXT_LIMITS, InvalidIntake
from evenhand.platform.refusal import Refused
from evenhand.wording.catalogue import Words
from evenhand.wording.reasons import say

MAIN = ("name", "company", "phone", "email", "region", "source", "product", "note")
MORE = (
    "title", "industry", "campaign", "size", "employees", "budget", "currency", "language",
    "skill", "grade", "external_id",
)  # fmt: skip
LABELS = {
    "name": "web-intake-field-name",
    "company": "web-leads-field-company",
    "phone": "web-leads-field-phone",
    "email": "web-leads-field-email",
    "region": "web-leads-field-region",
    "source": "web-leads-field-source",
    "product": "web-leads-field-product",
    "note": "web-leads-field-note",
    "title": "web-leads-field-title",
    "industry": "web-leads-field-industry",
    "campaign": "web-leads-field-campaign",
    "size": "web-leads-field-size",
    "employees": "web-leads-field-employees",
    "budget": "web-leads-field-budget",
    "currency": "web-leads-field-currency",
    "language": "web-leads-field-language",
    "skill": "web-leads-field-skill",
    "grade": "web-leads-field-grade",
    "external_id": "web-leads-field-external-id",
}
LOOKS: dict[str, dict[str, str]] = {
    "phone": {"type": "tel", "autocomplete": "off", "inputmode": "tel"},
    "email": {"type": "email", "autocomplete": "off"},
    "employees": {"inputmode": "numeric"},
    "budget": {"inputmode": "numeric"},
}


class IntakeForm(forms.Form):
    """Fields by name, with the errors of `InvalidIntake` beside them."""

    def __init__(self, words: Words, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, label_suffix="")
        self.words = words
        self.use_required_attribute = False

    def refuse(self, problem: InvalidIntake | Refused) -> None:
        """Say what is wrong beside each field."""
        self.is_valid()
        if isinstance(problem, Refused):
            self._add(problem.field, say(self.words, problem.why))
            return
        for one in problem.problems:
            self._add(one.field, say(self.words, one.why))

    def typed(self) -> dict[str, str]:
        """What stands in the fields that are fields of a lead; empty ones are left out."""
        values = {name: str(self.data.get(name, "")).strip() for name in self.fields}
        return {name: value for name, value in values.items() if value and name in LABELS}

    def _add(self, name: str, sentence: str) -> None:
        self.add_error(name if name in self.fields else None, sentence)

    def _text(self, name: str, label: str, attrs: Mapping[str, str]) -> None:
        most = TEXT_LIMITS.get(name, 20)
        widget: forms.Widget = forms.TextInput(attrs={**attrs, "maxlength": str(most)})
        if name == "note":
            widget = forms.Textarea(attrs={**attrs, "rows": "4", "maxlength": str(most)})
        self.fields[name] = forms.CharField(
            label=self.words.text(label), widget=widget, required=False, strip=False
        )


class ByHandForm(IntakeForm):
    """Every field of a lead; the line where there are several, and "found it myself" for reps."""

    def __init__(
        self,
        words: Words,
        lines: Sequence[tuple[str, str]],
        *,
        is_rep: bool,
        data: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(words, data)
        for name in MAIN:
            self._text(name, LABELS[name], LOOKS.get(name, {"autocomplete": "off"}))
        if len(lines) > 1:
            label = words.text("web-leads-field-line")
            self.fields["line"] = forms.ChoiceField(choices=list(lines), label=label)
        if is_rep:
            self.fields["is_own"] = forms.BooleanField(
                required=False,
                label=words.text("web-intake-own"),
                help_text=words.text("web-intake-own-hint"),
            )
        for name in MORE:
            self._text(name, LABELS[name], LOOKS.get(name, {"autocomplete": "off"}))

    @property
    def main(self) -> list[Any]:
        """The fields that most leads come with."""
        return [self[name] for name in self.fields if name not in MORE]

    @property
    def more(self) -> list[Any]:
        """The others."""
        return [self[name] for name in MORE]

    @property
    def has_more(self) -> bool:
        """Whether one of the others holds something, or is wrong."""
        return any(self.data.get(name) or self.errors.get(name) for name in MORE)
