"""The scripts in bin/: sound shell, and set-up that says in words what is missing."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPTS = sorted([*(ROOT / "bin").iterdir(), ROOT / ".ci" / "run"])
LOCKS = ["requirements.lock", "requirements-optimise.lock", "requirements-dev.lock"]

# What a bare Debian has besides Python.
TOOLS = "sh cat cmp cp dirname flock id mkdir mv readlink rm tail".split()

# Stand-ins for python3: each is new enough, says where it is, and fails at one thing.
NO_PIP = """#!/bin/sh
case "$*" in
  -c*) echo "$0" ;;
  *) echo "No module named pip" >&2; exit 1 ;;
esac
"""
NO_NETWORK = """#!/bin/sh
case "$*" in
  -c*) echo "$0" ;;
  *"pip install"*) echo "Could not resolve the host" >&2; exit 1 ;;
esac
"""
TOO_OLD = """#!/bin/sh
case "$1" in
  --version) echo "Python 3.9.2" ;;
  *) exit 1 ;;
esac
"""

# Stand-ins for npm and apt-get: one that brings something, one without a network, and one that
# writes down what it was asked for.
NPM = """#!/bin/sh
mkdir -p node_modules/htmx.org
"""
NPM_WITHOUT_NETWORK = """#!/bin/sh
echo "request to the registry failed" >&2
exit 1
"""
ROOT_ID = """#!/bin/sh
echo 0
"""
APT = """#!/bin/sh
echo "$*" >>"$HOME/asked"
case "$*" in *install*) exit "$(cat "$HOME/apt-code")" ;; esac
"""


class Bare:
    """A clone on a machine that has a shell, the usual tools and the `python3` one gives it."""

    def __init__(self, folder: Path) -> None:
        self.clone = folder / "a clone with spaces"
        self.path = folder / "path"
        shutil.copytree(ROOT / "bin", self.clone / "bin")
        for lock in ROOT.glob("requirements*.lock"):
            shutil.copy(lock, self.clone)
        self.path.mkdir()
        for tool in TOOLS:
            if found := shutil.which(tool):  # flock is not everywhere, and may be absent
                (self.path / tool).symlink_to(found)

    def has_python(self, script: str) -> None:
        self.has("python3", script)

    def has(self, name: str, script: str) -> None:
        tool = self.path / name
        tool.unlink(missing_ok=True)
        tool.write_text(script, encoding="utf-8")
        tool.chmod(0o755)

    def wants_assets(self) -> None:
        shutil.copy(ROOT / "package-lock.json", self.clone)

    def has_environment(self, lock: str) -> None:
        python = self.clone / ".venv" / "bin" / "python"
        python.parent.mkdir(parents=True)
        python.symlink_to(sys.executable)
        shutil.copy(self.clone / lock, self.clone / ".venv" / ".installed")

    def set_up(self, level: str = "run") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(self.clone / "bin" / "setup"), level],
            env={"PATH": str(self.path), "HOME": str(self.path)},
            cwd="/",
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def bare(tmp_path: Path) -> Bare:
    return Bare(tmp_path)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_is_sound_posix_shell_that_can_be_run(script: Path) -> None:
    shellcheck = Path(sys.executable).parent / "shellcheck"
    read = subprocess.run(["sh", "-n", str(script)], check=False)
    checked = subprocess.run([str(shellcheck), str(script)], check=False)

    assert script.read_text(encoding="utf-8").startswith("#!/bin/sh\n")
    assert os.access(script, os.X_OK)
    assert read.returncode == 0
    assert checked.returncode == 0


def test_set_up_without_python_says_what_to_install(bare: Bare) -> None:
    ended = bare.set_up()

    assert ended.returncode == 1
    assert "needs Python 3.11 or newer" in ended.stderr
    assert "no python3" in ended.stderr
    assert "apt install python3" in ended.stderr
    assert not (bare.clone / ".venv").exists()


def test_set_up_with_an_old_python_names_its_version(bare: Bare) -> None:
    bare.has_python(TOO_OLD)

    ended = bare.set_up()

    assert ended.returncode == 1
    assert "Python 3.9.2 is what this machine has" in ended.stderr


def test_set_up_without_pip_says_what_to_install(bare: Bare) -> None:
    bare.has_python(NO_PIP)

    ended = bare.set_up()

    assert ended.returncode == 1
    assert "has no pip" in ended.stderr
    assert "apt install python3-pip" in ended.stderr


def test_set_up_without_network_shows_the_cause_and_names_the_mirror_setting(bare: Bare) -> None:
    bare.has_python(NO_NETWORK)

    ended = bare.set_up()

    assert ended.returncode == 1
    assert "Could not resolve the host" in ended.stderr
    assert "Is there a network?" in ended.stderr
    assert "PIP_INDEX_URL" in ended.stderr
    assert not (bare.clone / ".venv" / ".installed").exists()


@pytest.mark.parametrize("lock", LOCKS)
def test_set_up_is_quiet_and_needs_nothing_when_all_is_there(bare: Bare, lock: str) -> None:
    bare.has_environment(lock)

    ended = bare.set_up("run")

    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


def test_a_smaller_set_of_packages_does_not_pass_for_a_larger_one(bare: Bare) -> None:
    bare.has_environment("requirements.lock")

    ended = bare.set_up("dev")

    assert ended.returncode == 1  # there is no Python here to make it with
    assert "needs Python" in ended.stderr


def test_a_set_up_that_was_interrupted_is_not_taken_for_done(bare: Bare) -> None:
    bare.has_environment("requirements.lock")
    (bare.clone / ".venv" / ".installed").unlink()

    ended = bare.set_up()

    assert ended.returncode == 1
    assert "needs Python" in ended.stderr


def test_a_changed_lock_file_is_noticed(bare: Bare) -> None:
    bare.has_environment("requirements.lock")
    with (bare.clone / "requirements.lock").open("a", encoding="utf-8") as lock:
        lock.write("one-more==1.0\n")

    ended = bare.set_up()

    assert ended.returncode == 1
    assert "needs Python" in ended.stderr


def test_set_up_refuses_a_level_that_there_is_not(bare: Bare) -> None:
    ended = bare.set_up("everything")

    assert ended.returncode == 1
    assert "say run, serve, optimise or dev" in ended.stderr


def test_what_the_pages_load_is_fetched_once_and_only_for_the_server(bare: Bare) -> None:
    bare.has_environment("requirements.lock")
    bare.wants_assets()
    bare.has("npm", NPM)

    for_commands, for_server, again = (bare.set_up(level) for level in ("run", "serve", "serve"))

    assert (for_commands.returncode, for_commands.stderr) == (0, "")
    assert (for_server.returncode, again.returncode) == (0, 0)
    assert "fetching what the pages load" in for_server.stderr
    assert again.stderr == ""
    assert (bare.clone / "node_modules" / "htmx.org").is_dir()


def test_what_the_pages_load_is_fetched_anew_when_its_lock_file_changed(bare: Bare) -> None:
    bare.has_environment("requirements.lock")
    bare.wants_assets()
    bare.has("npm", NPM)
    bare.set_up("serve")

    (bare.clone / "package-lock.json").write_text("{}")

    assert "fetching what the pages load" in bare.set_up("serve").stderr


@pytest.mark.parametrize(
    ("npm", "said"),
    [
        (None, "apt install npm"),
        (NPM_WITHOUT_NETWORK, "request to the registry failed"),
        (NPM_WITHOUT_NETWORK, "npm_config_registry"),
    ],
)
def test_without_what_the_pages_load_the_server_starts_and_it_is_said(
    bare: Bare, npm: str | None, said: str
) -> None:
    bare.has_environment("requirements.lock")
    bare.wants_assets()
    if npm:
        bare.has("npm", npm)

    ended = bare.set_up("serve")

    assert ended.returncode == 0
    assert said in ended.stderr
    assert not (bare.clone / "node_modules" / ".installed").exists()


def test_a_developer_without_a_browser_is_told_once(bare: Bare) -> None:
    bare.has_environment("requirements-dev.lock")

    first, second = bare.set_up("dev"), bare.set_up("dev")

    assert (first.returncode, second.returncode) == (0, 0)
    assert "the browser tests will be skipped" in first.stderr
    assert second.stderr == ""


@pytest.mark.parametrize(
    ("code", "said"), [("0", "done."), ("1", "the browser tests will be skipped")]
)
def test_root_on_a_debian_gets_the_system_s_browser_or_is_told(
    bare: Bare, code: str, said: str
) -> None:
    bare.has_environment("requirements-dev.lock")
    bare.has("id", ROOT_ID)
    bare.has("apt-get", APT)
    (bare.path / "apt-code").write_text(code)

    ended = bare.set_up("dev")

    asked = (bare.path / "asked").read_text()
    assert ended.returncode == 0
    assert said in ended.stderr
    assert "chromium fonts-noto-cjk" in asked
    assert ("update" in asked) == (code == "1")  # an old list of packages is the usual reason


@pytest.mark.parametrize(("part", "whole"), [(LOCKS[0], LOCKS[1]), (LOCKS[1], LOCKS[2])])
def test_each_lock_file_is_part_of_the_next_at_the_same_versions(part: str, whole: str) -> None:
    assert _pins(part) < _pins(whole)


@pytest.mark.parametrize("lock", [*LOCKS, "requirements-uv.lock"])
def test_every_locked_package_has_a_hash(lock: str) -> None:
    entries = re.split(r"\n(?=[a-z0-9])", (ROOT / lock).read_text(encoding="utf-8"))[1:]

    assert entries
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


def _pins(lock: str) -> set[str]:
    text = (ROOT / lock).read_text(encoding="utf-8")
    return set(re.findall(r"^[a-z0-9][^ ]*==[^ ]+", text, flags=re.MULTILINE))
