"""Addresses of fairness: groups, the postings behind a figure, exports."""

from django.urls import path

from evenhand.web.fairness import groups, postings, reports, rules, taking_out, targets

urlpatterns = [
    path("fairness", groups.show_all, name="fairness"),
    path("fairness/rules", rules.show, name="fairness-rules"),
    path("fairness/reports", reports.show_all, name="fairness-reports"),
    path("fairness/reports/make", reports.make, name="fairness-make"),
    path("fairness/reports/share", reports.share, name="fairness-share"),
    path("fairness/reports/<int:report_id>", reports.show, name="fairness-report"),
    path("fairness/reports/<int:report_id>/export", reports.take_out, name="fairness-take-out"),
    path("fairness/<int:book_id>", groups.show, name="fairness-group"),
    path("fairness/<int:book_id>/export", taking_out.export_group, name="fairness-export"),
    path("fairness/<int:book_id>/target", targets.save, name="fairness-target"),
    path("fairness/<int:book_id>/people/<int:user_id>", postings.show, name="fairness-postings"),
]
