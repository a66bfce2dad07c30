"""The section of workload: what it refuses, what its table says, meetings as time."""

from datetime import UTC, date, datetime

import pytest
from pydantic import ValidationError

from evenhand.engine.calendar.hours import WeekHours
from evenhand.engine.calendar.worktime import Calendar
from evenhand.engine.facts import POINT
from evenhand.engine.workload.capacity import selling_time
from evenhand.engine.workload.meetings import meetings_between
from evenhand.engine.workload.section import WorkloadSection

OFFICE = Calendar(zone="UTC", hours=WeekHours.of(dict.fromkeys(range(1, 6), "09:00-17:00")))


def test_what_is_not_said_has_its_usual_value_and_what_has_no_row_is_free() -> None:
    section = WorkloadSection.model_validate({"leads": {"new": "2.5"}, "channels": {"call": 7}})

    assert section.points_of("lead", "new") == 5 * POINT // 2
    assert section.points_of("lead", "contacted") == 5 * POINT
    assert section.points_of("account", "key") == 6 * POINT
    assert section.points_of("lead", "converted") == section.points_of("outlet", "new") == 0
    assert (section.minutes_of("call"), section.minutes_of("fax")) == (7, 0)
    assert section.band_terms.over_percent == 85


@pytest.mark.parametrize(
    ("plain", "code"),
    [
        ({"over_percent": 60, "idle_percent": 60}, "policy.bands_cross"),
        ({"meetings": [{"hours": "nine"}]}, "policy.meeting_hours"),
        ({"meetings": [{"hours": ""}]}, "policy.meeting_hours"),
        ({"utilization_percent": 90}, "less_than_equal"),
    ],
)
def test_what_cannot_be_meant_is_refused_by_its_code(plain: dict[str, object], code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        WorkloadSection.model_validate(plain)

    assert [one["type"] for one in refused.value.errors()] == [code]


def test_meetings_take_their_time_from_the_teams_that_attend() -> None:
    section = WorkloadSection.model_validate(
        {
            "meetings": [
                {"hours": "08:30-09:30", "days": [1]},
                {"hours": "16:00-17:00", "teams": ["east"]},
            ]
        }
    )
    first, last = date(2026, 3, 2), date(2026, 3, 8)  # Monday to Sunday
    span = (datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 3, 9, tzinfo=UTC))

    taken = {
        team: selling_time(
            OFFICE,
            *span,
            meetings=meetings_between(section.meetings, team, OFFICE, first, last),
        ).meetings
        for team in ("east", "west")
    }

    # Half of Monday's lies before nine; the evening one is on five working days.
    assert taken == {"east": 30 + 5 * 60, "west": 30}
