"""The champion's thanks for a month: the draft, the form for other words, the post. Decides not whom they name."""

from domain.credit import Credit
from domain.messages import Rendered
from domain.monthly_thanks import WORDS_LIMIT, State, Thanks
from domain.phrases import listed
from views import blocks, inputs
from views.credit import brought
from views.ids import Action, Callback
from views.text import Block, count, mention, quote

TITLE = "Monthly thanks"


def drafted(found: Thanks) -> str:
    """The words that are proposed, plain."""
    return f"In {_month(found)}, {_done(found.whole)}. That is down to colleagues who asked their customers. Thank you!"


def _month(found: Thanks) -> str:
    return f"{found.month:%B %Y}"


def _done(whole: Credit) -> str:
    told = []
    if whole.advocates:
        told.append(count(whole.advocates, "customer became an advocate", "customers became advocates"))
    if whole.activities:
        told.append(f"advocates did something for us {_times(whole.activities)}")
    return listed(told) if told else "colleagues stood behind customers who became advocates"


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number:,} times"


def _thanked(found: Thanks) -> str:
    rows = [f"• {mention(one.slack_user_id)}: {brought(one.credit)}" for one in found.places if one.slack_user_id]
    unnamed = sum(one.slack_user_id is None for one in found.places) + found.others
    if unnamed:
        more = count(unnamed, "colleague")
        rows.append(f"• and {more} more" if rows else f"• {more}, not named here")
    return "\n".join(rows)


def draft(found: Thanks) -> Rendered:
    """To the champion: the thanks, one click from being posted. Kept up to date."""
    match found.state:
        case State.POSTED:
            return _over(f"{_by(found)} posted the thanks for {_month(found)} in the wins channel.")
        case State.LEFT_OUT:
            said = f"{_by(found)} left the thanks for {_month(found)} out."
            row = [_post(found, "Post them after all"), _other_words()]
            return blocks.message(said, [blocks.section(said), *blocks.actions(row)])
    said = f"Your thanks for {_month(found)} are drafted: a click posts them in the wins channel, under your name."
    leave = blocks.button("Not this month", Action.THANKS_LEAVE, found.month.isoformat())
    content = [
        blocks.section(f"*{said}*"),
        blocks.section(f"{quote(drafted(found))}\n{_thanked(found)}"),
        *blocks.actions([_post(found, "Post it"), _other_words(), leave]),
        blocks.context("Colleagues who do not want to be named are counted, and not named."),
    ]
    return blocks.message(said, content)


def _by(found: Thanks) -> str:
    return mention(found.by, "A colleague")


def _over(said: str) -> Rendered:
    return blocks.message(said, [blocks.section(said)])


def _post(found: Thanks, label: str) -> Block:
    return blocks.button(label, Action.THANKS_POST, found.month.isoformat(), style="primary")


def _other_words() -> Block:
    return blocks.button("Change the words", Action.THANKS_OPEN)


def post(found: Thanks, words: str, by: str) -> Rendered:
    """To everybody: the champion's words, and whom they thank."""
    said = f"{mention(by)} says thank you for {_month(found)}."
    hint = "Know another customer who would speak for us? Type `/nominate`. Don't want to be named? `/advocacy thanks`."
    content = [blocks.section(f":tada: {said}\n{quote(words)}"), blocks.section(_thanked(found)), blocks.context(hint)]
    return blocks.message(said, content)


def form(found: Thanks) -> Block:
    """The words, and whom they thank; or why there is nothing to post."""
    if found.state is State.POSTED or not found.says_something:
        nobody = "Nobody's customer became an advocate or did anything for us that month: there is nobody to thank."
        said = f"{_by(found)} has thanked for {_month(found)} already." if found.says_something else nobody
        return blocks.modal(Callback.NOTHING, TITLE, [blocks.section(said)])
    words = inputs.text_input(drafted(found), most=WORDS_LIMIT, multiline=True)
    content = [
        blocks.section(f"*{_month(found)}*: posted in the wins channel, under your name."),
        inputs.field("words", "Your words", words),
        blocks.section(f"*Whom you thank*\n{_thanked(found)}"),
    ]
    return blocks.modal(Callback.THANKS, TITLE, content, submit="Post", meta=found.month.isoformat())
