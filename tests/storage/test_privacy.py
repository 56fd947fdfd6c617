"""Every stored text says what becomes of it when somebody is erased."""

from sqlalchemy import JSON, Column, LargeBinary, String

from domain.privacy import FATES, Fate, columns_with
from storage.tables import metadata

HOLDING = (String, JSON, LargeBinary)
"""Types of columns that could hold something of a person."""


def holding() -> dict[str, Column[object]]:
    return {
        f"{table.name}.{column.name}": column
        for table in metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, HOLDING)
    }


def test_every_text_json_and_binary_column_says_what_becomes_of_it() -> None:
    assert FATES.keys() ^ holding().keys() == set()


def test_what_is_sealed_never_stays_for_want_of_a_search() -> None:
    sealed = {name for name, column in holding().items() if isinstance(column.type, LargeBinary)}
    unsearchable = {name for name in sealed if Fate.SEARCHED in (FATES[name].customer, FATES[name].colleague)}
    assert unsearchable == set()


def test_the_columns_of_a_fate_are_those_of_the_table() -> None:
    assert columns_with(Fate.REMOVED, "consent", of_customer=True) == ["how"]
    assert columns_with(Fate.REMOVED, "consent", of_customer=False) == []
    assert set(columns_with(Fate.EMPTIED, "person", of_customer=False)) == {
        "title",
        "slack_user_id",
        "email",
        "email_digest",
        "manager_id",
        "home_focus",
    }
    assert columns_with(Fate.KEPT, "nowhere", of_customer=True) == []
