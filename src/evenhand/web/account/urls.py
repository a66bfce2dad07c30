"""Addresses of getting in, and of one's own account."""

from typing import Any

from django.urls import path

from evenhand.web.account import links, login, notices, profile, security, tokens

urlpatterns: list[Any] = [
    path("login", login.log_in),
    path("login/code", login.give_code),
    path("login/again", login.prove),
    path("logout", login.log_out),
    path("forgot", login.forgot),
    path("locale", profile.switch_language),
    path("link/<str:token>", links.follow),
    path("set-up/<str:token>", links.set_up),
    path("account", profile.show_profile),
    path("account/profile", profile.save_profile),
    path("account/password", profile.save_password),
    path("account/notices", notices.notices),
    path("account/notices/company", notices.as_company),
    path("account/notices/unlink", notices.take_off_link),
    path("account/security", security.show_security),
    path("account/security/end", security.end_one),
    path("account/security/end-others", security.end_others),
    path("account/second-factor", security.set_up_second_factor),
    path("account/second-factor/remove", security.take_off_second_factor),
    path("account/second-factor/codes", security.new_codes),
    path("account/tokens", tokens.show_tokens),
    path("account/tokens/<int:token_id>/revoke", tokens.revoke),
]
