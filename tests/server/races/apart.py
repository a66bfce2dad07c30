"""Operations by name: which act of `moves.py` races each, or why it is raced by none.

A name is `package.module.function`; `package.module.*` says it of a whole module.
"""

from collections.abc import Mapping

# What a move calls; several by one where it goes through both.
RACED: Mapping[str, str] = {
    "routing.distribute.distribute": "distributed",
    "routing.give.assign": "assigned",
    "routing.give.transfer": "transferred",
    "routing.give_up.hand_back": "handed_back",
    "routing.give_up.void": "voided",
    "routing.hand_out.deal_aside": "dealt_from_aside",
    "routing.hand_over.deactivate": "deactivated",
    "routing.merging.merge": "merged",
    "routing.parting.undo_merge": "taken_apart",
    "handover.covering.cover_due": "leave_covered",
    "handover.departing.settle_departures": "departed",
    "handover.departure.answer": "taken_over",
    "leads.accepting.accept": "accepted",
    "leads.closing.lose_lead": "lost",
    "leads.converting.convert_lead": "converted",
    "leads.erasing.erase_person": "erased",
    "leads.opportunities.create_opportunity": "opened",
    "leads.opportunities.win_opportunity": "won",
    "pool.claim.settle_together": "claimed",
    "pool.declining.decline": "declined",
    "pool.locking.lock_item": "locked",
    "pool.placing.give_back": "given_back_to_the_pool",
    "pool.placing.put_in": "put_into_the_pool",
    "pool.reviving.revive_due": "revived",
    "pool.sweeping.sweep": "swept",
    "pool.sweeping.wind_and_sweep": "swept",
    "tasks.doing.complete": "task_done",
    "tasks.giving.claim_one": "task_claimed",
    "tasks.giving.offer": "task_offered",
    "tasks.giving.transfer": "task_transferred",
    "rebalance.approve.go_on": "rebalanced",
    "imports.undo.run_undo": "file_taken_back",
    "people.leave.enter_leave": "on_leave",
    "people.roles.set_role": "another_role",
    "policies.publish.publish": "rules_changed",
}

# Another way to the same writer under the same locks.
SAME_AS: Mapping[str, str] = {
    "routing.many.assign_many": "assigned",
    "routing.many.transfer_many": "transferred",
    "routing.long_acts.work_on": "transferred",
    "routing.redeal.redeal": "handed_back",
    "routing.hand_out.hand_out": "assigned",
    "routing.give.give_for": "leave_covered",
    "routing.give.give_from_pool": "assigned",
    "routing.give.give_over": "deactivated",
    "routing.give.give_planned": "assigned",
    "routing.give_up.requeue": "departed",
    "routing.pooling.pool_item": "given_back_to_the_pool",
    "handover.departure.settle_line": "taken_over",
    "leads.closing.lose_account": "lost",
    "leads.closing.lose_leads": "lost",
    "leads.holding.give_to": "converted",
    "leads.opportunities.lose_opportunity": "won",
    "leads.opportunities.open_opportunity": "converted",
    "pool.claim.claim": "claimed",
    "pool.claim.claim_one": "claimed",
    "pool.placing.hand_out": "assigned",
    "tasks.absence.settle_absences": "task_offered",
    "tasks.ending.cancel": "task_done",
    "tasks.ending.cancel_all": "task_done",
    "tasks.ending.end_now": "task_done",
    "tasks.ending.skip": "task_done",
    "tasks.doing.reopen": "task_done",
    "tasks.giving.assign": "task_transferred",
    "tasks.giving.claim": "task_claimed",
    "tasks.giving.give_back": "task_offered",
    "tasks.giving.hand_over": "leave_covered",
    "tasks.waiting.deal_anew": "task_offered",
    "tasks.waiting.deal_tasks": "waits_no_more",
    "tasks.waiting.deal_waiting": "waits_no_more",
    "tasks.waiting.place": "waits_no_more",
    "imports.portions.release_portion": "dealt_from_aside",
    "imports.portions.release_due": "dealt_from_aside",
    "imports.release.release": "dealt_from_aside",
    "imports.run.run": "comes_in",
    "people.members.set_inactive": "deactivated",
    "people.leave.cancel_leave": "on_leave",
    "policies.publishing.*": "rules_changed",
    "policies.lines.*": "rules_changed",
    "connectors.settle.settle": "comes_in",
    "forms.receive.receive": "comes_in",
    "forms.held.release": "comes_in",
}

_LOOKS = "looks, or is a part of what is raced"
_NOTES = "writes beside an item: who owns it and its state stay"
_BEGINS = "begins a job; what the job does is raced"
_NEW = "makes what nobody else can know yet"
_PEOPLE = "writes people; what follows for items is raced by leave, role and departure"
_DRAFTS = "writes drafts; what is live changes by publishing"

APART: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "routing": {
        _LOOKS: ("acts.*", "credit.most_credit", "credit.credits_today", "hand_over.open_work",
                 "merging.lock_two", "merging.may_undo", "merging.open_for",
                 "merging.reach_for_merge", "merging.tell_of", "pooling.destination_of",
                 "redeal.tell_once"),
        _NOTES: ("credit.credit", "extend.pay_for_time"),
        _BEGINS: ("long_acts.start_long_act", "long_acts.start_redeal", "long_acts.stop_long_act"),
    },
    "handover": {
        _LOOKS: ("cover.check_substitute", "covering.rule_for", "covering.sees_to_task",
                 "departure.bring_up_to_date", "departure.close_if_settled",
                 "departure.must_be_open"),
        _NOTES: ("by_hand.add_by_hand", "cover.plan_cover", "cover.agree_cover",
                 "cover.drop_cover", "departure.offer",
                 "departure.leave_out", "departure.open_departure", "departure.cancel_departure"),
    },
    "leads": {
        _LOOKS: ("activities.company_of", "closing.check_revival",
                 "closing.is_lost", "companies.check_no_circle", "conflicts.*",
                 "editing.apply_edit", "editing.keys_of_person", "erasing.erasure_of",
                 "erasing.find_person", "erasing.is_erased", "erasing.mentions", "likenesses.*",
                 "opportunities.read_opportunity", "stages.check_number", "stages.check_workable"),
        _NOTES: ("activities.log_activity", "closing.set_revival", "companies.edit_company",
                 "companies.mark_key_account", "companies.set_parent", "companies.set_site",
                 "contacts.*", "editing.edit_lead", "opportunities.edit_opportunity",
                 "opportunities.set_opportunity_stage", "peace.*", "records.*", "stages.set_stage",
                 "stages.set_stage_of_many", "views.*"),
        _NEW: ("companies.create_company",),
    },
    "pool": {
        _LOOKS: ("locking.time_used",),
        _NOTES: ("extending.*", "keeping_overviews.*",
            "keeping_pools.*", "locking.unlock_item", "pausing.*",
                 "reaching_back.*", "switching.*"),
    },
    "tasks": {
        _LOOKS: ("desk.*", "create.check_filter", "create.count_of_filter", "create.rows_of_filter",
                 "following.types_that_follow", "giving.check_own", "giving.check_receiver",
                 "waiting.items_of"),
        _NOTES: ("doing.edit", "doing.reschedule", "doing.tick", "feed.*", "photos.*",
                 "reminding.*"),
        _NEW: ("create.create", "create.create_for_filter", "create.create_rows",
               "following.follow_events", "series.*"),
    },
    "rebalance": {
        _LOOKS: ("approve.may_undo",),
        _BEGINS: ("approve.approve", "approve.undo"),
        _NOTES: ("propose.*",),
    },
    "imports": {
        _LOOKS: ("looking.*", "release.lying_aside", "telling.*", "planning.plan_under_lock"),
        _NOTES: ("becoming.*", "erasing.*", "mappings.*", "planning.*", "remember.*",
                 "portions.release_now"),
        _BEGINS: ("begin.*", "undo.undo"),
    },
    "policies": {_DRAFTS: ("copies.*", "drafting.*", "hold.*", "reviews.*")},
    "people": {
        _PEOPLE: ("*",),
    },
    "connectors": {_NOTES: ("*",)},
    "forms": {_NOTES: ("*",)},
    **{
        package: {_NOTES: ("*",)}
        for package in ("appeals", "exports", "fairness", "ladder", "notify", "review", "work")
    },
}  # fmt: skip
