"""`everboard erase`: what it says, what it asks, and what is left, on both databases."""

import pytest

from bot import erasing
from domain.errors import RuleError
from domain.imports.kinds import ImportKind
from steps.erasing import preview
from storage.audit import Audit
from storage.do_not_contact import DoNotContact
from storage.erasing import Erasure
from storage.nominations import Contact
from tests.bot.importing import Office, as_csv, office
from tests.bot.test_portfolio import ACCOUNTS, ADVOCATES

__all__ = ["office"]


def somebody(office: Office) -> Contact:
    office.load(ImportKind.ACCOUNTS, as_csv(*ACCOUNTS))
    office.load(ImportKind.ADVOCATES, as_csv(*ADVOCATES))
    return office.every(Contact)[0]


def test_it_says_what_there_is_and_erases_to_the_end(office: Office) -> None:
    contact = somebody(office)
    who, name = f"{contact.name} @ {contact.company}", contact.name
    found = office.db.run_now(office.workspace_id, preview, erasing.OPERATOR, office.moment(), who)
    said = "\n".join(erasing.told(found))
    assert said.startswith(f"{name}, {contact.company}\nEverboard holds 1 contact with name, address and number")
    assert "can't be undone" in said
    steps: list[None] = []
    assert erasing.erase(office.db, office.workspace_id, found, who, lambda: steps.append(None))
    assert len(steps) > 10
    assert name not in [one.name for one in office.every(Contact)]
    assert len(office.every(DoNotContact)) == 1
    [entry] = [one for one in office.every(Audit) if one.action == "customer.erased"]
    assert (entry.actor_id, entry.before, entry.after) == (None, None, None)
    with pytest.raises(RuleError, match="holds nobody under that"):
        office.db.run_now(office.workspace_id, preview, erasing.OPERATOR, office.moment(), who)


def test_what_a_run_that_was_cut_off_has_left_is_done_by_the_next(office: Office) -> None:
    contact = somebody(office)
    who = f"{contact.name} @ {contact.company}"
    found = office.db.run_now(office.workspace_id, preview, erasing.OPERATOR, office.moment(), who)

    def cut() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        erasing.erase(office.db, office.workspace_id, found, who, cut)
    assert [one.done_at for one in office.every(Erasure)] == [None]
    assert erasing.finish(office.db, office.workspace_id, lambda: None)
    assert [one.traits for one in office.every(Erasure)] == [None]


def test_something_else_typed_at_the_question_changes_nothing() -> None:
    erasing.check_again("Ada@engines.example", " ada@ENGINES.example ")
    with pytest.raises(RuleError, match="nothing was changed"):
        erasing.check_again("ada@engines.example", "yes")


def test_a_file_with_somebody_on_the_list_is_refused_at_their_line(office: Office) -> None:
    contact = somebody(office)
    who = f"{contact.name} @ {contact.company}"
    found = office.db.run_now(office.workspace_id, preview, erasing.OPERATOR, office.moment(), who)
    erasing.erase(office.db, office.workspace_id, found, who, lambda: None)
    names = {one.name for one in office.every(Contact)}
    report = office.load(ImportKind.ADVOCATES, as_csv(*ADVOCATES))
    assert {one.name for one in office.every(Contact)} == names
    assert "can't be nominated here" in str(report)
