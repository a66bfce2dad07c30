"""Parts of lists and forms: heads that sort, controls with their errors, addresses that exist."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select
from django.http import QueryDict
from django.template import Context, Engine
from django.utils.html import format_html
from django.utils.safestring import SafeString

from evenhand.leads.queries.paging import SIZES, Count, Page
from evenhand.web import paging
from evenhand.web.escaping import escape
from evenhand.web.leads.asking import Filter
from evenhand.web.leads.columns import Column
from evenhand.web.navigation import leads_somewhere
from evenhand.web.templatetags.signs import icon
from evenhand.wording.catalogue import Words

register = template.Library()


@register.simple_tag(takes_context=True)
def sort_head(context: dict[str, Any], key: str, label: str, kind: str = "") -> SafeString:
    """A table head that sorts by `key`; again, the other way round. kind="num" aligns right."""
    return _sort_head(*_asked(context), key, label, kind)


@register.simple_tag(takes_context=True)
def column_heads(context: dict[str, Any], columns: Sequence[Column]) -> SafeString:
    """The heads of a list's columns; those that sort, sort."""
    return _heads(context["words"].locale, *_asked(context), tuple(columns))


def _asked(context: dict[str, Any]) -> tuple[str, str]:
    """The parameters of the address, and by what the list is sorted."""
    asked: QueryDict = context["request"].GET
    return asked.urlencode(), asked.get("sort", context.get("sort", ""))


@lru_cache(maxsize=512)
def _heads(locale: str, asked: str, current: str, columns: tuple[Column, ...]) -> SafeString:
    words = Words(locale)
    return SafeString("".join([_head(asked, current, words, column) for column in columns]))


def _head(asked: str, current: str, words: Words, column: Column) -> str:
    label = words.text(column.words)
    if column.sort:
        return _sort_head(asked, current, column.sort, label, column.kind)
    return format_html('<th scope="col" class="{}">{}</th>', column.kind, label)


@lru_cache(maxsize=512)
def _sort_head(asked: str, current: str, key: str, label: str, kind: str) -> SafeString:
    is_up, is_down = current == key, current == f"-{key}"
    mark = icon("chevron-up" if is_up else "chevron-down" if is_down else "selector", "sm")
    order = "ascending" if is_up else "descending" if is_down else "none"
    return format_html(
        '<th scope="col" class="{}" aria-sort="{}"><a class="sort-head" href="{}">{}{}</a></th>',
        kind,
        order,
        _with(asked, sort=key if is_down else f"-{key}", page=None),
        label,
        mark,
    )


@register.simple_tag(takes_context=True)
def filter_controls(context: Any, filters: Iterable[Filter]) -> SafeString:
    """The controls of these filters. Each is kept: but for what somebody looks for they are the
    same on page after page."""
    engine, locale = context.template.engine, context["words"].locale
    return SafeString("".join([_control(engine, locale, *_told(one)) for one in filters]))


def _told(one: Filter) -> tuple[Any, ...]:
    choices = None if one.choices is None else tuple(one.choices)
    return one.name, one.label, one.value, choices, one.type, one.any


@lru_cache(maxsize=512)
def _control(engine: Engine, locale: str, *told: Any) -> str:
    one = Filter(*told)
    name = "web/parts/filter_choice.html" if one.choices else "web/parts/filter_text.html"
    shown = {part: getattr(one, part) for part in ("name", "label", "value", "choices", "any")}
    if not one.choices:
        shown["type"] = one.type
    context = Context({"words": Words(locale), "locale": locale, **shown})
    return str(engine.get_template(name).render(context))


@register.simple_tag(takes_context=True)
def page_links(context: Any, page: Page) -> SafeString:
    """What stands below a list: how many rows, which pages, how many on each."""
    asked = context["request"].GET.urlencode()
    place = page.number, page.size, page.count, page.has_next, len(page.rows)
    return _page_links(context["words"].locale, asked, *place)


# Not as a template: every list ends with it, each with another count, and it took more than the
# twenty rows above it.
@lru_cache(maxsize=256)
def _page_links(
    locale: str, asked: str, number: int, size: int, count: Count, more: bool, rows: int
) -> SafeString:
    words, page = Words(locale), Page([None] * rows, number, size, count, more)
    told = "web-total-about" if count.is_estimate else "web-total"
    numbers = paging.page_numbers(page)
    links = [_page_link(one, number, asked, words) for one in numbers] if len(numbers) > 1 else ()
    pages = f'<ul class="pagination">{"".join(links)}</ul>' if links else ""
    sizes = _size_links(size, asked, words) if count.number > min(SIZES) else ""
    label, total = words.text("web-pages"), words.text(told, count=count.number)
    return SafeString(
        f'<nav class="pages" aria-label="{escape(label)}">'
        f'<span class="pages-total">{escape(total)}</span>{pages}{sizes}</nav>'
    )


def _page_link(page: int | None, here: int, asked: str, words: Words) -> str:
    if page is None:
        return '<li class="page-item"><span class="page-gap">…</span></li>'
    active, current = (" active", ' aria-current="page"') if page == here else ("", "")
    label, href = escape(words.text("web-page", number=page)), escape(_with(asked, page=page))
    return (
        f'<li class="page-item{active}"><a class="page-link" href="{href}"'
        f'{current} aria-label="{label}">{page}</a></li>'
    )


def _size_links(here: int, asked: str, words: Words) -> str:
    """How many rows a page may have; another size begins at the first page."""
    current = {here: ' aria-current="true"'}
    links = [
        f'<a href="{escape(_with(asked, size=one, page=None))}"{current.get(one, "")}>{one}</a>'
        for one in SIZES
    ]
    return f'<span class="pages-sizes">{escape(words.text("web-page-size"))}{"".join(links)}</span>'


def _with(asked: str, **changed: str | int | None) -> str:
    """The parameters of the address with some of them changed, each in its place; None = left
    out."""
    query = QueryDict(asked, mutable=True)
    for name, value in changed.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}"


@register.simple_tag
def options(choices: Iterable[tuple[Any, Any]], chosen: Any = "") -> SafeString:
    """The options of a select: pairs of value and words; the chosen value is selected."""
    start = f'<option value="{escape(str(chosen))}"'
    shown = _options(tuple((str(value), str(words)) for value, words in choices))
    return SafeString(shown.replace(f"{start}>", f"{start} selected>", 1))


# A manager's list offers all his people four times over, and so does the next page that he opens.
@lru_cache(maxsize=128)
def _options(choices: tuple[tuple[str, str], ...]) -> str:
    return "".join(
        f'<option value="{escape(value)}">{escape(words)}</option>' for value, words in choices
    )


@register.filter
def control(field: BoundField) -> SafeString:
    """A form field's control in the look of the pages, tied to its hint and its errors."""
    widget = field.field.widget
    if isinstance(widget, CheckboxInput | RadioSelect):
        kind = "form-check-input"
    elif isinstance(widget, Select):
        kind = "form-select"
    else:
        kind = "form-control"
    attrs: dict[str, str | bool] = {"class": f"{widget.attrs.get('class', '')} {kind}".strip()}
    told_by = [f"{field.id_for_label}-hint"] if field.help_text else []
    if field.errors:
        attrs["class"] = f"{attrs['class']} is-invalid"
        attrs["aria-invalid"] = "true"
        told_by.append(f"{field.id_for_label}-error")
    if told_by:
        attrs["aria-describedby"] = " ".join(told_by)
    return field.as_widget(attrs=attrs)


@register.filter
def is_checkbox(field: BoundField) -> bool:
    """Whether the label stands behind the control."""
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def is_many(field: BoundField) -> bool:
    """Whether the control is a list of boxes, each with a label of its own."""
    return isinstance(field.field.widget, CheckboxSelectMultiple)


@register.filter
def resolves(path: str) -> bool:
    """Whether there is a page at this address."""
    return leads_somewhere(path)
