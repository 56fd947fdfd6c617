"""What the sample app shows: one of each thing that the page can draw. No view of ours is among it."""

from tests.page.sample_world import JSON


def plain(text: str) -> JSON:
    """A text object that is not marked up."""
    return {"type": "plain_text", "text": text}


def option(text: str, value: str | None = None) -> JSON:
    """One choice of a select."""
    return {"text": plain(text), "value": value or text.lower()}


def field(block_id: str, label: str, element: JSON, **more: object) -> JSON:
    """An input block whose action_id is `value`."""
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(label),
        "element": {"action_id": "value", **element},
        **more,
    }


def nomination_form(name: str, company: str, why: str) -> JSON:
    """The modal behind /nominate, filled with what the command said."""
    initial = {"initial_option": option(f"Use “{company}”", f"new:{company}")} if company else {}
    return {
        "type": "modal",
        "callback_id": "nominate",
        "title": plain("Nominate a customer"),
        "submit": plain("Nominate"),
        "close": plain("Cancel"),
        "notify_on_close": True,
        "blocks": [
            {"type": "context", "elements": [{"type": "mrkdwn", "text": "The *advocacy team* sees this."}]},
            field("name", "Name", {"type": "plain_text_input", "initial_value": name}),
            field(
                "company",
                "Company",
                {"type": "external_select", "min_query_length": 2, "placeholder": plain("Find a company"), **initial},
            ),
            field("email", "Email", {"type": "email_text_input"}, optional=True),
            field(
                "why",
                "Why them?",
                {"type": "plain_text_input", "multiline": True, "max_length": 60, "initial_value": why},
                hint=plain("A sentence is enough."),
            ),
            field(
                "topics",
                "Topics",
                {
                    "type": "multi_static_select",
                    "option_groups": [
                        {"label": plain("Product"), "options": [option("Rollout"), option("Security")]},
                        {"label": plain("Business"), "options": [option("Return on investment", "roi")]},
                    ],
                },
                optional=True,
            ),
            field(
                "kind",
                "They would",
                {"type": "radio_buttons", "options": [option("Take a call", "call"), option("Write a quote", "quote")]},
                optional=True,
                dispatch_action=True,
            ),
        ],
    }


def alert(name: str, company: str, state: str) -> list[JSON]:
    """What the advocacy channel reads."""
    done = state != "new"
    buttons = [
        {"type": "button", "action_id": "accept", "text": plain("Accept"), "style": "primary", "value": name},
        {
            "type": "button",
            "action_id": "decline",
            "text": plain("Decline"),
            "style": "danger",
            "value": name,
            "confirm": {
                "title": plain("Decline?"),
                "text": plain("The nominator hears of it."),
                "confirm": plain("Decline"),
                "deny": plain("Back"),
                "style": "danger",
            },
        },
        {
            "type": "overflow",
            "action_id": "more",
            "options": [option("Merge"), option("Take it")],
        },
    ]
    return [
        {"type": "header", "text": plain(f"New nomination: {name}")},
        {
            "type": "section",
            "text": {"type": "mrkdwn", "text": f"*{name}* at *{company}*\n{state}"},
            "fields": [
                {"type": "mrkdwn", "text": "*Source*\nSales"},
                {"type": "mrkdwn", "text": "*When*\n<!date^1790000000^{date_short_pretty} at {time}|then>"},
            ],
        },
        {"type": "divider"},
        *([] if done else [{"type": "actions", "block_id": "decide", "elements": buttons}]),
        {"type": "context", "elements": [plain("Nominations are reviewed within 7 days")]},
    ]


def gallery(shown: str = "") -> list[JSON]:
    """A Home with one of each block."""
    return [
        *([{"type": "section", "text": plain(f"Showing {shown} ones")}] if shown else []),
        {"type": "header", "text": plain("Your nominations")},
        {
            "type": "section",
            "text": {"type": "mrkdwn", "text": "You put *3 customers* forward. ~2~ :sparkles: one is active."},
            "accessory": {"type": "button", "action_id": "open_form", "text": plain("Nominate"), "style": "primary"},
        },
        {
            "type": "section",
            "text": {"type": "mrkdwn", "text": "Show me"},
            "accessory": {
                "type": "static_select",
                "action_id": "show",
                "placeholder": plain("Everything"),
                "options": [option("Open"), option("Closed")],
            },
        },
        {"type": "divider"},
        {
            "type": "rich_text",
            "elements": [
                {
                    "type": "rich_text_section",
                    "elements": [{"type": "text", "text": "Next steps", "style": {"bold": True}}],
                },
                {
                    "type": "rich_text_list",
                    "style": "ordered",
                    "elements": [
                        {
                            "type": "rich_text_section",
                            "elements": [{"type": "text", "text": "Ask for an introduction"}],
                        },
                        {"type": "rich_text_section", "elements": [{"type": "text", "text": "Schedule the interview"}]},
                    ],
                },
            ],
        },
        {
            "type": "data_table",
            "caption": "Supply by region",
            "rows": [
                [{"type": "raw_text", "text": "Region"}, {"type": "raw_text", "text": "Active"}],
                [{"type": "raw_text", "text": "EMEA"}, {"type": "raw_text", "text": "12"}],
                [{"type": "raw_text", "text": "APAC"}, {"type": "raw_text", "text": "1,204"}],
            ],
        },
        {
            "type": "actions",
            "block_id": "dates",
            "elements": [
                {"type": "datepicker", "action_id": "from", "initial_date": "2026-11-02", "placeholder": plain("From")},
                {"type": "timepicker", "action_id": "at", "initial_time": "09:30", "placeholder": plain("At")},
                {"type": "users_select", "action_id": "who", "placeholder": plain("Somebody")},
                {"type": "checkboxes", "action_id": "flags", "options": [option("Only mine"), option("With history")]},
            ],
        },
        {
            "type": "image",
            "image_url": "https://example.invalid/picture.png",
            "alt_text": "A chart of supply",
            "title": plain("Supply"),
        },
        {
            "type": "context",
            "elements": [{"type": "mrkdwn", "text": "Updated <!date^1790000000^{date_long} {time}|then>"}],
        },
    ]


def showcase() -> list[JSON]:
    """A message with the newer blocks, and one that no client knows."""
    return [
        {"type": "markdown", "text": "### Two matches\n\n1. **Ada Lovelace**, _Acme_\n2. `Grace Hopper`, Globex"},
        {
            "type": "card",
            "title": {"type": "mrkdwn", "text": "Ada Lovelace"},
            "subtitle": {"type": "mrkdwn", "text": "Acme"},
            "body": {"type": "mrkdwn", "text": "Runs the EU rollout and likes to talk about it."},
            "actions": [{"type": "button", "action_id": "card", "text": plain("Ask for her")}],
        },
        {
            "type": "table",
            "rows": [
                [{"type": "raw_text", "text": "Name"}, {"type": "raw_text", "text": "Free again"}],
                [{"type": "raw_text", "text": "Ada Lovelace"}, {"type": "raw_text", "text": "now"}],
            ],
        },
        {
            "type": "video",
            "title": plain("Reel"),
            "alt_text": "Reel",
            "title_url": "https://example.com/v",
            "video_url": "https://example.com/v",
            "thumbnail_url": "https://example.com/t.png",
        },
    ]


CHOICES = [option("One"), option("Two"), option("Three")]

FIELDS: dict[str, JSON] = {
    "url": {"type": "url_text_input"},
    "number": {"type": "number_input", "is_decimal_allowed": True},
    "rich": {"type": "rich_text_input"},
    "date": {"type": "datepicker", "initial_date": "2026-11-02"},
    "time": {"type": "timepicker"},
    "moment": {"type": "datetimepicker", "initial_date_time": 1767225600},
    "static": {"type": "static_select", "options": CHOICES, "initial_option": CHOICES[1]},
    "user": {"type": "users_select"},
    "users": {"type": "multi_users_select", "max_selected_items": 2},
    "conversation": {"type": "conversations_select", "filter": {"include": ["public"]}},
    "channel": {"type": "channels_select"},
    "radio": {"type": "radio_buttons", "options": CHOICES},
    "checks": {"type": "checkboxes", "options": CHOICES, "initial_options": CHOICES[:1]},
}


def everything() -> JSON:
    """A form with one field of each kind, its label being its block_id."""
    return {
        "type": "modal",
        "callback_id": "everything",
        "title": plain("Everything"),
        "submit": plain("Send"),
        "blocks": [field(name, name, element, optional=True) for name, element in FIELDS.items()],
    }


def received(text: str) -> JSON:
    """A second view that says what came."""
    blocks = [{"type": "section", "text": plain(text)}]
    return {"type": "modal", "title": plain("Received"), "close": plain("Back"), "blocks": blocks}
