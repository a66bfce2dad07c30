"""The address of the company's settings."""

from django.urls import path

from evenhand.web.company import settings_page

urlpatterns = [path("company", settings_page.company)]
