"""Calls to copy, for `curl` and Python: each runs as it stands once the token is filled in."""

import json
from typing import Any

TOKEN = "$EVENHAND_TOKEN"

# What a body looks like; the ids are the reader's to fill in.
BODIES: dict[str, Any] = {
    "leads_take_in": {
        "name": "王芳", "company": "杭州远大机械有限公司", "phone": "13800138000",
        "region": "浙江省/杭州市", "source": "官网", "budget": 300000, "currency": "CNY",
    },
    "leads_take_in_bulk": {
        "leads": [
            {"name": "李强", "phone": "13900139000", "source": "展会"},
            {"name": "Ann Lee", "email": "ann@example.com", "source": "fair"},
        ]
    },
    "conflicts_check": {"q": "13800138000"},
    "conflicts_ask": {"q": "杭州远大机械有限公司"},
    "leads_change": {"stage": "qualified", "note": "下周三前报价"},
    "leads_log": {"channel": "call", "outcome": "reached", "seconds": 180, "note": "要两台样机"},
    "leads_assign": {"to": 12, "reason": "expertise"},
    "leads_transfer": {"to": 12, "reason": "leave"},
    "leads_return": {"reason": "wrong_region"},
    "leads_void": {"reason": "invalid_contact"},
    "accounts_create": {"name": "杭州远大机械有限公司", "industry": "机械"},
    "accounts_change": {"industry": "机械"},
    "accounts_assign": {"to": 12, "reason": "relationship"},
    "accounts_transfer": {"to": 12, "reason": "leave"},
    "opportunities_create": {
        "account_id": 3, "name": "样机两台", "value": "120000.00", "currency": "CNY",
    },
    "opportunities_assign": {"to": 12, "reason": "expertise"},
    "opportunities_transfer": {"to": 12, "reason": "leave"},
    "graduations_decide": {"is_accepted": True, "note": "恭喜"},
    "pools_claim": {"kind": "lead", "id": 17},
    "pools_claims": {"items": [{"kind": "lead", "id": 17}, {"kind": "lead", "id": 18}]},
    "pools_return": {"kind": "lead", "id": 17, "reason": "no_demand"},
    "pools_put": {"kind": "lead", "id": 17, "pool": "公海", "reason": "tidying"},
    "pools_assign": {"kind": "lead", "id": 17, "to": 12, "reason": "expertise"},
    "clocks_accept": {"kind": "lead", "id": 17},
    "clocks_decline": {"kind": "lead", "id": 17, "reason": "overload"},
    "clocks_lock": {"kind": "lead", "id": 17},
    "clocks_unlock": {"kind": "lead", "id": 17},
    "tasks_make": {"type": "电话回访", "to": "own", "kind": "lead", "item_id": 17},
    "tasks_make_for_filter": {
        "type": "电话回访", "kind": "lead", "filter": {"stage": "contacted"}, "to": "holder",
    },
    "tasks_tick": {"entry": 0},
    "tasks_done": {"result": "约了下周看样机", "minutes": 12},
    "tasks_time": {"due_at": "2027-03-18T18:00:00+08:00"},
    "tasks_skip": {"reason": "not_needed"},
    "tasks_cancel": {"reason": "duplicate"},
    "tasks_give_back": {"reason": "overload"},
    "tasks_assign": {"to": 12, "reason": "overload"},
    "series_make": {"type": "门店拜访", "unit": "week", "weekdays": [1], "from_on": "2027-03-01"},
    "series_edit": {"weekdays": [2], "title": "周二拜访"},
    "series_stop": {"cancel_open": True},
    "market_claims": {"ids": [17, 18]},
    "peace_set": {"kind": "lead", "id": 17, "is_left": True},
    "lost_set": {"kind": "account", "id": 3, "reason": "no_budget", "revive_on": "2026-09-01"},
    "extensions_ask": {"kind": "lead", "id": 17, "clock": "untouched", "reason": "tender"},
    "extensions_decide": {"is_granted": True},
    "pauses_begin": {"rep_id": 12, "until_at": "2026-03-18T00:00:00+08:00", "reason": "training"},
    "policies_reach": {"version": 4},
    "policies_switch_clocks": {
        "rule": "三天没跟进", "is_on": False, "note": "双节期间不回收", "expected": "节后照旧",
        "review_on": "2026-10-08",
    },
    "covers_plan": {
        "leave_id": 9,
        "classes": [{"kind": "lead", "touch": "live"}, {"substitute": 12}],
        "comes_back": "untouched", "back_per_day": 10,
    },
    "departures_open": {
        "rep_id": 12, "deadline": "2026-03-31T18:00:00+08:00", "at_deadline": "give",
    },
    "departures_offer": {"lines": [101, 102], "to": [14, 15]},
    "departures_answer": {"lines": [101], "accepts": True},
    "rebalances_propose": {"team_id": 4},
    "rebalances_edit": {"move_id": 210, "to": 12},
    "departures_add_line": {"title": "厂家系统里的报备", "count": 12},
    "departures_leave_out": {"lines": [103]},
    "workload_say": {"word": "much"},
    "workload_answer": {"week": "2026-03-02", "answer": "less", "note": "周三聊"},
    "rebalances_approve": {"leaving_out": False},
    "appeals_file": {"item_kind": "lead", "item_id": 17, "why": "excluded", "note": "那天我在岗"},
    "appeals_decide": {"is_upheld": True, "answer": "请假登记错了"},
    "reps_set_availability": {"is_accepting": False},
    "reps_take_leave": {
        "from_at": "2026-03-16T00:00:00+08:00", "until_at": "2026-03-18T00:00:00+08:00",
        "reason": "年假",
    },
    "reps_set_cap": {"open_items": 20, "until_date": "2026-04-30", "note": "带新人"},
}  # fmt: skip


# Which field of a form takes a file.
FILES = {"tasks_photo_add": "photo"}


def curl(server: str, method: str, path: str, body: Any, file: str = "") -> str:
    """The call as a command line."""
    head = "curl" if method == "get" else f"curl -X {method.upper()}"
    parts = [f'{head} "{server}{filled(path)}"', f'-H "Authorization: Bearer {TOKEN}"']
    if method == "post":
        parts.append('-H "Idempotency-Key: $(uuidgen)"')
    if body is not None:
        parts.append('-H "Content-Type: application/json"')
        parts.append(f"-d '{json.dumps(body, ensure_ascii=False)}'")
    if file:
        parts.append(f"-F {file}=@{file}.jpg")
    return " \\\n  ".join(parts)


def python(server: str, method: str, path: str, body: Any, file: str = "") -> str:
    """The call in Python with `requests`."""
    uses_key = method == "post"
    lines = ["import os", *(["import uuid"] if uses_key else []), "", "import requests", ""]
    lines += [
        f"answer = requests.{method}(",
        f'    "{server}{filled(path)}",',
        "    headers={",
        """        "Authorization": f"Bearer {os.environ['EVENHAND_TOKEN']}",""",
        *(['        "Idempotency-Key": str(uuid.uuid4()),'] if uses_key else []),
        "    },",
        *([f"    json={_literal(body)},"] if body is not None else []),
        *([f'    files={{"{file}": open("{file}.jpg", "rb")}},'] if file else []),
        "    timeout=10,",
        ")",
        "answer.raise_for_status()",
        "print(answer.json())",
    ]
    return "\n".join(lines)


def filled(path: str) -> str:
    """An address with something in the place of its parameters."""
    named = path.replace("{line}", "direct")
    while "{" in named:
        before, _, rest = named.partition("{")
        named = f"{before}17{rest.partition('}')[2]}"
    return named


def _literal(body: Any) -> str:
    text = json.dumps(body, ensure_ascii=False, indent=4)
    text = text.replace(": true", ": True").replace(": false", ": False")
    return text.replace("\n", "\n    ")
