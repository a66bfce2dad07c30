"""What the rules of each line say of workload; without a section its usual values hold."""

from collections.abc import Mapping
from dataclasses import dataclass

from evenhand.engine.workload.section import WorkloadSection
from evenhand.policies.live import policy_of_version
from evenhand.policies.models import PolicyVersion, VersionState

USUAL = WorkloadSection()


@dataclass(frozen=True, slots=True)
class Sections:
    """The sections by line; `default` is the default line's, for what belongs to none."""

    by_line: Mapping[int, WorkloadSection]
    default: WorkloadSection = USUAL

    def of(self, line_id: int | None) -> WorkloadSection:
        """The section that holds for the items of a line."""
        return self.default if line_id is None else self.by_line.get(line_id, self.default)


def sections_now() -> Sections:
    """The sections of the rules that are live in the active lines."""
    rows = PolicyVersion.objects.filter(state=VersionState.LIVE, line__is_active=True)
    found: dict[int, WorkloadSection] = {}
    default = USUAL
    for version, line, is_default in rows.values_list("pk", "line_id", "line__is_default"):
        found[line] = policy_of_version(version).workload
        if is_default:
            default = found[line]
    return Sections(found, default)
