"""What is larger than any page takes is refused before it is read, whoever sends it."""

import pytest
from django.test import Client

from evenhand.web.middleware import MOST_BYTES

pytestmark = pytest.mark.django_db


def _status(path: str, length: str) -> int:
    """The status of a request that says so much of its body and has none: it must not be read."""
    return (
        Client(raise_request_exception=False)
        .generic(
            "POST",
            path,
            b"",
            content_type="multipart/form-data; boundary=b",
            CONTENT_LENGTH=length,
        )
        .status_code
    )


@pytest.mark.parametrize("path", ["/login", "/imports", "/f/nothing", "/in/nothing", "/tasks/1"])
def test_a_page_refuses_a_body_that_would_fill_the_disk(path: str) -> None:
    assert _status(path, str(MOST_BYTES + 1)) == 413
    assert _status(path, "9" * 30) == 413


def test_a_body_that_some_page_takes_is_read() -> None:
    """Control: it is the size that is refused."""
    assert _status("/login", "0") != 413
    assert _status("/login", str(MOST_BYTES)) != 413


def test_the_page_says_what_to_do() -> None:
    client = Client(headers={"accept-language": "zh-CN"})
    answer = client.generic("POST", "/imports", b"", CONTENT_LENGTH=str(MOST_BYTES + 1))

    assert "64 MB" in answer.content.decode()
    assert answer.headers["Content-Security-Policy"]
