"""PostgreSQL keeps the workspaces' rows apart as well: row-level security behind the session's guard.

Decides what each login may see. The owner of the tables (migrations) is bound by nothing; the bot's own login sees the
rows of the workspace that its transaction has named first, and none without; the dispatcher's login sees all
workspaces, but only what the delivery loop, the clock and installations share. Runs after every migration, over all
tables there are, so that a new one cannot be forgotten. With one login, which owns the tables, only the guard keeps
rows apart.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, Table, text

from storage.base import Base
from storage.guard import ACROSS, SETTING, WORKSPACE
from storage.tables import metadata

OWN, ALL = "own_workspace", "all_workspaces"
"""The names of the policies."""

SHARED = ("slack_bots", "slack_installations", "slack_oauth_states")
"""Tables of no workspace, which the dispatcher alone may see: the tokens."""

FOUND = "advocate_found"
"""The documents of the transaction's workspace, for the full-text search.

Under row-level security PostgreSQL uses an index only for operators that it trusts to tell nothing of rows they are not
to see, and the full-text one is none of them: a search would walk through the whole workspace. The view belongs to the
owner and has the policy's own condition, so that the index serves.
"""

VERSION_TABLE = "alembic_version"


class LoginError(Exception):
    """The logins to the database are not those with which it can be migrated; the message names the variable."""


@dataclass(frozen=True, slots=True)
class Logins:
    """The names of the bot's own login and of the dispatcher's."""

    app: str
    dispatcher: str


def own(column: str) -> str:
    """The condition that a row is the transaction's workspace's; the subquery is evaluated once a statement."""
    return f"{column} = (SELECT current_setting('{SETTING}', true))"


def tenants() -> dict[str, str]:
    """Every table with rows of workspaces, and the column that says whose they are."""
    found = {table.name: WORKSPACE for table in metadata.sorted_tables if WORKSPACE in table.c}
    return found | {"workspace": "id"}


def across() -> set[str]:
    """The tenants' tables that the dispatcher sees for all workspaces."""
    tables = (mapper for mapper in Base.registry.mappers if getattr(mapper.class_, ACROSS, False))
    return {mapper.local_table.name for mapper in tables if isinstance(mapper.local_table, Table)}


def loosen(connection: Connection) -> None:
    """Take away what stands in the way of changing tables, before a migration."""
    connection.execute(text(f"DROP VIEW IF EXISTS {FOUND}"))


def check(connection: Connection, logins: Logins | None) -> None:
    """Before anything is changed: raises LoginError for what could not be done, or would leave the bot shut out."""
    known = text("SELECT relowner FROM pg_class WHERE oid = to_regclass(:table)")
    owner = connection.scalar(known, {"table": VERSION_TABLE})
    if owner is not None and not connection.scalar(text("SELECT pg_has_role(:owner, 'USAGE')"), {"owner": owner}):
        raise LoginError("DATABASE_OWNER_URL: only the login that owns the tables may change them")
    if logins is None and any(policy == ALL for _table, policy in _policies(connection)):
        raise LoginError(
            "DATABASE_DISPATCHER_URL: is not set, and this database has three logins; set it, DATABASE_URL and "
            "DATABASE_OWNER_URL, so that each login is given what this version's tables need"
        )


def protect(connection: Connection, logins: Logins | None = None) -> None:
    """Bring every table's policies and rights to what they must be; what is so already is not touched, for each change
    waits for whoever uses the table. Runs as the tables' owner. Raises ProgrammingError for a login that is not there.
    """
    here = "relnamespace = current_schema()::regnamespace"
    secured = set(connection.scalars(text(f"SELECT relname FROM pg_class WHERE relrowsecurity AND {here}")))  # noqa: S608  # ours
    known = _policies(connection)
    for table, column in tenants().items():
        if table not in secured:
            connection.execute(text(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY'))
        if (table, OWN) not in known:
            condition = own(column)
            connection.execute(text(f'CREATE POLICY {OWN} ON "{table}" USING ({condition}) WITH CHECK ({condition})'))
    where = own(f"d.{WORKSPACE}")
    connection.execute(text(f"CREATE OR REPLACE VIEW {FOUND} AS SELECT d.* FROM advocate_document d WHERE {where}"))  # noqa: S608  # no value of anybody's
    if logins is not None:
        _grant_each(connection, logins)
        _let_across(connection, logins.dispatcher, known)


def _policies(connection: Connection) -> dict[tuple[str, str], list[str]]:
    """Whom each table's policy is for, by table and policy."""
    query = "SELECT tablename, policyname, roles::text[] FROM pg_policies WHERE schemaname = current_schema()"
    return {(table, policy): logins for table, policy, logins in connection.execute(text(query))}


def _grant_each(connection: Connection, logins: Logins) -> None:
    quote = connection.dialect.identifier_preparer.quote
    app, dispatcher = quote(logins.app), quote(logins.dispatcher)
    rows = "SELECT, INSERT, UPDATE, DELETE"
    _grant(connection, rows, tenants(), app)
    _grant(connection, "SELECT", [FOUND, VERSION_TABLE], app)
    _grant(connection, rows, [*across(), *SHARED], dispatcher)
    _grant(connection, "SELECT", [VERSION_TABLE], dispatcher)
    schema = quote(str(connection.scalar(text("SELECT current_schema()"))))
    connection.execute(text(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA {schema} TO {app}, {dispatcher}"))


def _let_across(connection: Connection, dispatcher: str, known: dict[tuple[str, str], list[str]]) -> None:
    """The dispatcher sees all workspaces' rows in the tables that it shares, and of no table that is not shared now."""
    login = connection.dialect.identifier_preparer.quote(dispatcher)
    for table, policy in known:
        if policy == ALL and (table not in across() or known[table, ALL] != [dispatcher]):
            connection.execute(text(f'DROP POLICY {ALL} ON "{table}"'))
    for table in sorted(across()):
        if known.get((table, ALL)) != [dispatcher]:
            connection.execute(text(f'CREATE POLICY {ALL} ON "{table}" TO {login} USING (true) WITH CHECK (true)'))


def _grant(connection: Connection, rights: str, tables: Iterable[str], login: str) -> None:
    named = ", ".join(f'"{table}"' for table in sorted(tables))
    connection.execute(text(f"GRANT {rights} ON {named} TO {login}"))


def weakness(connection: Connection) -> str | None:
    """Why the database would not keep rows apart for this login; None when it does."""
    found = connection.execute(
        text(
            "SELECT r.rolsuper OR r.rolbypassrls AS passes, pg_has_role(c.relowner, 'USAGE') AS owns, c.relrowsecurity "
            "FROM pg_roles r, pg_class c WHERE r.rolname = current_user AND c.oid = 'person'::regclass"
        )
    ).one()
    if not found.relrowsecurity:
        return "row-level security is off; run: everboard migrate"
    if found.passes:
        return "the login is a superuser or has BYPASSRLS, which passes by row-level security"
    return "the login owns the tables, which passes by row-level security" if found.owns else None
