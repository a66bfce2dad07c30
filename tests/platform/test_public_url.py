"""Which addresses people may type."""

import pytest

from evenhand.platform.public_url import UnsafeAddress, check_public_url
from evenhand.wording.catalogue import LOCALES, Words
from evenhand.wording.reasons import say


@pytest.mark.parametrize(
    "url",
    [
        "https://leads.example.com",
        "https://leads.example.com:8443/",
        "https://192.0.2.7",
        "http://127.0.0.1:8000",
        "http://127.9.9.9",
        "http://localhost:8000",
        "http://LOCALHOST.",
        "http://evenhand.localhost",
        "http://[::1]:8000",
    ],
)
def test_encrypted_addresses_and_plain_ones_of_this_machine_are_accepted(url: str) -> None:
    check_public_url(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://leads.example.com",
        "http://192.168.0.7:8000",
        "http://0.0.0.0:8000",
        "http://[::]:8000",
        "http://localhost.example.com",
        "http://127.0.0.1.example.com",
    ],
)
def test_plain_addresses_elsewhere_are_refused(url: str) -> None:
    with pytest.raises(UnsafeAddress) as refused:
        check_public_url(url)

    assert refused.value.why.code == "server.url_unencrypted"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "leads.example.com",
        "ftp://leads.example.com",
        "https://",
        "https://a:99999",
        "https://[::1",
        "https://olga:secret@leads.example.com",
        "https://example.com/leads",
        "https://example.com/?a=1",
    ],
)
def test_what_is_no_address_of_a_server_is_refused(url: str) -> None:
    with pytest.raises(UnsafeAddress) as refused:
        check_public_url(url)

    assert refused.value.why.code == "server.url_unreadable"


@pytest.mark.parametrize("locale", LOCALES)
def test_the_refusal_names_proxy_certificate_and_tunnel(locale: str) -> None:
    with pytest.raises(UnsafeAddress) as refused:
        check_public_url("http://leads.example.com")

    said = say(Words(locale), refused.value.why)

    for remedy in ("https", "EVENHAND_TLS_CERT", "ssh -L"):
        assert remedy in said
