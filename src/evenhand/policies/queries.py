"""Reading business lines and their policies."""

from collections.abc import Sequence

from evenhand.engine.policy.document import PolicyDocument
from evenhand.engine.policy.load import policy_from_plain
from evenhand.policies.models import Line, PolicyVersion, VersionState


def lines() -> Sequence[Line]:
    """Active business lines, the default one first."""
    return list(Line.objects.filter(is_active=True).order_by("-is_default", "name"))


def live_version(line: Line) -> PolicyVersion | None:
    """The version that is live in a line, if there is one."""
    return line.versions.filter(state=VersionState.LIVE).first()


def versions_of(line: Line) -> Sequence[PolicyVersion]:
    """Every version that was ever published, newest first."""
    return list(
        line.versions.exclude(state=VersionState.DRAFT)
        .select_related("created_by")
        .order_by("-number")
    )


def document_of(version: PolicyVersion) -> PolicyDocument:
    """A stored version as a document."""
    return policy_from_plain(version.document)


def line_by_id(line_id: int) -> Line | None:
    """An active line, or None."""
    return Line.objects.filter(pk=line_id, is_active=True).first()
