"""What becomes of every stored text when a person is erased: one table, by table and column.

Decides nothing about which rows are a person's; storage.erasing does. Counts in reports stay: what reports count is
made anonymous rather than removed. A test holds the table against the database, so that a new column has to say here
what becomes of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Fate(StrEnum):
    """What becomes of a column; the value is what people read of it."""

    REMOVED = "removed with its row"
    EMPTIED = "emptied"
    REPLACED = "replaced by words that name nobody"
    SEARCHED = "stays, without the name, address and number of whoever is erased"
    KEPT = "stays: no personal data"


@dataclass(frozen=True, slots=True)
class Fates:
    """What becomes of a column when a customer is erased, and when a colleague is."""

    customer: Fate
    colleague: Fate


NOBODY = "Name removed"
"""Stands in the place of an erased person's name."""

GONE = "[removed]"
"""Stands in other texts where an erased person's name, address or number stood."""

_KEPT = Fates(Fate.KEPT, Fate.KEPT)
_SEARCHED = Fates(Fate.SEARCHED, Fate.SEARCHED)
_OF_CUSTOMER_REMOVED = Fates(Fate.REMOVED, Fate.SEARCHED)
_OF_CUSTOMER_EMPTIED = Fates(Fate.EMPTIED, Fate.SEARCHED)
_OF_CUSTOMER_REPLACED = Fates(Fate.REPLACED, Fate.SEARCHED)
_OF_COLLEAGUE_REMOVED = Fates(Fate.SEARCHED, Fate.REMOVED)
_OF_COLLEAGUE_EMPTIED = Fates(Fate.SEARCHED, Fate.EMPTIED)
_OF_COLLEAGUE_REPLACED = Fates(Fate.SEARCHED, Fate.REPLACED)
_EMPTIED_FOR_BOTH = Fates(Fate.EMPTIED, Fate.EMPTIED)
_REMOVED_FOR_BOTH = Fates(Fate.REMOVED, Fate.REMOVED)
_LEFT_TO_THE_OTHER = Fates(Fate.KEPT, Fate.REMOVED)


def _of(fates: Fates, columns: str) -> dict[str, Fates]:
    return dict.fromkeys(columns.split(), fates)


def _kept(columns: str) -> dict[str, Fates]:
    return _of(_KEPT, columns)


_ID = _kept("workspace_id id")

_TABLES: Mapping[str, Mapping[str, Fates]] = {
    "account": _ID
    | _of(_SEARCHED, "products")
    # A company's own facts. Its name stays even where it is that of a person who trades under it.
    | _kept("name key domain industry country region segment health annual_revenue external_id risk_told owner_id"),
    "advocate": _ID
    | _of(_OF_CUSTOMER_EMPTIED, "title persona languages use_cases outcomes quotes topics preferred_contact links")
    | _of(_SEARCHED, "industry products")
    | _kept("contact_id nomination_id state country region activities refused_activities rest_reason"),
    "advocate_document": _kept("workspace_id advocate_id") | _of(_OF_CUSTOMER_REMOVED, "body facets"),
    "answer": _ID
    | _of(_SEARCHED, "group_name")  # a group of an imported pulse may be called after who leads it
    | _kept("pulse_id team_id motive")
    | _of(Fates(Fate.KEPT, Fate.EMPTIED), "respondent_digest"),
    "asset": _ID
    | _of(_OF_CUSTOMER_REPLACED, "title")
    | _of(_OF_CUSTOMER_EMPTIED, "link words facets")
    | _kept("advocate_id kind scope approved_by_id"),
    "asset_use": _ID | _of(_OF_CUSTOMER_EMPTIED, "purpose") | _kept("asset_id person_id opportunity_id"),
    "audit": _ID | _of(_EMPTIED_FOR_BOTH, "before after reason") | _kept("actor_id action subject_type subject_id"),
    "ballot": _kept("workspace_id run_id key team_id motive") | _of(_SEARCHED, "group_name comment"),
    "campaign": _ID | _of(_SEARCHED, "text") | _kept("target_id state end started_by_id"),
    "campaign_nomination": _kept("workspace_id nomination_id campaign_id"),
    "campaign_place": _ID | _kept("campaign_id channel owner_id account_ids"),
    "consent": _ID | _of(_OF_CUSTOMER_REMOVED, "how") | _kept("advocate_id scopes recorded_by_id"),
    "contact": _ID
    | _of(Fates(Fate.REPLACED, Fate.KEPT), "name name_key identity company company_key")
    | _of(Fates(Fate.EMPTIED, Fate.KEPT), "email email_digest phone")
    | _kept("account_id"),
    "crm_reading": _kept("workspace_id thing record_id") | _of(_SEARCHED, "trouble refused"),
    "crm_told": _kept("workspace_id opportunity_id") | _of(_SEARCHED, "said"),
    "do_not_contact": _ID
    | _kept("email_digest name_digest origin added_by_id lifted_by_id")  # what keeps them from being asked again
    | _of(_SEARCHED, "lift_reason"),
    "draft": _kept("workspace_id key") | _of(_REMOVED_FOR_BOTH, "person_id content"),
    "endorsement": _ID | _of(_OF_CUSTOMER_EMPTIED, "note") | _kept("nomination_id person_id"),
    "engagement": _ID
    | _of(_OF_CUSTOMER_EMPTIED, "words override_reason")
    | _kept("advocate_id activity status source request_id opportunity_id person_id"),
    "erasure": _ID | _kept("begun_by_id subjects requests left") | _of(_KEPT, "traits"),  # emptied when it is done
    "gift": _ID | _of(_OF_CUSTOMER_REPLACED, "what") | _kept("advocate_id currency given_by_id"),
    "health_day": _kept("workspace_id attained"),
    "import_progress": _kept("workspace_id file_key import_id") | _of(_SEARCHED, "refused"),
    "interview": _ID
    | _of(_OF_CUSTOMER_REMOVED, "link")
    | _of(Fates(Fate.REMOVED, Fate.KEPT), "notes")
    | _kept("advocate_id interviewer_id"),
    "introduction": _ID | _of(_OF_CUSTOMER_EMPTIED, "note") | _kept("nomination_id owner_id made_by_id"),
    "launch_plan": _ID | _kept("template state started_by_id"),
    "launch_task": _ID
    | _of(_SEARCHED, "title words")
    | _kept("plan_id part phase function owner_id state place done_by_id"),
    "look_up": _ID | _of(_OF_COLLEAGUE_EMPTIED, "query") | _kept("person_id"),
    "mechanism": _ID | _of(_SEARCHED, "name purpose criteria") | _kept("kind state end owner_id created_by_id"),
    "mechanism_attendance": _kept("workspace_id meeting_id member_id"),
    "mechanism_meeting": _ID | _of(_SEARCHED, "about") | _kept("mechanism_id state created_by_id"),
    "mechanism_member": _ID
    | _kept("mechanism_id advocate_id state asked_id answered_by_id invited_by_id engagement_id"),
    "monthly_thanks": _kept("workspace_id state by_id") | _of(_SEARCHED, "words"),
    "newcomer": _ID | _of(_LEFT_TO_THE_OTHER, "person_id channel audience"),
    "nomination": _ID
    | _of(
        _OF_CUSTOMER_EMPTIED,
        "why title persona use_cases relationship evidence_link evidence_text written_name written_company "
        "decline_reason question answer",
    )
    | _of(_SEARCHED, "industry products")
    | _kept(
        "contact_id nominator_id nominator_function source state country activities possible_duplicate_of reviewer_id "
        "decided_by_id merged_into_id"
    ),
    "nudge": _ID
    | _of(_OF_COLLEAGUE_EMPTIED, "text")
    | _of(_OF_COLLEAGUE_REPLACED, "target")
    | _kept("occasion plan_id person_id audience entry_id outcome reason why"),
    "nudge_edit": _of(_SEARCHED, "text") | _kept("workspace_id entry_id element audiences motive button changed_by_id"),
    "nudge_plan": _ID | _kept("audience place day at zone"),
    "nudge_reply": _ID | _kept("nudge_id person_id entry_id what"),
    "nudge_wish": _kept("workspace_id") | _of(_LEFT_TO_THE_OTHER, "person_id"),
    "occurrence": _kept("workspace_id job outcome"),
    "opportunity": _ID
    | _of(_SEARCHED, "name key account_name stage")
    | _kept("external_id account_id owner_id kind status currency source"),
    "outbox": _ID
    | _of(_EMPTIED_FOR_BOTH, "text blocks problem")
    | _of(Fates(Fate.KEPT, Fate.REPLACED), "target slot")
    | _kept("lane kind status batch lease_owner channel ts"),
    "outbox_subject": _kept("workspace_id message_id subject"),
    "pace": _kept("workspace_id scope"),  # when a conversation may be written to again; forgotten within a day
    "participation": _kept("workspace_id run_id person_id team_id") | _of(_SEARCHED, "group_name"),
    "person": _ID
    | _of(Fates(Fate.KEPT, Fate.REPLACED), "name time_zone standing")
    | _of(Fates(Fate.KEPT, Fate.EMPTIED), "slack_user_id title email email_digest manager_id home_focus")
    | _kept("function function_source"),
    "post": _kept("workspace_id channel ts") | _of(_LEFT_TO_THE_OTHER, "slot"),
    "pulse": _ID | _of(_SEARCHED, "name key"),
    "pulse_comment": _ID | _of(_SEARCHED, "text group_name") | _kept("pulse_id"),
    "pulse_run": _ID
    | _of(_SEARCHED, "name")
    | _kept("state audience cadence send_at zone secret counts pulse_id planned_by_id"),
    "receipt": _kept("workspace_id") | _of(_REMOVED_FOR_BOTH, "key outcome"),
    "request": _ID
    | _of(_OF_CUSTOMER_EMPTIED, "decline_reason owner_reason override_reason outcome_words")
    | _of(_SEARCHED, "criteria facets why purpose_words details")
    | _kept(
        "requester_id requester_function activity state routing advocate_id purpose opportunity_id taken_by_id "
        "in_the_way owner_id decided_by_id group_id deal_fate"
    ),
    "request_follower": _ID | _kept("request_id person_id"),
    # The log is about a colleague alone and goes with them. What it says of others is sealed, and goes after a year.
    "resistance_entry": _ID
    | _of(_LEFT_TO_THE_OTHER, "need next_step")
    | _kept("person_id element motive state coach_id written_by_id"),
    "resistance_talk": _ID | _of(_LEFT_TO_THE_OTHER, "words") | _kept("entry_id by_id"),
    "retired_key": _kept("workspace_id id key"),
    "role_grant": _kept("workspace_id") | _of(_LEFT_TO_THE_OTHER, "person_id role source"),
    "saved_search": _ID | _of(_OF_COLLEAGUE_REMOVED, "query key") | _kept("person_id"),
    "self_check": _ID | _of(_LEFT_TO_THE_OTHER, "person_id part scores"),
    "setting": _kept("workspace_id key changed_by") | _of(_SEARCHED, "value"),
    # Tokens, which belong to the workspace. The Slack id of whoever installed goes with them when Everboard is removed.
    "slack_bots": _kept(
        "client_id app_id enterprise_id enterprise_name team_id team_name bot_token bot_id bot_user_id bot_scopes "
        "bot_refresh_token"
    ),
    "slack_installations": _kept(
        "client_id app_id enterprise_id enterprise_name enterprise_url team_id team_name bot_token bot_id bot_user_id "
        "bot_scopes bot_refresh_token user_id user_token user_scopes user_refresh_token incoming_webhook_url "
        "incoming_webhook_channel incoming_webhook_channel_id incoming_webhook_configuration_url token_type"
    ),
    "slack_oauth_states": _kept("state"),
    "target": _ID | _of(_SEARCHED, "name criteria") | _kept("owner_id created_by_id"),
    "team_goal": _ID | _kept("team function manager_id proposed_by_id state wanted answer result place"),
    "term": _ID | _of(_SEARCHED, "value key synonyms") | _kept("facet differs_from created_by_id"),
    "unnamed": _kept("workspace_id") | _of(_LEFT_TO_THE_OTHER, "person_id"),
    "value_day": _kept("workspace_id brought"),
    "workspace": _kept("id team_id enterprise_id name bot_user_id"),
}

FATES: Mapping[str, Fates] = MappingProxyType(
    {f"{table}.{column}": fates for table, columns in _TABLES.items() for column, fates in columns.items()}
)
"""By "table.column". Ids of rows stay: once their row names nobody, they lead to nobody."""


def columns_with(fate: Fate, table: str, *, of_customer: bool) -> list[str]:
    """The columns of a table that this becomes of, when a customer or else a colleague is erased."""
    columns = _TABLES.get(table, {})
    return [name for name, fates in columns.items() if (fates.customer if of_customer else fates.colleague) is fate]
