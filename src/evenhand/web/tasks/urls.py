"""Addresses of to-dos and of the task market."""

from django.urls import path

from evenhand.web.tasks import feed, listing, making, market, one, photos, series

urlpatterns = [
    path("tasks", listing.show_tasks, name="tasks"),
    path("tasks/new", making.new, name="task-new"),
    path("tasks/feed", feed.settle, name="task-feed"),
    path("tasks/series", series.show_all, name="task-series"),
    path("tasks/series/<int:series_id>", series.show_one, name="task-series-one"),
    path("tasks/series/<int:series_id>/act", series.act, name="task-series-act"),
    path("tasks/<int:task_id>", one.show_task, name="task"),
    path("tasks/<int:task_id>/act", one.act, name="task-act"),
    path("tasks/<int:task_id>/photos/<int:photo_id>", photos.show, name="task-photo"),
    path("tasks/<int:task_id>/photos/<int:photo_id>/remove", photos.remove, name="task-photo-gone"),
    path("market", market.show_market, name="market"),
    path("market/claim", market.claim_tasks, name="market-claim"),
    path("feeds/<str:token>", feed.read, name="task-feed-read"),
]
