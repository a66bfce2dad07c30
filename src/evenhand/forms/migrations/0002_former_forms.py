"""Every line's one fixed form becomes a form like any other, at the same address."""

from typing import Any

from django.db import migrations

_FIELDS = ("name", "company", "phone", "email", "region", "note")
_DEFINITION = {
    "fields": [
        {
            "name": name,
            "label": {},
            "help": {},
            "required": name == "name",
            "choices": [],
            "constant": "",
        }
        for name in _FIELDS
    ],
    "title": {},
    "lead": {},
    "button": {},
    "consent": {},
    "thanks": {},
    "go_to": "",
    "source": "",
    "campaign": "",
    "languages": ["zh-Hans", "zh-Hant", "en"],
    "color": "blue",
    "opens_on": "",
    "closes_on": "",
    "blocked": [],
    "most_links": 2,
}


def take_over(apps: Any, schema_editor: Any) -> None:
    """One form for each line that had one."""
    form_model = apps.get_model("forms", "Form")
    for line in apps.get_model("policies", "Line").objects.exclude(form_key=None):
        form = form_model.objects.create(
            line=line, key=line.form_key, name=line.name, draft=_DEFINITION
        )
        version = apps.get_model("forms", "FormVersion").objects.create(
            form=form, number=1, definition=_DEFINITION
        )
        form.live, form.is_on = version, True
        form.save()


class Migration(migrations.Migration):
    dependencies = (("forms", "0001_forms"), ("policies", "0003_studio"))
    operations = (migrations.RunPython(take_over, migrations.RunPython.noop),)
