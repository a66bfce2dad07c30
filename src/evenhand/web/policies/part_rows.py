"""The lists of the studio whose parts stand as rows, in the order of the page."""

from collections.abc import Callable, Mapping

from evenhand.engine.policy.document import PolicyDocument
from evenhand.web.policies.pool_rows import PartRow, clock_rows, pool_rows
from evenhand.web.policies.work_rows import (
    level_rows,
    meeting_rows,
    task_rule_rows,
    trigger_rows,
    type_rows,
)
from evenhand.wording.catalogue import Words

PART_ROWS: Mapping[str, Callable[[PolicyDocument, Words], list[PartRow]]] = {
    "pools": pool_rows,
    "clock_rules": clock_rows,
    "levels": level_rows,
    "task_types": type_rows,
    "task_rules": task_rule_rows,
    "triggers": trigger_rows,
    "meetings": meeting_rows,
}
