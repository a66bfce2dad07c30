"""Statuses of other systems as stages of ours: a proposal, which the person may change."""

import re

from evenhand.leads.models import OpportunityStage, Stage
from evenhand.sheets.values.outcomes import Outcome, parse_outcome
from evenhand.sheets.values.simplified import simplified
from evenhand.sheets.values.text import folded

_MARKS = re.compile(r"[\W_]+")

# Words inside a status that say how far it is; the first that fits counts.
_LEADS = (
    (Stage.NEW, "未联系|待跟进|未跟进|未处理|待分配|notcontacted|notattempted|unqualifiednew"),
    (Stage.QUALIFIED, "qualif|意向|商机|报价|谈判|方案|需求确认|proposal|negotiat|mql|sql"),
    (Stage.CONTACTED, "contact|attempt|联系|跟进|沟通|接通|微信|working|engag|nurtur|培育"),
)  # fmt: skip
_DEALS = (
    (OpportunityStage.NEGOTIATION, "negotiat|谈判|合同|招标|contract|verbal|commit|审批"),
    (OpportunityStage.PROPOSAL, "propos|quote|报价|方案|offer|投标|decisionmaker|演示|试用|demo"),
)  # fmt: skip

_BARE = frozenset(("yes", "no", "y", "n", "true", "false", "是", "否"))

# Reasons of other systems for a lost lead, as ours.
_LOSSES = (
    ("competitor", "竞品|竞争|对手|competit|同行"),
    ("no_budget", "预算|价格|太贵|budget|price|expensive|cost"),
    ("unreachable", "联系不上|无法联系|空号|停机|错号|unreach|noanswer|wrongnumber|bounce"),
    ("no_need", "无需求|没有需求|不需要|无意向|noneed|notinterest|nointerest|lostlead"),
    ("no_decision", "搁置|暂缓|推迟|延期|nodecision|stalled|timing|future"),
    ("not_a_customer", "垃圾|无效|重复|测试|非目标|junk|spam|invalid|duplicate|fake|unqualified"),
)  # fmt: skip


def word_of(text: str) -> str:
    """A status without case, width, marks and script: as it is compared."""
    return simplified(_MARKS.sub("", folded(text).casefold()))


def lead_stage(text: str) -> str:
    """The stage of a lead that a status means; what nobody knows is taken as new."""
    match _outcome(text):
        case Outcome.WON:
            return Stage.CONVERTED.value
        case Outcome.LOST | Outcome.JUNK:
            return Stage.LOST.value
    return _first(_LEADS, text, Stage.NEW)


def deal_stage(text: str) -> str:
    """The stage of an opportunity that a status means; what nobody knows is at its beginning."""
    match _outcome(text):
        case Outcome.WON:
            return OpportunityStage.WON.value
        case Outcome.LOST | Outcome.JUNK:
            return OpportunityStage.LOST.value
    return _first(_DEALS, text, OpportunityStage.DISCOVERY)


def outcome_stage(text: str, *, beside_status: bool) -> str:
    """What a column such as "Converted" means; "" = the status says it.

    Beside a status, no means only that it is not won yet.
    """
    match parse_outcome(text):
        case Outcome.WON:
            return Stage.CONVERTED.value
        case Outcome.LOST | Outcome.JUNK:
            return "" if beside_status else Stage.LOST.value
    return ""


def loss_of(*texts: str) -> str:
    """Our reason for a loss, from the words of another system."""
    for text in texts:
        if found := _first(_LOSSES, text, ""):
            return found
    return "other"


def _outcome(text: str) -> object:
    """How it ended; a bare yes, no or number is the code of some system and says nothing."""
    word = word_of(text)
    return None if word.isdigit() or word in _BARE else parse_outcome(text)


def _first(table: tuple[tuple[str, str], ...], text: str, otherwise: str) -> str:
    word = word_of(text)
    return next((str(found) for found, words in table if re.search(words, word)), str(otherwise))
