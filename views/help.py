"""What somebody can do, in plain words and without jargon. Who may do what is decided in domain.permissions."""

from collections.abc import Collection, Sequence

from domain.messages import Rendered
from domain.people import Actor
from domain.permissions import Action as May
from views import blocks
from views.ids import Action
from views.text import Block, line

_FOR_EVERYBODY: tuple[tuple[May, str], ...] = (
    (May.NOMINATE, "*Put a customer forward*: `/nominate Ada Lovelace @ Acme, runs our EU rollout`. A name is enough."),
    (May.NOMINATE, "*From a message*: open its menu (⋮) and pick “Nominate from message”. It becomes the evidence."),
    (May.LOOK_UP, "*Look up an advocate*: `/advocates healthcare ciso emea`. Only you see the answer."),
    (May.REQUEST, "*Ask for one*: “Ask for them” in the answer, or `/advocates request healthcare ciso`."),
    (May.USE_ASSET, "*Use what customers have approved*: `/advocates assets case study healthcare`. Nobody is asked."),
    (May.LOG_TOUCH, "*Log a use that happened without a request*: `/advocates touch Ada Lovelace`."),
    (May.ANSWER_PULSE, "*Answer a pulse*, when one is open: `/pulse`."),
    (May.NOMINATE, "*Reminders for you*: `/advocacy nudges`: less often, none, or again."),
    (May.NOMINATE, "*Who brought what*: `/advocacy thanks`: your credit and badges, and everybody's."),
    (May.NOMINATE, "*What is kept about you*: `/advocacy about me`: what leaders have noted, and who reads it."),
    (May.NOMINATE, "*See what became of your nominations and requests*: open Everboard's Home tab."),
)

_FOR_SOME: tuple[tuple[May, str], ...] = (
    (May.REVIEW, "*Review nominations*: in the advocacy channel or in Home. Every button shows what is possible now."),
    (May.FULFIL_REQUEST, "*Answer requests*: in the advocacy channel or in Home: take one, propose somebody, decline."),
    (May.SEE_QUEUE, "*The team's week*: `/advocacy week` shows what was done and what waits, and posts it at once."),
    (May.EDIT_PROFILE, "*Interview and write profiles*: open the journey from a nomination, a profile or Home."),
    (May.SEE_ALL_PULSES, "*What holds each group back*: `/pulse` shows what past pulses said."),
    (May.EDIT_SCHEDULES, "*Nudges*: `/advocacy nudges`: who gets which, when and why, their texts and their effect."),
    (May.EDIT_SCHEDULES, "*What is coming*: `/advocacy schedule`: four weeks of nudges, pulses, digests and targets."),
    (May.SEE_VALUE, "*Business value*: `/advocacy value` shows the deals that advocates were part of."),
    (May.SEE_VALUE, "*How requests go*: `/advocacy requests` counts who gets an advocate, and how soon."),
    (May.SEE_VALUE, "*How customers are asked*: `/advocacy load` says who carries most, and who was not asked."),
    (
        May.SEE_ADOPTION,
        "*Who takes part*: `/advocacy adoption` counts it by function and team, beside the time before.",
    ),
    (May.SEE_GOALS, "*Team goals*: `/advocacy goals`: what each team wants to reach this quarter, and how far it is."),
    (May.SEE_PLAN, "*Launch plan*: `/advocacy plan`: who does what until when, to launch a program or begin it again."),
    (
        May.SEE_RESISTANCE_LOG,
        "*What people need*: `/advocacy log`: conversations with single colleagues, if switched on.",
    ),
    (May.SEE_HEALTH, "*Program health*: `/advocacy health` says how the program stands and what to do next."),
    (
        May.SEND_DIGEST,
        "*Monthly digest*: `/advocacy digest` shows it, and sends it at once with your words on top.",
    ),
    (May.SEND_THANKS, "*Monthly thanks*: `/advocacy thanks`, *Thank them for last month*: in the wins channel."),
    (May.EDIT_SETTINGS, "*Set it up*: `/advocacy setup` brings the guide back to Home."),
    (May.SEE_TARGETS, "*Targets*: `/advocacy targets` shows which advocates we have, and which we still want."),
    (
        May.RUN_MECHANISMS,
        "*Programs*: `/advocacy programs`: advisory boards, user groups, drives: members, meetings, what comes back.",
    ),
    (May.EDIT_SETTINGS, "*Settings*: `/advocacy settings`: numbers, channels, roles and user groups."),
    (May.SEE_UNKNOWN_PEOPLE, "*People*: Home says whose function nobody knows."),
    (May.ERASE, "*Somebody asks to be forgotten*: `/advocacy erase` shows what there is of them, and erases it."),
    (May.DO_NOT_CONTACT, "*Who must not be contacted*: `/advocacy do-not-contact`: a list that names nobody."),
    (May.SEE_DEAD_LETTERS, "*Undelivered messages*: Home says which, and why."),
)


def help_for(actor: Actor, allowed: Collection[May]) -> Rendered:
    """The commands for one's role."""
    name = f", {line(actor.name, 60)}" if actor.name.strip() else ""
    text = f"Here is what you can do with Everboard{name}."
    content = [
        blocks.section(f"*{text}*"),
        *_listed(_FOR_EVERYBODY, allowed),
        *_listed(_FOR_SOME, allowed, "*For your role*\n"),
        *blocks.actions(_buttons(allowed)),
    ]
    return blocks.message(text, content)


def _listed(rows: Sequence[tuple[May, str]], allowed: Collection[May], title: str = "") -> list[Block]:
    shown = [f"• {words}" for action, words in rows if action in allowed]
    return [blocks.section(title + "\n".join(shown))] if shown else []


def _buttons(allowed: Collection[May]) -> list[Block]:
    row = []
    if May.NOMINATE in allowed:
        row.append(blocks.button("Nominate a customer", Action.NOMINATE, style="primary"))
    if May.LOOK_UP in allowed:
        row.append(blocks.button("Look up advocates", Action.LOOK_UP))
    if May.REQUEST in allowed:
        row.append(blocks.button("Request an advocate", Action.REQUEST))
    if May.EDIT_SETTINGS in allowed:
        row.append(blocks.button("Settings", Action.SETTINGS))
    return row
