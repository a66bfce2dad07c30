"""`evenhand rotate-key`: what was sealed opens with the new key, and with nothing else."""

import subprocess
import sys

import pytest

from tests.server.operate.conftest import MakeSpare, Spare

SECRET = "JBSWY3DPEHPK3PXP"
ANOTHER = "a-key-that-was-given-by-somebody-0123456789-abcdefgh"
SEAL = f"""
from evenhand.config.setup import set_up_django
set_up_django()
from evenhand.people.models import User
from evenhand.people.sealing import seal
User.objects.filter(role="admin").update(totp_secret=seal("{SECRET}"))
"""
OPEN = """
from evenhand.config.setup import set_up_django
set_up_django()
from evenhand.people.models import User
from evenhand.people.sealing import unseal
for user in User.objects.filter(role="admin"):
    print(unseal(user.totp_secret))
"""


def python(spare: Spare, program: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run a program on an installation."""
    return subprocess.run(
        [sys.executable, "-c", program],
        env=spare.environ(**environ),
        capture_output=True,
        text=True,
        check=False,
    )


def sealed(spare: Spare) -> list[tuple[object, ...]]:
    """What stands in the table."""
    return spare.ask("SELECT totp_secret FROM person WHERE role = 'admin' ORDER BY id")


@pytest.fixture
def spare(make_spare: MakeSpare) -> Spare:
    """An installation whose administrators have a second factor, sealed with its own key."""
    made = make_spare("company")
    assert python(made, SEAL).returncode == 0
    return made


def test_a_new_key_opens_what_the_old_one_sealed_and_the_old_one_is_gone(spare: Spare) -> None:
    key, before = (spare.data / "secret_key").read_text(), sealed(spare)

    said = spare.run("rotate-key")

    assert said.returncode == 0, said.stderr
    assert (spare.data / "secret_key").read_text() != key
    assert (spare.data / "secret_key").stat().st_mode & 0o777 == 0o600
    assert not (spare.data / "secret_key.old").exists()
    assert sealed(spare) != before
    opened = python(spare, OPEN)
    assert set(opened.stdout.split()) == {SECRET}, opened.stderr
    assert python(spare, OPEN, EVENHAND_SECRET_KEY=key).returncode != 0
    assert spare.ask("SELECT count(*) FROM event WHERE kind = 'secrets.resealed'") == [(1,)]


@pytest.mark.slow
def test_what_was_interrupted_is_finished_by_the_next_run(spare: Spare) -> None:
    (spare.data / "secret_key").rename(spare.data / "secret_key.old")
    (spare.data / "secret_key").write_text(ANOTHER)
    assert set(python(spare, OPEN).stdout.split()) == {SECRET}  # it opens meanwhile

    said = spare.run("rotate-key")

    assert said.returncode == 0, said.stderr
    assert (spare.data / "secret_key").read_text() == ANOTHER
    assert not (spare.data / "secret_key.old").exists()
    assert set(python(spare, OPEN).stdout.split()) == {SECRET}


@pytest.mark.slow
def test_a_given_key_moves_what_the_former_one_sealed(spare: Spare) -> None:
    key = (spare.data / "secret_key").read_text()

    said = spare.run("rotate-key", EVENHAND_SECRET_KEY=ANOTHER, EVENHAND_SECRET_KEY_OLD=key)

    assert said.returncode == 0, said.stderr
    assert "EVENHAND_SECRET_KEY_OLD" in said.stdout
    assert set(python(spare, OPEN, EVENHAND_SECRET_KEY=ANOTHER).stdout.split()) == {SECRET}
    assert (spare.data / "secret_key").read_text() == key


@pytest.mark.slow
def test_without_the_former_key_nothing_is_moved(spare: Spare) -> None:
    before = sealed(spare)

    said = spare.run("rotate-key", EVENHAND_SECRET_KEY=ANOTHER)

    assert said.returncode == 2
    assert "EVENHAND_SECRET_KEY_OLD" in said.stderr
    assert sealed(spare) == before
    assert spare.ask("SELECT count(*) FROM event WHERE kind = 'secrets.resealed'") == [(0,)]
    assert set(python(spare, OPEN).stdout.split()) == {SECRET}
