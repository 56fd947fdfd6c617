"""The guide by which a leader sets Everboard up, as Home shows it. Decides nothing about what is done."""

from domain.setup import Part, Setup
from views import blocks
from views.ids import Action
from views.text import Block

TITLES = {
    Part.CHANNELS: "Say which channel the advocacy team works in",
    Part.ROLES: "Name the advocacy team and the executive champion",
    Part.ACCOUNTS: "Bring in your customers",
    Part.WORDS: "Look through the words you use for industries, products and roles",
    Part.TARGETS: "Say which advocates you want",
    Part.PULSE: "Ask how far people are, with a first pulse",
    Part.NUDGES: "Choose when each function gets its weekly reminder",
}

WHY = {
    Part.CHANNELS: "Alerts on nominations and requests come there. Make it private, and invite Everboard to it.",
    Part.ROLES: "Only the team sees contact details; the champion gets the figures of each month.",
    Part.ACCOUNTS: (
        "Whoever runs Everboard does it with `everboard import accounts FILE.csv`, from an export of your CRM. Then it "
        "knows who looks after whom."
    ),
    Part.WORDS: "People find advocates by them, however they write them.",
    Part.TARGETS: "What is missing then shows by itself, and a campaign can ask for just that.",
    Part.PULSE: "It shows what holds each group back, and every reminder is chosen by that.",
    Part.NUDGES: "Habits change by small reminders that go on.",
}

WAYS = {
    Part.CHANNELS: "Channels",
    Part.ROLES: "Roles",
    Part.WORDS: "Words",
    Part.TARGETS: "Targets",
    Part.PULSE: "Plan a pulse",
    Part.NUDGES: "Nudges",
}
"""What the button says that leads to where each is done; customers come from a file."""


def in_home(setup: Setup) -> list[Block]:
    """All steps, what is done ticked off, the next one with its reason and the way to it."""
    if not setup.is_shown:
        return []
    done = sum(part in setup.done for part in Part)
    return [
        blocks.header(f"Set Everboard up: {done} of {len(Part)} done"),
        *(_row(part, setup) for part in Part),
        *blocks.actions([blocks.button("Put this guide away", Action.SETUP_HIDE)]),
        blocks.divider(),
    ]


def _row(part: Part, setup: Setup) -> Block:
    if part in setup.done:
        return blocks.section(f":white_check_mark: {TITLES[part]}")
    way = WAYS.get(part)
    button = blocks.button(way, Action.SETUP_GO, part.value, spoken=f"{way}: {TITLES[part]}") if way else None
    if part is setup.following:
        return blocks.section(f":point_right: *{TITLES[part]}*\n{WHY[part]}", button)
    return blocks.section(f"○ {TITLES[part]}", button)


def told(setup: Setup) -> str:
    """What became of the guide."""
    if setup.is_complete:
        return "Everything is set up: channels, roles, customers, words, targets, a pulse and reminders."
    if setup.put_away:
        return "The guide is put away. `/advocacy setup` brings it back to Home."
    left = len(Part) - sum(part in setup.done for part in Part)
    return f"The guide is in Home, under Everboard's name at the left: {left} of {len(Part)} steps are left."
