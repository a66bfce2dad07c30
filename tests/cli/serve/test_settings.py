"""What `evenhand serve` goes by, and what it refuses in words."""

from pathlib import Path

import pytest

from evenhand.cli.serve.address import Address, CannotListen, check_free, parse_address
from evenhand.cli.serve.settings import NotANumber, read_settings
from evenhand.platform.public_url import UnsafeAddress
from evenhand.platform.refusal import Refused
from tests.docs.tables import ROOT


def test_without_settings_it_listens_on_this_machine_only_and_keeps_its_data_in_the_clone() -> None:
    settings = read_settings({})

    assert settings.address == Address("127.0.0.1", 8000)
    assert settings.url == "http://127.0.0.1:8000"
    assert settings.data == ROOT / "var"


def test_settings_come_from_the_environment(tmp_path: Path) -> None:
    settings = read_settings(
        {
            "EVENHAND_DATA": str(tmp_path),
            "EVENHAND_BIND": "0.0.0.0:80",
            "EVENHAND_URL": "https://leads.example.com/",
            "EVENHAND_WEB_PROCESSES": "3",
            "EVENHAND_WEB_THREADS": "532",
        }
    )

    assert settings.data == tmp_path
    assert settings.address == Address("0.0.0.0", 80)
    assert settings.url == "https://leads.example.com"
    assert (settings.web_processes, settings.web_threads) == (3, 532)


def test_a_certificate_of_its_own_makes_the_address_an_encrypted_one() -> None:
    environ = {"EVENHAND_BIND": "192.0.2.1:443", "EVENHAND_TLS_CERT": "c.pem"}

    assert read_settings(environ).url == "https://192.0.2.1:443"


@pytest.mark.parametrize(
    ("environ", "refusal", "code"),
    [
        ({"EVENHAND_BIND": "8000"}, CannotListen, "server.bind_unreadable"),
        ({"EVENHAND_BIND": "0.0.0.0:8000"}, UnsafeAddress, "server.url_unencrypted"),
        ({"EVENHAND_URL": "http://crm.example.com"}, UnsafeAddress, "server.url_unencrypted"),
        ({"EVENHAND_WEB_THREADS": "0"}, NotANumber, "server.setting_not_a_number"),
        ({"EVENHAND_WEB_PROCESSES": "many"}, NotANumber, "server.setting_not_a_number"),
    ],
)
def test_a_setting_that_cannot_be_is_refused(
    environ: dict[str, str], refusal: type[Refused], code: str
) -> None:
    with pytest.raises(refusal) as refused:
        read_settings(environ)

    assert refused.value.why.code == code


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("127.0.0.1:8000", Address("127.0.0.1", 8000)),
        (" localhost:1 ", Address("localhost", 1)),
        ("[::1]:65535", Address("::1", 65_535)),
    ],
)
def test_an_address_is_read_and_written(text: str, address: Address) -> None:
    assert parse_address(text) == address
    assert str(address) == text.strip()


@pytest.mark.parametrize(
    "text", ["", ":", "8000", ":8000", "localhost", "localhost:", "a:0", "a:65536", "a:x", "::1:80"]
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(CannotListen):
        parse_address(text)


@pytest.mark.parametrize(
    ("host", "reached"),
    [("0.0.0.0", "127.0.0.1"), ("::", "::1"), ("192.0.2.1", "192.0.2.1")],
)
def test_from_here_everywhere_is_reached_on_loopback(host: str, reached: str) -> None:
    assert Address(host, 80).from_here == Address(reached, 80)


def test_an_address_of_another_machine_cannot_be_listened_on() -> None:
    with pytest.raises(CannotListen) as refused:
        check_free(Address("192.0.2.1", 8000))

    assert refused.value.why.code == "server.bind_impossible"
