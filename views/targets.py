"""Targets in Slack: the list with what there is and what lacks, what the demand suggests, and one target's form.

Decides no figure. Fields bear the names that refusals use.
"""

import json
from datetime import date

from domain.portfolio import Criteria, Measured, in_words
from domain.targets import NAME_LIMIT, Demand, Draft, Overview, Values, as_stored, from_stored
from views import blocks, criteria, inputs, portfolio
from views.ids import Action, Callback
from views.text import Block, count, day, line, mention

TITLE = "Targets"
PAGE = 15
"""Targets on a page: with their buttons two blocks each, beside the suggestions."""

BAR = 10
"""Signs of the longest bar of text."""

NONE_YET = "There is no target yet. A target says how many advocates of a kind you want, and by when."


def overview(found: Overview, page: int = 0) -> Block:
    """All targets, those due first before the others; then what the demand suggests."""
    targets = found.portfolio.targets
    pages = max(1, -(-len(targets) // PAGE))
    page = min(max(page, 0), pages - 1)
    content = [
        blocks.section(portfolio.in_short(found.portfolio)),
        blocks.context(portfolio.WHAT_COUNTS),
        *blocks.actions(_first_row(may_edit=found.may_edit)),
        blocks.divider(),
    ]
    for one in targets[page * PAGE : (page + 1) * PAGE]:
        content += [blocks.section(_target(one, found.portfolio.today)), *_hands(one, found)]
    if not targets:
        content.append(blocks.section(NONE_YET))
    content += [*pager(page, pages, Action.TARGETS_PAGE_BACK, Action.TARGETS_PAGE), *_suggested(found)]
    return blocks.modal(Callback.TARGETS, TITLE, content, meta=blocks.metadata({"page": page}))


def page_of(meta: str | None) -> int:
    """The page that a list shows."""
    page = blocks.read_metadata(meta).get("page")
    return page if isinstance(page, int) and 0 <= page <= blocks.MOST else 0


def _first_row(*, may_edit: bool) -> list[Block]:
    row = [blocks.button("New target", Action.TARGET_ADD, style="primary")] if may_edit else []
    return [
        *row,
        blocks.button("What we have", Action.SUPPLY, spoken="What we have, by industry, region and so on"),
        blocks.button("Send me the chart", Action.TARGETS_CHART, spoken="Send me the chart as a direct message"),
    ]


def _target(one: Measured, today: date) -> str:
    target = one.target
    state = f"*{one.gap:,} missing*" if one.gap else "met"
    late = ":warning: was due" if one.is_late(today) else "due"
    owner = f" · {mention(target.owner_slack_id)} sees to it" if target.owner_slack_id else ""
    return (
        f"*{line(target.name, NAME_LIMIT)}*\n`{bar(one.available, target.count)}` "
        f"{one.available:,} of {target.count:,} available, {state} · {late} on {day(target.due_on)}{owner}\n"
        f"Seeks: {line(in_words(target.criteria), 400)}"
    )


def bar(part: int, whole: int) -> str:
    """A share as a bar of text; a bar is full only where the share is whole, and empty only where it is nothing."""
    if whole <= 0 or part >= whole:
        return "█" * BAR
    filled = max(1, min(BAR - 1, part * BAR // whole)) if part > 0 else 0
    return "█" * filled + "░" * (BAR - filled)


def _hands(one: Measured, found: Overview) -> list[Block]:
    target = one.target
    row = [
        blocks.button(
            f"{one.available:,} available",
            Action.TARGET_AVAILABLE,
            target.id,
            spoken=f"{one.available:,} available: {target.name}",
        ),
        blocks.button(
            f"{one.active:,} active", Action.TARGET_ACTIVE, target.id, spoken=f"{one.active:,} active: {target.name}"
        ),
    ]
    row += _campaign(one, found)
    if found.may_edit:
        sure = blocks.confirm(
            "Delete this target?", "Nobody is followed by it any more.", "Delete", "Keep", danger=True
        )
        row += [
            blocks.button("Change", Action.TARGET_CHANGE, target.id, spoken=f"Change {target.name}"),
            blocks.button("Delete", Action.TARGET_DELETE, target.id, spoken=f"Delete {target.name}", confirm=sure),
        ]
    return blocks.actions(row)


def _campaign(one: Measured, found: Overview) -> list[Block]:
    """The campaign that runs for it, or the way to one where something lacks."""
    running, name = found.campaigns.get(one.target.id), one.target.name
    if running:
        return [blocks.button("Campaign", Action.CAMPAIGN, running, spoken=f"Campaign for {name}")]
    if found.may_run and one.gap:
        words = f"Start a campaign for {name}"
        return [blocks.button("Start a campaign", Action.CAMPAIGN_NEW, one.target.id, spoken=words)]
    return []


def pager(page: int, pages: int, back: Action, forth: Action) -> list[Block]:
    """Buttons to the pages before and after this one."""
    row = []
    if page > 0:
        row.append(blocks.button("Previous", back, str(page - 1)))
    if page + 1 < pages:
        row.append(blocks.button("Next", forth, str(page + 1)))
    return blocks.actions(row)


def _suggested(found: Overview) -> list[Block]:
    rows = [blocks.section(_demand(one), _make_target(one) if found.may_edit else None) for one in found.suggested]
    if not rows:
        return []
    return [blocks.divider(), blocks.section("*Needed lately, and not there*"), *rows]


def _demand(one: Demand) -> str:
    said = [
        f"looked up by {count(one.looked_up, 'colleague')}" if one.looked_up else "",
        f"{count(one.awaited, 'colleague')} {'waits' if one.awaited == 1 else 'wait'}" if one.awaited else "",
        f"{count(one.requested, 'request')} without anybody" if one.requested else "",
    ]
    return f"*{line(in_words(one.criteria), 400)}*: {', '.join(filter(None, said))}"


def _make_target(one: Demand) -> Block | None:
    value = carried(one.criteria)
    return (
        blocks.button("Make it a target", Action.TARGET_ADD, value) if len(value) <= inputs.TYPED_LIMIT // 2 else None
    )


def carried(wanted: Criteria) -> str:
    """Criteria as a button holds them."""
    return json.dumps(as_stored(wanted), ensure_ascii=False, separators=(",", ":"))


def criteria_from(value: str | None) -> Criteria:
    """The same back; nothing for a button that holds none."""
    found = blocks.read_metadata(value)
    return from_stored({key: some for key, some in found.items() if isinstance(some, list)})


def form(draft: Draft, today: date) -> Block:
    """One target, new or to be changed."""
    day_hint = None if draft.due_on is None or draft.due_on >= today else "This day has passed."
    number = inputs.text_input(str(draft.count) if draft.count else None, most=10, placeholder="Such as 5")
    content = [
        inputs.field("count", "How many available advocates do you want?", number),
        inputs.field("due_on", "By when?", inputs.day(draft.due_on), hint=day_hint),
        inputs.field("owner", "Who sees to it?", inputs.person(draft.owner_slack_id), optional=True),
        *criteria.fields(draft.criteria),
        inputs.field(
            "name",
            "What do you call it?",
            inputs.text_input(draft.name or None, most=NAME_LIMIT),
            hint="Left empty, it is called by whom it seeks.",
            optional=True,
        ),
    ]
    meta = blocks.metadata({"id": draft.id, "version": draft.version})
    return blocks.modal(Callback.TARGET, TITLE, content, submit="Save", meta=meta)


def values_from(typed: inputs.Typed) -> Values:
    """What was typed. Countries are as typed, for the rules to read."""
    owner = inputs.person_of(typed, "owner")
    return Values(
        inputs.text_of(typed, "name"),
        inputs.text_of(typed, "count"),
        inputs.day_of(typed, "due_on"),
        owner,
        criteria.criteria_of(typed),
    )


def place_of(meta: str | None) -> tuple[str | None, int]:
    """Which target a form is about, and its version when it was opened."""
    held = blocks.read_metadata(meta)
    return held.get("id") and str(held["id"]), blocks.whole(held.get("version") or 0)


def in_home(number: int, next_due: date | None) -> list[Block]:
    """The part of Home that leads to targets."""
    told = f"*{count(number, 'target')}*, the next due on {day(next_due)}." if number and next_due else NONE_YET
    return [blocks.section(told, blocks.button("Targets", Action.TARGETS, spoken="Targets and what they lack"))]
