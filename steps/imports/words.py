"""Words of imported lines: taken up, so that they can be looked for, and told of where one looks like a known one.

Nothing is refused, and nothing is written otherwise than it stands in the file.
"""

from collections.abc import Iterable, Mapping, Sequence

from domain.imports.report import Outcome, Result
from domain.moment import Moment
from domain.query import Facet
from domain.terms import key_of
from steps import vocabulary
from storage.guard import GuardedSession

Words = Mapping[int, Iterable[tuple[Facet, str]]]
"""What each line says, by the line's number."""


def taken_up(
    session: GuardedSession,
    moment: Moment,
    outcomes: Sequence[Outcome],
    said: Words,
    besides: Iterable[tuple[Facet, str]] = (),
) -> list[Outcome]:
    """The outcomes, with a remark on each line that says a word which looks like an earlier one.

    Words of refused lines are left out; those `besides` are taken up without a remark. Two statements, and one more
    where something is new.
    """
    kept = {one.line: tuple(said.get(one.line, ())) for one in outcomes if one.result is not Result.REFUSED}
    every = [word for words in kept.values() for word in words]
    vocabulary.learn(session, None, moment, [*every, *besides])
    alike = _remarks(vocabulary.lookalikes(session, every))
    remarks = {line: [alike[word] for word in words if word in alike] for line, words in kept.items()}
    return [
        one._replace(remarks=(*one.remarks, *dict.fromkeys(these))) if (these := remarks.get(one.line)) else one
        for one in outcomes
    ]


def _remarks(alike: Iterable[vocabulary.Alike]) -> dict[tuple[Facet, str], str]:
    """What to say of each word; of several spellings the first one is named."""
    first: dict[tuple[Facet, str], str] = {}
    said = {}
    for one in alike:
        value = first.setdefault((one.facet, key_of(one.value)), one.value)
        said[one.facet, one.value] = f"{one.facet.value} “{value}” looks like “{one.like}”; kept as written."
    return said
