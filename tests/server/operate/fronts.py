"""Proxies as docs/operate/proxy.md has them, started from that text, and how one speaks to them."""

import os
import re
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from tests.cli.serve.running import free_port
from tests.processes import until
from tests.server.drills.prepared import ROOT

HOST = "leads.example.com"
# An address of this machine that is nobody else's: from here comes who is looked for afterwards.
CALLER = "127.0.0.2"
_PATHS = "/usr/sbin:/usr/bin:/usr/local/bin:/usr/local/sbin"
_NGINX = """
daemon off;
{user}
pid {folder}/pid;
error_log {folder}/start.log;
events {{ worker_connections 256; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/evenhand.conf;
}}
"""
_CADDY = """{{
    admin off
    http_port {plain}
    https_port {tls}
    default_bind 127.0.0.1
"""


def program(name: str) -> str | None:
    """Where a proxy's program lies; None where it is not installed."""
    return shutil.which(name, path=_PATHS)


def documented(name: str, page: str = "proxy.md") -> str:
    """The one text for a proxy that a page of the documentation has."""
    text = (ROOT / "docs" / "operate" / page).read_text(encoding="utf-8")
    (found,) = re.findall(rf"^```{name}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return str(found)


@dataclass
class Front:
    """A proxy that runs."""

    folder: Path
    plain: int
    tls: int

    @property
    def authority(self) -> Path:
        """The certificate that it shows, which is signed by itself."""
        return self.folder / "fullchain.pem"

    def trusting(self) -> ssl.SSLContext:
        """A client that believes this certificate alone."""
        return ssl.create_default_context(cafile=str(self.authority))

    def over(self, context: ssl.SSLContext, caller: str = CALLER) -> ssl.SSLSocket:
        """A connection from an address of this machine.

        :raises ssl.SSLError: the two do not find a way to speak.
        """
        made = socket.create_connection(("127.0.0.1", self.tls), 60, source_address=(caller, 0))
        try:
            return context.wrap_socket(made, server_hostname=HOST)
        except BaseException:
            made.close()
            raise

    def ask(
        self, method: str, path: str, *, body: bytes | None = None, is_plain: bool = False,
        caller: str = CALLER, headers: Mapping[str, str] | None = None,
    ) -> HTTPResponse:  # fmt: skip
        """One request on a connection of its own; the answer is read by whoever asked."""
        connection = HTTPConnection("127.0.0.1", self.plain, timeout=60, source_address=(caller, 0))
        if not is_plain:
            connection.sock = self.over(self.trusting(), caller)
        given = {"Host": HOST, "Accept-Language": "en", "Connection": "close", **(headers or {})}
        # One that is refused for its size is answered before it was sent wholly.
        with suppress(OSError):
            connection.request(method, path, body, given)
        answer = connection.getresponse()
        connection.close()  # what the answer needs it keeps by itself
        return answer

    def logged(self) -> str:
        """Everything that the proxy wrote."""
        return "".join(one.read_text(errors="replace") for one in self.folder.glob("*.log"))


@contextmanager
def front(name: str, folder: Path, upstream: int, *, text: str | None = None) -> Iterator[Front]:
    """A proxy of this kind before a port; `text` in place of what is documented."""
    folder.mkdir()
    found = Front(folder, free_port(), free_port())
    _certify(folder)
    written = documented(name) if text is None else text
    command = _COMMANDS[name](found, _put_in(written, _PUT_IN[name](found, upstream)))
    kept = {**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    with (folder / "said.log").open("wb") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said, env=kept)
    try:
        until(lambda: _listens(found, process))
        yield found
    finally:
        process.terminate()
        process.wait()


def _put_in(text: str, parts: Mapping[str, str]) -> str:
    for old, new in parts.items():
        assert old in text, f"the documented text has no {old!r}"
        text = text.replace(old, new)
    return text


def _of_nginx(found: Front, upstream: int) -> dict[str, str]:
    return {
        "127.0.0.1:8000": f"127.0.0.1:{upstream}",
        "listen 80;": f"listen 127.0.0.1:{found.plain};",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{found.tls} ssl http2;",
        "/etc/ssl/evenhand": str(found.folder),
        "/var/log/nginx": str(found.folder),
    }


def _of_caddy(found: Front, upstream: int) -> dict[str, str]:
    pair = f"{found.folder}/fullchain.pem {found.folder}/privkey.pem"
    return {
        "127.0.0.1:8000": f"127.0.0.1:{upstream}",
        "{\n    log {": _CADDY.format(plain=found.plain, tls=found.tls) + "    log {",
        f"\n{HOST} {{": f"\n{HOST} {{\n    tls {pair}",
    }


def _start_nginx(found: Front, text: str) -> list[str]:
    (found.folder / "evenhand.conf").write_text(text, encoding="utf-8")
    # Under root its workers would be somebody who may not enter the folder of a test.
    user = "" if os.geteuid() else "user root;"
    main = found.folder / "nginx.conf"
    main.write_text(_NGINX.format(folder=found.folder, user=user), encoding="utf-8")
    return [program("nginx") or "", "-p", str(found.folder), "-c", str(main)]


def _start_caddy(found: Front, text: str) -> list[str]:
    file = found.folder / "Caddyfile"
    file.write_text(text, encoding="utf-8")
    return [program("caddy") or "", "run", "--config", str(file), "--adapter", "caddyfile"]


_PUT_IN = {"nginx": _of_nginx, "caddy": _of_caddy}
_COMMANDS = {"nginx": _start_nginx, "caddy": _start_caddy}


def _listens(found: Front, process: "subprocess.Popen[bytes]") -> bool:
    assert process.poll() is None, found.logged()
    try:
        for port in (found.plain, found.tls):
            socket.create_connection(("127.0.0.1", port), 5).close()
    except OSError:
        return False
    return True


def _certify(folder: Path) -> None:
    """A certificate for the name, signed by itself, as `fullchain.pem` and `privkey.pem`."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "fullchain.pem").write_bytes(certificate.public_bytes(pem))
    (folder / "privkey.pem").write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
