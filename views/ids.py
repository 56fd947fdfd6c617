"""Every id that Slack sends back to us, in one place. Decides nothing."""

from enum import StrEnum


class Callback(StrEnum):
    """callback_id of modals and shortcuts."""

    NOMINATE = "nominate"  # the global shortcut and the form
    NOMINATE_FROM_MESSAGE = "nominate_from_message"  # the message shortcut
    DUPLICATE = "nomination_duplicate"
    ACCEPT = "nomination_accept"
    ASK = "nomination_ask"
    ANSWER = "nomination_answer"
    DECLINE = "nomination_decline"
    MERGE = "nomination_merge"
    INTRODUCED = "introduction_made"
    INTERVIEW = "interview_schedule"
    NOTES = "interview_notes"
    PROFILE = "advocate_profile"
    CONSENT = "advocate_consent"
    PUBLISH = "advocate_publish"
    JOURNEY = "advocate_journey"  # the team's workspace for one advocate: what is done, what comes next
    CARD = "advocate_card"  # what a colleague sees of one advocate
    CONTACT = "contact_details"
    LOOK_UP = "look_up"
    REQUEST = "request"  # the global shortcut and the form
    REQUEST_JOIN = "request_join"
    REQUEST_PROPOSE = "request_propose"
    REQUEST_DECLINE = "request_decline"
    REQUEST_SCHEDULE = "request_schedule"
    REQUEST_HAND_OVER = "request_hand_over"
    REQUEST_GROUP = "request_group"
    USE_REFUSE = "use_refuse"  # the relationship owner says no
    USE_STAND_IN = "use_stand_in"  # the advocacy team answers in the owner's place
    OUTCOME = "request_outcome"
    TOUCH = "touch"
    SETTINGS = "settings"
    SETTING_NUMBERS = "settings_numbers"
    SETTING_CHANNELS = "settings_channels"
    SETTING_ROLES = "settings_roles"
    SETTING_GROUPS = "settings_groups"
    SETTING_STAGES = "settings_stages"
    WORDS = "words"  # what colleagues call things, and find advocates by
    WORD_ADD = "word_add"
    WORD_CHANGE = "word_change"
    WORD_HIDDEN = "word_hidden"
    FUNCTION = "person_function"
    NOTHING = "nothing"  # a view that only tells something


class Action(StrEnum):
    """action_id of buttons and inputs that act at once."""

    NOMINATE = "nominate_open"
    COMPANY = "company"  # the type-ahead in the form
    SHOW_DETAILS = "nominate_details"
    ENDORSE = "nomination_endorse"
    SOMEONE_ELSE = "nomination_someone_else"
    ACCEPT = "nomination_accept_open"
    ASK = "nomination_ask_open"
    ANSWER = "nomination_answer_open"
    DECLINE = "nomination_decline_open"
    MERGE = "nomination_merge_open"
    MERGE_TARGET = "nomination_merge_target"  # type-ahead over nominations
    TAKE = "nomination_take"
    REOPEN = "nomination_reopen"
    WITHDRAW = "nomination_withdraw"
    INTRODUCED = "introduction_made_open"
    INTERVIEW = "interview_open"
    NOTES = "interview_notes_open"
    PROFILE = "advocate_profile_open"
    CONSENT = "advocate_consent_open"
    PUBLISH = "advocate_publish_open"
    JOURNEY = "advocate_journey_open"
    CARD = "advocate_card_open"
    CONTACT = "contact_details_open"  # of a nomination
    USE_AS_WRITTEN = "contact_use_as_written"
    ADVOCATE_CONTACT = "advocate_contact_open"
    REST = "advocate_rest"
    RETIRE = "advocate_retire"
    COME_BACK = "advocate_come_back"
    PAGE = "advocates_page"
    PAGE_BACK = "advocates_page_back"
    REFINE = "advocates_refine"
    SAVE_SEARCH = "search_save"
    STOP_SEARCH = "search_stop"
    REQUEST_FOR = "request_for_open"  # of an advocate in an answer or on a card
    LOOK_UP = "advocates_look_up"
    REQUEST = "request_open"
    REQUEST_ACTIVITY = "request_activity"  # the select in the form that changes what it asks
    REQUEST_PURPOSE = "request_purpose"
    REQUEST_DEAL = "request_deal"  # type-ahead over deals
    REQUEST_ADVOCATE = "request_advocate"  # type-ahead over advocates
    REQUEST_JOIN = "request_join_now"
    REQUEST_TAKE = "request_take"
    REQUEST_PROPOSE = "request_propose_open"
    REQUEST_DECLINE = "request_decline_open"
    REQUEST_REOPEN = "request_reopen"
    REQUEST_LOOK_AGAIN = "request_look_again"
    REQUEST_SCHEDULE = "request_schedule_open"
    REQUEST_CANCEL = "request_cancel"
    REQUEST_HAND_OVER = "request_hand_over_open"
    REQUEST_GROUP = "request_group_open"
    USE_APPROVE = "use_approve"
    USE_REFUSE = "use_refuse_open"
    USE_STAND_IN = "use_stand_in_open"
    OUTCOME = "request_outcome_open"
    FATE = "request_fate"  # the select in the question about the deal
    TOUCH = "touch_open"
    SETTINGS = "settings_open"
    SETTING_NUMBERS = "settings_numbers_open"
    SETTING_CHANNELS = "settings_channels_open"
    SETTING_ROLES = "settings_roles_open"
    SETTING_GROUPS = "settings_groups_open"
    SETTING_STAGES = "settings_stages_open"
    WORDS = "words_open"
    WORDS_KIND = "words_kind"
    WORDS_PAGE = "words_page"
    WORD_ADD = "word_add_open"
    WORD_CHANGE = "word_change_open"
    WORD_HIDE = "word_hide"
    WORD_SHOW = "word_show_again"
    WORD_MERGE = "word_merge"
    WORD_TARGET = "word_merge_target"  # type-ahead over the other words of a list
    WORD = "word"  # type-ahead over the workspace's words; the block says of which list
    UNKNOWN_PEOPLE = "people_unknown_open"
    DEAD_LETTERS = "outbox_dead_open"
    RETRY_DEAD = "outbox_dead_retry"
    FUNCTION = "person_function_open"
    HELP = "help_open"
