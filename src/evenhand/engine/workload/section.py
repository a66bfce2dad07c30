"""The section `workload` of the policy document: what work takes, how much is planned, bands.

Points say what an item takes in this stage over the time that it usually stays open (10 minutes a
point); accounts, which never close, over the same time. They are never added to lead points.
"""

from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from evenhand.engine.calendar.hours import Shift, UnreadableHours, parse_hours
from evenhand.engine.facts import POINT
from evenhand.engine.refusal import refusal
from evenhand.engine.values import Count, MicroPoints, Name, Section
from evenhand.engine.workload.bands import BandTerms
from evenhand.engine.workload.capacity import MOST_UTILIZATION_PERCENT, UTILIZATION_PERCENT

Share = Annotated[Count, Field(le=100)]
Weeks = Annotated[Count, Field(ge=1, le=12)]
Minutes = Annotated[Count, Field(le=1_440)]


class LeadWork(Section):
    """Workload points of an open lead by its stage."""

    new: MicroPoints = 3 * POINT
    contacted: MicroPoints = 5 * POINT
    qualified: MicroPoints = 8 * POINT


class OpportunityWork(Section):
    """Workload points of an open opportunity by its stage."""

    discovery: MicroPoints = 10 * POINT
    proposal: MicroPoints = 15 * POINT
    negotiation: MicroPoints = 12 * POINT


class AccountWork(Section):
    """Workload points of an account that somebody looks after, by its class."""

    key: MicroPoints = 6 * POINT
    other: MicroPoints = 1 * POINT


class ChannelMinutes(Section):
    """Handling minutes of a contact whose length nobody measured."""

    call: Minutes = 10
    wechat: Minutes = 5
    mail: Minutes = 10
    visit: Minutes = 90
    meeting: Minutes = 60
    note: Minutes = 3


class Meeting(Section):
    """A regular meeting: on these weekdays (1 = Monday; none = every day), for these teams."""

    hours: str = Field(max_length=60)
    days: tuple[Annotated[Count, Field(ge=1, le=7)], ...] = ()
    teams: tuple[Name, ...] = ()  # none = everybody
    note: str = ""

    @field_validator("hours")
    @classmethod
    def _can_be_read(cls, value: str) -> str:
        try:
            shifts = parse_hours(value)
        except UnreadableHours:
            shifts = ()
        if not shifts:
            raise refusal(
                "policy.meeting_hours",
                "{value} are no hours; write 09:00-09:30",
                value=value,
            )
        return value

    @property
    def shifts(self) -> tuple[Shift, ...]:
        """From when to when, by the clock of whoever attends."""
        return parse_hours(self.hours)


class WorkloadSection(Section):
    """How much work everybody carries and can carry.

    `caps: kept` lets dealing keep to the derived cap on open items; `shown` only shows it.
    `days_open`: how long an item stays open; None = measured. `around_minutes` go with every
    measured call or meeting, and are all that an unanswered call takes.
    """

    caps: Literal["shown", "kept"] = "shown"
    utilization_percent: Annotated[Count, Field(ge=1, le=MOST_UTILIZATION_PERCENT)] = (
        UTILIZATION_PERCENT
    )
    days_open: Annotated[Count, Field(ge=1, le=3_650)] | None = None
    leads: LeadWork = LeadWork()
    opportunities: OpportunityWork = OpportunityWork()
    accounts: AccountWork = AccountWork()
    channels: ChannelMinutes = ChannelMinutes()
    around_minutes: Minutes = 5
    meetings: tuple[Meeting, ...] = ()
    over_percent: Share = 85
    idle_percent: Share = 60
    smoothed_weeks: Weeks = 4
    fewest_weeks: Weeks = 3
    backlog_weeks: Weeks = 3
    below_level_percent: Share = 40
    note: str = ""

    @model_validator(mode="after")
    def _bands_apart(self) -> "WorkloadSection":
        if self.idle_percent >= self.over_percent:
            raise refusal(
                "policy.bands_cross",
                "idle ends at {idle} % and overload begins above {over} %; idle must end lower",
                idle=self.idle_percent,
                over=self.over_percent,
            )
        return self

    @property
    def band_terms(self) -> BandTerms:
        """Where bands begin."""
        return BandTerms(
            over_percent=self.over_percent,
            idle_percent=self.idle_percent,
            smoothed_weeks=self.smoothed_weeks,
            fewest_weeks=self.fewest_weeks,
            backlog_weeks=self.backlog_weeks,
            below_level_percent=self.below_level_percent,
        )

    def points_of(self, kind: str, stage: str) -> int:
        """Micro-points of one open item; 0 where the table has no such stage."""
        tables: dict[str, Section] = {
            "lead": self.leads,
            "opportunity": self.opportunities,
            "account": self.accounts,
        }
        return int(getattr(tables.get(kind), stage, 0))

    def minutes_of(self, channel: str) -> int:
        """Minutes of a contact without a measured length; 0 for what is no channel of the table."""
        return int(getattr(self.channels, channel, 0))
