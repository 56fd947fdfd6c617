"""Thanks by name: who brought customers that became advocates, and one's own part of it. Decides no rank."""

from collections.abc import Sequence

from domain.credit import Board, Credit, Place, badges
from domain.phrases import listed
from views import blocks, inputs, value
from views.ids import Action, Callback
from views.text import Block, count, day, mention

TITLE = "Thank you"
USUAL = "quarter"
WHAT_COUNTS = (
    "A nomination counts once the customer is a published advocate, an activity once it took place; it counts for "
    "whoever nominated that customer."
)


def board(found: Board, chosen: str) -> Block:
    """The list, one's own part, one's team; and whether one is named."""
    choices = [inputs.option(words, name) for name, words in value.PERIODS.items() if name != value.ALL]
    menu = {**inputs.select(choices, chosen), "action_id": Action.CREDIT_PERIOD.value}
    first, last = found.period.first, found.period.last
    content = [
        *blocks.actions([menu], "filters"),
        *([blocks.context(f"From {day(first)} to {day(last)}.")] if first and last else []),
        blocks.section(_places(found.places) or _nobody()),
        blocks.divider(),
        blocks.section(f"*You*: {brought(found.own)}.\n{_ever(found.ever)}"),
        *([blocks.section(f"*Your team*\n{_places(found.team)}")] if found.team else []),
        *blocks.actions([_naming(is_named=found.is_named), *_thank_them(found)]),
        blocks.context(WHAT_COUNTS),
    ]
    return blocks.modal(Callback.CREDIT, TITLE, content, meta=blocks.metadata({"period": chosen}))


def chosen_in(view: Block) -> str:
    """The period that a window shows."""
    return str(blocks.read_metadata(view.get("private_metadata")).get("period") or USUAL)


def _nobody() -> str:
    return "Nobody has brought an advocate in these days. Yours could be the first: `/nominate`."


def _places(places: Sequence[Place]) -> str:
    return "\n".join(f"{one.rank}. {_who(one)}: {brought(one.credit)}" for one in places)


def _who(one: Place) -> str:
    return mention(one.slack_user_id, "a colleague who is not named")


def brought(credit: Credit) -> str:
    """ "2 advocates and 1 activity"."""
    parts = (
        (credit.advocates, "advocate", "advocates"),
        (credit.activities, "activity", "activities"),
        (credit.endorsed, "endorsement", "endorsements"),
    )
    told = [count(number, one, many) for number, one, many in parts if number]
    return listed(told) if told else "nothing yet"


def _ever(credit: Credit) -> str:
    earned = badges(credit)
    since = f"Ever: {brought(credit)}."
    return f"{since} :medal: {listed([str(one) for one in earned]).capitalize()}." if earned else since


def _thank_them(found: Board) -> list[Block]:
    """For who leads the program: thanks to everybody for the last month."""
    return [blocks.button("Thank them for last month", Action.THANKS_OPEN)] if found.may_thank else []


def _naming(*, is_named: bool) -> Block:
    if is_named:
        return blocks.button("Don't name me", Action.CREDIT_NAME, "no", spoken="Don't name me where people are thanked")
    return blocks.button("Name me again", Action.CREDIT_NAME, "yes", spoken="Name me again where people are thanked")


def in_home(ever: Credit) -> list[Block]:
    """One's own credit, where there is any, and the way to everybody's."""
    if not ever.is_any:
        return []
    return [blocks.section(f"*Your credit*: {brought(ever)}.", blocks.button(TITLE, Action.CREDIT))]
