"""The decision that the guides show: docs/guide/receipt.md and receipt.zh-CN.md."""

from evenhand.engine.reasons import reason
from evenhand.wording.catalogue import Words
from evenhand.wording.receipts import Place, ReceiptView, receipt_sentences

PEOPLE = {
    "zh-Hans": ("张三", "李四", "赵六", "王五", "钱七", "孙八"),
    "en": ("Ann", "Ben", "Dan", "Cas", "Eve", "Fay"),
}
RULES = {"zh-Hans": ("老客户", "华东线索"), "en": ("Known companies", "East China leads")}
LEVELS = {"zh-Hans": ("新人", "资深"), "en": ("junior", "senior")}


def example(locale: str) -> ReceiptView:
    """An A lead of 8 points: four could take it, two could not, and the fifth asks why not."""
    first, second = RULES[locale]
    junior, senior = LEVELS[locale]
    full = reason("capacity.open_items", open=30, limit=30)
    return ReceiptView(
        item_id="L-2031",
        kind="lead",
        outcome="assigned",
        grade="A",
        points=8_000_000,
        policy="main@12",
        now="2026-03-10T14:00:05+08:00",
        rule=second,
        cause="fair_share",
        winner="r1",
        score=8_250,
        worth=(
            reason("grade.from_score", grade="A", score=8_250, from_score=8_000),
            reason("points.base", grade="A", kind=None, points=8_000_000),
        ),
        tried=((first, reason("owner.none")),),
        places=(
            Place("r1", 6_600_000, 2_000_000, 14_200_000, 3_200_000, 2_400_000),
            Place("r2", 5_100_000, 2_000_000, 11_100_000, 4_000_000),
            Place("r3", 500_000, 2_000_000, 3_500_000, 1_000_000),
            Place("r4", -4_200_000, 2_000_000, 4_800_000, -1_000_000, 8_000_000, is_in_band=False),
        ),
        eligible_count=4,
        in_band=3,
        band=8_000_000,
        excluded=(("r6", reason("level.does_not_take", level=junior, takers=(senior,))),),
        full=(("r5", full),),
        won=(reason("receipt.won_most_owed", owed=8_600_000, next_owed=7_100_000),),
        sequence=1_204,
        draw="9f2c41d07be83a56" * 4,
        rep="r5",
        why_not=(full,),
        changes=(
            (
                reason("change.fewer_open_items", count=1),
                reason("change.more_owed", points=3_200_000),
            ),
        ),
    )


def page(locale: str) -> str:
    """The example as a reader of this language sees it."""
    names = {f"r{number}": name for number, name in enumerate(PEOPLE[locale], start=1)}
    lines = []
    for section in receipt_sentences(Words(locale), example(locale), names):
        lines += [section.title, *(f"  {line}" for line in section.lines), ""]
    return "\n".join(lines).strip()


if __name__ == "__main__":
    print(page("zh-Hans"), page("en"), sep="\n\n")
