"""What becomes of a line typed after /nominate."""

import re
import time
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.command_text import Draft, parse_nomination
from domain.names import clean_text
from domain.nominations import NAME_LIMIT
from domain.slack_text import plain

ADA = "ada@acme.com"

AT_SIGN = [
    ("Ada Lovelace @ Acme, runs our EU rollout", Draft("Ada Lovelace", "Acme", None, "runs our EU rollout")),
    ("NAME @ COMPANY, runs our EU rollout", Draft("NAME", "COMPANY", None, "runs our EU rollout")),
    ("  Ada   Lovelace  @  Acme  ", Draft("Ada Lovelace", "Acme")),
    ("Ada Lovelace@Acme", Draft("Ada Lovelace", "Acme")),
    ("Ada Lovelace @Acme - why", Draft("Ada Lovelace", "Acme", None, "why")),
    ("Ada @ acme.com, why", Draft("Ada", "acme.com", None, "why")),
    ("Ada @ Acme: why", Draft("Ada", "Acme", None, "why")),
    ("Ada @ Acme; why", Draft("Ada", "Acme", None, "why")),
    ("Ada @ Acme – why", Draft("Ada", "Acme", None, "why")),
    ("Ada @ Acme—why", Draft("Ada", "Acme", None, "why")),
    ("Ada @ Acme -- why", Draft("Ada", "Acme", None, "why")),
    ("Ada @ Acme. She runs it.", Draft("Ada", "Acme", None, "She runs it.")),
    ("Ada @ Acme because she rocks", Draft("Ada", "Acme", None, "because she rocks")),
    ("Ada @ Acme runs our EU rollout", Draft("Ada", "Acme", None, "runs our EU rollout")),
    ("ada lovelace @ acme runs our eu rollout", Draft("ada lovelace", "acme", None, "runs our eu rollout")),
    ("Ada @ Acme cloud services", Draft("Ada", "Acme cloud services")),
    ("Ada @ Acme saved us in the outage", Draft("Ada", "Acme", None, "saved us in the outage")),
    ("Ada @ Acme @ Berlin", Draft("Ada", "Acme", None, "@ Berlin")),
    ("Ada @ Acme, why - really: because, yes", Draft("Ada", "Acme", None, "why - really: because, yes")),
    ("@ Acme", Draft("", "Acme")),
    ("@Acme", Draft("", "Acme")),
    ("@ Acme, why", Draft("", "Acme", None, "why")),
    ("Ada @", Draft("Ada")),
    ("@", Draft()),
]

AT_WORD = [
    ("Ada Lovelace at Acme - why", Draft("Ada Lovelace", "Acme", None, "why")),
    ("ada lovelace AT acme", Draft("ada lovelace", "acme")),
    ("Ada Lovelace from Acme, great", Draft("Ada Lovelace", "Acme", None, "great")),
    ("at Acme", Draft("", "Acme")),
    ("Ada Lovelace at Acme because they love us", Draft("Ada Lovelace", "Acme", None, "because they love us")),
    ("Ada Lovelace, met her at the summit", Draft("Ada Lovelace", "", None, "met her at the summit")),
    ("Ada Lovelace met us all at the summit", Draft("Ada Lovelace", "", None, "met us all at the summit")),
    ("Ada Lovelace - met her @ the summit", Draft("Ada Lovelace", "", None, "met her @ the summit")),
    ("Ada Lovelace, met her @ the summit", Draft("Ada Lovelace", "", None, "met her @ the summit")),
    ("Atom Fromm at Atfrom", Draft("Atom Fromm", "Atfrom")),
]

PARENTHESES = [
    ("Ada Lovelace (Acme): why", Draft("Ada Lovelace", "Acme", None, "why")),
    ("Ada Lovelace (Acme), why", Draft("Ada Lovelace", "Acme", None, "why")),
    ("Ada Lovelace (Acme) why", Draft("Ada Lovelace", "Acme", None, "why")),
    ("Ada Lovelace (Acme, Inc.)", Draft("Ada Lovelace", "Acme, Inc.")),
    ("Ada Lovelace (acme) - why", Draft("Ada Lovelace", "acme", None, "why")),
    ("ada lovelace (acme cloud) why", Draft("ada lovelace", "acme cloud", None, "why")),
    ("Ada Lovelace (Acme) met us at the summit", Draft("Ada Lovelace", "Acme", None, "met us at the summit")),
    ("Ada Lovelace (CTO) @ Acme, why", Draft("Ada Lovelace", "Acme", None, "CTO, why")),
    ("Ada Lovelace (CTO), why", Draft("Ada Lovelace", "", None, "(CTO), why")),
    ("Ada Lovelace (we met last year)", Draft("Ada Lovelace", "", None, "we met last year")),
    ("Ada @ Acme (UK) Ltd, why", Draft("Ada", "Acme (UK) Ltd", None, "why")),
    ("Ada @ Acme (she runs the rollout)", Draft("Ada", "Acme", None, "she runs the rollout")),
    ("Ada @ Acme (CTO)", Draft("Ada", "Acme", None, "CTO")),
    ("田中太郎（アクメ）：導入", Draft("田中太郎", "アクメ", None, "導入")),
    ("(Acme): why", Draft("", "Acme", None, "why")),
]

ADDRESSES = [
    (ADA, Draft("", "", ADA)),
    (f"<{ADA}>", Draft("", "", ADA)),
    (f"Ada <{ADA}> @ Acme because she rocks", Draft("Ada", "Acme", ADA, "because she rocks")),
    (f"Ada ({ADA}) @ Acme, why", Draft("Ada", "Acme", ADA, "why")),
    (f"{ADA} Ada Lovelace @ Acme", Draft("Ada Lovelace", "Acme", ADA)),
    (f"Ada Lovelace {ADA} runs our rollout", Draft("Ada Lovelace", "", ADA, "runs our rollout")),
    (f"Ada Lovelace <{ADA}> Acme - why", Draft("Ada Lovelace", "Acme", ADA, "why")),
    (f"Ada Lovelace <{ADA}>, Acme, why", Draft("Ada Lovelace", "Acme", ADA, "why")),
    (f"Ada Lovelace at Acme <{ADA}> why", Draft("Ada Lovelace", "Acme", ADA, "why")),
    (f"{ADA}, runs our rollout", Draft("", "", ADA, "runs our rollout")),
    (f"Ada @ Acme, write to {ADA} for details", Draft("Ada", "Acme", ADA, "write to for details")),
    (f"Ada @ Acme, {ADA}, or bob@acme.com.", Draft("Ada", "Acme", ADA, "or bob@acme.com.")),
    ("Ada @ Acme, o'hara+x@sub.acme.co.uk", Draft("Ada", "Acme", "o'hara+x@sub.acme.co.uk")),
    (f"Ada\n{ADA}\nAcme\nwhy", Draft("Ada", "Acme", ADA, "why")),
]

NAMES = [
    ("", Draft()),
    (" \n\t ", Draft()),
    ("Ada", Draft("Ada")),
    ("Ada Lovelace", Draft("Ada Lovelace")),
    ("Ada Lovelace, runs our EU rollout", Draft("Ada Lovelace", "", None, "runs our EU rollout")),
    ("Ada, runs our EU rollout", Draft("Ada", "", None, "runs our EU rollout")),
    ("Ada Lovelace runs our EU rollout", Draft("Ada Lovelace", "", None, "runs our EU rollout")),
    ("runs our EU rollout", Draft("", "", None, "runs our EU rollout")),
    ("Lovelace, Ada", Draft("Lovelace, Ada")),
    ("Lovelace, Ada @ Acme, why", Draft("Lovelace, Ada", "Acme", None, "why")),
    ("lovelace, ada @ acme", Draft("lovelace, ada", "acme")),
    ("García López, María @ Acme", Draft("García López, María", "Acme")),
    ("van der Berg, Anna at Acme", Draft("van der Berg, Anna", "Acme")),
    ("John Smith, Jr. @ Acme", Draft("John Smith, Jr.", "Acme")),
    ("Ada Lovelace, Ph.D., MBA @ Acme, why", Draft("Ada Lovelace, Ph.D., MBA", "Acme", None, "why")),
    ("Smith, John, Jr. @ Acme", Draft("Smith, John, Jr.", "Acme")),
    ("Ada Lovelace, CTO @ Acme, why", Draft("Ada Lovelace", "Acme", None, "CTO, why")),
    (
        "Ada Lovelace, our head of IT at Acme",
        Draft("Ada Lovelace", "Acme", None, "our head of IT"),
    ),
    ("Anna van der Berg @ ACME B.V. - why", Draft("Anna van der Berg", "ACME B.V.", None, "why")),
    ("Ludwig Mies van der Rohe runs our rollout", Draft("Ludwig Mies van der Rohe", "", None, "runs our rollout")),
    ("María José García López de la Vega @ Acme", Draft("María José García López de la Vega", "Acme")),
    ("Xi He @ Acme", Draft("Xi He", "Acme")),
]

COMPANIES = [
    ("Ada @ Acme, Inc., runs our EU rollout", Draft("Ada", "Acme, Inc.", None, "runs our EU rollout")),
    ("Ada @ Acme, Inc. runs our EU rollout", Draft("Ada", "Acme, Inc.", None, "runs our EU rollout")),
    ("Ada @ acme, inc runs our rollout", Draft("Ada", "acme, inc", None, "runs our rollout")),
    ("Ada @ Acme Inc. Great speaker", Draft("Ada", "Acme Inc.", None, "Great speaker")),
    ("Ada @ Acme, Inc.", Draft("Ada", "Acme, Inc.")),
    ("Ada @ Acme, GmbH & Co. KG, why", Draft("Ada", "Acme, GmbH & Co. KG", None, "why")),
    ("Ada @ Müller GmbH & Co. KG, why", Draft("Ada", "Müller GmbH & Co. KG", None, "why")),
    ("Ada @ Grupo Acme, S.A. de C.V., why", Draft("Ada", "Grupo Acme, S.A. de C.V.", None, "why")),
    ("Ada @ Acme, as she runs the rollout", Draft("Ada", "Acme", None, "as she runs the rollout")),
    ("Ada @ Acme, Berlin, why", Draft("Ada", "Acme", None, "Berlin, why")),
    ("Ada @ Smith, Jones & Partners, why", Draft("Ada", "Smith, Jones & Partners", None, "why")),
    (
        "Ada @ Skadden, Arps, Slate, Meagher & Flom LLP, why",
        Draft("Ada", "Skadden, Arps, Slate, Meagher & Flom LLP", None, "why"),
    ),
    ('Ada @ "Rockets, Boats, and More", why', Draft("Ada", "Rockets, Boats, and More", None, "why")),
    ("Ada @ „Acme, Nord“ - why", Draft("Ada", "Acme, Nord", None, "why")),
    ("Ada @ Bank of America runs our rollout", Draft("Ada", "Bank of America", None, "runs our rollout")),
    ("Ada @ Marks and Spencer saved us twice", Draft("Ada", "Marks and Spencer", None, "saved us twice")),
    ("Ada @ St. Jude Hospital, why", Draft("Ada", "St. Jude Hospital", None, "why")),
    ("Ada @ 3M, 1,000 users", Draft("Ada", "3M", None, "1,000 users")),
    ("Ada @ 1,000 Trees Ltd, why", Draft("Ada", "1,000 Trees Ltd", None, "why")),
]

LINES = [
    ("Ada Lovelace\nAcme\nruns our EU rollout", Draft("Ada Lovelace", "Acme", None, "runs our EU rollout")),
    ("ada lovelace\nacme\nruns it", Draft("ada lovelace", "acme", None, "runs it")),
    ("Ada Lovelace\r\nAcme, Inc.\r\nwhy", Draft("Ada Lovelace", "Acme, Inc.", None, "why")),
    ("Ada Lovelace\n@ Acme\nwhy", Draft("Ada Lovelace", "Acme", None, "why")),
    ("Ada Lovelace, CTO\nAcme\nwhy", Draft("Ada Lovelace", "Acme", None, "CTO, why")),
    ("Ada Lovelace @ Acme\nfirst\n\nsecond", Draft("Ada Lovelace", "Acme", None, "first\n\nsecond")),
    ("Ada Lovelace\nShe is great", Draft("Ada Lovelace", "", None, "She is great")),
    ("Ada Lovelace\nruns our EU rollout", Draft("Ada Lovelace", "", None, "runs our EU rollout")),
    ("Ada Lovelace\nAcme", Draft("Ada Lovelace", "Acme")),
]

SCRIPTS = [
    ("🚀 Ada @ Acme 🎉, great", Draft("🚀 Ada", "Acme 🎉", None, "great")),
    ("🚀", Draft("🚀")),
    ("آدا @ شركة النور، تقود المشروع", Draft("آدا", "شركة النور", None, "تقود المشروع")),
    ("עדה @ אקמי, מובילה", Draft("עדה", "אקמי", None, "מובילה")),
    ("田中太郎 @ 株式会社アクメ、導入を主導", Draft("田中太郎", "株式会社アクメ", None, "導入を主導")),
    ("Иван Петров @ ООО Ромашка - почему", Draft("Иван Петров", "ООО Ромашка", None, "почему")),
    ("Ada\u202e @ Acme", Draft("Ada", "Acme")),
    ("=cmd|'/c calc'!A1 @ Acme", Draft("=cmd|'/c calc'!A1", "Acme")),
]

SLACK = [
    (f"Ada <mailto:{ADA}|{ADA}> @ Acme", Draft("Ada", "Acme", ADA)),
    (f"Ada &lt;<mailto:{ADA}|{ADA}>&gt; @ Acme, why", Draft("Ada", "Acme", ADA, "why")),
    ("<@U123|ada> @ Acme", Draft("ada", "Acme")),
    ("<@U123> @ Acme", Draft("U123", "Acme")),
    ("Ada @ Smith &amp; Sons, why", Draft("Ada", "Smith & Sons", None, "why")),
    ("Ada @ <http://acme.com|acme.com>, why", Draft("Ada", "acme.com", None, "why")),
    ("Ada @ Acme, see <https://acme.com/x>", Draft("Ada", "Acme", None, "see https://acme.com/x")),
    ("Ada @ Acme, &lt;!channel&gt; look", Draft("Ada", "Acme", None, "<!channel> look")),
]

PROSE = [
    "our main contact at acme is super happy",
    "we should ask the people who run the rollout, they are at Acme",
    "one two three four five six seven eight nine",
    "x" * (NAME_LIMIT + 1),
]

ALL = [*AT_SIGN, *AT_WORD, *PARENTHESES, *ADDRESSES, *NAMES, *COMPANIES, *LINES, *SCRIPTS, *SLACK]


@pytest.mark.parametrize(("typed", "draft"), ALL)
def test_the_parts_are_found(typed: str, draft: Draft) -> None:
    assert parse_nomination(typed) == draft


@pytest.mark.parametrize("typed", PROSE)
def test_what_cannot_be_placed_is_reason(typed: str) -> None:
    assert parse_nomination(typed) == Draft(reason=typed)


PLAIN = [
    ("a &amp; b &lt;c&gt;", "a & b <c>"),
    ("&amp;lt;", "&lt;"),
    ("<#C123|general> <#C123|> <#C123>", "#general #C123 #C123"),
    ("<!here> <!subteam^S1|@team> <!date^1^{date}|today>", "here team today"),
    ("<tel:+4930|+49 30> <tel:+4930>", "+49 30 +4930 +4930"),
    ("<https://acme.com|our site>", "our site https://acme.com"),
    ("<3 <b> < > <ada@acme.com>", "<3 <b> < > <ada@acme.com>"),
]


@pytest.mark.parametrize(("typed", "text"), PLAIN)
def test_what_slack_wrapped_is_unwrapped(typed: str, text: str) -> None:
    assert plain(typed) == text


def heard(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


def as_stored(typed: str) -> str:
    """The text in the form in which drafts hold it: Unicode's composed form, line ends as newlines."""
    return clean_text(typed, 4 * len(typed))


def in_draft(draft: Draft) -> Counter[str]:
    return heard(" \n ".join([draft.contact_name, draft.company, draft.email or "", draft.reason]))


def assert_nothing_lost(typed: str) -> None:
    draft = parse_nomination(typed)
    lost = heard(typed) - in_draft(draft)
    assert not {word for word in lost if word.casefold() not in {"at", "from"}}, (lost, draft)
    assert lost.total() <= 1  # the one word that parted the name from the company
    assert not in_draft(draft) - heard(typed), "nothing is made up"


PIECES = st.sampled_from(
    "Ada Lovelace|Ada|Lovelace, Ada|John Smith, Jr.|CTO|Acme|Acme, Inc.|GmbH & Co. KG|Bank of America|acme.com|@|at|"
    f'from|(|)|(Acme)|-|—|:|;|,|\n|.|because|runs our rollout|she|{ADA}|<{ADA}>|bob@acme.com|🚀|"|“|&|1,000|٣|'
    "شركة|،|株式会社|、|。|as|The|x@|@y|word.Word".split("|")
)
LINES_OF_PIECES = st.lists(st.tuples(PIECES, st.sampled_from(["", " ", " ", " ", "\n"])), max_size=12).map(
    lambda pairs: "".join(piece + space for piece, space in pairs)
)


@given(LINES_OF_PIECES)
def test_no_word_is_lost_of_anything_like_a_nomination(typed: str) -> None:
    assert_nothing_lost(typed)


@given(st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Z", "So", "Sm"], exclude_characters="<&")))
def test_no_word_is_lost_of_any_text(typed: str) -> None:
    normal = plain(typed)
    draft = parse_nomination(typed)
    lost = heard(as_stored(normal)) - in_draft(draft)
    assert not {word for word in lost if word.casefold() not in {"at", "from"}}


@given(st.text(st.characters()))
def test_it_never_raises(typed: str) -> None:
    draft = parse_nomination(typed)
    assert len(draft.contact_name) <= NAME_LIMIT
    assert len(draft.company) <= NAME_LIMIT


LONG = 40_000


@pytest.mark.parametrize(
    "unit",
    ["a", "a ", "@", "@ ", "(", ") ", "a@", "a@b.", "a.b@", "<", "<@U1|", "&amp;", ",", ", a", "- ", " - ", "\n", ": ",
     "🚀", "e\u0301", "\u0315\u0300", "Acme Inc., ", "a & b, ", " at ", " from Acme", "because ", "ada@acme.com ", "“",
     "株", "、", "x.y", "'", "A.", "a/"],
)  # fmt: skip
def test_forty_thousand_characters_take_no_time_and_lose_nothing(unit: str) -> None:
    typed = (unit * LONG)[:LONG]
    started = time.process_time()
    draft = parse_nomination(typed)
    assert time.process_time() - started < 1
    lost = heard(as_stored(plain(typed))) - in_draft(draft)
    assert lost.total() <= 1


def test_a_long_reason_is_kept_whole_behind_a_short_name() -> None:
    reason = "runs our rollout " * 2_400
    draft = parse_nomination(f"Ada Lovelace @ Acme, {reason}")
    assert draft == Draft("Ada Lovelace", "Acme", None, reason.strip())
