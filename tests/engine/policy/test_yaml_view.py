"""The YAML view reads back as the same document, and reads well."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from evenhand.engine.policy.document import PolicyDocument
from evenhand.engine.policy.load import plain_from_text, read_policy
from evenhand.engine.policy.yaml_view import to_yaml
from tests.engine.policy.documents import documents, rich, rule, small


@pytest.mark.parametrize("is_brief", [False, True])
@pytest.mark.parametrize("document", [small(), rich()], ids=["small", "rich"])
def test_a_sample_reads_back_as_it_was(document: PolicyDocument, is_brief: bool) -> None:
    again = read_policy(to_yaml(document, is_brief=is_brief))

    assert again == document
    assert again.digest() == document.digest()


@example(document=small(regions={"no": ["?;", "?0", "?"]}), is_brief=False)
@example(document=small(regions={"no": [":,", ":0", ":"]}), is_brief=False)
@given(document=documents(), is_brief=st.booleans())
def test_any_document_reads_back_as_it_was(document: PolicyDocument, is_brief: bool) -> None:
    again = read_policy(to_yaml(document, is_brief=is_brief))

    assert again == document
    assert again.canonical_json() == document.canonical_json()


@given(document=documents())
def test_the_view_of_the_view_is_the_view(document: PolicyDocument) -> None:
    view = to_yaml(document)

    assert to_yaml(read_policy(view)) == view


def test_sections_stand_in_the_order_of_the_schema() -> None:
    keys = list(plain_from_text(to_yaml(rich())))

    schema = [spec.alias or name for name, spec in PolicyDocument.model_fields.items()]
    assert keys == schema


def test_defaults_are_written_out_unless_asked_otherwise() -> None:
    full, brief = to_yaml(small()), to_yaml(small(), is_brief=True)

    assert "grade_books: true" in full
    assert "strategy: fair_share" in full
    assert "fairness" not in brief
    assert brief.startswith("schema: 1\n")
    assert len(brief) < len(full)


def test_numbers_are_exact_and_look_like_numbers() -> None:
    view = to_yaml(rich())

    assert "B: 2.5\n" in view
    assert "add: 0.25\n" in view
    assert "from_score: 60.5\n" in view
    assert "half_life_days: 7.5\n" in view


def test_conditions_stand_in_one_line_however_long() -> None:
    long = " or ".join(f"lead.source = s{k}" for k in range(200))

    view = to_yaml(small(rules=[rule("a", long)]))

    (line,) = [line for line in view.splitlines() if "s199" in line]
    assert line.strip().startswith("when: lead.source = ")


def test_a_condition_that_always_holds_is_true() -> None:
    assert "who: true\n" in to_yaml(small())


def test_chinese_stands_as_it_is() -> None:
    assert "rule: 老客户" in to_yaml(rich())
    assert "\\u" not in to_yaml(rich())


def test_a_note_of_several_lines_is_a_block() -> None:
    assert "note: |-\n  第一行\n  第二行\n" in to_yaml(rich())


def test_short_lists_of_names_stand_in_one_line() -> None:
    assert "match: [region, industry]" in to_yaml(rich())


@pytest.mark.parametrize(
    "name",
    [
        "1",
        "0.5",
        "true",
        "null",
        "",
        "~",
        "a: b",
        "# x",
        "&a",
        "*a",
        "\x85",
        "\u2028",
        "\u3000a",
        "\t",
    ],
)
def test_words_that_look_like_something_else_are_quoted(name: str) -> None:
    document = small(note=name) if not name else small(line=name, note=name)

    assert read_policy(to_yaml(document)) == document
