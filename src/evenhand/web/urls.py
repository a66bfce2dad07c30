"""Addresses of the pages; each area has its own file."""

from typing import Any

from django.urls import include, path

# What is asked for most comes first: a page pays for every address that is tried before its own.
AREAS = (
    "today",  # 今日, live stream
    "leads",  # leads, accounts, opportunities
    "account",  # login, profile, security, one-time links
    "clocks",  # requests for more time, clocks that stand still
    "pool",  # 公海
    "work",  # 负荷: a team's, one's own, points as measured
    "tasks",  # 待办, 任务大厅
    "team",  # a manager's team: funnel, load, first contacts
    "members",  # members, teams, calendars, leave, rosters, tokens
    "handover",  # cover during leave, departures
    "rebalance",  # 负荷调整
    "receipts",  # 分配依据
    "appeals",  # 申诉
    "distribution",  # live decisions, unassigned, acts by hand
    "share",  # 应得与实得, what went to others
    "fairness",  # per group, rules that rest, monthly reports
    "ladder",  # 人才梯队, 我的成长
    "pools",  # 公海管理: figures and limits
    "journal",
    "policies",
    "imports",  # files of leads
    "exports",  # rows as files
    "conflicts",  # 撞单查询
    "intake",  # by hand, public form
    "forms",  # public forms are made
    "company",
    "integrations",
    "chat",  # 企业微信: sign-in, calls
    "help",
)

urlpatterns: list[Any] = [
    path("", include("evenhand.web.look")),
    path("", include("evenhand.web.live")),
]
urlpatterns += [path("", include(f"evenhand.web.{area}.urls")) for area in AREAS]
