"""Where a form is, and the lines that put it into somebody's site."""

from django.conf import settings
from django.urls import reverse

from evenhand.forms.models import Form
from evenhand.wording.catalogue import Words


def address_of_form(form: Form) -> str:
    """The public address of a form."""
    return f"{settings.EVENHAND_URL}{reverse('public-form', args=[form.key])}"


def embed_code(form: Form, words: Words) -> str:
    """A frame, and the script that lets it grow; without the script it works too."""
    title = words.text("web-intake-public-title")
    script = f"{settings.EVENHAND_URL}{reverse('public-form-script')}"
    return (
        f'<iframe src="{address_of_form(form)}?embed=1" title="{title}" width="100%"'
        f' height="760" loading="lazy"></iframe>\n<script src="{script}" async></script>'
    )
