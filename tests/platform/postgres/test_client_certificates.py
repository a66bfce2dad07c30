"""Roles that prove themselves by a certificate, on a PostgreSQL of the operator's (ASVS 13.2.1)."""

import os
import pwd
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from click.testing import CliRunner
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from evenhand.cli.main import main
from evenhand.platform.postgres.addresses import APPLICATION, LONG, OWNER
from tests.cli.serve.running import free_port
from tests.clusters import open_folder
from tests.processes import until

# The one that is embedded cannot encrypt: it is reached by a socket.
_THEIRS = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not _THEIRS, reason="needs a PostgreSQL with TLS (apt-get install postgresql)"
    ),
]
_DAY = timedelta(days=1)
# Who comes over the network has a certificate with his own name, or does not come in.
_HBA = "local all postgres trust\nhostssl all all 127.0.0.1/32 cert clientcert=verify-full\n"


@dataclass
class Theirs:
    """A server of the operator's, which asks for certificates."""

    folder: Path
    port: int
    authority: "Authority"

    @property
    def admin(self) -> str:
        """Its administrator, by the socket."""
        return f"postgresql://postgres@/postgres?host={quote(str(self.folder))}&port={self.port}"

    def url(self, role: str, name: str | None, *, days: int = 1) -> str:
        """The address for a role, with a certificate of this name; None = with none."""
        found = (
            f"postgresql://{role}@127.0.0.1:{self.port}/postgres?sslmode=verify-full"
            f"&sslrootcert={self.folder}/ca.crt"
        )
        if name is None:
            return f"{found}&sslcert={self.folder}/none"
        certificate, key = self.authority.issue(name, self.folder, days=days)
        return f"{found}&sslcert={certificate}&sslkey={key}"


class Authority:
    """Somebody who signs certificates."""

    def __init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.certificate = _signed("authority", self.key, self.key, "authority", is_authority=True)

    def issue(self, name: str, folder: Path, *, days: int = 1) -> tuple[Path, Path]:
        """A certificate and its key, valid until so many days from now."""
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        found = _signed(name, key, self.key, "authority", days=days)
        paths = folder / f"{name}.{days}.crt", folder / f"{name}.{days}.key"
        paths[0].write_bytes(found.public_bytes(serialization.Encoding.PEM))
        paths[1].touch(mode=0o600)
        paths[1].write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        return paths


def _signed(
    name: str, key: rsa.RSAPrivateKey, by: rsa.RSAPrivateKey, issuer: str,
    *, days: int = 1, is_authority: bool = False,
) -> x509.Certificate:  # fmt: skip
    named, signing = (
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, one)]) for one in (name, issuer)
    )
    now = datetime.now(UTC)
    hosts = x509.SubjectAlternativeName([x509.DNSName(name)])
    return (
        x509.CertificateBuilder()
        .subject_name(named)
        .issuer_name(signing)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - 9 * _DAY)
        .not_valid_after(now + days * _DAY)
        .add_extension(x509.BasicConstraints(is_authority, None), critical=True)
        .add_extension(hosts, critical=False)
        .sign(by, hashes.SHA256())
    )


@pytest.fixture
def theirs() -> Iterator[Theirs]:
    """Started as somebody who is not root, as PostgreSQL wants it."""
    programs, port = _THEIRS[-1].parent, free_port()
    who = pwd.getpwnam("postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name)
    with open_folder() as root:
        folder = root / "theirs"
        folder.mkdir()
        authority = Authority()
        pem = authority.certificate.public_bytes(serialization.Encoding.PEM)
        (folder / "ca.crt").write_bytes(pem)
        pair = authority.issue("127.0.0.1", folder)
        data = folder / "data"
        for one in (folder, *folder.iterdir()):
            shutil.chown(one, who.pw_uid, who.pw_gid)
        as_him = {"user": who.pw_uid, "group": who.pw_gid} if os.geteuid() == 0 else {}
        make = [programs / "initdb", "-A", "trust", "-U", "postgres", "-D", data]
        subprocess.run(make, check=True, capture_output=True, **as_him)  # type: ignore[call-overload]
        (data / "pg_hba.conf").write_text(_HBA)
        settings = {
            "listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": folder,
            "ssl": "on", "ssl_cert_file": pair[0], "ssl_key_file": pair[1],
            "ssl_ca_file": folder / "ca.crt", "fsync": "off",
        }  # fmt: skip
        told = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        process = subprocess.Popen(
            [programs / "postgres", "-D", data, *told], stderr=subprocess.DEVNULL, **as_him
        )  # type: ignore[call-overload]
        try:
            found = Theirs(folder, port, authority)
            until(lambda: _answers(found, process))
            yield found
        finally:
            process.terminate()
            process.wait()


def _answers(theirs: Theirs, process: "subprocess.Popen[bytes]") -> bool:
    assert process.poll() is None, "it did not start"
    try:
        psycopg.connect(theirs.admin).close()
    except psycopg.OperationalError:
        return False
    return True


def test_a_role_without_a_password_comes_in_by_its_certificate_and_by_nothing_else(
    theirs: Theirs, tmp_path: Path
) -> None:
    CliRunner().invoke(main, ["make-roles", theirs.admin])
    said = CliRunner().invoke(main, ["make-roles", "--by-certificate", theirs.admin])

    assert said.exit_code == 0, said.output
    assert f"postgresql://{APPLICATION}@" in said.stdout
    with psycopg.connect(theirs.admin) as admin:
        kept = admin.execute("SELECT count(*) FROM pg_authid WHERE rolpassword IS NOT NULL")
        assert kept.fetchall() == [(0,)]  # those from before are gone, too
    with psycopg.connect(theirs.url(APPLICATION, APPLICATION)) as app:
        found = app.execute(
            "SELECT current_user, ssl, client_dn FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
        ).fetchall()
        assert found == [(APPLICATION, True, f"/CN={APPLICATION}")]
    for wrong in (
        theirs.url(APPLICATION, None),
        theirs.url(APPLICATION, OWNER),  # somebody else's
        theirs.url(APPLICATION, APPLICATION, days=-1),  # over
    ):
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(wrong)


def test_the_whole_program_works_so(theirs: Theirs, tmp_path: Path) -> None:
    said = CliRunner().invoke(main, ["make-roles", "--by-certificate", theirs.admin])
    assert said.exit_code == 0, said.output
    environ = {
        **{name: value for name, value in os.environ.items() if not name.startswith("EVENHAND_")},
        "DATABASE_URL": theirs.url(APPLICATION, APPLICATION),
        "DATABASE_URL_OWNER": theirs.url(OWNER, OWNER),
        "DATABASE_URL_LONG": theirs.url(LONG, LONG),
        "EVENHAND_DATA": str(tmp_path),
    }
    for command in (["migrate"], ["doctor", "--lang", "en"]):
        run = [sys.executable, "-P", "-m", "evenhand.cli", *command]
        done = subprocess.run(run, env=environ, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout[-2_000:] + done.stderr[-2_000:]
