"""What may help a colleague who lacks something: by element, and by what would move them. Our own words throughout.

Decides nothing about anybody; a coach chooses.
"""

from collections.abc import Mapping
from types import MappingProxyType

from domain.pulse import Element
from domain.pulse_statements import Motive

LACKS: Mapping[Element, str] = MappingProxyType(
    {
        Element.AWARENESS: "To know why we do this",
        Element.DESIRE: "A reason of their own to want it",
        Element.KNOWLEDGE: "To know how it is done",
        Element.ABILITY: "To manage it beside everything else",
        Element.REINFORCEMENT: "To see that something comes of it",
    }
)
"""What somebody needs, as one would say it to them."""

MOVES_THEM: Mapping[Motive, str] = MappingProxyType(
    {
        Motive.GAIN: "Being seen for it, or something in it for them",
        Motive.CONSEQUENCE: "Knowing what follows when it isn't done",
        Motive.BELONGING: "The people around them doing it",
        Motive.LEADER: "A leader whom they trust asking them",
        Motive.ALTERNATIVE: "Seeing that going on as before would be worse",
    }
)
"""What would move somebody, as one would say it to them."""

BY_ELEMENT: Mapping[Element, tuple[str, ...]] = MappingProxyType(
    {
        Element.AWARENESS: (
            "Tell in two minutes which deal or story lacked a customer's word, and ask what they make of it.",
            "Show one request that found nobody.",
        ),
        Element.DESIRE: (
            "Ask what would have to be different for it to be worth their while, and only listen.",
            "Ask whether they worry for their customer; show how few times anybody is asked.",
        ),
        Element.KNOWLEDGE: (
            "Do the next nomination side by side: they type, you sit beside them.",
            "Leave them the one line that is enough: a name, a company, a sentence.",
        ),
        Element.ABILITY: (
            "Find the one moment in their week at which a customer's name comes up, and put it there.",
            "Take something off them first, or clear away what they stumbled over.",
        ),
        Element.REINFORCEMENT: (
            "Tell them what became of a customer they named, also where nothing did.",
            "Thank them before others, if they like that; in private, if they don't.",
        ),
    }
)

BY_MOTIVE: Mapping[Motive, tuple[str, ...]] = MappingProxyType(
    {
        Motive.GAIN: (
            "Ask which of their own goals a customer's word would help, and look for that customer together.",
            "See to it that their name stands beside the next success, if they agree.",
        ),
        Motive.CONSEQUENCE: (
            "Agree with their manager what is expected, and say it openly and kindly, with a date.",
            "Show what their own team misses without it; no figures of single people.",
        ),
        Motive.BELONGING: (
            "Bring them together with a colleague who does it and whom they like working with.",
            "Let their team do it once together, instead of everybody alone.",
        ),
        Motive.LEADER: (
            "Ask the leader whom they trust to speak with them, in person and for five minutes.",
            "Let that leader go first, and tell how it went.",
        ),
        Motive.ALTERNATIVE: (
            "Go through what going on as before costs them: the search in old mails, the favour asked too often.",
            "Offer to drop something that this replaces.",
        ),
    }
)


_ADDRESSED = {"their": "your", "them": "you", "they": "you"}


def to_you(words: str) -> str:
    """What is said of somebody, as it is said to them."""
    return " ".join(_ADDRESSED.get(word, word) for word in words.split(" "))


def suggestions(element: Element, motive: Motive | None) -> tuple[str, ...]:
    """What a coach may try: by what would move them where that is known, else by what they need."""
    return BY_MOTIVE[motive] if motive is not None else BY_ELEMENT[element]
