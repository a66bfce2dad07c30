"""`evenhand sbom`: which packages this installation is made of, as CycloneDX (a list for auditors).

What is installed is said, not what the lock files ask for: a hole is in what runs.
"""

import json
import re
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any

import click

from evenhand import __version__

_ROOT = Path(__file__).resolve().parents[4]  # of the checkout
SPEC = "1.5"
_NORMAL = re.compile(r"[-_.]+")


def bill_of_materials(root: Path) -> dict[str, Any]:
    """The bill of everything that is installed here: Python's packages, and those of the pages.

    `root` is the folder that holds package-lock.json, where there is one.
    """
    found = [*_python(distributions()), *_pages(root / "package-lock.json")]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": SPEC,
        "version": 1,
        "metadata": {
            "component": {"type": "application", "name": "evenhand", "version": __version__}
        },
        "components": sorted(found, key=lambda one: str(one["purl"])),
    }


def written(bill: dict[str, Any]) -> str:
    """The bill as JSON; the same installation gives the same text."""
    return json.dumps(bill, ensure_ascii=False, indent=1) + "\n"


def _python(installed: Iterable[Distribution]) -> Iterator[dict[str, Any]]:
    names = {}
    for one in installed:
        name = _NORMAL.sub("-", one.metadata["Name"]).lower()
        names[name] = one.version
    for name, version in names.items():
        if name != "evenhand":
            yield _component(name, version, f"pkg:pypi/{name}@{version}")


def _pages(lock: Path) -> Iterator[dict[str, Any]]:
    if not lock.is_file():
        return
    packages: dict[str, dict[str, Any]] = json.loads(lock.read_text("utf-8"))["packages"]
    for place, about in packages.items():
        name = place.rpartition("node_modules/")[2]
        if name and not about.get("dev"):
            version = str(about["version"])
            yield _component(name, version, f"pkg:npm/{name.replace('@', '%40')}@{version}")


def _component(name: str, version: str, purl: str) -> dict[str, Any]:
    return {"type": "library", "name": name, "version": version, "purl": purl, "bom-ref": purl}


@click.command()
def sbom() -> None:
    """Write the bill of materials (SBOM) of this installation: CycloneDX, as JSON."""
    click.echo(written(bill_of_materials(_ROOT)), nl=False)
