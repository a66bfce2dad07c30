"""Forms of this area: fields by name, errors in words beside them, nothing typed is lost."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from evenhand.leads.intake import FieldProblem
from evenhand.leads.operations.editing import ChangedMeanwhile
from evenhand.platform.refusal import Refused
from evenhand.wording.catalogue import Words
from evenhand.wording.reasons import say


@dataclass(frozen=True, slots=True)
class Spec:
    """One field: kind is text, tel, email, url, number, date, long or choice."""

    name: str
    kind: str = "text"
    is_required: bool = False
    choices: Sequence[tuple[str, str]] = ()
    hint: str = ""  # a message


class PageForm(forms.Form):
    """A form whose values are checked by the operation, not here: one place says what is wrong."""

    def __init__(
        self,
        words: Words,
        specs: Sequence[Spec],
        data: Mapping[str, Any] | None = None,
        *,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}), label_suffix="")
        self.words = words
        # What the fields held when the form was opened: who edits meanwhile is noticed by it.
        self.seen = {spec.name: _text((initial or {}).get(spec.name)) for spec in specs}
        self.use_required_attribute = True
        for spec in specs:
            self.fields[spec.name] = self._field(spec)

    def refuse(self, problems: Iterable[FieldProblem]) -> None:
        """Say beside the fields what is wrong with them."""
        self.is_valid()
        for one in problems:
            name = one.field if one.field in self.fields else None
            self.add_error(name, say(self.words, one.why))

    def refuse_one(self, refused: Refused) -> None:
        """Say what was refused, beside its field where it has one."""
        self.is_valid()
        name = refused.field if refused.field in self.fields else None
        self.add_error(name, say(self.words, refused.why))

    def show_conflict(self, conflict: ChangedMeanwhile, shown: Mapping[str, str]) -> None:
        """Show both values of what somebody else changed; saving again then keeps one's own."""
        self.is_valid()
        for name in conflict.conflicts:
            theirs = shown.get(name, "")
            self.seen[name] = theirs
            self.add_error(
                name if name in self.fields else None,
                self.words.text("web-leads-theirs", value=theirs or "—"),
            )

    def _field(self, spec: Spec) -> forms.Field:
        label = self.words.text(f"web-leads-field-{spec.name.replace('_', '-')}")
        hint = self.words.text(spec.hint) if spec.hint else ""
        options: dict[str, Any] = {"label": label, "required": spec.is_required, "help_text": hint}
        if spec.kind == "choice":
            return forms.ChoiceField(choices=list(spec.choices), **options)
        widget: forms.Widget = forms.TextInput(attrs=_LOOKS.get(spec.kind, {}))
        if spec.kind == "long":
            widget = forms.Textarea(attrs={"rows": 4})
        return forms.CharField(widget=widget, strip=False, **options)


_LOOKS: Mapping[str, dict[str, str]] = {
    "tel": {"type": "tel", "inputmode": "tel", "autocomplete": "off"},
    "email": {"inputmode": "email", "autocomplete": "off"},
    "number": {"inputmode": "numeric"},
    "money": {"inputmode": "decimal"},
    "date": {"type": "date"},
}


def _text(value: Any) -> str:
    return "" if value is None else str(value)
