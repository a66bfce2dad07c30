"""The form that says what counts as proof of follow-up (什么算有效跟进)."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, get_args

from evenhand.engine.policy.document import PolicyDocument
from evenhand.engine.pool.evidence import USUAL_TERMS
from evenhand.engine.pool.section import EvidenceKind, EvidenceTerms
from evenhand.engine.reasons import reason
from evenhand.policies.refusals import CannotEdit
from evenhand.web.policies.part_forms import Block, PartForm, Plain, number
from evenhand.wording.catalogue import Words, message_id

_KINDS: tuple[str, ...] = get_args(EvidenceKind)
_SEEN_BY_US = ("stage", "document")  # nobody's word stands for these
_LASTING = ("call", "meeting")
_DIGITS = MappingProxyType({"inputmode": "numeric"})


class EvidenceForm(PartForm):
    """Each kind of evidence: whether it counts, for how much, and from which length."""

    part = "evidence"

    def __init__(
        self, words: Words, terms: Sequence[Plain], data: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(words, data)
        standing = {one["evidence"]: one for one in reversed(terms or _usual())}
        self.initial = {}
        self.built: list[str] = []
        for kind in _KINDS:
            one = standing.get(kind)
            self._flag(f"{kind}_counts", said_as="counts")
            self.initial[f"{kind}_counts"] = one is not None
            for name in _asked(kind):
                self._text(f"{kind}_{name}", most=6, attrs=_DIGITS, said_as=name)
                self.initial[f"{kind}_{name}"] = (one or _plain(kind))[name]

    @property
    def blocks(self) -> Sequence[Block]:
        """A block for each kind."""
        return tuple(
            Block(
                self.words.text(f"web-studio-evidence-{message_id(kind)}"),
                [self[f"{kind}_{name}"] for name in ("counts", *_asked(kind))],
            )
            for kind in _KINDS
        )

    def field_at(self, rest: Sequence[str | int]) -> str | None:
        """A field by the place of its kind among those that count."""
        if rest and isinstance(rest[0], int) and rest[0] < len(self.built):
            kind = self.built[rest[0]]
            names = [f"{kind}_{step}" for step in reversed(rest[1:])]
            return next((name for name in names if name in self.fields), f"{kind}_counts")
        return None

    def values(self) -> dict[str, Any]:
        """The terms of the section; None where they are the usual ones.

        :raises CannotEdit: nothing would count, which a document cannot say.
        """
        self.built = [kind for kind in _KINDS if self.data.get(f"{kind}_counts")]
        if not self.built:
            raise CannotEdit(reason("studio.no_evidence"))
        terms = [self._terms(kind) for kind in self.built]
        return {"evidence": None if terms == _usual() else terms}

    def _terms(self, kind: str) -> Plain:
        typed = {name: self.typed(f"{kind}_{name}") for name in _asked(kind)}
        return {**_plain(kind), **{name: number(text) for name, text in typed.items() if text}}


def evidence_settings(document: PolicyDocument, words: Words) -> list[tuple[str, str]]:
    """Each kind with what it counts for, as the studio lists settings."""
    terms = (document.clocks.evidence if document.clocks else ()) or USUAL_TERMS
    found = []
    for kind in _KINDS:
        one = next((one for one in terms if one.evidence == kind), None)
        name = words.text(f"web-studio-evidence-{message_id(kind)}")
        none = words.text("web-studio-evidence-none")
        found.append((name, none if one is None else _said(one, words)))
    return found


def _said(one: EvidenceTerms, words: Words) -> str:
    if one.evidence in _SEEN_BY_US:
        return words.text("web-studio-evidence-seen", percent=one.percent)
    params = {"percent": one.percent, "said": one.said_percent}
    if one.least_seconds:
        return words.text("web-studio-evidence-from", seconds=one.least_seconds, **params)
    return words.text("web-studio-evidence-whole", **params)


def _asked(kind: str) -> tuple[str, ...]:
    said = () if kind in _SEEN_BY_US else ("said_percent",)
    return ("percent", *said, *(("least_seconds",) if kind in _LASTING else ()))


def _plain(kind: str) -> dict[str, Any]:
    """What holds of a kind where its form says nothing."""
    usual = next(one for one in USUAL_TERMS if one.evidence == kind)
    return usual.model_dump(mode="json")


def _usual() -> list[Plain]:
    return [_plain(kind) for kind in _KINDS]
