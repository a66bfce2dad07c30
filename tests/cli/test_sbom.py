"""The bill of materials names what runs: every locked package, and those of the pages."""

import json
import re
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from evenhand.cli.main import main
from evenhand.cli.operate.sbom import bill_of_materials
from tests.docs.tables import ROOT


def bill() -> dict[str, Any]:
    done = CliRunner().invoke(main, ["sbom"])
    assert done.exit_code == 0
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_every_locked_package_is_named_with_its_version() -> None:
    purls = {one["purl"] for one in bill()["components"]}

    lock = (ROOT / "requirements.lock").read_text("utf-8")
    # What is only for some machines has its condition after the version.
    locked = re.findall(r"^([a-z0-9-]+)(?:\[[^]]*\])?==(\S+) \\$", lock, re.MULTILINE)
    assert len(locked) > 20
    assert {f"pkg:pypi/{name}@{version}" for name, version in locked} <= purls
    assert any(one.startswith("pkg:npm/%40tabler/core@") for one in purls)
    assert not any("evenhand" in one for one in purls)


def test_it_is_of_the_known_form_and_the_same_each_time() -> None:
    first = bill()

    assert (first["bomFormat"], first["specVersion"]) == ("CycloneDX", "1.5")
    assert first["metadata"]["component"]["name"] == "evenhand"
    refs = [one["bom-ref"] for one in first["components"]]
    assert len(refs) == len(set(refs))
    assert first == bill()


def test_without_the_pages_packages_only_pythons_are_named(tmp_path: Path) -> None:
    purls = [one["purl"] for one in bill_of_materials(tmp_path)["components"]]

    assert purls and all(one.startswith("pkg:pypi/") for one in purls)
