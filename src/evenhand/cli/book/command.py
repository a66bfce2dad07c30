"""`evenhand book`: take the edits sheet, the receipts and the state, and book what was asked."""

import json
import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from evenhand.cli.book.edits_sheet import WantedEdit, read_edits
from evenhand.cli.failure import say_failures
from evenhand.cli.language import language_option
from evenhand.cli.receipts_file import receipt_lines
from evenhand.cli.route.publish import sole_use
from evenhand.cli.route.state import ForeignState, State, UnreadableState, load_state, staged_state
from evenhand.cli.route.team import BadCell
from evenhand.engine.ledger.bookings import CannotBook
from evenhand.engine.policy.compile import policy_from_json
from evenhand.engine.policy.load import read_policy
from evenhand.engine.reasons import Reason, reason
from evenhand.engine.routing.decide import Router
from evenhand.engine.routing.edits import Edit, EditAct, edit_lines
from evenhand.engine.routing.look_up import Dealt, find_dealt, last_seed
from evenhand.engine.routing.policy import Policy
from evenhand.engine.routing.stored import team_from_json
from evenhand.engine.routing.team import Team
from evenhand.wording.catalogue import Words
from evenhand.wording.reasons import say

EXIT_SOME_REFUSED = 1
_OWNED = "assigned"


@click.command()
@click.argument("edits", type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    help="The folder of the run whose leads are changed.",
)
@click.option(
    "--state",
    "state_path",
    type=click.Path(path_type=Path),
    help="The run's state file, if it is not OUT/state.json.",
)
@language_option
@say_failures
def book(edits: Path, out: Path, state_path: Path | None, lang: str) -> int:
    """Book the changes listed in EDITS: void, transfer, return, claim, assign, credit.

    Columns: lead id, act, to, points, refund %, reason, by (in Chinese or English). Every
    change is booked in the ledger, written into receipts.jsonl and carried by state.json.
    Exit code: 0 all booked; 1 some refused, the others booked; 2 the input cannot be used.
    """
    words = Words(lang)
    wanted, bad = read_edits(edits)
    state_file = state_path or out / "state.json"
    click.get_current_context().with_resource(sole_use(out, state_file))
    state = load_state(state_file)
    with receipt_lines(out / "receipts.jsonl") as lines:
        dealt = find_dealt(lines, {one.item_id for one in wanted}, policy_from_json)
    with receipt_lines(out / "receipts.jsonl") as lines:
        is_ours = last_seed(lines) == state.seed
    if not is_ours or not {one.book for one in dealt.values() if one.book} <= state.books.keys():
        raise ForeignState(state_file)
    desk = Desk(out, state, dealt)
    for one in wanted:
        refused = desk.book(one)
        if refused is not None:
            bad.append(BadCell(one.row, one.act.value, one.item_id, refused))
    desk.save(state_file)
    click.echo(words.text("book-done", booked=len(desk.lines), refused=len(bad)))
    names = {rep.id: rep.name or rep.id for rep in desk.team.reps}
    for cell in sorted(bad, key=lambda one: one.row):
        sentence = say(words, cell.why, names)
        click.echo(words.text("book-refused", row=cell.row, why=sentence), err=True)
    return EXIT_SOME_REFUSED if bad else 0


def _team(path: Path) -> Team:
    """The team as the run knew it.

    :raises UnreadableState: the file is damaged.
    """
    try:
        return team_from_json(json.loads(path.read_text("utf-8")))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        why = reason("state.unreadable", file=path.name)
        raise UnreadableState(why, f"{path}: {type(error).__name__}: {error}") from error


class Desk:
    """Books edits on one run's books; nothing is written before `save`."""

    def __init__(self, out: Path, state: State, dealt: Mapping[str, Dealt]) -> None:
        self.out = out
        self.state = state
        self.dealt = dealt
        self.team = _team(out / "team.json")
        policy = Policy(read_policy((out / "policy.yaml").read_text("utf-8")))
        zone = ZoneInfo(self.team.company_calendar.zone)
        self.router = Router(
            policy,
            self.team,
            now=datetime.now(zone).replace(microsecond=0),
            seed=state.seed,
            books=state.books,
            loads=state.loads,
        )
        self.lines: list[str] = []

    def book(self, wanted: WantedEdit) -> Reason | None:
        """Book one change; returns why not, if it is refused."""
        edit = self._edit(wanted)
        if isinstance(edit, Reason):
            return edit
        try:
            lines = edit_lines(self.router, edit)
        except CannotBook as error:
            return reason(error.code, **error.params)
        self.lines += lines
        self._follow(wanted, edit, lines[-1])
        return None

    def _edit(self, wanted: WantedEdit) -> Edit | Reason:
        person = self.team.find(wanted.to) if wanted.to else None
        if wanted.to and person is None:
            return reason("edit.person_unknown", name=wanted.to)
        if person is not None and not person.is_active:
            return reason("edit.person_left", name=wanted.to)
        if wanted.act is EditAct.CREDIT and not wanted.item_id:
            return self._free_credit(wanted, "" if person is None else person.id)
        item = self.dealt.get(wanted.item_id)
        if item is None:
            return reason("edit.item_unknown", item=wanted.item_id)
        owned = item.outcome == _OWNED
        if wanted.act in (EditAct.TRANSFER, EditAct.RETURN) and not owned:
            return reason("edit.not_owned", item=wanted.item_id)
        has_it = wanted.act is EditAct.TRANSFER and person is not None and person.id == item.rep_id
        if owned and (has_it or wanted.act in (EditAct.CLAIM, EditAct.ASSIGN)):
            return reason("edit.already_owned", item=wanted.item_id, rep=item.rep_id)
        if wanted.act is EditAct.VOID and item.outcome == "void":
            return reason("edit.already_void", item=wanted.item_id)
        gives_up = wanted.act in (EditAct.VOID, EditAct.RETURN)
        return Edit(
            act=wanted.act,
            item_id=wanted.item_id,
            book=item.book,
            row=item.row,
            points=item.points if wanted.points is None or gives_up else wanted.points,
            from_rep=item.rep_id,
            to_rep="" if person is None else person.id,
            rate_percent=100 if wanted.rate_percent is None else wanted.rate_percent,
            originals=tuple(item.postings),
            weights=tuple(sorted(item.weights.items())),
            actor=wanted.actor,
            note=wanted.note,
        )

    def _free_credit(self, wanted: WantedEdit, rep_id: str) -> Edit | Reason:
        """A credit for no item in particular goes into the first book that the person is in."""
        for key, one in sorted(self.router.books.items()):
            if one.has(rep_id):
                return Edit(
                    act=EditAct.CREDIT,
                    item_id="",
                    book=key,
                    points=wanted.points or 0,
                    to_rep=rep_id,
                    weights=tuple((name, 100) for name in one.members),
                    actor=wanted.actor,
                    note=wanted.note,
                )
        return reason("book.not_a_member", person=rep_id)

    def _follow(self, wanted: WantedEdit, edit: Edit, line: str) -> None:
        """Later rows of the same sheet see what this one did; the state forgets what is undone."""
        item = self.dealt.get(wanted.item_id)
        if item is not None:
            item.apply(json.loads(line))
        own = self.state.own_id(edit.item_id)
        if edit.act is EditAct.RETURN:
            self.state.routed.pop(own, None)
            self.state.returned[own] = None
        elif edit.item_id and edit.act is not EditAct.CREDIT:
            # Settled by hand, also what was waiting or handed back: not to be dealt again.
            self.state.routed[own] = None
            self.state.returned.pop(own, None)

    def save(self, state_file: Path) -> None:
        """Write receipts first, then the state: a crash in between repeats nothing silently.

        :raises OSError: one of them cannot be written; both are as they were.
        """
        if not self.lines:
            return
        self.state.books = self.router.books
        self.state.loads = self.router.loads.as_loads([rep.id for rep in self.team.reps])
        receipts = self.out / "receipts.jsonl"
        size = receipts.stat().st_size
        try:
            with (
                staged_state(self.state, state_file),
                receipts.open("a", encoding="utf-8", newline="\n") as file,
            ):
                file.write("\n".join([*self.lines, ""]))
                file.flush()
                os.fsync(file.fileno())
        except BaseException:
            os.truncate(receipts, size)
            raise
