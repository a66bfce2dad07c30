"""What the environment says about running the server."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from evenhand.cli.serve.address import Address, parse_address
from evenhand.engine.reasons import reason
from evenhand.platform.folder import data_folder
from evenhand.platform.public_url import check_public_url
from evenhand.platform.refusal import Refused


class NotANumber(Refused):
    """A setting that counts something is no count."""


@dataclass(frozen=True)
class Settings:
    """How to run."""

    data: Path
    address: Address
    url: str  # what people type
    web_processes: int
    web_threads: int  # per process: people online (each has a stream of news), and 96 more
    certificate: str  # PEM; empty: plain http, for this machine or a proxy
    certificate_key: str  # PKCS#8


def read_settings(environ: Mapping[str, str]) -> Settings:
    """The settings, checked.

    :raises CannotListen, UnsafeAddress, NotANumber: which setting is wrong, and the remedy.
    """
    address = parse_address(environ.get("EVENHAND_BIND") or "127.0.0.1:8000")
    certificate = environ.get("EVENHAND_TLS_CERT", "").strip()
    scheme = "https" if certificate else "http"
    url = (environ.get("EVENHAND_URL", "").strip() or f"{scheme}://{address}").rstrip("/")
    check_public_url(url)
    return Settings(
        data=data_folder(environ),
        address=address,
        url=url,
        web_processes=_count(environ, "EVENHAND_WEB_PROCESSES", 1),
        web_threads=_count(environ, "EVENHAND_WEB_THREADS", 192),
        certificate=certificate,
        certificate_key=environ.get("EVENHAND_TLS_KEY", "").strip(),
    )


def _count(environ: Mapping[str, str], name: str, usual: int) -> int:
    text = environ.get(name, "").strip() or str(usual)
    if not text.isdecimal() or int(text) < 1:
        raise NotANumber(reason("server.setting_not_a_number", name=name, value=text))
    return int(text)
