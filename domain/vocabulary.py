"""The words of the program: activities, personas, industries, segments, and what else people call them.

Defaults for a new workspace. Decides nothing about who does what, nor what an activity weighs.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType

from domain.names import fold, words


class Activity(StrEnum):
    """What an advocate may be asked for; the value is what people read."""

    REFERENCE_CALL = "reference call"
    GROUP_CALL = "group reference call"
    SITE_VISIT = "site visit"
    CASE_STUDY = "case study"
    QUOTE = "quote or logo"
    VIDEO = "video"
    REVIEW = "public review"
    SPEAKER = "event speaker"
    ANALYST = "analyst briefing"
    PRESS = "press"
    ADVISORY_BOARD = "advisory board"
    REFERRAL = "referral"
    FEEDBACK = "beta or product feedback"
    EXECUTIVE_MEETING = "investor or executive meeting"


PERSONAS = (
    "economic buyer",
    "CEO",
    "CIO",
    "CTO",
    "CISO",
    "CFO",
    "COO",
    "CMO",
    "head of IT",
    "head of security",
    "head of engineering",
    "head of data",
    "head of operations",
    "head of finance",
    "head of procurement",
    "head of HR",
    "head of marketing",
    "head of sales",
    "head of customer service",
    "project lead",
    "architect",
    "developer",
    "administrator",
    "practitioner",
)
"""Whom an advocate speaks to: a CISO is convinced by a CISO."""

INDUSTRIES = (
    "aerospace and defense",
    "agriculture and food",
    "automotive",
    "banking",
    "chemicals and materials",
    "construction and real estate",
    "consumer goods",
    "education",
    "energy and utilities",
    "financial services",
    "government and public sector",
    "healthcare",
    "insurance",
    "life sciences",
    "manufacturing",
    "media and entertainment",
    "nonprofit",
    "professional services",
    "retail",
    "software and technology",
    "telecommunications",
    "transport and logistics",
    "travel and hospitality",
)

INDUSTRY_SYNONYMS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "aerospace and defense": ("aerospace", "defense", "defence", "aerospace and defence", "aviation"),
        "agriculture and food": ("agriculture", "agritech", "farming", "food", "food and beverage"),
        "automotive": ("auto", "cars", "car maker", "car manufacturer", "automobile"),
        "banking": ("bank", "banks", "retail banking", "investment banking", "credit union"),
        "chemicals and materials": ("chemicals", "chemical", "chemistry", "materials", "mining", "metals", "steel"),
        "construction and real estate": ("construction", "real estate", "property"),
        "consumer goods": ("cpg", "fmcg", "consumer packaged goods", "consumer products", "fashion", "apparel"),
        "education": ("higher education", "higher ed", "edu", "schools", "university", "universities", "edtech"),
        "energy and utilities": ("energy", "utilities", "utility", "oil and gas", "power", "electricity", "renewables"),
        "financial services": ("finance", "financial", "finserv", "fsi", "fintech", "payments", "asset management"),
        "government and public sector": (
            "government",
            "public sector",
            "public administration",
            "federal",
            "state and local",
            "slg",
            "sled",
            "municipality",
            "gov",
            "govt",
        ),
        "healthcare": ("health care", "health", "hospital", "hospitals", "clinic", "medical"),
        "insurance": ("insurer", "insurers", "insurtech", "reinsurance"),
        "life sciences": ("life science", "pharma", "pharmaceutical", "pharmaceuticals", "biotech", "medtech"),
        "manufacturing": ("industrial", "machinery", "industrial manufacturing", "mfg"),
        "media and entertainment": ("media", "entertainment", "publishing", "gaming", "games", "broadcasting", "film"),
        "nonprofit": ("non profit", "not for profit", "ngo", "charity", "charities", "npo"),
        "professional services": ("consulting", "legal", "law firm", "accounting", "agency", "staffing"),
        "retail": ("retailer", "retailers", "ecommerce", "e commerce", "online retail", "grocery", "wholesale"),
        "software and technology": (
            "software",
            "technology",
            "tech",
            "high tech",
            "hightech",
            "hi tech",
            "saas",
            "it services",
            "information technology",
            "internet",
            "computer software",
            "hardware",
            "semiconductors",
        ),
        "telecommunications": ("telecom", "telco", "telecoms", "communications", "telcos", "mobile operator"),
        "transport and logistics": (
            "transport",
            "transportation",
            "logistics",
            "shipping",
            "freight",
            "supply chain",
            "transportation and logistics",
            "rail",
        ),
        "travel and hospitality": (
            "travel",
            "hospitality",
            "tourism",
            "hotels",
            "hotel",
            "airline",
            "airlines",
            "leisure",
        ),
    }
)
"""What CRM systems and people write instead, folded."""

SEGMENTS = ("enterprise", "mid-market", "small business")

SEGMENT_SYNONYMS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "enterprise": ("ent", "large", "large enterprise", "corporate", "strategic", "key account"),
        "mid-market": ("midmarket", "mm", "mid", "medium", "mid size", "midsize", "mid sized", "mittelstand"),
        "small business": ("smb", "sme", "small", "small and medium business", "startup", "start up"),
    }
)


def _key(text: str) -> str:
    return " ".join(words(fold(text).replace("&", " and ").replace("/", " and ")))


def _canonical_by_key(names: Iterable[str], synonyms: Mapping[str, tuple[str, ...]]) -> Mapping[str, str]:
    return MappingProxyType({_key(said): name for name in names for said in (name, *synonyms[name])})


_INDUSTRY = _canonical_by_key(INDUSTRIES, INDUSTRY_SYNONYMS)
_SEGMENT = _canonical_by_key(SEGMENTS, SEGMENT_SYNONYMS)


def canonical_industry(text: str) -> str | None:
    """The one of INDUSTRIES that is meant; None for a word that means none of them for sure."""
    return _INDUSTRY.get(_key(text))


def canonical_segment(text: str) -> str | None:
    """The one of SEGMENTS that is meant; None for a word that means none of them for sure."""
    return _SEGMENT.get(_key(text))
