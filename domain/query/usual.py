"""The terms that a new workspace knows: personas, activities and languages, and what else people call them.

Industries and segments are in `domain.vocabulary`. Decides nothing about what a workspace makes of them.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from domain.query.model import Facet
from domain.query.terms import Vocabularies
from domain.vocabulary import INDUSTRY_SYNONYMS, SEGMENT_SYNONYMS


def _table(text: str) -> Mapping[str, tuple[str, ...]]:
    lines = (line.partition(":") for line in text.strip().splitlines())
    return MappingProxyType(
        {name.strip(): tuple(filter(None, map(str.strip, said.split(",")))) for name, _, said in lines}
    )


_PERSONA_SYNONYMS = _table("""
economic buyer: budget owner, budget holder, decision maker, decision-maker, buyer, executive sponsor
CEO: chief executive, chief executive officer, managing director, founder, owner
CIO: chief information officer, chief digital officer, cdo
CTO: chief technology officer, chief technical officer
CISO: chief information security officer, chief security officer, cso
CFO: chief financial officer, chief finance officer, finance chief
COO: chief operating officer, chief operations officer
CMO: chief marketing officer
head of IT: it director, it manager, it lead, director of it, vp it, vp of it, it leader
head of security: security director, director of security, vp security, vp of security, security lead, security leader
head of engineering: engineering director, director of engineering, vp engineering, vp of engineering, engineering lead
head of data: data director, director of data, vp data, chief data officer, head of analytics, data lead
head of operations: operations director, director of operations, vp operations, vp of operations, operations lead
head of finance: finance director, director of finance, vp finance, vp of finance, controller
head of procurement: procurement, purchasing, chief procurement officer, cpo, director of procurement, sourcing
head of HR: chro, chief people officer, hr director, vp hr, director of hr, head of people, human resources
head of marketing: marketing director, director of marketing, vp marketing, vp of marketing
head of sales: sales director, director of sales, vp sales, vp of sales, cro, chief revenue officer
head of customer service: customer service director, head of support, head of customer support, vp support
project lead: project manager, program manager, programme manager, project leader
architect: solution architect, solutions architect, enterprise architect, security architect, it architect
developer: engineer, software engineer, software developer, programmer
administrator: admin, sysadmin, system administrator, systems administrator
practitioner: end user, power user, user
""")

_ACTIVITY_SYNONYMS = _table("""
reference call: reference, customer reference, sales reference, peer call, reference conversation, reference customer
group reference call: group call, group reference, joint reference call
site visit: on site visit, onsite visit, visit, customer visit
case study: customer story, success story, customer success story, story
quote or logo: quote, logo, testimonial
video: video testimonial, customer video
public review: review, online review, peer review, g2 review, gartner review
event speaker: speaker, speaking, conference speaker, webinar, webinar speaker, keynote, panel, panelist, conference
analyst briefing: analyst, analyst call, analyst reference
press: press interview, press release, journalist, media interview
advisory board: customer advisory board, cab, advisory council
referral: introduction, intro
beta or product feedback: beta, product feedback, beta test, beta tester, early access
investor or executive meeting: investor, investor meeting, investor call, executive meeting, executive briefing
""")

_LANGUAGE_SYNONYMS = _table("""
Arabic: العربية
Bulgarian: български
Catalan: català
Chinese: mandarin, cantonese, 中文
Croatian: hrvatski
Czech: čeština, česky
Danish: dansk
Dutch: nederlands, flemish
English: englisch, anglais
Estonian: eesti
Finnish: suomeksi
French: français, französisch
German: deutsch, allemand
Greek: ελληνικά
Hebrew: עברית
Hindi: हिन्दी
Hungarian: magyar
Indonesian: bahasa indonesia
Italian: italiano, italienisch
Japanese: 日本語
Korean: 한국어
Latvian: latviešu
Lithuanian: lietuvių
Malay: bahasa melayu
Norwegian: norsk
Polish: polski
Portuguese: português
Romanian: română
Russian: русский
Serbian: srpski
Slovak: slovenčina
Slovenian: slovenščina
Spanish: español, castellano, spanisch
Swedish: svenska
Thai: ไทย
Turkish: türkçe
Ukrainian: українська
Vietnamese: tiếng việt
""")


def _spoken(languages: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {name: (*said, f"{name} speaking", f"{name} speaker", f"speaks {name}") for name, said in languages.items()}


USUAL: Mapping[Facet, Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        Facet.INDUSTRY: INDUSTRY_SYNONYMS,
        Facet.PERSONA: _PERSONA_SYNONYMS,
        Facet.SEGMENT: SEGMENT_SYNONYMS,
        Facet.ACTIVITY: _ACTIVITY_SYNONYMS,
        Facet.LANGUAGE: MappingProxyType(_spoken(_LANGUAGE_SYNONYMS)),
    }
)
"""The defaults; what a workspace adds or renames replaces a facet as a whole."""


def usual_vocabularies(products: Iterable[str] = ()) -> Vocabularies:
    """The terms of a workspace that has changed none, with its products."""
    return Vocabularies({**USUAL, Facet.PRODUCT: dict.fromkeys(products, ())})
