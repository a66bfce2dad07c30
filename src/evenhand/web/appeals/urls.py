"""Addresses of appeals (申诉)."""

from django.urls import path

from evenhand.web.appeals import filing, listing, one

urlpatterns = [
    path("receipts/<int:receipt_id>/appeal", filing.file, name="appeal-file"),
    path("appeals", listing.show, name="appeals"),
    path("appeals/export", listing.take_out, name="appeals-export"),
    path("appeals/mine", filing.mine, name="appeals-mine"),
    path("appeals/precedents", filing.precedents, name="appeals-precedents"),
    path("appeals/<int:appeal_id>", one.show, name="appeal"),
    path("appeals/<int:appeal_id>/uphold", one.say_yes, name="appeal-uphold"),
    path("appeals/<int:appeal_id>/reject", one.say_no, name="appeal-reject"),
    path("appeals/<int:appeal_id>/withdraw", one.take_back, name="appeal-withdraw"),
    path("appeals/<int:appeal_id>/reopen", one.ask_again, name="appeal-reopen"),
]
