"""What https shows at an address, looked at on real servers of this machine."""

import socket
import ssl
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from evenhand.cli.operate.doctor import say_of_address
from evenhand.platform.shown_certificate import Shown, Unreachable, shown_at
from evenhand.wording.catalogue import Words
from tests.cli.serve.running import free_port

NOW = datetime.now(UTC)


def certify(folder: Path, *, days: int, host: str = "localhost") -> Path:
    """A certificate that its maker signed himself, and its key, in one file."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=400))
        .not_valid_after(now + timedelta(days=days, hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem, path = serialization.Encoding.PEM, folder / "both.pem"
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(made.public_bytes(pem) + secret)
    return path


@contextmanager
def speaking(pair: Path, *, is_old: bool = False) -> Iterator[str]:
    """A server that says nothing but hello; gives its address."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pair)
    if is_old:
        context.set_ciphers("ALL:@SECLEVEL=0")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            context.minimum_version = ssl.TLSVersion.TLSv1
    listener = socket.create_server(("127.0.0.1", 0))

    def greet() -> None:
        while True:
            try:
                made, _ = listener.accept()
            except OSError:
                return
            with suppress(OSError), made, context.wrap_socket(made, server_side=True) as spoken:
                spoken.recv(1)

    thread = Thread(target=greet)
    thread.start()
    try:
        yield f"https://localhost:{listener.getsockname()[1]}"
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


def believing(pair: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(pair))


def test_a_certificate_that_is_believed_is_told_with_its_days(tmp_path: Path) -> None:
    pair = certify(tmp_path, days=60)
    with speaking(pair) as url:
        assert shown_at(url, NOW, believing(pair)) == Shown(days=60, version="TLSv1.3")


@pytest.mark.parametrize(
    ("days", "host", "believes", "why"),
    [
        (60, "localhost", False, "self-signed"),
        (-2, "localhost", True, "expired"),
        (60, "elsewhere.example", True, "not valid for"),
    ],
)
def test_one_that_is_not_is_told_with_its_reason(
    tmp_path: Path, days: int, host: str, believes: bool, why: str
) -> None:
    pair = certify(tmp_path, days=days, host=host)
    with speaking(pair) as url:
        found = shown_at(url, NOW, believing(pair) if believes else None)

    assert why in found.untrusted.lower().replace("self signed", "self-signed")


def test_old_tls_is_noticed(tmp_path: Path) -> None:
    pair = certify(tmp_path, days=60)
    with speaking(pair, is_old=True) as url:
        assert shown_at(url, NOW, believing(pair)).speaks_old


def test_what_does_not_answer_or_speaks_no_tls_is_unreachable(tmp_path: Path) -> None:
    with pytest.raises(Unreachable):
        shown_at(f"https://localhost:{free_port()}", NOW)


def test_the_doctor_says_what_he_saw(
    tmp_path: Path, settings, capsys: pytest.CaptureFixture[str]
) -> None:  # type: ignore[no-untyped-def]
    with speaking(certify(tmp_path, days=60), is_old=True) as url:
        settings.EVENHAND_URL = url
        say_of_address(Words("en"))
    settings.EVENHAND_URL = f"https://localhost:{free_port()}"
    say_of_address(Words("en"))
    settings.EVENHAND_URL = "http://localhost:8000"
    say_of_address(Words("en"))

    said = capsys.readouterr()
    old, untrusted = said.err.splitlines()
    assert "TLS 1.1 or older is spoken" in old and "does not believe" in untrusted
    assert said.out.count("cannot be looked at") == len(said.out.splitlines()) == 1


def test_the_doctor_warns_before_a_certificate_ends(
    tmp_path: Path, settings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:  # type: ignore[no-untyped-def]
    for days in (30, 5):
        pair = certify(tmp_path, days=days)
        monkeypatch.setenv("SSL_CERT_FILE", str(pair))  # what this machine believes
        with speaking(pair) as url:
            settings.EVENHAND_URL = url
            say_of_address(Words("en"))

    said = capsys.readouterr()
    assert "good for 30 more days; TLSv1.3" in said.out
    assert "ends in 5 days" in said.err
