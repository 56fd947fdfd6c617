"""How several lists are read in one statement, each only as far as Home shows it. Decides no order."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, select, union


def first_of_each(lists: Sequence[Select[Any]], limit: int) -> Select[Any]:
    """The ids of the first `limit` of each list of ids, for a condition: a database finds each by its own index, where
    one condition with "or" would have it read the whole table."""
    parts = [one.limit(limit).subquery() for one in lists]
    ids = union(*(select(part.c.id) for part in parts)).subquery()
    return select(ids.c.id)
