"""The rules of blocks, one row each, and on which surfaces each of them may stand."""

from typing import Literal

from sandbox.checks.charts import DATA_TABLE, DATA_VISUALIZATION, TABLE
from sandbox.checks.elements import (
    BUTTON,
    ELEMENTS,
    IMAGE,
    IN_ACTIONS,
    IN_CONTEXT_ACTIONS,
    IN_INPUT,
    IN_SECTION,
)
from sandbox.checks.nested import PLAN, TASK_CARD, container
from sandbox.checks.objects import BLOCK_ID, SLACK_FILE, URL, plain, text
from sandbox.checks.rich_text import RICH_TEXT
from sandbox.checks.rules import Rule, Shape, anything, by_type, items
from sandbox.checks.words import at_least_one, boolean, exactly_one, one_of, string

Surface = Literal["message", "modal", "home"]

_ID: dict[str, Rule] = {"block_id": BLOCK_ID}

CARD = Shape(
    {},
    {
        **_ID,
        "hero_image": by_type({"image": IMAGE}),
        "icon": by_type({"image": IMAGE}),
        "slack_icon": anything,
        "title": text(150),
        "subtitle": text(150),
        "subtext": text(200),
        "body": text(200),
        "actions": items(by_type({"button": BUTTON}), 1, 3),
    },
    (at_least_one("hero_image", "title", "actions", "body"),),
)

_CONTEXT = by_type({"image": IMAGE, "plain_text": plain(3000), "mrkdwn": text(3000)})

BLOCKS: dict[str, Rule] = {
    "section": Shape(
        {},
        {
            **_ID,
            "text": text(3000),
            "fields": items(text(2000), 1, 10),
            "accessory": by_type(ELEMENTS, IN_SECTION),
            "expand": boolean,
        },
        (at_least_one("text", "fields"),),
    ),
    "header": Shape({"text": plain(150)}, _ID),
    "divider": Shape({}, _ID),
    "image": Shape(
        {"alt_text": string(2000)},
        {**_ID, "image_url": URL, "slack_file": SLACK_FILE, "title": plain(2000)},
        (exactly_one("image_url", "slack_file"),),
    ),
    "actions": Shape({"elements": items(by_type(ELEMENTS, IN_ACTIONS), 1, 25)}, _ID),
    "context": Shape({"elements": items(_CONTEXT, 1, 10)}, _ID),
    "context_actions": Shape({"elements": items(by_type(ELEMENTS, IN_CONTEXT_ACTIONS), 1, 5)}, _ID),
    "input": Shape(
        {"label": plain(2000), "element": by_type(ELEMENTS, IN_INPUT)},
        {**_ID, "hint": plain(2000), "optional": boolean, "dispatch_action": boolean},
        defaults={"optional": False, "dispatch_action": False},
    ),
    "rich_text": RICH_TEXT,
    "markdown": Shape({"text": string(12_000)}, _ID),
    "video": Shape(
        {"alt_text": string(), "title": plain(200), "thumbnail_url": URL, "video_url": URL},
        {
            **_ID,
            "author_name": string(50),
            "description": plain(200),
            "provider_icon_url": URL,
            "provider_name": string(),
            "title_url": URL,
        },
    ),
    "table": TABLE,
    "data_table": DATA_TABLE,
    "data_visualization": DATA_VISUALIZATION,
    "card": CARD,
    "carousel": Shape({"elements": items(by_type({"card": CARD}), 1, 10)}, _ID),
    "alert": Shape({"text": text(200)}, {**_ID, "level": one_of("default", "info", "warning", "error", "success")}),
}

BLOCKS |= {"container": container(BLOCKS), "task_card": TASK_CARD, "plan": PLAN}

_EVERYWHERE = frozenset({"section", "header", "divider", "image", "actions", "context", "input", "rich_text", "video"})

ON_SURFACE: dict[Surface, frozenset[str]] = {
    "message": _EVERYWHERE
    | {"context_actions", "markdown", "table", "data_table", "data_visualization", "card", "carousel"}
    | {"container", "task_card", "plan"},
    "modal": _EVERYWHERE | {"alert"},
    "home": _EVERYWHERE | {"data_table"},
}
