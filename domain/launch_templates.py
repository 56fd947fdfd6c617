"""Two plans to begin with, in our own words: for a new program, and for one that has stalled. Decides no owner."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from domain.launch_plan import Part, Phase, Template
from domain.people import Function
from domain.pulse_calendar import Working, next_working_day

A, E, P, G = Phase.ANNOUNCE, Phase.EDUCATE, Phase.PROMOTE, Phase.GOALS
LEADER, CHAMPION, MANAGER = Part.LEADER, Part.CHAMPION, Part.MANAGER

WELCOME = (
    "From now on our happiest customers have a place here. When a customer says something good about us, put "
    "them forward with `/nominate`: a name and a sentence are enough. When you need a customer who speaks for us, "
    "look with `/advocates`. Nobody is asked too often, and you hear what becomes of everyone you name."
)
INVITATION = (
    "Which customer spoke well of us this week? Put them forward with `/nominate` while it is fresh. It takes a "
    "minute, the advocacy team does the rest, and you hear of every step."
)
NEW_START = (
    "Our customer advocacy begins again, and simpler: one name and one sentence in `/nominate`, and you hear what "
    "becomes of it. What got in the way before, we have written down and are taking away. Which customer comes to mind?"
)


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a template: so many days after the beginning. `each`: once a function; {team} is then its name."""

    phase: Phase
    part: Part
    days: int
    title: str
    each: bool = False
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """One task to be, on its day. `function` None: it concerns everybody."""

    phase: Phase
    part: Part
    function: Function | None
    title: str
    due: date
    words: str | None


STEPS: Mapping[Template, Sequence[Step]] = MappingProxyType(
    {
        Template.NEW: (
            Step(A, LEADER, 0, "Agree with the champion, in one sentence, what the program is for"),
            Step(A, CHAMPION, 2, "Tell all managers why it matters to you, and what you expect of them"),
            Step(A, LEADER, 5, "Announce the program to {team}", each=True, words=WELCOME),
            Step(E, MANAGER, 8, "Nominate a real customer together, in a meeting of {team}", each=True),
            Step(E, LEADER, 10, "Hold half an hour of questions and answers for everybody who meets customers"),
            Step(E, MANAGER, 15, "Have everybody in {team} look up one advocate for something of their own", each=True),
            Step(P, CHAMPION, 17, "Nominate a customer yourself, and say that you did"),
            Step(P, LEADER, 19, "Ask {team} for the customer who comes to mind", each=True, words=INVITATION),
            Step(P, LEADER, 26, "Thank the first nominators by name, those who like to be named"),
            Step(P, CHAMPION, 30, "Tell one result in a meeting of the whole company"),
            Step(G, LEADER, 21, "Propose each team's goals for the quarter"),
            Step(G, MANAGER, 28, "Agree on the goals of {team}, or name other figures", each=True),
            Step(G, LEADER, 45, "Look at the first pulse and the program's health, and change the plan accordingly"),
            Step(G, CHAMPION, 60, "Go through the program's health with the leader, and decide what comes next"),
        ),
        Template.STALLED: (
            Step(A, LEADER, 0, "Read the last pulse and the program's health: what holds each group back?"),
            Step(A, MANAGER, 4, "Ask {team} what gets in the way, and pass on what they need", each=True),
            Step(A, CHAMPION, 7, "Say openly what did not work, what changes now, and that you stand behind it"),
            Step(A, LEADER, 9, "Tell {team} that we begin again, and what is simpler now", each=True, words=NEW_START),
            Step(E, LEADER, 10, "Take away the hindrance that was named most, and tell everybody"),
            Step(E, MANAGER, 14, "Do one nomination together in a meeting of {team}", each=True),
            Step(P, CHAMPION, 16, "Thank in person everybody who went on nominating"),
            Step(P, LEADER, 18, "Tell the story of one nomination that became a result"),
            Step(P, MANAGER, 21, "Find with {team} one occasion a week at which a customer's name comes up", each=True),
            Step(G, LEADER, 17, "Propose smaller goals that each team can reach this quarter"),
            Step(G, MANAGER, 24, "Agree on the goals of {team}, or name other figures", each=True),
            Step(G, LEADER, 45, "Compare who takes part now with the day on which you began"),
            Step(G, CHAMPION, 50, "Decide with the leader, by the figures, what goes on and what ends"),
        ),
    }
)
"""What each template holds, in the order in which it is read."""


def drafted(template: Template, starts_on: date, functions: Sequence[Function], working: Working) -> Iterator[Draft]:
    """The tasks of a template from that day on, each on a working day."""
    for step in STEPS[template]:
        due = next_working_day(starts_on + timedelta(days=step.days), working)
        for function in functions if step.each else (None,):
            title = step.title.format(team=function.value) if function else step.title
            yield Draft(step.phase, step.part, function, title, due, step.words)
