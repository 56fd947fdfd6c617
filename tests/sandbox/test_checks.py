"""Every rule of Block Kit: what is just allowed, what is just refused, and where the refusal points."""

# ruff: noqa: E501 - one case a line reads as the table that it is

from typing import Any

import pytest

from sandbox.checks import check_blocks, check_message, check_view, text_of_blocks
from sandbox.checks.blocks import Surface

JSON = dict[str, Any]


def plain(length: int = 1) -> JSON:
    return {"type": "plain_text", "text": "x" * length}


def mrkdwn(length: int = 1) -> JSON:
    return {"type": "mrkdwn", "text": "x" * length}


def option(value: int = 1, *, length: int = 1, **more: Any) -> JSON:
    return {"text": plain(length), "value": str(value), **more}


def options(count: int) -> list[JSON]:
    return [option(n) for n in range(count)]


def section(**more: Any) -> JSON:
    return {"type": "section", "text": mrkdwn(), **more}


def actions(*elements: JSON, **more: Any) -> JSON:
    return {"type": "actions", "elements": list(elements), **more}


def button(**more: Any) -> JSON:
    return {"type": "button", "text": plain(), **more}


def select(**more: Any) -> JSON:
    return {"type": "static_select", "options": options(1), **more}


def asking(element: JSON, **more: Any) -> JSON:
    return {"type": "input", "label": plain(), "element": element, **more}


def text_input(**more: Any) -> JSON:
    return {"type": "plain_text_input", **more}


def confirm(**more: Any) -> JSON:
    return {"title": plain(), "text": plain(), "confirm": plain(), "deny": plain(), **more}


def modal(*blocks: JSON, **more: Any) -> JSON:
    return {"type": "modal", "title": plain(), "submit": plain(), "blocks": list(blocks), **more}


def home(*blocks: JSON, **more: Any) -> JSON:
    return {"type": "home", "blocks": list(blocks), **more}


def points(count: int) -> list[JSON]:
    return [{"label": str(n), "value": n} for n in range(count)]


def chart(kind: str = "bar", **more: Any) -> JSON:
    categories = [str(n) for n in range(2)]
    drawn = {"type": kind, "series": [{"name": "a", "data": points(2)}], "axis_config": {"categories": categories}}
    return {"type": "data_visualization", "title": "x", "chart": {**drawn, **more}}


def pie(count: int) -> JSON:
    return {"type": "data_visualization", "title": "x", "chart": {"type": "pie", "segments": points(count)}}


def rows(count: int, width: int = 1) -> list[list[JSON]]:
    return [[{"type": "raw_text", "text": "x"}] * width for _ in range(count)]


def data_table(count: int = 2, width: int = 1, **more: Any) -> JSON:
    return {"type": "data_table", "caption": "x", "rows": rows(count, width), **more}


def card(**more: Any) -> JSON:
    return {"type": "card", "title": plain(), **more}


# (what is just allowed, what is just refused, where the refusal points), for blocks of a message
IN_MESSAGES: list[tuple[str, JSON, JSON, str]] = [
    ("section text", section(text=mrkdwn(3000)), section(text=mrkdwn(3001)), "/blocks/0/text/text"),
    ("section text, empty", section(), section(text=mrkdwn(0)), "/blocks/0/text/text"),
    ("section needs something", section(), {"type": "section"}, "/blocks/0"),
    ("fields", section(fields=[plain()] * 10), section(fields=[plain()] * 11), "/blocks/0/fields"),
    ("field text", section(fields=[plain(2000)]), section(fields=[plain(2001)]), "/blocks/0/fields/0/text"),
    ("header", {"type": "header", "text": plain(150)}, {"type": "header", "text": plain(151)}, "/blocks/0/text/text"),
    ("header is plain", {"type": "header", "text": plain()}, {"type": "header", "text": mrkdwn()}, "/blocks/0/text/type"),
    ("button text", actions(button(text=plain(75))), actions(button(text=plain(76))), "/blocks/0/elements/0/text/text"),
    ("button is plain", actions(button()), actions(button(text=mrkdwn())), "/blocks/0/elements/0/text/type"),
    ("button value", actions(button(value="x" * 2000)), actions(button(value="x" * 2001)), "/blocks/0/elements/0/value"),
    ("button url", actions(button(url="x" * 3000)), actions(button(url="x" * 3001)), "/blocks/0/elements/0/url"),
    ("button style", actions(button(style="danger")), actions(button(style="blue")), "/blocks/0/elements/0/style"),
    ("action_id", actions(button(action_id="x" * 255)), actions(button(action_id="x" * 256)), "/blocks/0/elements/0/action_id"),
    ("block_id", section(block_id="x" * 255), section(block_id="x" * 256), "/blocks/0/block_id"),
    ("actions", actions(*[button()] * 25), actions(*[button()] * 26), "/blocks/0/elements"),
    ("actions, empty", actions(button()), actions(), "/blocks/0/elements"),
    ("no text inputs in actions", actions(select()), actions(text_input()), "/blocks/0/elements/0/type"),
    ("context", {"type": "context", "elements": [mrkdwn()] * 10}, {"type": "context", "elements": [mrkdwn()] * 11}, "/blocks/0/elements"),
    ("no buttons in context", {"type": "context", "elements": [mrkdwn()]}, {"type": "context", "elements": [button()]}, "/blocks/0/elements/0/type"),
    ("image alt text", {"type": "image", "image_url": "x", "alt_text": "x"}, {"type": "image", "image_url": "x"}, "/blocks/0"),
    ("image source", {"type": "image", "image_url": "x", "alt_text": "x"}, {"type": "image", "alt_text": "x"}, "/blocks/0"),
    ("options", actions(select(options=options(100))), actions(select(options=options(101))), "/blocks/0/elements/0/options"),
    ("options, empty", actions(select()), actions(select(options=[])), "/blocks/0/elements/0/options"),
    ("option text", actions(select(options=[option(length=75)])), actions(select(options=[option(length=76)])), "/blocks/0/elements/0/options/0/text/text"),
    ("option value", actions(select(options=[{"text": plain(), "value": "x" * 150}])), actions(select(options=[{"text": plain(), "value": "x" * 151}])), "/blocks/0/elements/0/options/0/value"),
    ("option description", actions(select(options=[option(description=plain(75))])), actions(select(options=[option(description=plain(76))])), "/blocks/0/elements/0/options/0/description/text"),
    ("select option is plain", actions(select()), actions(select(options=[{"text": mrkdwn(), "value": "1"}])), "/blocks/0/elements/0/options/0/text/type"),
    ("groups", actions({"type": "static_select", "option_groups": [{"label": plain(75), "options": options(1)}] * 100}), actions({"type": "static_select", "option_groups": [{"label": plain(), "options": options(1)}] * 101}), "/blocks/0/elements/0/option_groups"),
    ("group label", actions({"type": "static_select", "option_groups": [{"label": plain(75), "options": options(1)}]}), actions({"type": "static_select", "option_groups": [{"label": plain(76), "options": options(1)}]}), "/blocks/0/elements/0/option_groups/0/label/text"),
    ("options or groups", actions(select()), actions(select(option_groups=[{"label": plain(), "options": options(1)}])), "/blocks/0/elements/0"),
    ("initial option is one of them", actions(select(initial_option=option(0))), actions(select(initial_option=option(7))), "/blocks/0/elements/0/initial_option"),
    ("placeholder", actions(select(placeholder=plain(150))), actions(select(placeholder=plain(151))), "/blocks/0/elements/0/placeholder/text"),
    ("overflow", actions({"type": "overflow", "options": options(5)}), actions({"type": "overflow", "options": options(6)}), "/blocks/0/elements/0/options"),
    ("radio buttons", actions({"type": "radio_buttons", "options": options(10)}), actions({"type": "radio_buttons", "options": options(11)}), "/blocks/0/elements/0/options"),
    ("checkboxes", actions({"type": "checkboxes", "options": options(10)}), actions({"type": "checkboxes", "options": options(11)}), "/blocks/0/elements/0/options"),
    ("date", actions({"type": "datepicker", "initial_date": "2026-02-28"}), actions({"type": "datepicker", "initial_date": "2026-02-30"}), "/blocks/0/elements/0/initial_date"),
    ("time", actions({"type": "timepicker", "initial_time": "23:59"}), actions({"type": "timepicker", "initial_time": "24:00"}), "/blocks/0/elements/0/initial_time"),
    ("confirm title", actions(button(confirm=confirm(title=plain(100)))), actions(button(confirm=confirm(title=plain(101)))), "/blocks/0/elements/0/confirm/title/text"),
    ("confirm text", actions(button(confirm=confirm(text=mrkdwn(300)))), actions(button(confirm=confirm(text=mrkdwn(301)))), "/blocks/0/elements/0/confirm/text/text"),
    ("confirm buttons", actions(button(confirm=confirm(deny=plain(30)))), actions(button(confirm=confirm(deny=plain(31)))), "/blocks/0/elements/0/confirm/deny/text"),
    ("markdown", {"type": "markdown", "text": "x" * 12000}, {"type": "markdown", "text": "x" * 12001}, "/blocks/0/text"),
    ("table rows", {"type": "table", "rows": rows(100)}, {"type": "table", "rows": rows(101)}, "/blocks/0/rows"),
    ("table cells", {"type": "table", "rows": rows(1, 20)}, {"type": "table", "rows": rows(1, 21)}, "/blocks/0/rows/0"),
    ("data table rows", data_table(101), data_table(102), "/blocks/0/rows"),
    ("data table, too short", data_table(2), data_table(1), "/blocks/0/rows"),
    ("data table columns", data_table(2, 20), data_table(2, 21), "/blocks/0/rows/0"),
    ("data table caption", data_table(), {"type": "data_table", "rows": rows(2)}, "/blocks/0"),
    ("data table page size", data_table(page_size=100), data_table(page_size=101), "/blocks/0/page_size"),
    ("data table is a rectangle", data_table(), {**data_table(), "rows": [*rows(1), *rows(1, 2)]}, "/blocks/0/rows/1"),
    ("chart title", {**pie(1), "title": "x" * 50}, {**pie(1), "title": "x" * 51}, "/blocks/0/title"),
    ("pie segments", pie(12), pie(13), "/blocks/0/chart/segments"),
    ("pie, empty", pie(1), pie(0), "/blocks/0/chart/segments"),
    ("series", chart(series=[{"name": str(n), "data": points(2)} for n in range(12)]), chart(series=[{"name": str(n), "data": points(2)} for n in range(13)]), "/blocks/0/chart/series"),
    ("series names", chart(), chart(series=[{"name": "a", "data": points(2)}] * 2), "/blocks/0/chart/series/0/name"),
    ("points follow the categories", chart(), chart(series=[{"name": "a", "data": points(1)}]), "/blocks/0/chart/series/0/data"),
    ("chart label", chart(), chart(series=[{"name": "x" * 21, "data": points(2)}]), "/blocks/0/chart/series/0/name"),
    ("card title", card(title=plain(150)), card(title=plain(151)), "/blocks/0/title/text"),
    ("card body", card(body=mrkdwn(200)), card(body=mrkdwn(201)), "/blocks/0/body/text"),
    ("card actions", card(actions=[button()] * 3), card(actions=[button()] * 4), "/blocks/0/actions"),
    ("card needs something", card(), {"type": "card", "subtitle": plain()}, "/blocks/0"),
    ("carousel", {"type": "carousel", "elements": [card()] * 10}, {"type": "carousel", "elements": [card()] * 11}, "/blocks/0/elements"),
    ("filter", actions({"type": "conversations_select", "filter": {"include": ["im"]}}), actions({"type": "conversations_select", "filter": {}}), "/blocks/0/elements/0/filter"),
    ("filter words", actions({"type": "conversations_select", "filter": {"include": ["im"]}}), actions({"type": "conversations_select", "filter": {"include": ["x"]}}), "/blocks/0/elements/0/filter/include/0"),
    ("fewest chosen", actions({"type": "multi_users_select", "max_selected_items": 1}), actions({"type": "multi_users_select", "max_selected_items": 0}), "/blocks/0/elements/0/max_selected_items"),
    ("image alt length", {"type": "image", "image_url": "x", "alt_text": "x" * 2000}, {"type": "image", "image_url": "x", "alt_text": "x" * 2001}, "/blocks/0/alt_text"),
    ("image title", {"type": "image", "image_url": "x", "alt_text": "x", "title": plain(2000)}, {"type": "image", "image_url": "x", "alt_text": "x", "title": plain(2001)}, "/blocks/0/title/text"),
    ("truth", actions(select(focus_on_load=True)), actions(select(focus_on_load="yes")), "/blocks/0/elements/0/focus_on_load"),
    ("moment", actions({"type": "datetimepicker", "initial_date_time": 1}), actions({"type": "datetimepicker", "initial_date_time": "1"}), "/blocks/0/elements/0/initial_date_time"),
    ("rich text", {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": []}]}, {"type": "rich_text", "elements": [{"type": "text"}]}, "/blocks/0/elements/0/type"),
    ("header cells are no rich text", data_table(), data_table(rows=[[{"type": "rich_text", "elements": []}]] * 2), "/blocks/0/rows/0/0"),
    ("number cells", {"type": "table", "rows": [[{"type": "raw_number", "value": 1}]]}, {"type": "table", "rows": [[{"type": "raw_number", "value": "1"}]]}, "/blocks/0/rows/0/0/value"),
    ("no alert in messages", section(), {"type": "alert", "text": plain()}, "/blocks/0/type"),
    ("unknown block", section(), {"type": "nonsense"}, "/blocks/0/type"),
    ("unknown key", section(), section(colour="red"), "/blocks/0"),
    ("no type", section(), {"text": plain()}, "/blocks/0"),
]  # fmt: skip

# the same, for blocks of a modal
IN_MODALS: list[tuple[str, JSON, JSON, str]] = [
    ("label", asking(text_input(), label=plain(2000)), asking(text_input(), label=plain(2001)), "/blocks/0/label/text"),
    ("label is plain", asking(text_input()), asking(text_input(), label=mrkdwn()), "/blocks/0/label/type"),
    ("hint", asking(text_input(), hint=plain(2000)), asking(text_input(), hint=plain(2001)), "/blocks/0/hint/text"),
    ("no buttons as inputs", asking(select()), asking(button()), "/blocks/0/element/type"),
    ("initial text", asking(text_input(initial_value="x" * 3000)), asking(text_input(initial_value="x" * 3001)), "/blocks/0/element/initial_value"),
    ("longest text", asking(text_input(max_length=3000)), asking(text_input(max_length=3001)), "/blocks/0/element/max_length"),
    ("order of lengths", asking(text_input(min_length=1, max_length=1)), asking(text_input(min_length=2, max_length=1)), "/blocks/0/element/min_length"),
    ("number", asking({"type": "number_input", "is_decimal_allowed": False}), asking({"type": "number_input"}), "/blocks/0/element"),
    ("alert", {"type": "alert", "text": plain(200)}, {"type": "alert", "text": plain(201)}, "/blocks/0/text/text"),
    ("alert level", {"type": "alert", "text": plain(), "level": "error"}, {"type": "alert", "text": plain(), "level": "red"}, "/blocks/0/level"),
    ("no charts in modals", section(), pie(1), "/blocks/0/type"),
    ("no tables in modals", section(), data_table(), "/blocks/0/type"),
    ("no markdown in modals", section(), {"type": "markdown", "text": "x"}, "/blocks/0/type"),
    ("initial choices are among the options", asking({"type": "multi_static_select", "options": options(2), "initial_options": options(2)}), asking({"type": "multi_static_select", "options": options(2), "initial_options": options(3)}), "/blocks/0/element/initial_options"),
    ("dispatch", asking(text_input(dispatch_action_config={"trigger_actions_on": ["on_enter_pressed"]})), asking(text_input(dispatch_action_config={"trigger_actions_on": ["always"]})), "/blocks/0/element/dispatch_action_config/trigger_actions_on/0"),
]  # fmt: skip

CASES = [("message", *case) for case in IN_MESSAGES] + [("modal", *case) for case in IN_MODALS]


@pytest.mark.parametrize(("surface", "rule", "good", "bad", "pointer"), CASES, ids=[case[1] for case in CASES])
def test_the_edge_of_each_rule(surface: Surface, rule: str, good: JSON, bad: JSON, pointer: str) -> None:
    assert check_blocks([good], surface) == []
    assert pointer in [refusal.pointer for refusal in check_blocks([bad], surface)]


@pytest.mark.parametrize(("surface", "most"), [("message", 50), ("modal", 100), ("home", 100)])
def test_how_many_blocks(surface: Surface, most: int) -> None:
    assert check_blocks([section()] * most, surface) == []
    refusals = check_blocks([section()] * (most + 1), surface)
    assert [str(r) for r in refusals] == [f"no more than {most} items allowed [json-pointer:/blocks]"]


VIEWS: list[tuple[str, JSON, JSON, str]] = [
    ("title", modal(title=plain(24)), modal(title=plain(25)), "/view/title/text"),
    ("title is plain", modal(), modal(title=mrkdwn()), "/view/title/type"),
    ("title is needed", modal(), {"type": "modal", "blocks": []}, "/view"),
    ("blocks are needed", modal(), {"type": "modal", "title": plain()}, "/view"),
    ("submit", modal(submit=plain(24)), modal(submit=plain(25)), "/view/submit/text"),
    ("close", modal(close=plain(24)), modal(close=plain(25)), "/view/close/text"),
    ("inputs need submit", modal(asking(text_input())), modal(asking(text_input()), submit=None), "/view/submit"),
    ("private_metadata", modal(private_metadata="x" * 3000), modal(private_metadata="x" * 3001), "/view/private_metadata"),
    ("callback_id", modal(callback_id="x" * 255), modal(callback_id="x" * 256), "/view/callback_id"),
    ("external_id", modal(external_id="x" * 255), modal(external_id="x" * 256), "/view/external_id"),
    ("home has no title", home(), home(title=plain()), "/view"),
    ("home has no charts", home(data_table()), home(pie(1)), "/view/blocks/0/type"),
    ("unknown type", home(), {"type": "workflow_step", "blocks": []}, "/view/type"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "good", "bad", "pointer"), VIEWS, ids=[case[0] for case in VIEWS])
def test_views(rule: str, good: JSON, bad: JSON, pointer: str) -> None:
    assert check_view(good) == []
    assert pointer in [refusal.pointer for refusal in check_view(bad)]


def test_ids_do_not_repeat() -> None:
    assert check_message([section(block_id="a"), section(block_id="b"), section(), section()]) == []
    twice = check_message([section(block_id="a"), section(block_id="a")])
    assert [r.pointer for r in twice] == ["/blocks/1/block_id"]
    same = check_message([actions(button(action_id="a"), button(action_id="a"))])
    assert [r.pointer for r in same] == ["/blocks/0/elements/1/action_id"]
    assert check_message([actions(button(action_id="a")), actions(button(action_id="a"))]) == []


def test_one_element_at_most_asks_for_focus() -> None:
    eager = asking(text_input(focus_on_load=True))
    assert check_view(modal(eager)) == []
    assert [r.pointer for r in check_view(modal(eager, eager))] == ["/view/blocks"]


def test_one_table_and_two_charts_in_a_message() -> None:
    table = {"type": "table", "rows": rows(1)}
    assert check_message([table, pie(1), pie(1)]) == []
    assert len(check_message([table, table])) == 1
    assert len(check_message([pie(1)] * 3)) == 1


def test_all_text_of_a_message_counts_together() -> None:
    blocks = [section(text=mrkdwn(10), fields=[plain(5)]), actions(button(text=plain(3)))]
    assert text_of_blocks(blocks) == 18


@pytest.mark.parametrize("nonsense", [None, 1, "x", {}, [1], [None], [[]], [{"type": 1}], [{"type": []}], [{"type": "section", "text": "x"}], [{"type": "input", "element": 1}]])  # fmt: skip
def test_nonsense_is_refused_and_never_breaks(nonsense: Any) -> None:
    assert check_message(nonsense)
    assert check_view({"type": "modal", "title": plain(), "blocks": nonsense})
    assert check_view(nonsense)
