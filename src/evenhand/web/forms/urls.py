"""Addresses of the form builder."""

from django.urls import path

from evenhand.web.forms import acts, editor, listing

_ONE = "intake/forms/<int:form_id>"

urlpatterns = [
    path("intake/forms", listing.show_all, name="public-forms"),
    path("intake/forms/new", acts.new, name="form-new"),
    path(_ONE, editor.edit, name="form-edit"),
    path(f"{_ONE}/preview", editor.preview, name="form-preview"),
    path(f"{_ONE}/act", acts.act, name="form-act"),
    path(f"{_ONE}/held", listing.show_held, name="form-held"),
    path(f"{_ONE}/held/<int:sent_id>", acts.decide, name="form-decide"),
]
