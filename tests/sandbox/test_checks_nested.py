"""Each rule of rich text, of blocks that hold blocks, and of what else was left to trust: once kept, once broken."""

from typing import Any

import pytest

from sandbox.checks import check_blocks, check_message, text_of_blocks

JSON = dict[str, Any]


def plain(text: str) -> JSON:
    return {"type": "plain_text", "text": text}


def rich(*parts: JSON) -> JSON:
    return {"type": "rich_text", "elements": list(parts)}


def section(*elements: JSON) -> JSON:
    return {"type": "rich_text_section", "elements": list(elements)}


def listing(**more: Any) -> JSON:
    return {"type": "rich_text_list", "style": "bullet", "elements": [section(TEXT)], **more}


def container(*blocks: JSON, **more: Any) -> JSON:
    return {"type": "container", "title": plain("Box"), "child_blocks": list(blocks), **more}


def task(**more: Any) -> JSON:
    return {"type": "task_card", "task_id": "t1", "title": "Look", "status": "complete", **more}


def image(**file: str) -> JSON:
    return {"type": "image", "alt_text": "x", "slack_file": file}


def workflow(**trigger: Any) -> JSON:
    button = {"type": "workflow_button", "text": plain("Run"), "workflow": {"trigger": trigger}, "action_id": "run"}
    return {"type": "actions", "elements": [button]}


def feedback(**positive: Any) -> JSON:
    no = {"text": plain("No"), "value": "no"}
    buttons = {"type": "feedback_buttons", "positive_button": positive, "negative_button": no}
    return {"type": "context_actions", "elements": [buttons]}


TEXT = {"type": "text", "text": "Hello"}
DIVIDER = {"type": "divider"}
YES = {"text": plain("Yes"), "value": "yes"}
CELL = {"type": "raw_text", "text": "x"}

GOOD = [
    rich(section(TEXT, {"type": "text", "text": "b", "style": {"bold": True, "italic": False}})),
    rich(section({"type": "link", "url": "http://x.test", "text": "x", "unsafe": False, "style": {"code": True}})),
    rich(section({"type": "emoji", "name": "wave", "unicode": "1f44b", "skin_tone": 3})),
    rich(section({"type": "user", "user_id": "U1"}, {"type": "channel", "channel_id": "C1"})),
    rich(section({"type": "usergroup", "usergroup_id": "S1"}, {"type": "team", "team_id": "T1"})),
    rich(section({"type": "broadcast", "range": "here"}, {"type": "color", "value": "#ff0000"})),
    rich(section({"type": "date", "timestamp": 1, "format": "{date}", "fallback": "then"})),
    rich(listing(indent=8, offset=0, border=1), listing(style="ordered")),
    rich({"type": "rich_text_quote", "elements": [TEXT], "border": 1}),
    rich({"type": "rich_text_preformatted", "elements": [TEXT], "border": 0, "language": "python"}),
    container(DIVIDER, width="full", subtitle=plain("x"), is_collapsible=True, default_collapsed=True),
    {"type": "container", "rich_text_title": rich(section(TEXT)), "child_blocks": [DIVIDER] * 10},
    task(details=rich(section(TEXT)), output=rich(section(TEXT))),
    task(sources=[{"type": "url", "url": "http://x.test", "text": "x"}]),
    {"type": "plan", "title": "Plan", "tasks": [task()]},
    {"type": "plan", "title": "Plan"},
    image(id="F1"),
    image(url="http://x.test/f"),
    workflow(url="http://x.test", customizable_input_parameters=[{"name": "a", "value": "b"}]),
    feedback(**YES, accessibility_label="Good answer"),
    {"type": "table", "rows": [[rich(section(TEXT)), CELL]]},
]

BAD: list[tuple[JSON, str, str]] = [
    (rich(), "/blocks/0/elements", "no fewer than 1"),
    (rich(TEXT), "/blocks/0/elements/0/type", "unsupported type: text"),
    (rich({"type": "rich_text_quote", "elements": []}), "/blocks/0/elements/0/elements", "no fewer than 1"),
    (rich(section({"type": "canvas", "id": "x"})), "/blocks/0/elements/0/elements/0/type", "unsupported type"),
    (rich(section({"type": "text", "text": ""})), "/blocks/0/elements/0/elements/0/text", "more than 0"),
    (rich(section({**TEXT, "style": {"loud": True}})), "/blocks/0/elements/0/elements/0/style", "additional property"),
    (rich(section({**TEXT, "style": {"bold": 1}})), "/blocks/0/elements/0/elements/0/style/bold", "boolean"),
    (rich(section({"type": "link", "text": "x"})), "/blocks/0/elements/0/elements/0", "field: url"),
    (rich(section({"type": "user"})), "/blocks/0/elements/0/elements/0", "field: user_id"),
    (rich(section({"type": "usergroup"})), "/blocks/0/elements/0/elements/0", "field: usergroup_id"),
    (rich(section({"type": "channel"})), "/blocks/0/elements/0/elements/0", "field: channel_id"),
    (rich(section({"type": "team"})), "/blocks/0/elements/0/elements/0", "field: team_id"),
    (rich(section({"type": "color"})), "/blocks/0/elements/0/elements/0", "field: value"),
    (rich(section({"type": "emoji", "name": "x", "skin_tone": 7})), "/blocks/0/elements/0/elements/0/skin_tone", "6"),
    (rich(section({"type": "broadcast", "range": "all"})), "/blocks/0/elements/0/elements/0/range", "one of"),
    (
        rich(section({"type": "date", "timestamp": "1", "format": "x"})),
        "/blocks/0/elements/0/elements/0/timestamp",
        "number",
    ),
    (rich(section({"type": "date", "timestamp": 1})), "/blocks/0/elements/0/elements/0", "field: format"),
    (rich(listing(style="dotted")), "/blocks/0/elements/0/style", "one of"),
    (rich(listing(indent=9)), "/blocks/0/elements/0/indent", "at most 8"),
    (rich(listing(offset=-1)), "/blocks/0/elements/0/offset", "at least 0"),
    (rich(listing(border=2)), "/blocks/0/elements/0/border", "at most 1"),
    (rich(listing(elements=[listing()])), "/blocks/0/elements/0/elements/0/type", "unsupported type"),
    (
        rich({"type": "rich_text_preformatted", "elements": [{"type": "user", "user_id": "U"}]}),
        "/blocks/0/elements/0/elements/0/type",
        "unsupported",
    ),
    (container(), "/blocks/0/child_blocks", "no fewer than 1"),
    (container(*[DIVIDER] * 11), "/blocks/0/child_blocks", "no more than 10"),
    (container(container(DIVIDER)), "/blocks/0/child_blocks/0/type", "unsupported type: container"),
    (container({"type": "markdown", "text": "x"}), "/blocks/0/child_blocks/0/type", "unsupported type: markdown"),
    (container(DIVIDER, title=plain("x" * 151)), "/blocks/0/title/text", "less than 151"),
    (container(DIVIDER, subtitle=plain("x" * 151)), "/blocks/0/subtitle/text", "less than 151"),
    (container(DIVIDER, width="huge"), "/blocks/0/width", "one of"),
    (container(DIVIDER, default_collapsed=True), "/blocks/0/default_collapsed", "is_collapsible"),
    ({"type": "container", "child_blocks": [DIVIDER]}, "/blocks/0", "title or rich_text_title"),
    (task(status="late"), "/blocks/0/status", "one of"),
    (task(details=section(TEXT)), "/blocks/0/details/type", "unsupported type"),
    (task(sources=[{"type": "url", "url": "http://x.test"}]), "/blocks/0/sources/0", "field: text"),
    ({"type": "task_card", "title": "x", "status": "error"}, "/blocks/0", "field: task_id"),
    ({"type": "plan", "tasks": []}, "/blocks/0", "field: title"),
    ({"type": "plan", "title": "x", "tasks": [DIVIDER]}, "/blocks/0/tasks/0/type", "unsupported type"),
    (image(), "/blocks/0/slack_file", "id or url"),
    (image(id="F1", url="http://x.test"), "/blocks/0/slack_file", "both"),
    (workflow(), "/blocks/0/elements/0/workflow/trigger", "field: url"),
    (feedback(text=plain("Yes")), "/blocks/0/elements/0/positive_button", "field: value"),
    (feedback(**{**YES, "text": plain("x" * 76)}), "/blocks/0/elements/0/positive_button/text/text", "less than 76"),
    ({"type": "table", "rows": [[rich(TEXT)]]}, "/blocks/0/rows/0/0/elements/0/type", "unsupported"),
    ({"type": "file", "external_id": "x", "source": "remote"}, "/blocks/0/type", "unsupported type: file"),
]


@pytest.mark.parametrize("block", GOOD)
def test_what_passes(block: JSON) -> None:
    assert check_message([block]) == []


@pytest.mark.parametrize(("block", "pointer", "reason"), BAD)
def test_what_is_refused(block: JSON, pointer: str, reason: str) -> None:
    found = [refusal for refusal in check_message([block]) if refusal.pointer == pointer]
    assert found, check_message([block])
    assert any(reason in refusal.reason for refusal in found), found


@pytest.mark.parametrize("kind", ["container", "task_card", "plan"])
@pytest.mark.parametrize("surface", ["modal", "home"])
def test_these_stand_in_messages_alone(kind: str, surface: Any) -> None:
    block = next(block for block in GOOD if block["type"] == kind)
    assert [refusal.pointer for refusal in check_blocks([block], surface)] == ["/blocks/0/type"]


def test_ids_are_unique_in_containers_too() -> None:
    twice = container({**DIVIDER, "block_id": "a"}, {**DIVIDER, "block_id": "a"})
    assert [refusal.pointer for refusal in check_message([twice])] == ["/blocks/0/child_blocks/1/block_id"]


def test_a_table_in_a_container_counts() -> None:
    table = {"type": "table", "rows": [[CELL]]}
    assert check_message([container(table)]) == []
    assert check_message([container(table), table])


def test_text_in_nested_blocks_counts() -> None:
    assert text_of_blocks([container({"type": "header", "text": plain("xxx")}), rich(section(TEXT))]) == 11
