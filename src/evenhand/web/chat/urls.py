"""Addresses that 企业微信 knows of us."""

from django.urls import path

from evenhand.web.chat import callback, sign_in

urlpatterns = [
    path("wecom/login", sign_in.start),
    path("wecom/enter", sign_in.enter_with_code),
    path("wecom/link", sign_in.confirm_link),
    path("wecom/callback", callback.wecom),
]
