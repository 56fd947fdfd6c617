"""`everboard report program`: how the program stands, in words or as JSON. Decides no figure."""

from typing import Any, TextIO

from bot.printing import tell
from domain.health import SCALES, Disagreement, Figures, Measure, Report
from domain.moment import Moment
from steps import health
from storage.database import Database
from views.health_words import figure, next_step, sentences


def report(db: Database, workspace_id: str, moment: Moment, *, as_json: bool, out: TextIO) -> None:
    """Print the verdict, all measures, and what holds the program back most with the next step for each."""
    found = db.run_now(workspace_id, health.read, moment)
    tell(out, found, _document, sentences, as_json=as_json)


def _document(found: Report) -> dict[str, Any]:
    """Keys may be added, never renamed; what is not known yet is null."""
    figures, health_now = found.figures, found.health
    return {
        "period": {"from": figures.first.isoformat(), "to": figures.last.isoformat()},
        "verdict": health_now.verdict and health_now.verdict.value,
        "points": health_now.points,
        "measures": [_measure(one, found) for one in Measure],
        "drags": [_drag(one, figures) for one in health_now.drags],
        "disagreements": [_disagreement(one) for one in found.disagreements],
        "figures": _figures(figures),
    }


def _measure(one: Measure, found: Report) -> dict[str, Any]:
    value, attained = found.figures.values()[one], found.health.attained[one]
    return {"measure": one.value, "value": value, "on_course_from": SCALES[one].fine, "attained": attained}


def _drag(one: Measure, figures: Figures) -> dict[str, Any]:
    return {"measure": one.value, "why": figure(one, figures), "next_step": next_step(one, figures)}


def _disagreement(one: Disagreement) -> dict[str, Any]:
    return {"who": one.who.value, "own_view": one.said, "measured": one.measured}


def _figures(figures: Figures) -> dict[str, Any]:
    asked, nudged = figures.requests, figures.nudged
    taking_part = [
        {
            "function": one.function.value if one.function else None,
            "people": one.people if told else None,
            "took_part": one.took_part if told else None,
        }
        for one, told in figures.functions()
    ]
    return {
        "adoption": taking_part,
        "requests": {
            "decided": asked.decided,
            "filled": asked.filled,
            "due": asked.due,
            "answered_in_time": asked.in_time,
            "answered_in_time_rate": asked.in_time_rate,
        },
        "nudges": {"sent": nudged.sent, "silent": nudged.silent, "not_sent": nudged.skipped},
        "nominations": dict(figures.nominations),
        "nominations_before": dict(figures.nominations_before),
    }
