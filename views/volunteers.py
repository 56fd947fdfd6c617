"""The web page on which customers put themselves forward, as colleagues see it in Slack. Decides nothing."""

from domain.messages import Rendered
from domain.nominations import Card, Values
from views import blocks, inputs
from views.ids import Callback
from views.text import Block, line, link, quote

TITLE = "Customers volunteer"
ON = "on"


def known(card: Card, values: Values) -> Rendered:
    """To the team: somebody whom we know already has volunteered."""
    who = f"{line(card.contact_name, 100)} of {line(card.company, 100)}"
    text = f"{who} has volunteered on the web page, and is known already ({card.state.words})."
    content = [
        blocks.section(f"*{text}*\n{quote(values.why)}"),
        blocks.context("Nothing was changed. Their nomination has the rest; they heard that we will get in touch."),
    ]
    return blocks.message(text, content)


def on_the_list() -> Rendered:
    """To the team: somebody on the do-not-contact list has volunteered. Names nobody, for nothing was kept."""
    text = "Somebody on the do-not-contact list has volunteered on the web page."
    content = [
        blocks.section(f"*{text}*"),
        blocks.context(
            "Nothing was kept, and the page told them only that we will get in touch. If they write to you, you can "
            "lift their entry with `/advocacy do-not-contact`."
        ),
    ]
    return blocks.message(text, content)


def in_short(*, is_on: bool) -> str:
    """As it stands among the settings."""
    return f"The web page on which customers put themselves forward is *{'on' if is_on else 'off'}*"


def form(address: str | None, *, is_on: bool) -> Block:
    """On or off, and where it is."""
    said = (
        "A page that you can link to: in a newsletter, below an email, at the end of a survey. Customers say who they "
        "are and what they would tell; you get it as a nomination that they made themselves."
    )
    where = f"Its address: {link(address, address)}" if address else "Its address is not known yet: set PUBLIC_URL."
    switch = inputs.checkboxes([inputs.option("The page is open", ON)], [ON] if is_on else [])
    content = [blocks.section(said), inputs.field("is_on", TITLE, switch, optional=True), blocks.context(where)]
    return blocks.modal(Callback.SETTING_JOIN, TITLE, content, submit="Save")


def is_on_from(typed: inputs.Typed) -> bool:
    """The switch in that form."""
    return ON in inputs.choices_of(typed, "is_on")
