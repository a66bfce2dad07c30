"""Addresses of exports."""

from django.urls import path

from evenhand.web.exports import pages, taking_out

urlpatterns = [
    path("exports", pages.show_all, name="exports"),
    path("exports/<int:export_id>/file", pages.file, name="export-file"),
    path("exports/<int:export_id>/cancel", pages.give_up, name="export-cancel"),
    path("exports/<int:export_id>/confirm", pages.say_yes, name="export-confirm"),
    path("exports/<int:export_id>/refuse", pages.say_no, name="export-refuse"),
    path("journal/export", taking_out.take_journal, name="journal-export"),
    *(
        path(f"{page}/export", taking_out.take_list, {"page": page}, name=f"{page}-export")
        for page in ("leads", "accounts", "opportunities", "tasks")
    ),
]
