"""A lead outside China: by the country said, the state, the ZIP code, or the phone number."""

from collections.abc import Iterator

from evenhand.engine.reasons import Reason, reason
from evenhand.sheets.regions import abroad
from evenhand.sheets.regions.hints import (
    NOWHERE,
    SHOWN_MAX,
    Confidence,
    Hints,
    Place,
    Resolution,
)
from evenhand.sheets.regions.phones import PhonePlace


def resolve_abroad(hints: Hints, country: str, in_china: tuple[str, str]) -> Resolution:
    """A lead whose country field says another country than China.

    `in_china` is a field that names a place in China all the same, and the path of that place.
    """
    evidence = [reason("region.country", written=hints.country, country=country)]
    if in_china[1]:
        return _in_two_countries(country, in_china, evidence)
    if country == "US":
        return _united_states(hints, evidence)
    state = next((text.strip() for text in (hints.province, hints.region) if text.strip()), "")
    if state:
        evidence.append(reason("region.state", hint="province", written=state[:SHOWN_MAX]))
    path = "/".join([country, *_steps(state)])
    place = Place(path, country)
    return Resolution(place, Confidence.SURE, place, evidence=tuple(evidence))


def _in_two_countries(
    country: str, in_china: tuple[str, str], evidence: list[Reason]
) -> Resolution:
    name, path = in_china
    evidence.append(
        reason(
            "region.conflict",
            hint="country",
            places=(country,),
            other_hint=name,
            other_places=(path,),
        )
    )
    candidates = (Place(country, country), Place(path, ""))
    return Resolution(NOWHERE, Confidence.AMBIGUOUS, NOWHERE, candidates, tuple(evidence))


def _steps(state: str) -> Iterator[str]:
    if state:
        yield state.replace("/", " ")


def resolve_american(hints: Hints) -> Resolution | None:
    """An American place without its country: a state with a ZIP code of that state."""
    tail = abroad.american_tail(hints.address) or abroad.american_tail(hints.region)
    state = abroad.state_of(hints.province) if hints.province else ""
    zip3 = abroad.zip3_of(hints.postcode)
    if tail is None and not (state and state in abroad.states_of_zip3(zip3)):
        return None
    return _united_states(hints, [])


def _united_states(hints: Hints, evidence: list[Reason]) -> Resolution:
    tail = abroad.american_tail(hints.address) or abroad.american_tail(hints.region)
    said = next(
        (abroad.state_of(t) for t in (hints.province, hints.region) if abroad.state_of(t)), ""
    )
    state = said or (tail.state if tail else "")
    zip3 = abroad.zip3_of(hints.postcode) or (tail.zip3 if tail else "")
    states = abroad.states_of_zip3(zip3)
    if state:
        evidence.append(
            reason(
                "region.state",
                hint="province" if said else "address",
                written=abroad.state_name(state),
            )
        )
    if zip3:
        names = tuple(abroad.state_name(one) for one in states)
        evidence.append(reason("region.zip", zip=zip3, states=names))
    if state and states and state not in states:
        places = [_american_place(abroad.StateAndZip(one)) for one in (state, *states)]
        country = Place("US", "US")
        return Resolution(country, Confidence.AMBIGUOUS, country, tuple(places), tuple(evidence))
    by_zip = not state and len(states) == 1
    found = abroad.StateAndZip(states[0] if by_zip else state, zip3)
    place = _american_place(found)
    confidence = Confidence.LIKELY if by_zip else Confidence.SURE
    sure = Place("US", "US") if by_zip else place
    return Resolution(place, confidence, sure, evidence=tuple(evidence))


def _american_place(place: abroad.StateAndZip) -> Place:
    return Place(abroad.american_path(place), f"US-{place.state}" if place.state else "US")


def by_foreign_phone(phone: PhonePlace) -> Resolution:
    """A lead of which nothing is known but a number of another country."""
    place = Place(phone.country, phone.country)
    if phone.country == "US":
        state = abroad.state_of(phone.place.rpartition(", ")[2])
        place = _american_place(abroad.StateAndZip(state))
    said = reason("region.number", hint="phone", prefix=phone.prefix, places=(place.path,))
    return Resolution(place, Confidence.LIKELY, evidence=(said,))
