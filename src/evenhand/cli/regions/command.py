"""`evenhand regions`: resolve, check."""

from pathlib import Path

import click

from evenhand.cli.failure import say_failures
from evenhand.cli.language import language_option
from evenhand.platform.folder import data_folder
from evenhand.sheets.regions.hints import Confidence, Hints, Place, Resolution
from evenhand.sheets.regions.load import resolver, resolver_with
from evenhand.wording.catalogue import Words
from evenhand.wording.reasons import say

EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)

EXIT_OK = 0
EXIT_NOT_KNOWN = 1


@click.group()
def regions() -> None:
    """Find the region of an address, a phone or a postcode; check a file of divisions."""


@regions.command()
@click.argument("text", nargs=-1)
@click.option("--country", default="", help="Country: its name or its two letters.")
@click.option("--province", default="", help="Province or state, as written.")
@click.option("--city", default="", help="City, as written.")
@click.option("--county", default="", help="District or county, as written.")
@click.option("--phone", default="", help="Phone number.")
@click.option("--postcode", default="", help="Postcode.")
@click.option("--file", "own_file", type=EXISTING, help="Try with this file of divisions.")
@language_option
@say_failures
def resolve(
    text: tuple[str, ...],
    country: str,
    province: str,
    city: str,
    county: str,
    phone: str,
    postcode: str,
    own_file: Path | None,
    lang: str,
) -> int:
    """Say in which region TEXT lies, how sure that is, and why.

    Exit code: 0 the region is known; 1 it is not, or not for sure which; 2 unusable.
    """
    found = (resolver(data_folder()) if own_file is None else resolver_with(own_file)).resolve(
        Hints(
            country=country,
            province=province,
            city=city,
            county=county,
            address=" ".join(text),
            phone=phone,
            postcode=postcode,
        )
    )
    words = Words(lang)
    for line in _lines(found, words):
        click.echo(line)
    is_known = found.confidence in {Confidence.SURE, Confidence.LIKELY}
    return EXIT_OK if is_known else EXIT_NOT_KNOWN


@regions.command()
@click.argument("file", type=EXISTING)
@language_option
@say_failures
def check(file: Path, lang: str) -> int:
    """Check FILE, a company's own list of divisions, before it is put into the data folder.

    Exit code: 0 it can be used; 2 it cannot, and every mistake is named.
    """
    before, after = resolver(), resolver_with(file)
    known, new = before.atlas.divisions, after.atlas.divisions
    click.echo(
        Words(lang).text(
            "region-file-fine",
            file=file.name,
            added=len(new.keys() - known.keys()),
            ended=len(known.keys() - new.keys()),
            renamed=sum(known[code] != new[code] for code in known.keys() & new.keys()),
        )
    )
    return EXIT_OK


def _lines(found: Resolution, words: Words) -> list[str]:
    where = _shown(found.place) if found.path else words.text("region-none")
    confidence = words.text(f"region-confidence-{found.confidence.value}")
    lines = [words.text("region-result", place=where, confidence=confidence)]
    if found.sure.path and found.sure != found.place:
        lines.append(words.text("region-result-sure", place=_shown(found.sure)))
    if found.candidates:
        shown = words.text("list-separator").join(_shown(one) for one in found.candidates)
        lines.append(words.text("region-result-candidates", places=shown))
    return lines + [f"  {say(words, why)}" for why in found.evidence]


def _shown(place: Place) -> str:
    return f"{place.path} ({place.code})" if place.code else place.path
