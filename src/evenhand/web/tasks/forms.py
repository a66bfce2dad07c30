"""The form of a new to-do: what, for whom, by when, and whether it comes again."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from evenhand.engine.workload.tasks_section import TaskType
from evenhand.web.asked import number_of
from evenhand.wording.catalogue import Words

_NONE: Mapping[str, str] = {}
_DIGITS = {"inputmode": "numeric"}
UNITS = ("day", "week", "month")
Choices = Sequence[tuple[str, str]]


class TaskForm(forms.Form):
    """Fields with labels and help from the catalogue: `web-tasks-field-<name>`.

    What cannot be is said by the operation that makes the to-do; here only what is typed is kept.
    """

    def __init__(
        self,
        words: Words,
        types: Sequence[TaskType],
        ways: Sequence[str],
        people: Sequence[tuple[int, str]],
        data: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, label_suffix="")
        self.words = words
        self.use_required_attribute = False
        usual = [(one.type, self._type_words(one)) for one in types]
        self._choice("type", usual)
        self._text("title", most=200)
        self._text("note", most=5_000, rows=3)
        if len(ways) > 1:
            said = [(way, words.text(f"web-tasks-way-{way}")) for way in ways]
            self._choice("way", said, **{"data-switch": ""})
        if "rep" in ways:
            none = ("", words.text("web-leads-choose-person"))
            named = [none, *((str(pk), name) for pk, name in people)]
            self._choice("rep", named, **{"data-for": "way", "data-values": "rep"})
        self._add("due_at", forms.CharField(required=False, widget=_picker("datetime-local")))
        self._text("quantity", most=6, attrs=_DIGITS)
        self._text("minutes", most=5, attrs=_DIGITS)
        if "rep" in ways:
            self._repeats()

    def _repeats(self) -> None:
        """A series, for who gives work."""
        none = ("", self.words.text("web-tasks-unit-none"))
        units = [none, *((one, self.words.text(f"web-tasks-unit-{one}")) for one in UNITS)]
        self._choice("unit", units, **{"data-switch": ""})
        shown = {"data-for": "unit", "data-values": "day week month"}
        self._text("every", most=3, attrs={"inputmode": "numeric", **shown})
        days = [(str(day), self.words.text(f"weekday-{day}")) for day in range(1, 8)]
        of_weeks = {"class": "form-check-input", "data-for": "unit", "data-values": "week"}
        boxes = forms.CheckboxSelectMultiple(attrs=of_weeks)
        field = forms.MultipleChoiceField(required=False, choices=days, widget=boxes)
        self._add("weekdays", field)
        for name in ("from_on", "until_on"):
            self._add(name, forms.CharField(required=False, widget=_picker("date", **shown)))

    def refuse(self, field: str, sentence: str) -> None:
        """Say what is wrong, beside its field if it has one."""
        self.is_valid()
        name = {"reason": "title"}.get(field, field)
        self.add_error(name if name in self.fields else None, sentence)

    def typed(self, name: str) -> str:
        """What stands in a field, without space around it."""
        return str(self.data.get(name, "")).strip()

    def number(self, name: str) -> int | None:
        """A number that was typed, None = nothing; what is no number is as good as 0."""
        text = self.typed(name)
        return (number_of(text) or 0) if text else None

    def chosen(self, name: str) -> list[str]:
        """What was ticked of several."""
        get = getattr(self.data, "getlist", None)
        return list(get(name)) if get is not None else list(self.data.get(name, ()))

    def _type_words(self, one: TaskType) -> str:
        return self.words.text("web-tasks-type-takes", type=one.type, minutes=one.minutes)

    def _add(self, name: str, field: forms.Field) -> None:
        field.label = self.words.text(f"web-tasks-field-{name.replace('_', '-')}")
        help_id = f"web-tasks-field-{name.replace('_', '-')}-help"
        field.help_text = self.words.text(help_id) if self.words.has(help_id) else ""
        self.fields[name] = field

    def _text(
        self, name: str, *, most: int, rows: int = 0, attrs: Mapping[str, str] = _NONE
    ) -> None:
        looks = {"autocomplete": "off", "maxlength": str(most), **attrs}
        widget: forms.Widget = forms.TextInput(attrs=looks)
        if rows:
            widget = forms.Textarea(attrs={**looks, "rows": str(rows)})
        self._add(name, forms.CharField(required=False, widget=widget))

    def _choice(self, name: str, choices: Choices, **attrs: str) -> None:
        widget = forms.Select(attrs=attrs)
        self._add(name, forms.ChoiceField(required=False, choices=choices, widget=widget))


class SeriesForm(TaskForm):
    """Of a series what can be changed: what it is called, how often, until when, who gets it."""

    def __init__(
        self,
        words: Words,
        ways: Sequence[str],
        people: Sequence[tuple[int, str]],
        data: Mapping[str, Any],
    ) -> None:
        super().__init__(words, (), ways, people, data)
        for name in ("type", "due_at", "quantity", "minutes"):
            del self.fields[name]
        unit = self.fields["unit"]
        assert isinstance(unit, forms.ChoiceField), "it is made above"
        unit.choices = [(one, words.text(f"web-tasks-unit-{one}")) for one in UNITS]


def _picker(kind: str, **attrs: str) -> forms.Widget:
    widget = forms.TextInput(attrs={"autocomplete": "off", **attrs})
    widget.input_type = kind
    return widget
