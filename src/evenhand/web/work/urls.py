"""Addresses of the pages of load."""

from django.urls import path

from evenhand.web.work import acts, learning, person, team

urlpatterns = [
    path("workload", team.show, name="workload"),
    path("workload/export", team.take_out, name="workload-export"),
    path("workload/mine", person.mine, name="workload-mine"),
    path("workload/word", acts.say, name="workload-word"),
    path("workload/people/<int:user_id>", person.show, name="workload-person"),
    path("workload/people/<int:user_id>/answer", acts.answer, name="workload-answer"),
    path("workload/people/<int:user_id>/cap", acts.set_by_hand, name="workload-cap"),
    path("workload/people/<int:user_id>/cap/end", acts.end_by_hand, name="workload-cap-end"),
    path("workload/points", learning.show, name="workload-points"),
    path("workload/points/draft", learning.approve, name="workload-points-draft"),
]
