"""Addresses of this area."""

from django.urls import path

from evenhand.web.intake import by_hand, lines, public

urlpatterns = [
    path("intake", by_hand.enter, name="intake"),
    path("intake/result/<str:token>", by_hand.show_result, name="intake-result"),
    path("intake/forms", lines.show_forms, name="public-forms"),
    path("intake/forms/<str:line_key>", lines.change_form, name="public-form-change"),
    path("f/<str:form_key>", public.show_form, name="public-form"),
    path("f/<str:form_key>/thanks", public.show_thanks, name="public-form-thanks"),
]
