"""Addresses of policies."""

from django.urls import path

from evenhand.web.policies import comparing, redealing, trying, views

urlpatterns = [
    path("policies", views.overview, name="policies"),
    path("policies/new", views.new_line, name="policy-new"),
    path("policies/<int:line_id>", views.line_page, name="policy"),
    path("policies/<int:line_id>/yaml", views.yaml_file, name="policy-yaml"),
    path("policies/<int:line_id>/try", trying.try_one, name="policy-try"),
    path("policies/<int:line_id>/publish", views.publish_page, name="policy-publish"),
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
]
