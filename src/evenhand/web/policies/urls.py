"""Addresses of policies."""

from django.urls import path

from evenhand.web.policies import trying, views

urlpatterns = [
    path("policies", views.overview, name="policies"),
    path("policies/new", views.new_line, name="policy-new"),
    path("policies/<int:line_id>", views.line_page, name="policy"),
    path("policies/<int:line_id>/yaml", views.yaml_file, name="policy-yaml"),
    path("policies/<int:line_id>/try", trying.try_one, name="policy-try"),
    path("policies/<int:line_id>/publish", views.publish_page, name="policy-publish"),
]
