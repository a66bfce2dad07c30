"""The forms of people; what they hold is checked by the operations, which name the field."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from evenhand.people.models import DataScope, Role
from evenhand.platform.refusal import Refused
from evenhand.wording.catalogue import Words
from evenhand.wording.reasons import say

Choices = Sequence[tuple[Any, str]]
_LISTS = ("regions", "industries", "products", "skills", "languages")


class PeopleForm(forms.Form):
    """Fields with labels of the catalogue (`web-members-<field>`); refusals stand beside them.

    Nothing is required here, so that one place alone says what is wrong.
    """

    def __init__(
        self, words: Words, data: Any = None, *, initial: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=dict(initial or {}), label_suffix="", prefix=None)
        self.words = words
        self.use_required_attribute = False
        self.build()
        for name, field in self.fields.items():
            key = f"web-members-field-{name.replace('_', '-')}"
            field.label = field.label or words.text(key)
            hint = f"web-members-hint-{name.replace('_', '-')}"
            if not field.help_text and words.has(hint):
                field.help_text = words.text(hint)

    def build(self) -> None:
        """Add the fields."""

    def refuse(self, error: Refused) -> None:
        """Say what was refused, beside its field where it has one."""
        self.is_valid()
        field = error.field if error.field in self.fields else None
        self.add_error(field, say(self.words, error.why))

    def typed(self, name: str) -> str:
        """What stands in a field."""
        return str(self.data.get(name, ""))

    def title(self, *, longest: int) -> None:
        """What something, not somebody, is called."""
        self.text("name", longest=longest)
        self.fields["name"].label = self.words.text("web-members-field-title")

    def text(self, name: str, *, longest: int = 120, **attrs: str) -> None:
        """A line of text."""
        self.fields[name] = forms.CharField(
            required=False,
            strip=False,
            widget=forms.TextInput(
                attrs={"maxlength": str(longest), "autocomplete": "off", **attrs}
            ),
        )

    def day(self, name: str) -> None:
        """A day."""
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        self.fields[name] = forms.CharField(required=False, widget=widget)

    def choice(self, name: str, choices: Choices) -> None:
        """One of several."""
        self.fields[name] = forms.CharField(
            required=False, widget=forms.Select(choices=[(key, label) for key, label in choices])
        )


def role_choices(words: Words) -> Choices:
    """Roles by their words."""
    return [(role, words.text(f"web-role-{role}")) for role in Role.values]


def scope_choices(words: Words) -> Choices:
    """Data scopes by their words."""
    return [
        (scope, words.text(f"web-members-scope-{scope.replace('_', '-')}"))
        for scope in DataScope.values
    ]


class PersonForm(PeopleForm):
    """Name, address, phone and team of somebody who is there."""

    def __init__(self, words: Words, teams: Choices, data: Any = None, **more: Any) -> None:
        self.teams = teams
        super().__init__(words, data, **more)

    def build(self) -> None:
        """Add the fields."""
        self.text("name", longest=80)
        self.text("email", longest=254, type="email", autocapitalize="none")
        self.text("phone", longest=32, type="tel")
        self.choice("team", [("", "—"), *self.teams])


class InviteForm(PersonForm):
    """The same with role and data scope, for somebody new."""

    def build(self) -> None:
        """Add the fields."""
        super().build()
        self.choice("role", role_choices(self.words))
        self.choice("scope", scope_choices(self.words))
        self.fields["receives"] = forms.BooleanField(required=False)


class RoleForm(PeopleForm):
    """Role and data scope."""

    def build(self) -> None:
        """Add the fields."""
        self.choice("role", role_choices(self.words))
        self.choice("scope", scope_choices(self.words))


class RepForm(PeopleForm):
    """What somebody may receive, and how much."""

    def __init__(
        self, words: Words, mentors: Choices, calendars: Choices, data: Any = None, **more: Any
    ) -> None:
        self.mentors, self.calendars = mentors, calendars
        super().__init__(words, data, **more)

    def build(self) -> None:
        """Add the fields."""
        self.text("level", longest=40)
        self.text("weight", longest=8, inputmode="decimal")
        self.text("weights", longest=200)
        self.text("capacity", longest=8, inputmode="numeric")
        for name in _LISTS:
            self.text(name, longest=2_000)
        self.day("joined_on")
        self.choice("mentor", [("", "—"), *self.mentors])
        default = self.words.text("web-members-default-calendar")
        self.choice("calendar", [("", default), *self.calendars])


class AdjustmentForm(PeopleForm):
    """A temporary change of a weight."""

    def build(self) -> None:
        """Add the fields."""
        self.text("factor", longest=6, inputmode="decimal")
        self.day("from_date")
        self.day("until_date")
        self.text("note", longest=200)


class LeaveForm(PeopleForm):
    """An absence: whole days, or with times of day; for others with a name."""

    def __init__(self, words: Words, reps: Choices = (), data: Any = None, **more: Any) -> None:
        self.reps = reps
        super().__init__(words, data, **more)

    def build(self) -> None:
        """Add the fields."""
        if self.reps:
            self.choice("rep", [("", ""), *self.reps])
        self.day("from_at")
        self.day("until_at")
        for name in ("from_time", "until_time"):
            self.text(name, longest=5, type="time")
        self.text("reason", longest=60)


class TeamForm(PeopleForm):
    """Name, place and manager of a team."""

    def __init__(
        self, words: Words, teams: Choices, managers: Choices, data: Any = None, **more: Any
    ) -> None:
        self.teams, self.managers = teams, managers
        super().__init__(words, data, **more)

    def build(self) -> None:
        """Add the fields."""
        self.title(longest=80)
        self.choice("parent", [("", self.words.text("web-members-top")), *self.teams])
        self.choice("manager", [("", "—"), *self.managers])


class CalendarForm(PeopleForm):
    """Name, place and hours of a week."""

    def build(self) -> None:
        """Add the fields."""
        self.title(longest=60)
        self.text("zone", longest=60, list="zones")
        self.text("country", longest=8, autocapitalize="characters")
        for number in range(7):
            self.text(f"hours-{number}", longest=60)
            self.fields[f"hours-{number}"].label = self.words.text(f"weekday-{number + 1}")


class DayForm(PeopleForm):
    """One of a company's own days."""

    def build(self) -> None:
        """Add the fields."""
        self.day("on")
        kinds = ("holiday", "workday", "hours")
        self.choice(
            "kind", [(kind, self.words.text(f"web-calendars-kind-{kind}")) for kind in kinds]
        )
        self.title(longest=60)
        self.text("hours", longest=60)


class RosterForm(PeopleForm):
    """Shifts by a weekly pattern."""

    def __init__(self, words: Words, reps: Choices, data: Any = None, **more: Any) -> None:
        self.reps = reps
        super().__init__(words, data, **more)

    def build(self) -> None:
        """Add the fields."""
        self.text("roster", longest=60, list="rosters")
        self.day("first")
        self.day("last")
        self.text("hours", longest=60)
        turns = ("daily", "weekly", "together")
        self.choice("turn", [(turn, self.words.text(f"web-rosters-turn-{turn}")) for turn in turns])
        days = [(str(number), self.words.text(f"weekday-{number}")) for number in range(1, 8)]
        self.fields["weekdays"] = forms.MultipleChoiceField(
            required=False, choices=days, widget=forms.CheckboxSelectMultiple
        )
        self.fields["reps"] = forms.MultipleChoiceField(
            required=False, choices=self.reps, widget=forms.SelectMultiple(attrs={"size": "8"})
        )
