"""The form of the company's settings."""

from evenhand.people.operations.company import CONFLICT_SHOWS, LONGEST_NAME, SECOND_FACTOR
from evenhand.people.operations.profile import choosable_zones
from evenhand.people.organization import CURRENCIES
from evenhand.web.context import LOCALE_NAMES
from evenhand.web.members.forms import PeopleForm


class CompanyForm(PeopleForm):
    """Name, place, language, money, and limits."""

    def build(self) -> None:
        """Add the fields."""
        self.text("name", longest=LONGEST_NAME)
        self.choice("locale", [(key, name) for key, (name, _) in LOCALE_NAMES.items()])
        self.choice("zone", [(zone, zone.replace("_", " ")) for zone in choosable_zones()])
        self.text("country", longest=8, autocapitalize="characters")
        self.choice("currency", [(code, code) for code in CURRENCIES])
        self.text("first_contact_minutes", longest=5, inputmode="numeric")
        self.text("overrides_per_day", longest=4, inputmode="numeric")
        self.text("export_alone_rows", longest=7, inputmode="numeric")
        shown = [(key, self.words.text(f"web-company-conflict-{key}")) for key in CONFLICT_SHOWS]
        self.choice("conflict_shows", shown)
        who = [(key, self.words.text(f"web-company-factor-{key}")) for key in SECOND_FACTOR]
        self.choice("second_factor", who)
        self.day("second_factor_from")
        for name, field in self.fields.items():
            key = name.replace("_", "-")
            field.label = self.words.text(f"web-company-field-{key}")
            if self.words.has(hint := f"web-company-hint-{key}"):
                field.help_text = self.words.text(hint)
