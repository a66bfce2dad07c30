"""The policy that a company starts with: it deals from the first lead on."""

from importlib.resources import files


def starter_text() -> str:
    """The starter policy as YAML, with its remarks."""
    return (files("evenhand.policies") / "starter.yaml").read_text("utf-8")
