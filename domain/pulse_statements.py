"""What a pulse asks: five statements for each kind of work, and what would move somebody who does not want to yet.

Our own wording throughout. Decides nothing about scores; the elements and their order are `domain.pulse`'s.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from domain.people import Function
from domain.pulse import ELEMENTS, Element
from domain.settings import ChannelRole

MANAGERS = "Managers"
"""The group of those who answer as managers."""

Statements = tuple[str, str, str, str, str]
"""In the order of the elements. One thing each, in the first person: somebody agrees with it more or less."""

_GENERAL: Statements = (
    "I know why our company asks happy customers to speak for us.",
    "I want to help our company find customers who would speak for us.",
    "I know how to nominate a customer, and how to look one up.",
    "I manage to nominate or look up a customer when there is a reason to.",
    "I see that something comes of it when I nominate a customer.",
)

_BY_FUNCTION: Mapping[Function, Statements] = MappingProxyType(
    {
        Function.SALES: (
            "I know what a customer who speaks for us can do for my deals.",
            "I want to bring such customers into my deals, and to name new ones.",
            "I know how to nominate a customer, and how to ask for one for a deal.",
            "I manage to nominate a customer while the deal is still fresh.",
            "I hear what became of the customers that I nominated.",
        ),
        Function.MARKETING: (
            "I know why our stories need customers who tell them.",
            "I want to build what I publish on what customers say.",
            "I know how to find a customer for a story, and what they have agreed to.",
            "I manage to find a customer in time for what I have planned.",
            "I hear it when a customer story that I worked on has helped somebody.",
        ),
        Function.CUSTOMER_SUCCESS: (
            "I know what it does for my customers when they speak for us.",
            "I want the customers I look after to get that chance.",
            "I know how to tell a customer who is ready from one who is not yet.",
            "I manage to raise it with a customer in our regular talks.",
            "I see that my customers are thanked, and not asked too often.",
        ),
        Function.SUPPORT: (
            "I know why a grateful customer on the line matters to the whole company.",
            "I want to pass on the names of customers who praise us.",
            "I know how to turn a customer's praise into a nomination.",
            "I manage to pass a name on between two cases.",
            "I hear what became of the customers whose names I passed on.",
        ),
        Function.PRODUCT: (
            "I know why customers who speak for us matter to what we build.",
            "I want to share which customers get the most out of our product.",
            "I know how to nominate a customer whom I met through feedback or a beta.",
            "I manage to nominate a customer after a good conversation.",
            "I see that the customers I named are heard.",
        ),
        Function.SERVICES: (
            "I know why a project that went well should be told.",
            "I want the customers of my projects to tell it.",
            "I know how to nominate a customer at the end of a project.",
            "I manage to nominate a customer before I am on the next project.",
            "I hear what became of the customers of my projects.",
        ),
        Function.EXECUTIVE: (
            "I know what customers who speak for us bring to our goals.",
            "I want to spend my own time on such customers.",
            "I know how to ask for a customer, and how to name one that I met.",
            "I manage to bring it up with customers whom I meet.",
            "I see what our customers' word has brought us.",
        ),
        Function.OTHER: _GENERAL,
    }
)

_OF_MANAGERS: Statements = (
    "I know why customers who speak for us matter to my team's results.",
    "I want my team to spend time on it.",
    "I know how to coach somebody in my team to nominate a customer.",
    "I manage to bring it up with my team at least twice a month.",
    "I notice and thank the people in my team who do it.",
)


def group_of(function: Function, *, as_manager: bool) -> str:
    """The group in which somebody's answers are counted; a group's name is what people read."""
    return MANAGERS if as_manager else function.value.capitalize()


def statements(group: str) -> Mapping[Element, str]:
    """What the people of a group are asked. A group of another name gets what suits everybody."""
    said = _OF_MANAGERS if group == MANAGERS else _BY_GROUP.get(group, _GENERAL)
    return dict(zip(ELEMENTS, said, strict=True))


_BY_GROUP: Mapping[str, Statements] = MappingProxyType(
    {group_of(function, as_manager=False): said for function, said in _BY_FUNCTION.items()}
)


CHANNEL_OF_GROUP: Mapping[str, ChannelRole] = MappingProxyType(
    {
        group_of(Function.SALES, as_manager=False): ChannelRole.SALES,
        group_of(Function.MARKETING, as_manager=False): ChannelRole.MARKETING,
        group_of(Function.CUSTOMER_SUCCESS, as_manager=False): ChannelRole.CUSTOMER_SUCCESS,
    }
)
"""The channel in which a group hears of its pulse; the others have none of their own."""


class Motive(StrEnum):
    """What would move somebody who does not want to yet."""

    GAIN = "gain"
    CONSEQUENCE = "consequence"
    BELONGING = "belonging"
    LEADER = "leader"
    ALTERNATIVE = "alternative"


MOTIVE_WORDS: Mapping[Motive, str] = MappingProxyType(
    {
        Motive.GAIN: "There is something in it for me: a gain, or being seen for it",
        Motive.CONSEQUENCE: "It has a consequence when I don't",
        Motive.BELONGING: "The people around me do it",
        Motive.LEADER: "A leader whom I trust asks me to",
        Motive.ALTERNATIVE: "Going on as before would be worse",
    }
)
"""The answers to "What would move you most?", in the words of whoever answers."""

SCALE: Mapping[int, str] = MappingProxyType(
    {1: "1: not at all", 2: "2: hardly", 3: "3: partly", 4: "4: mostly", 5: "5: fully"}
)
"""What each point says."""
