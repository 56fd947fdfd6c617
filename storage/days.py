"""Days between two columns, the same on both engines. Decides nothing."""

from typing import Any

from sqlalchemy import Float, Integer
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class days_between(FunctionElement[int]):  # noqa: N801  # read as a function of the database
    """Whole days from the second date to the first."""

    type = Integer()
    inherit_cache = True


class days_passed(FunctionElement[float]):  # noqa: N801  # read as a function of the database
    """Days and parts of days from the second instant to the first."""

    type = Float()
    inherit_cache = True


@compiles(days_between, "sqlite")
def _dates_in_sqlite(element: Any, compiler: Any, **given: Any) -> str:
    later, earlier = (compiler.process(one, **given) for one in element.clauses)
    return f"CAST(julianday({later}) - julianday({earlier}) AS INTEGER)"


@compiles(days_between, "postgresql")
def _dates_in_postgresql(element: Any, compiler: Any, **given: Any) -> str:
    later, earlier = (compiler.process(one, **given) for one in element.clauses)
    return f"({later} - {earlier})"


@compiles(days_passed, "sqlite")
def _instants_in_sqlite(element: Any, compiler: Any, **given: Any) -> str:
    later, earlier = (compiler.process(one, **given) for one in element.clauses)
    return f"(julianday({later}) - julianday({earlier}))"


@compiles(days_passed, "postgresql")
def _instants_in_postgresql(element: Any, compiler: Any, **given: Any) -> str:
    later, earlier = (compiler.process(one, **given) for one in element.clauses)
    return f"(EXTRACT(EPOCH FROM ({later} - {earlier}))::float / 86400)"
