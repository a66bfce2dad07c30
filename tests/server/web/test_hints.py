"""Beside every setting stands what it does, and to whom; in every language."""

from collections.abc import Callable
from typing import Any

import pytest

from evenhand.web.account.forms import TokenForm
from evenhand.web.company.forms import CompanyForm
from evenhand.web.members import forms
from evenhand.wording.catalogue import LOCALES, Words

# What everybody knows without a word.
PLAIN = frozenset(
    "name phone from_at until_at from_time until_time rep first from_date until_date".split()
)
FORMS: dict[str, Callable[[Words], Any]] = {
    "invite": lambda words: forms.InviteForm(words, []),
    "rep": lambda words: forms.RepForm(words, [], []),
    "role": lambda words: forms.RoleForm(words),
    "adjustment": lambda words: forms.AdjustmentForm(words),
    "leave": lambda words: forms.LeaveForm(words),
    "team": lambda words: forms.TeamForm(words, [], []),
    "calendar": lambda words: forms.CalendarForm(words),
    "day": lambda words: forms.DayForm(words),
    "roster": lambda words: forms.RosterForm(words, []),
    "company": lambda words: CompanyForm(words),
    "token": lambda words: TokenForm(words),
}


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", FORMS)
def test_every_setting_says_what_it_does(name: str, locale: str) -> None:
    form = FORMS[name](Words(locale))

    silent = [
        field
        for field, one in form.fields.items()
        if not one.help_text and field not in PLAIN and not field.startswith("hours-")
    ]

    assert form.fields and silent == []
