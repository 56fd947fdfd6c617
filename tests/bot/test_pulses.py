"""`everboard import pulses` and `everboard report adkar`, from file to rows and words, on both databases."""

import io
import json
from itertools import product
from typing import Any

import pytest
from sqlalchemy import event

from bot import reports
from domain.imports.kinds import ImportKind
from domain.imports.report import Report, Result
from domain.pulse import ELEMENTS
from storage.guard import GuardedSession
from storage.pulse import Answer, Pulse, tallies
from tests.bot.importing import NOW, Office, as_csv, counts, office, reasons, rows_of_everything, statements_of
from tests.tallies import tally
from views.pulse_words import TRADEMARK

__all__ = ["office"]

HEAD = ("pulse", "date", "group", "respondent", "element", "score")
SECRETIVE = {"n": None, "means": None, "unanimous": None, "barrier": None, "spread": None, "merged": None}


def answers(
    group: str, *scores: tuple[object, ...], pulse: str = "Autumn", day: str = "2025-10-01"
) -> list[tuple[object, ...]]:
    return [
        (pulse, day, group, f"{group}-{number}", element, score)
        for number, given in enumerate(scores)
        for element, score in zip(ELEMENTS, given, strict=True)
    ]


def load(office: Office, *rows: tuple[object, ...]) -> Report:
    return office.load(ImportKind.PULSES, as_csv(HEAD, *rows))


def told(office: Office) -> Any:
    return json.loads(words(office, as_json=True))


def words(office: Office, *, as_json: bool = False) -> str:
    out = io.StringIO()
    reports.adkar(office.db, office.workspace_id, as_json=as_json, out=out)
    return out.getvalue()


def test_past_answers_become_results_of_groups(office: Office) -> None:
    sales = answers("Sales", *[(5, 4, 4, 4, 2)] * 3, *[(4, 2, 5, 5, 2)] * 2, (4, 4, "can't say", 5, 5))
    report = load(office, *sales, *answers("Support", *[(1, 1, 1, 1, 1)] * 4))
    assert counts(report) == {Result.ADDED: 10, Result.CHANGED: 39, Result.UNCHANGED: 1}
    assert told(office) == {
        "pulses": [
            {
                "pulse": "Autumn",
                "date": "2025-10-01",
                "groups": [
                    {
                        "group": "Sales",
                        "team": None,
                        "n": 6,
                        "suppressed": False,
                        "means": {
                            "awareness": 4.5,
                            "desire": 20 / 6,
                            "knowledge": 4.4,
                            "ability": 4.5,
                            "reinforcement": 2.5,
                        },
                        "unanimous": {},
                        "barrier": "reinforcement",
                        "spread": {
                            "awareness": 0,
                            "desire": 2,
                            "knowledge": 0,
                            "ability": 0,
                            "reinforcement": 3,
                            "none": 0,
                            "incomplete": 1,
                        },
                        "merged": 0,
                    },
                    {"group": "Support", "team": None, "suppressed": True, **SECRETIVE},
                ],
            }
        ]
    }


def test_the_report_in_words(office: Office) -> None:
    assert words(office) == f"{reports.NOTHING_YET}\n"
    load(
        office, *answers("Sales", *[(5, 4, 4, 4, 3)] * 3, *[(5, 4, 5, 4, "")] * 2), *answers("Support", (1, 1, 1, 1, 1))
    )
    load(office, *answers("Sales", *[(5, 4, 4, 4, 4)] * 5, pulse="Summer", day="2025-07-01"))
    assert words(office).splitlines() == [
        "Summer, 1 July 2025",
        "  Sales: 5 answered. Nothing holds them back.",
        "    awareness very high, desire 4.0, knowledge 4.0, ability 4.0, reinforcement 4.0",
        "    What holds each person back: nothing 5",
        "Autumn, 1 October 2025",
        "  Sales: 5 answered. Held back first by reinforcement.",
        "    awareness very high, desire 4.0, knowledge 4.4, ability 4.0, reinforcement 3.0",
        "    What holds each person back: reinforcement 3 and not said 2",
        "  Support: fewer than 5 answered, so nothing is shown.",
        TRADEMARK,
    ]


def test_the_same_file_again_changes_nothing(office: Office) -> None:
    rows = answers("Sales", *[(5, 4, 3, 2, 1)] * 30)
    load(office, *rows)
    before = rows_of_everything(office)
    again = load(office, *rows)
    assert counts(again) == {Result.UNCHANGED: 150}
    after = rows_of_everything(office)
    assert {name: rows for name, rows in after.items() if name != "Audit"} == {
        name: rows for name, rows in before.items() if name != "Audit"
    }


def test_a_file_without_the_scores_or_with_empty_ones(office: Office) -> None:
    _, _, error = office.command(
        ImportKind.PULSES, office.file(as_csv(HEAD[:5], ("P", "2025-10-01", "S", "x", "Ability")))
    )
    assert "A column is missing: “Score”" in error
    load(office, *answers("Sales", *[("", 4, 4, 4, 4)] * 5))
    [group] = told(office)["pulses"][0]["groups"]
    assert (group["n"], group["means"]["awareness"], group["barrier"]) == (5, None, "incomplete")


def test_lines_that_cannot_be_taken_are_named_and_the_others_kept(office: Office) -> None:
    report = load(
        office,
        ("Autumn", "2025-10-01", "Sales", "ada", "awareness", "4"),
        ("Autumn", "2025-10-01", "Sales", "ada", "awareness", "5"),
        ("Autumn", "2025-10-01", "Support", "ADA", "desire", "5"),
        ("Autumn", "2025-10-01", "Sales", "ada", "morale", "5"),
        ("Autumn", "2025-10-01", "Sales", "ada", "desire", "6"),
        ("Autumn", "2025-10-01", "Sales", "ada", "desire", "3.5"),
        ("Autumn", "2027-10-01", "Sales", "ada", "desire", "3"),
        ("Autumn", "2025-10-01", "Sales", "", "desire", "3"),
        ("autumn", "2025-10-01", "SALES", "Ada", "Desire", "3.0"),
    )
    assert reasons(report) == [
        "line 3: line 2 gives this respondent another score for awareness",
        "line 4: this respondent is in the group “Sales” of the same pulse; everybody is in one group only",
        "line 5: “element”: “morale” isn't one of: awareness, desire, knowledge, ability, reinforcement.",
        "line 6: “score”: “6” isn't a whole number from 1 to 5.",
        "line 7: “score”: “3.5” isn't a whole number from 1 to 5.",
        "line 8: this day is still to come; a past pulse is imported with the day on which it was held",
        "line 9: “respondent” is empty.",
    ]
    [answer] = office.every(Answer)
    assert (answer.group_name, answer.awareness, answer.desire, answer.knowledge) == ("Sales", 4, 3, None)
    assert [one.name for one in office.every(Pulse)] == ["Autumn"]


def test_spellings_of_one_group_are_one_group_and_pulses_of_two_days_are_two(office: Office) -> None:
    load(office, *answers("Sales", *[(5, 5, 5, 5, 4)] * 3))
    load(office, *answers("SALES ", *[(5, 5, 5, 5, 3)] * 2), *answers("Sales", (5, 5, 5, 5, 5), day="2026-01-01"))
    first, second = told(office)["pulses"]
    assert [(group["group"], group["n"]) for group in first["groups"]] == [("Sales", 5)]
    assert second["groups"] == [{"group": "Sales", "team": None, "suppressed": True, **SECRETIVE}]


def test_no_row_names_a_respondent(office: Office) -> None:
    load(office, *[(*row[:3], "ada@quorvane.example", *row[4:]) for row in answers("Sales", (5, 4, 3, 2, 1))])
    assert "ada@" not in str(rows_of_everything(office))


def test_the_report_takes_two_statements_however_many_answered(office: Office) -> None:
    load(office, *answers("Sales", *[(5, 4, 3, 2, 1)] * 30), *answers("Support", *[(1, 2, 3, 4, 5)] * 30))
    seen: list[str] = []
    event.listen(office.db.engine, "before_cursor_execute", lambda _c, _u, statement, *_rest: seen.append(statement))
    told(office)
    assert len([one for one in seen if one.startswith("SELECT")]) == 2


@pytest.mark.parametrize("lines", [10, 50])
def test_a_batch_takes_as_many_statements_however_many_lines(office: Office, lines: int) -> None:
    load(office, *answers("Sales", (5, 4, 3, 2, 1)))
    rows = answers("Sales", *[(5, 4, 3, 2, 1)] * lines)[5 : 5 + lines]
    assert statements_of(office, ImportKind.PULSES, as_csv(HEAD, *rows)) < 15


def test_the_database_counts_by_the_rule(office: Office) -> None:
    some = (None, 1, 3, 4, 5)
    scores = list(product(some, some, some, some, some))[::7]
    office.do(lambda session: session.add(Pulse(id="P", name="P", key="p", held_on=NOW.date(), created_at=NOW)))

    def store(session: GuardedSession) -> None:
        for number, given in enumerate(scores):
            values = dict(zip(map(str, ELEMENTS), given, strict=True))
            session.add(Answer(id=str(number), pulse_id="P", group_name="Sales", **values))

    office.do(store)
    assert office.see(lambda session: tallies(session, live=False)) == [("P", "Sales", None, tally(scores))]
