"""When requests want the same: one to join instead of doubling it, several that a group call could serve.

Decides nothing about what is done then: the team is offered the group call, the asker is offered to join.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from domain.requests import Card
from domain.vocabulary import Activity

TOGETHER = timedelta(days=30)
"""Requests whose need-by dates lie this close can share one call; nobody in a deal waits longer for the others."""


def to_join(cards: Iterable[Card], activity: Activity, opportunity_id: str | None) -> Card | None:
    """The live request that already asks for this activity for this opportunity: it is joined instead of doubled."""
    if opportunity_id is None:
        return None
    same = [c for c in cards if c.state.is_live and c.activity is activity and c.opportunity_id == opportunity_id]
    return min(same, key=lambda card: (card.created_at, card.id), default=None)


SHAREABLE = frozenset({Activity.REFERENCE_CALL, Activity.GROUP_CALL})
"""Activities that one group call can serve: a story or a quote is not shared by listening together."""


@dataclass(frozen=True, slots=True)
class Competition:
    """Open requests that one group call could serve: for the same advocate, or for the same criteria."""

    request_ids: tuple[str, ...]
    advocate_id: str | None = None
    facets: frozenset[str] = frozenset()


def competing(cards: Iterable[Card]) -> tuple[Competition, ...]:
    """Two or more open requests for the same advocate, or without one and for the same facets, needed within TOGETHER.

    Those with neither an advocate nor facets want anybody, and compete with nobody. Oldest need first.
    """
    wanted: dict[tuple[str | None, frozenset[str]], list[Card]] = {}
    for card in sorted(cards, key=lambda card: (card.need_by, card.id)):
        if card.state.is_open and card.activity in SHAREABLE and (card.advocate_id or card.facets):
            key = (card.advocate_id, frozenset() if card.advocate_id else card.facets)
            wanted.setdefault(key, []).append(card)
    return tuple(
        Competition(tuple(card.id for card in group), advocate_id, facets)
        for (advocate_id, facets), group_of_all in wanted.items()
        for group in _together(group_of_all)
        if len(group) > 1
    )


def _together(cards: Sequence[Card]) -> list[list[Card]]:
    groups: list[list[Card]] = []
    for card in cards:
        if groups and card.need_by - groups[-1][0].need_by <= TOGETHER:
            groups[-1].append(card)
        else:
            groups.append([card])
    return groups
