"""The frame of every page: menu by role, headers, languages, theme, errors in words."""

import pytest

from evenhand.people.models import Role
from tests.server.web.staff import hire, logged_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_every_role_gets_the_frame_in_every_language(role: str, language: str) -> None:
    page = logged_in(hire(role), language).get("/help")

    assert page.status_code == 200
    assert f'<html lang="{language}"' in page.content.decode()
