"""Notices as sentences, in the language of whoever reads them."""

from collections.abc import Mapping

from evenhand.notify.models import Notice
from evenhand.wording.catalogue import Words

# Every kind of notice, with the picture beside it.
NOTICE_ICONS: dict[str, str] = {
    "assigned": "inbox",
    "given_to_you": "inbox",
    "transferred_to_you": "arrow-right",
    "transferred_away": "arrow-back-up",
    "returned": "corner-down-left",
    "voided": "ban",
    "recycled": "recycle",
    "taken_back": "arrow-back-up",
    "clock_warns": "hourglass-high",
    "clock_warns_of": "hourglass-high",
    "clock_missed": "alarm",
    "clock_missed_of": "alarm",
    "clock_failed": "alert-triangle",
    "revived": "refresh",
    "unassigned_waiting": "hourglass-high",
    "escalated": "flag",
    "fairness_crossed": "scale",
    "fairness_kept": "circle-check",
    "fairness_report": "report-analytics",
    "appeal_filed": "gavel",
    "appeal_reopened": "gavel",
    "appeal_overdue": "hourglass-high",
    "appeal_upheld": "circle-check",
    "appeal_rejected": "message",
    "extension_asked": "clock",
    "extension_granted": "circle-check",
    "extension_refused": "ban",
    "conflict_asked": "message",
    "merged_away": "arrow-merge",
    "import_done": "file-import",
    "given_list": "list-details",
    "list_taken": "arrow-back-up",
    "accounts_given": "building",
    "accounts_taken": "arrow-back-up",
    "deals_given": "inbox",
    "deals_taken": "arrow-back-up",
    "export_asked": "download",
    "export_done": "download",
    "export_refused": "ban",
    "connector_to_mend": "plug-x",
    "task_given": "checkbox",
    "tasks_given": "checkbox",
    "task_taken": "arrow-back-up",
    "tasks_taken": "arrow-back-up",
    "task_due": "hourglass-high",
    "tasks_due": "hourglass-high",
    "load_over": "gauge",
    "load_room": "gauge",
    "load_list": "gauge",
    "load_said": "message",
    "load_answered": "message",
    "invited": "user-plus",
    "own_password": "key",
    "own_factor_on": "shield-check",
    "own_factor_off": "shield-off",
    "own_recovery": "shield-exclamation",
    "own_browser": "login-2",
    "own_mail": "mail",
    "own_factor_asked": "shield-lock",
    "leave_set": "beach",
    "rebalanced_to_you": "arrow-right",
    "rebalanced_away": "arrow-back-up",
    "cover_asked": "beach",
    "cover_planned": "beach",
    "cover_agreed": "circle-check",
    "cover_dropped": "ban",
    "cover_begun": "arrow-right",
    "cover_back": "arrow-back-up",
    "departure_opened": "list-details",
    "departure_offered": "list-details",
    "departure_declined": "ban",
    "departure_overdue": "hourglass-high",
    "departure_finished": "circle-check",
    "stretch_given": "stairs-up",
    "graduation_proposed": "stairs-up",
    "graduation_accepted": "stairs-up",
    "graduation_put_off": "message",
    "redealt_to_you": "arrow-right",
    "redealt_away": "arrow-back-up",
    "rules_taken_over": "lock",
    "rules_asked": "send",
    "rules_sent_back": "corner-down-left",
    "rules_approved": "circle-check",
    "rules_review_due": "calendar",
}


def notice_words(words: Words, notice: Notice, title: str, names: Mapping[int, str]) -> str:
    """The sentence of a notice.

    `title` is what the item is called, "" if the reader may not see it any more; `names` holds the
    people who may be named, by id.
    """
    by = notice.params.get("by")
    return words.text(
        f"notice-{notice.kind.replace('_', '-')}",
        item=title or words.text("notice-item-hidden"),
        by=names.get(by, "") or words.text("notice-by-system"),
        count=int(notice.params.get("count", 1)),
    )
