"""Addresses of policies."""

from django.urls import path

from evenhand.web.policies import (
    comparing,
    publishing,
    reaching,
    redealing,
    studio,
    timeline,
    trying,
    views,
)

urlpatterns = [
    path("policies", views.overview, name="policies"),
    path("policies/new", views.new_line, name="policy-new"),
    path("policies/<int:line_id>", views.line_page, name="policy"),
    path("policies/<int:line_id>/yaml", views.yaml_file, name="policy-yaml"),
    path("policies/<int:line_id>/try", trying.try_one, name="policy-try"),
    path("policies/<int:line_id>/reach", reaching.reach_line, name="policy-reach"),
    path("policies/<int:line_id>/redeal", redealing.redeal_line, name="policy-redeal"),
    path("policies/<int:line_id>/compare", comparing.compare_line, name="policy-compare"),
    path(
        "policies/comparisons/<int:comparison_id>",
        comparing.show_comparison,
        name="comparison",
    ),
    path(
        "policies/comparisons/<int:comparison_id>/stop",
        comparing.stop,
        name="comparison-stop",
    ),
    path(
        "policies/comparisons/<int:comparison_id>/export",
        comparing.export_comparison,
        name="comparison-export",
    ),
    path("policies/<int:line_id>/edit", studio.edit, name="policy-edit"),
    path("policies/<int:line_id>/edit/hold", studio.hold),
    path("policies/<int:line_id>/edit/release", studio.let_go),
    path("policies/<int:line_id>/edit/discard", studio.discard),
    path("policies/<int:line_id>/edit/restore", studio.restore),
    path("policies/<int:line_id>/edit/rebase", studio.rebase),
    path("policies/<int:line_id>/edit/text", studio.text),
    path("policies/<int:line_id>/edit/part", studio.part),
    path("policies/<int:line_id>/edit/sentence", studio.sentence),
    path("policies/<int:line_id>/edit/timeline", timeline.show),
    path("policies/<int:line_id>/publish", publishing.publish_page, name="policy-publish"),
    path("policies/<int:line_id>/request", publishing.request_page, name="policy-request"),
    path("policies/<int:line_id>/review", publishing.review),
    path("policies/<int:line_id>/second-person", publishing.second_person),
    path("policies/<int:line_id>/versions/<int:number>", views.version_page, name="policy-version"),
    path("policies/<int:line_id>/versions/<int:number>/back", publishing.roll_back_page),
]
