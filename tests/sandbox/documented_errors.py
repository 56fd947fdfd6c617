"""What Slack's documentation lists, method by method, of the errors that the sandbox can answer.

`refusal` holds every refusal that a test provokes against it, so that no error string is written from memory.
"""

EVERYWHERE = {
    "account_inactive", "invalid_arguments", "invalid_auth", "invalid_form_data", "invalid_post_type",
    "missing_scope", "not_allowed_token_type", "not_authed", "ratelimited", "team_access_not_granted", "token_revoked",
}  # fmt: skip

_POSTING = {
    "channel_not_found", "invalid_blocks", "invalid_blocks_format", "is_archived", "markdown_text_conflict", "no_text",
    "not_in_channel", "too_many_attachments",
}  # fmt: skip
_METADATA = {"invalid_metadata_format", "invalid_metadata_schema", "metadata_too_large"}
_NAMES = {"invalid_name_maxlength", "invalid_name_punctuation", "invalid_name_required", "invalid_name_specials"}
_PAGES = {"invalid_cursor", "invalid_limit"}
_READING = {"channel_not_found", "invalid_cursor", "invalid_ts_latest", "invalid_ts_oldest"}
_VIEWS = {"duplicate_external_id", "view_too_large"}
_TRIGGERS = {"exchanged_trigger_id", "expired_trigger_id", "invalid_trigger_id"}
_KINDS = "method_not_supported_for_channel_type"

DOCUMENTED: dict[str, set[str]] = {
    "auth.test": set(),
    "apps.connections.open": {"forbidden_team", "insecure_request", "missing_args"},
    "blocks.validate": {"invalid_blocks", "invalid_message", "invalid_view"},
    "bots.info": {"bot_not_found", "missing_argument"},
    "chat.delete": {"cant_delete_message", "channel_not_found", "message_not_found"},
    "chat.deleteScheduledMessage": {"channel_not_found", "invalid_scheduled_message_id"},
    "chat.getPermalink": {"channel_not_found", "message_not_found"},
    "chat.postEphemeral": _POSTING
    | {"invalid_attachments", "messages_tab_disabled", "msg_too_long", "user_not_in_channel"},
    "chat.postMessage": _POSTING
    | _METADATA
    | {"attachment_payload_limit_exceeded", "messages_tab_disabled", "msg_blocks_too_long"},
    "chat.scheduleMessage": _POSTING
    | _METADATA
    | {"invalid_time", "msg_too_long", "restricted_too_many", "time_in_past", "time_too_far"},
    "chat.scheduledMessages.list": {"invalid_channel", "invalid_cursor"},
    "chat.update": (_POSTING - {"is_archived", "not_in_channel"})
    | _METADATA
    | {"cant_update_message", "invalid_attachments", "is_inactive", "message_not_found", "msg_too_long"},
    "conversations.acceptSharedInvite": _NAMES
    | {"email_does_not_match", "has_already_connected_to_org", "invalid_recipient_team", "invite_from_same_org"}
    | {"invite_not_found", "invite_used", "name_taken"},
    "conversations.approveSharedInvite": {"already_approved", "approval_inactive", "approval_not_found"}
    | {"invalid_action", "invite_not_found", "missing_target_team"},
    "conversations.archive": {
        "already_archived",
        "cant_archive_general",
        "channel_not_found",
        _KINDS,
        "not_in_channel",
    },
    "conversations.create": _NAMES | {"missing_argument", "name_taken"},
    "conversations.declineSharedInvite": {"approval_inactive", "approval_not_found", "invite_not_found"}
    | {"missing_target_team"},
    "conversations.history": _READING | {"not_in_channel"},
    "conversations.info": {"channel_not_found"},
    "conversations.invite": {"already_in_channel", "cant_invite_self", "channel_not_found", "is_archived", _KINDS}
    | {"no_user", "not_in_channel", "ura_max_channels", "user_not_found"},
    "conversations.inviteShared": {"already_in_channel", "cannot_share_mandatory_channel", "channel_archived"}
    | {"channel_not_found", "connection_limit_exceeded_pending", "invalid_channel_type", "invalid_email"}
    | {"not_in_channel", "not_owner", "recipients_not_specified", "too_many_emails", "user_not_found"},
    "conversations.join": {"channel_not_found", "is_archived", _KINDS},
    "conversations.list": _PAGES | {"invalid_types", "missing_argument"},
    "conversations.listConnectInvites": set(),
    "conversations.members": _PAGES | {"channel_not_found"},
    "conversations.open": {"channel_not_found", _KINDS, "too_many_users", "user_disabled", "user_not_found"}
    | {"user_not_visible", "users_list_not_supplied"},
    "conversations.replies": _READING | {"thread_not_found"},
    "dnd.info": {"user_not_found"},
    "dnd.teamInfo": {"no_users_provided"},
    "files.completeUploadExternal": {"channel_not_found", "file_not_found", "invalid_channel", "not_in_channel"}
    | {"posting_to_channel_denied"},
    "files.getUploadURLExternal": {"file_upload_size_restricted", "missing_argument"},
    "files.info": {"file_not_found"},
    "functions.completeError": {"access_denied", "execution_not_in_running_state", "function_execution_not_found"},
    "functions.completeSuccess": {"access_denied", "execution_not_in_running_state", "function_execution_not_found"}
    | {"parameter_validation_failed"},
    "oauth.v2.access": {"bad_client_secret", "bad_redirect_uri", "invalid_client_id", "invalid_code"}
    | {"invalid_grant_type"},
    "reactions.add": {"already_reacted", "bad_timestamp", "channel_not_found", "invalid_name", "is_archived"}
    | {"message_not_found", "no_item_specified", "too_many_emoji", "too_many_reactions"},
    "reactions.get": {"bad_timestamp", "channel_not_found", "file_not_found", "message_not_found", "no_item_specified"},
    "team.info": set(),
    "usergroups.list": {"missing_argument"},
    "usergroups.users.list": {"no_such_subteam"},
    "users.conversations": _PAGES | {"invalid_types", "missing_argument"},
    "users.info": {"user_not_found"},
    "users.list": {"invalid_cursor", "missing_argument"},
    "users.lookupByEmail": {"users_not_found"},
    "users.profile.get": {"user_not_found"},
    "views.open": _VIEWS | _TRIGGERS,
    "views.publish": _VIEWS | {"hash_conflict", "not_enabled"},
    "views.push": _VIEWS | _TRIGGERS | {"not_found", "push_limit_reached"},
    "views.update": _VIEWS | {"hash_conflict", "not_found"},
}

# What the sandbox answers although the documentation of that method does not list it, and why it does.
UNLISTED: dict[str, dict[str, str]] = {
    "chat.postMessage": {
        "cannot_dm_bot": "a post to a user opens their conversation first, and this is what opening one answers",
        "invalid_attachments": "Slack answers so (reports to its own SDKs say it of this method); "
        "the pages of chat.postEphemeral and chat.update list it",
        "thread_not_found": "Slack answers so when the message that is replied to was deleted (reports to Bolt say it)",
        "user_not_found": "Slack sometimes takes a post to a deactivated person, which nobody reads. Refusing is the "
        "stricter side; the word is what conversations.open lists for a user who is none",
    },
    "chat.scheduleMessage": {
        "invalid_attachments": "its page leaves what a message may hold to that of chat.postMessage, which answers so",
    },
    "conversations.open": {
        "cannot_dm_bot": "Slack answers so when a bot writes to a bot (reports of this method quote it)",
    },
    "oauth.v2.access": {
        "code_already_used": "Slack answers so to the second use of a code (many reports quote it); "
        "its page has only invalid_code, which says less",
    },
}
