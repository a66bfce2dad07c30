"""The forms of getting in; labels and hints in the reader's language."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms

from evenhand.people.operations.passwords import LONGEST, WeakPassword
from evenhand.people.operations.profile import THEMES, choosable_zones
from evenhand.people.operations.set_up import CURRENCIES
from evenhand.people.scope import TOKEN_SCOPES
from evenhand.platform.refusal import Refused
from evenhand.web.context import LOCALE_NAMES
from evenhand.wording.catalogue import Words
from evenhand.wording.reasons import say


class WordedForm(forms.Form):
    """A form whose labels stand in the catalogue: `labels` and `hints`, field → message."""

    labels: ClassVar[Mapping[str, str]] = {}
    hints: ClassVar[Mapping[str, str]] = {}

    def __init__(self, words: Words, data: Any = None, **more: Any) -> None:
        super().__init__(data, label_suffix="", **more)
        self.words = words
        for name, message in self.labels.items():
            self.fields[name].label = words.text(message)
        for name, message in self.hints.items():
            self.fields[name].help_text = words.text(message)

    def refuse(self, error: Refused) -> None:
        """Put a refusal beside the field that it is about."""
        field = error.field if error.field in self.fields else None
        reasons = error.reasons if isinstance(error, WeakPassword) else [error.why]
        for why in reasons:
            self.add_error(field, say(self.words, why))


def _password(complete: str = "current-password") -> forms.CharField:
    attrs = {"autocomplete": complete, "spellcheck": "false"}
    # A password may begin or end with a blank.
    return forms.CharField(max_length=LONGEST, strip=False, widget=forms.PasswordInput(attrs=attrs))


def _email(complete: str = "username") -> forms.EmailField:
    return forms.EmailField(
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": complete, "autocapitalize": "none"}),
    )


class LoginForm(WordedForm):
    """First step: mail address and password."""

    labels: ClassVar[Mapping[str, str]] = {
        "email": "web-account-email",
        "password": "web-account-password",
    }
    email = _email()
    password = _password()


class CodeForm(WordedForm):
    """Second step: a code of the app, or a recovery code."""

    labels: ClassVar[Mapping[str, str]] = {"code": "web-account-code"}
    hints: ClassVar[Mapping[str, str]] = {"code": "web-account-code-hint"}
    code = forms.CharField(
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "autofocus": True}
        ),
    )


class EnrolForm(WordedForm):
    """A code that shows that the app knows the secret."""

    labels: ClassVar[Mapping[str, str]] = {"code": "web-account-enrol-code"}
    code = forms.CharField(
        max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class PasswordForm(WordedForm):
    """Only the password: is it still you?"""

    labels: ClassVar[Mapping[str, str]] = {"password": "web-account-password"}
    password = _password()


class ForgotForm(WordedForm):
    """Where to send the link."""

    labels: ClassVar[Mapping[str, str]] = {"email": "web-account-email"}
    email = _email()


class NewPasswordForm(WordedForm):
    """A new password, by a reset link."""

    labels: ClassVar[Mapping[str, str]] = {"password": "web-account-new-password"}
    hints: ClassVar[Mapping[str, str]] = {"password": "web-account-password-hint"}
    password = _password("new-password")


class InvitationForm(NewPasswordForm):
    """Name and password, by an invitation."""

    labels: ClassVar[Mapping[str, str]] = {
        "name": "web-account-name",
        "password": "web-account-new-password",
    }
    name = forms.CharField(max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    field_order = ("name", "password")


class ChangePasswordForm(WordedForm):
    """The old password, and the new one."""

    labels: ClassVar[Mapping[str, str]] = {
        "old": "web-account-old-password",
        "password": "web-account-new-password",
    }
    hints: ClassVar[Mapping[str, str]] = {"password": "web-account-password-hint"}
    old = _password()
    password = _password("new-password")

    def refuse(self, error: Refused) -> None:
        """What is wrong with a password that was asked for is about the old one."""
        if isinstance(error, WeakPassword):
            super().refuse(error)
        else:
            self.add_error("old", say(self.words, error.why))


class ProfileForm(WordedForm):
    """Language, clock, look."""

    labels: ClassVar[Mapping[str, str]] = {
        "locale": "web-account-locale",
        "zone": "web-account-zone",
        "theme": "web-account-theme",
    }
    locale = forms.ChoiceField(required=False)
    zone = forms.ChoiceField(required=False)
    theme = forms.ChoiceField(required=False)

    def __init__(self, words: Words, data: Any = None, **more: Any) -> None:
        super().__init__(words, data, **more)
        _choices(self, "locale", ("", words.text("web-account-locale-browser")), *_languages())
        _choices(self, "zone", ("", words.text("web-account-zone-company")), *_zones())
        themes = ((theme, words.text(f"web-account-theme-{theme}")) for theme in THEMES)
        _choices(self, "theme", ("", words.text("web-account-theme-device")), *themes)


class TokenForm(WordedForm):
    """A new token: what for, what it may, for how long."""

    labels: ClassVar[Mapping[str, str]] = {
        "name": "web-tokens-name",
        "scopes": "web-tokens-scopes",
        "days": "web-tokens-days",
    }
    hints: ClassVar[Mapping[str, str]] = {
        "name": "web-tokens-name-hint",
        "scopes": "web-tokens-scopes-hint",
        "days": "web-tokens-days-hint",
    }
    name = forms.CharField(max_length=80)
    scopes = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"})
    )
    days = forms.TypedChoiceField(coerce=int, initial=90)

    def __init__(self, words: Words, data: Any = None, **more: Any) -> None:
        super().__init__(words, data, **more)
        scopes = ((key, words.text(f"web-tokens-scope-{key}")) for key in TOKEN_SCOPES)
        _choices(self, "scopes", *scopes)
        lives = (30, 90, 180, 365)
        _choices(self, "days", *((n, words.text("web-tokens-life", days=n)) for n in lives))


class SetUpForm(WordedForm):
    """A real company and its first administrator."""

    labels: ClassVar[Mapping[str, str]] = {
        "name": "web-set-up-company",
        "country": "web-set-up-country",
        "zone": "web-account-zone",
        "locale": "web-set-up-locale",
        "admin_name": "web-set-up-your-name",
        "admin_email": "web-set-up-your-email",
        "password": "web-account-password",
    }
    hints: ClassVar[Mapping[str, str]] = {
        "country": "web-set-up-country-hint",
        "password": "web-account-password-hint",
    }
    name = forms.CharField(max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    country = forms.ChoiceField(required=False)
    zone = forms.ChoiceField()
    locale = forms.ChoiceField()
    admin_name = forms.CharField(
        max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    admin_email = _email("email")
    password = _password("new-password")

    def __init__(self, words: Words, data: Any = None, **more: Any) -> None:
        super().__init__(words, data, **more)
        countries = ((key, words.text(f"web-country-{key}")) for key in CURRENCIES)
        _choices(self, "country", *countries, ("", words.text("web-country-none")))
        _choices(self, "zone", *_zones())
        _choices(self, "locale", *_languages())


def _choices(form: forms.Form, name: str, *choices: tuple[Any, str]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


def _languages() -> list[tuple[str, str]]:
    return [(key, name) for key, (name, _) in LOCALE_NAMES.items()]


def _zones() -> list[tuple[str, str]]:
    return [(zone, zone.replace("_", " ")) for zone in choosable_zones()]
