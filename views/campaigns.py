"""Campaigns in Slack, as the team works with them: the form, who gets it, and what it has brought."""

from collections.abc import Sequence
from datetime import date

from domain.campaigns import END_WORDS, TEXT_LIMIT, Plan, Preview, Progress, Recipient, State
from views import blocks, inputs
from views.campaign_messages import figures
from views.ids import Action, Callback
from views.text import Block, channel, count, day, line, mention, quote

TITLE = "Campaign"
SHOWN = 40
"""Recipients listed in a preview: with more, their number is what counts."""


def form(plan: Plan) -> Block:
    """A campaign to write."""
    box = inputs.text_input(plan.text, most=TEXT_LIMIT, multiline=True)
    hint = "Everboard must be in these channels."
    content = [
        blocks.section("Owners of customers that fit and have no advocate yet are asked privately, each about theirs."),
        inputs.field("text", "Whom do you look for, and why?", box),
        inputs.field("channels", "Post it in", inputs.channels(plan.channels), hint=hint, optional=True),
        inputs.field("ends_on", "Its last day", inputs.day(plan.ends_on), hint="It ends before if the target is met."),
    ]
    return blocks.modal(Callback.CAMPAIGN_FORM, TITLE, content, submit="Preview", meta=plan.target_id)


def plan_from(typed: inputs.Typed, target_id: str) -> Plan:
    """What was typed."""
    days = inputs.day_of(typed, "ends_on")
    return Plan(target_id, inputs.text_of(typed, "text"), inputs.channels_of(typed, "channels"), days)


def preview(found: Preview) -> Block:
    """Who gets it and when; sending this form starts it."""
    plan = found.plan
    rows = [_recipient(one) for one in found.recipients[:SHOWN]]
    if len(found.recipients) > SHOWN:
        rows.append(f"and {count(len(found.recipients) - SHOWN, 'other owner')}")
    last = f"Until {day(plan.ends_on)}, or until {found.target.gap:,} more can be asked." if plan.ends_on else ""
    content = [
        blocks.section(f"*{line(found.target.target.name)}*\n{quote(plan.text)}"),
        *_lists(rows),
        blocks.context(last, "Nothing was sent yet. “Start” sends it; “Cancel” leads back to your text."),
    ]
    if found.unowned:
        told = f"{count(found.unowned, 'customer')} more would fit, but nobody who can be asked owns them."
        content.append(blocks.section(f":warning: {told}"))
    return blocks.modal(Callback.CAMPAIGN_PREVIEW, "Who gets it", content, submit="Start", meta=_kept(plan))


def _lists(rows: Sequence[str]) -> list[Block]:
    return [blocks.section("\n".join(rows[at : at + 10])) for at in range(0, len(rows), 10)]


def _recipient(one: Recipient) -> str:
    when = "at once" if one.now else "in their daytime, as soon as this week's budget of messages has room"
    if one.channel:
        return f"• {channel(one.channel)}: {when}"
    return f"• {mention(one.owner)}, about {count(one.accounts, 'customer')}: {when}"


def _kept(plan: Plan) -> str:
    last = plan.ends_on.isoformat() if plan.ends_on else None
    return blocks.metadata(
        {"target": plan.target_id, "text": plan.text, "channels": list(plan.channels), "ends_on": last}
    )


def plan_kept(meta: str | None) -> Plan:
    """The plan that a preview was about."""
    held = blocks.read_metadata(meta)
    last = date.fromisoformat(held["ends_on"]) if held.get("ends_on") else None
    return Plan(str(held.get("target")), str(held.get("text") or ""), tuple(held.get("channels") or ()), last)


def progress(found: Progress) -> Block:
    """What it has brought, and the hands of whoever runs it."""
    state = {State.OPEN: "runs", State.PAUSED: "is paused", State.CLOSED: "is closed"}[found.state]
    by = f", started by {mention(found.starter)}" if found.starter else ""
    head = f"*{line(found.name)}* {state}; its last day is {day(found.ends_on)}{by}."
    if found.end:
        head += f" {END_WORDS[found.end]}"
    told = f"Told: {found.told:,}. Waiting for room in their week: {found.waiting:,}."
    content = [blocks.section("\n".join([head, *figures(found), told])), blocks.section(quote(found.text))]
    if found.gone:
        who = ", ".join(line(name, 80) for name in found.gone[:20])
        content.append(blocks.section(f":warning: Can't be asked any more: {who}. Their customers need another owner."))
    if found.stuck:
        places = ", ".join(channel(one) if one.startswith("C") else mention(one) for one in found.stuck[:20])
        content.append(
            blocks.section(f":warning: Not delivered: {places}. Was it archived, or is Everboard not in it?")
        )
    return blocks.modal(Callback.CAMPAIGN, TITLE, [*content, *_hands(found)])


def _hands(found: Progress) -> list[Block]:
    if not found.may_run or found.state is State.CLOSED:
        return []
    hold = blocks.confirm("Pause this campaign?", "Nobody else is told until it goes on.", "Pause")
    sure = blocks.confirm(
        "Stop this campaign?", "It ends for good; what was nominated stays.", "Stop", "Keep", danger=True
    )
    if found.state is State.OPEN:
        first = blocks.button("Pause", Action.CAMPAIGN_PAUSE, found.id, confirm=hold)
    else:
        first = blocks.button("Go on", Action.CAMPAIGN_RESUME, found.id, style="primary")
    return blocks.actions([first, blocks.button("Stop", Action.CAMPAIGN_STOP, found.id, style="danger", confirm=sure)])
