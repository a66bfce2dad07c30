"""Addresses of this area."""

from django.urls import path

from evenhand.web.intake import by_hand, public

urlpatterns = [
    path("intake", by_hand.enter, name="intake"),
    path("intake/result/<str:token>", by_hand.show_result, name="intake-result"),
    path("f/embed.js", public.script, name="public-form-script"),
    path("f/<str:form_key>", public.show_form, name="public-form"),
    path("f/<str:form_key>/thanks", public.show_thanks, name="public-form-thanks"),
]
