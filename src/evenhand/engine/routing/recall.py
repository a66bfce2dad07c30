"""Bring a router back to the moment just before one item was decided.

From the last checkpoint before it, at most 255 decisions are taken again; a file of a million
decisions answers as quickly as a small one is read.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from evenhand.engine.routing.decide import Router
from evenhand.engine.routing.decision import Decision
from evenhand.engine.routing.edits import apply_edit, edit_from_json
from evenhand.engine.routing.planned import decide_planned
from evenhand.engine.routing.reading import Reading
from evenhand.engine.routing.receipt import books_from_json
from evenhand.engine.routing.replay import LoadPolicy, UnreadableReceipts
from evenhand.engine.routing.situation import Prepared
from evenhand.engine.routing.stored import loads_from_json, team_from_json


@dataclass
class _Scan:
    """What has been read of the current run, and what happened since its last checkpoint."""

    run: Mapping[str, Any] = field(default_factory=dict)
    policy: str = ""
    team: str = ""
    state: str = ""
    classes: list[str] = field(default_factory=list)
    since: list[str] = field(default_factory=list)
    plans: list[str] = field(default_factory=list)

    def copy(self) -> "_Scan":
        return _Scan(
            self.run,
            self.policy,
            self.team,
            self.state,
            list(self.classes),
            list(self.since),
            list(self.plans),
        )

    def places(self) -> dict[str, str | None]:
        """Who gets what by the plans of this run; None = left over."""
        found: dict[str, str | None] = {}
        for line in self.plans:
            data = _json(line)
            reps = data.get("reps", [])
            for item_id, rep in zip(data["items"], data.get("to", []), strict=False):
                found[item_id] = None if rep is None else reps[rep]
        return found


@dataclass(frozen=True, slots=True)
class Recalled:
    """An item at the moment of its decision: the router before it, what it read, what it became.

    `decision` is what the router decides now; `stored` the line of the receipts, whose winner it
    must equal. `edits` are later lines about the same item.
    """

    router: Router
    prepared: Prepared
    decision: Decision
    stored: Mapping[str, Any]
    run: Mapping[str, Any]
    edits: tuple[Mapping[str, Any], ...]


class UnknownItem(Exception):
    """The receipts hold no decision about this item."""

    def __init__(self, item_id: str) -> None:
        super().__init__(f"no decision about {item_id!r} in the receipts")
        self.item_id = item_id


def recall(lines: Iterable[str], item_id: str, load_policy: LoadPolicy) -> Recalled:
    """The last decision about an item, and the router just before it.

    :raises UnknownItem: no decision about it.
    :raises UnreadableReceipts: the file is damaged.
    """
    wanted = f'"i":{json.dumps(item_id, ensure_ascii=False)},'
    scan, found, stored = _Scan(), None, ""
    edits: list[str] = []
    for line in lines:
        kind = line[6 : line.find('"', 6)]
        if kind in ("decision", "edit"):
            if wanted in line:
                if kind == "decision":
                    found, stored, edits = scan.copy(), line, []
                else:
                    edits.append(line)
            scan.since.append(line)
        elif kind == "run":
            scan = _Scan(run=_json(line))
        elif kind == "plan":
            scan.plans.append(line)
        elif kind == "class":
            scan.classes.append(line)
        elif kind in ("start", "checkpoint"):
            scan.state, scan.since = line, []
        elif kind == "policy":
            scan.policy = line
        elif kind == "team":
            scan.team = line
        elif kind == "departed":
            scan.since.append(line)
    if found is None:
        raise UnknownItem(item_id)
    return _recalled(found, _json(stored), tuple(_json(edit) for edit in edits), load_policy)


def _recalled(
    scan: _Scan,
    stored: Mapping[str, Any],
    edits: tuple[Mapping[str, Any], ...],
    load_policy: LoadPolicy,
) -> Recalled:
    state = _json(scan.state)
    router = Router(
        load_policy(_json(scan.policy)["document"]),
        team_from_json(_json(scan.team)),
        now=datetime.fromisoformat(scan.run["now"]),
        seed=scan.run["seed"],
        books=books_from_json(state["books"]),
        loads=loads_from_json(state["loads"]),
    )
    router.settle_members()
    readings: dict[int, Reading] = {}
    places = scan.places()

    def prepared(data: Mapping[str, Any]) -> Prepared:
        number = data["c"]
        if number not in readings:
            readings[number] = Reading.from_json(_json(scan.classes[number])["reading"])
        return router.prepare(readings[number], router.draw(data["i"], data.get("round", 0)))

    def decide(data: Mapping[str, Any], *, with_places: bool = False) -> Decision:
        if data["i"] in places:
            return decide_planned(router, data["i"], prepared(data), places[data["i"]])
        return router.route_prepared(
            data["i"],
            prepared(data),
            round_=data.get("round", 0),
            owner=data.get("o", ""),
            with_places=with_places,
        )

    for line in scan.since:
        data = _json(line)
        if data["t"] == "edit":
            apply_edit(router, edit_from_json(data))
        elif data["t"] == "decision":
            decide(data)
    before = router.copy()
    decision = decide(stored, with_places=True)
    reading = readings[stored["c"]]
    again = before.prepare(reading, before.draw(stored["i"], stored.get("round", 0)))
    return Recalled(before, again, decision, stored, scan.run, edits)


def _json(line: str) -> Mapping[str, Any]:
    try:
        data = json.loads(line)
    except ValueError as error:
        raise UnreadableReceipts(0, f"not JSON: {error}") from error
    if not isinstance(data, dict):
        raise UnreadableReceipts(0, "not a JSON object")
    return data
