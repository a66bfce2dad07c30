"""Addresses of imports."""

from django.urls import path

from evenhand.web.imports import becoming, planning, results, template_file, views

urlpatterns = [
    path("imports", views.show_all, name="imports"),
    path("imports/template", template_file.template, name="import-template"),
    path("imports/<int:import_id>", views.show, name="import"),
    path("imports/<int:import_id>/rows", views.rows, name="import-rows"),
    path("imports/<int:import_id>/kind", becoming.change_kind, name="import-kind"),
    path("imports/<int:import_id>/release", becoming.release_all, name="import-release"),
    path("imports/<int:import_id>/start", views.begin, name="import-start"),
    path("imports/<int:import_id>/mappings/<int:mapping_id>", views.mapping, name="import-mapping"),
    path("imports/<int:import_id>/stop", views.end, name="import-stop"),
    path("imports/<int:import_id>/undo", views.take_back, name="import-undo"),
    path("imports/<int:import_id>/preview", planning.preview, name="import-preview"),
    path("imports/<int:import_id>/plan", planning.plan, name="import-plan"),
    path("imports/<int:import_id>/results", results.take_out, name="import-results"),
    path("imports/<int:import_id>/rejected", views.rejected, name="import-rejected"),
]
