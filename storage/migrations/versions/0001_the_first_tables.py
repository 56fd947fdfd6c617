"""The first tables"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_REMOVE_OLD = (
    "INSERT INTO advocate_search(advocate_search, rowid, workspace_id, body) "
    "VALUES ('delete', old.number, old.workspace_id, old.body);"
)
_ADD_NEW = "INSERT INTO advocate_search(rowid, workspace_id, body) VALUES (new.number, new.workspace_id, new.body);"

SQLITE_INDEX = (
    """CREATE VIRTUAL TABLE advocate_search USING fts5(
        workspace_id, body, content='advocate_document', content_rowid='number', tokenize='unicode61')""",
    f"CREATE TRIGGER advocate_document_added AFTER INSERT ON advocate_document BEGIN {_ADD_NEW} END",
    f"CREATE TRIGGER advocate_document_removed AFTER DELETE ON advocate_document BEGIN {_REMOVE_OLD} END",
    f"CREATE TRIGGER advocate_document_changed AFTER UPDATE ON advocate_document BEGIN {_REMOVE_OLD} {_ADD_NEW} END",
)
POSTGRESQL_INDEX = (
    """ALTER TABLE advocate_document ADD COLUMN document tsvector
        GENERATED ALWAYS AS (array_to_tsvector(ARRAY[':' || workspace_id]) || to_tsvector('simple', body)) STORED""",
    "CREATE INDEX ix_advocate_document_document ON advocate_document USING gin (document)",
)


def upgrade() -> None:

    op.create_table(
        "pace",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("scope", sa.String(length=64), nullable=False),
        sa.Column("free_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("interval_ms", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "scope", name=op.f("pk_pace")),
    )
    op.create_table(
        "workspace",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("team_id", sa.String(length=32), nullable=True),
        sa.Column("enterprise_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("bot_user_id", sa.String(length=32), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workspace")),
        sa.UniqueConstraint("enterprise_id", "team_id", name=op.f("uq_workspace_enterprise_id_team_id")),
    )
    op.create_table(
        "audit",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.String(length=26), nullable=True),
        sa.Column("action", sa.String(length=64), nullable=False),
        sa.Column("subject_type", sa.String(length=32), nullable=False),
        sa.Column("subject_id", sa.String(length=26), nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("after", sa.JSON(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_audit_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_audit")),
    )
    op.create_index(
        op.f("ix_audit_workspace_id_subject_type_subject_id"),
        "audit",
        ["workspace_id", "subject_type", "subject_id"],
        unique=False,
    )
    op.create_table(
        "draft",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_draft_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "key", name=op.f("pk_draft")),
    )
    op.create_index(op.f("ix_draft_workspace_id_at"), "draft", ["workspace_id", "at"], unique=False)
    op.create_table(
        "occurrence",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("job", sa.String(length=64), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_occurrence_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "job", "due_at", name=op.f("pk_occurrence")),
    )
    op.create_table(
        "outbox",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("lane", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("target", sa.String(length=64), nullable=False),
        sa.Column("slot", sa.String(length=96), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("blocks", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_owner", sa.String(length=64), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("channel", sa.String(length=32), nullable=True),
        sa.Column("ts", sa.String(length=32), nullable=True),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_outbox_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_outbox")),
    )
    op.create_index("ix_outbox_due", "outbox", ["status", "lane", "due_at"], unique=False)
    op.create_index(op.f("ix_outbox_status_lease_until"), "outbox", ["status", "lease_until"], unique=False)
    op.create_index(op.f("ix_outbox_workspace_id_slot"), "outbox", ["workspace_id", "slot"], unique=False)
    op.create_index(
        op.f("ix_outbox_workspace_id_status_done_at"), "outbox", ["workspace_id", "status", "done_at"], unique=False
    )
    op.create_table(
        "person",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("slack_user_id", sa.String(length=32), nullable=True),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("title", sa.String(length=255), nullable=True),
        sa.Column("email", sa.LargeBinary(), nullable=True),
        sa.Column("email_digest", sa.LargeBinary(length=32), nullable=True),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("standing", sa.String(length=16), nullable=False),
        sa.Column("function", sa.String(length=32), nullable=True),
        sa.Column("function_source", sa.String(length=16), nullable=True),
        sa.Column("manager_id", sa.String(length=26), nullable=True),
        sa.Column("is_slack_admin", sa.Boolean(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "manager_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_person_workspace_id_manager_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_person_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_person")),
        sa.UniqueConstraint("workspace_id", "email_digest", name=op.f("uq_person_workspace_id_email_digest")),
        sa.UniqueConstraint("workspace_id", "slack_user_id", name=op.f("uq_person_workspace_id_slack_user_id")),
    )
    op.create_index(op.f("ix_person_workspace_id_manager_id"), "person", ["workspace_id", "manager_id"], unique=False)
    op.create_table(
        "post",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("slot", sa.String(length=96), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("ts", sa.String(length=32), nullable=False),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_post_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "slot", name=op.f("pk_post")),
    )
    op.create_table(
        "receipt",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_receipt_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "key", name=op.f("pk_receipt")),
    )
    op.create_index(op.f("ix_receipt_workspace_id_at"), "receipt", ["workspace_id", "at"], unique=False)
    op.create_table(
        "setting",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(length=26), nullable=True),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_setting_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "key", name=op.f("pk_setting")),
    )
    op.create_table(
        "account",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("domain", sa.String(length=255), nullable=True),
        sa.Column("industry", sa.String(length=200), nullable=True),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("region", sa.String(length=32), nullable=True),
        sa.Column("segment", sa.String(length=64), nullable=True),
        sa.Column("products", sa.JSON(), nullable=False),
        sa.Column("health", sa.String(length=16), nullable=True),
        sa.Column("renewal_on", sa.Date(), nullable=True),
        sa.Column("annual_revenue", sa.String(length=32), nullable=True),
        sa.Column("owner_id", sa.String(length=26), nullable=True),
        sa.Column("external_id", sa.String(length=64), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "owner_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_account_workspace_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_account_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_account")),
        sa.UniqueConstraint("workspace_id", "key", name=op.f("uq_account_workspace_id_key")),
    )
    op.create_index(
        op.f("ix_account_workspace_id_external_id"), "account", ["workspace_id", "external_id"], unique=False
    )
    op.create_index(op.f("ix_account_workspace_id_owner_id"), "account", ["workspace_id", "owner_id"], unique=False)
    op.create_table(
        "outbox_subject",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("message_id", sa.String(length=26), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "message_id"],
            ["outbox.workspace_id", "outbox.id"],
            name=op.f("fk_outbox_subject_workspace_id_message_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_outbox_subject_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "message_id", "subject", name=op.f("pk_outbox_subject")),
    )
    op.create_index(
        op.f("ix_outbox_subject_workspace_id_subject"), "outbox_subject", ["workspace_id", "subject"], unique=False
    )
    op.create_table(
        "role_grant",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("source", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "person_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_role_grant_workspace_id_person_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_role_grant_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "person_id", "role", "source", name=op.f("pk_role_grant")),
    )
    op.create_index(op.f("ix_role_grant_workspace_id_role"), "role_grant", ["workspace_id", "role"], unique=False)
    op.create_table(
        "contact",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("name_key", sa.String(length=255), nullable=False),
        sa.Column("identity", sa.String(length=300), nullable=False),
        sa.Column("company", sa.String(length=255), nullable=False),
        sa.Column("company_key", sa.String(length=255), nullable=False),
        sa.Column("account_id", sa.String(length=26), nullable=True),
        sa.Column("email", sa.LargeBinary(), nullable=True),
        sa.Column("email_digest", sa.LargeBinary(length=32), nullable=True),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "account_id"],
            ["account.workspace_id", "account.id"],
            name=op.f("fk_contact_workspace_id_account_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_contact_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_contact")),
        sa.UniqueConstraint(
            "workspace_id", "company_key", "identity", name=op.f("uq_contact_workspace_id_company_key_identity")
        ),
        sa.UniqueConstraint("workspace_id", "email_digest", name=op.f("uq_contact_workspace_id_email_digest")),
    )
    op.create_index(op.f("ix_contact_workspace_id_account_id"), "contact", ["workspace_id", "account_id"], unique=False)
    op.create_table(
        "nomination",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("contact_id", sa.String(length=26), nullable=False),
        sa.Column("nominator_id", sa.String(length=26), nullable=True),
        sa.Column("nominator_function", sa.String(length=32), nullable=True),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("customer_knows", sa.Boolean(), nullable=False),
        sa.Column("title", sa.String(length=255), nullable=True),
        sa.Column("persona", sa.String(length=255), nullable=True),
        sa.Column("industry", sa.String(length=255), nullable=True),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("products", sa.JSON(), nullable=False),
        sa.Column("use_cases", sa.Text(), nullable=True),
        sa.Column("activities", sa.JSON(), nullable=False),
        sa.Column("relationship", sa.String(length=255), nullable=True),
        sa.Column("evidence_link", sa.Text(), nullable=True),
        sa.Column("evidence_text", sa.Text(), nullable=True),
        sa.Column("possible_duplicate_of", sa.String(length=26), nullable=True),
        sa.Column("reviewer_id", sa.String(length=26), nullable=True),
        sa.Column("decided_by_id", sa.String(length=26), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decline_reason", sa.Text(), nullable=True),
        sa.Column("question", sa.Text(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("merged_into_id", sa.String(length=26), nullable=True),
        sa.Column("flagged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contact.workspace_id", "contact.id"],
            name=op.f("fk_nomination_workspace_id_contact_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "decided_by_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_nomination_workspace_id_decided_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "merged_into_id"],
            ["nomination.workspace_id", "nomination.id"],
            name=op.f("fk_nomination_workspace_id_merged_into_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "nominator_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_nomination_workspace_id_nominator_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "reviewer_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_nomination_workspace_id_reviewer_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_nomination_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_nomination")),
    )
    op.create_index(
        op.f("ix_nomination_workspace_id_nominator_id"), "nomination", ["workspace_id", "nominator_id"], unique=False
    )
    op.create_index(
        op.f("ix_nomination_workspace_id_state_created_at"),
        "nomination",
        ["workspace_id", "state", "created_at"],
        unique=False,
    )
    op.create_index(
        "uq_nomination_live_contact",
        "nomination",
        ["workspace_id", "contact_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('accepted', 'needs_info', 'submitted')"),
        postgresql_where=sa.text("state IN ('accepted', 'needs_info', 'submitted')"),
    )
    op.create_table(
        "advocate",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("contact_id", sa.String(length=26), nullable=False),
        sa.Column("nomination_id", sa.String(length=26), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("title", sa.String(length=255), nullable=True),
        sa.Column("persona", sa.String(length=255), nullable=True),
        sa.Column("industry", sa.String(length=255), nullable=True),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("region", sa.String(length=32), nullable=True),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("products", sa.JSON(), nullable=False),
        sa.Column("use_cases", sa.Text(), nullable=True),
        sa.Column("outcomes", sa.Text(), nullable=True),
        sa.Column("quotes", sa.Text(), nullable=True),
        sa.Column("topics", sa.Text(), nullable=True),
        sa.Column("activities", sa.JSON(), nullable=False),
        sa.Column("refused_activities", sa.JSON(), nullable=False),
        sa.Column("preferred_contact", sa.String(length=255), nullable=True),
        sa.Column("links", sa.Text(), nullable=True),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contact.workspace_id", "contact.id"],
            name=op.f("fk_advocate_workspace_id_contact_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "nomination_id"],
            ["nomination.workspace_id", "nomination.id"],
            name=op.f("fk_advocate_workspace_id_nomination_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_advocate_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_advocate")),
        sa.UniqueConstraint("workspace_id", "contact_id", name=op.f("uq_advocate_workspace_id_contact_id")),
    )
    op.create_index(
        op.f("ix_advocate_workspace_id_nomination_id"), "advocate", ["workspace_id", "nomination_id"], unique=False
    )
    op.create_index(
        op.f("ix_advocate_workspace_id_state_verified_at"),
        "advocate",
        ["workspace_id", "state", "verified_at"],
        unique=False,
    )
    op.create_table(
        "endorsement",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("nomination_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "nomination_id"],
            ["nomination.workspace_id", "nomination.id"],
            name=op.f("fk_endorsement_workspace_id_nomination_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "person_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_endorsement_workspace_id_person_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_endorsement_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_endorsement")),
        sa.UniqueConstraint(
            "workspace_id",
            "nomination_id",
            "person_id",
            name=op.f("uq_endorsement_workspace_id_nomination_id_person_id"),
        ),
    )
    op.create_table(
        "introduction",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("nomination_id", sa.String(length=26), nullable=False),
        sa.Column("owner_id", sa.String(length=26), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_by_id", sa.String(length=26), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "made_by_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_introduction_workspace_id_made_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "nomination_id"],
            ["nomination.workspace_id", "nomination.id"],
            name=op.f("fk_introduction_workspace_id_nomination_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "owner_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_introduction_workspace_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_introduction_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_introduction")),
        sa.UniqueConstraint("workspace_id", "nomination_id", name=op.f("uq_introduction_workspace_id_nomination_id")),
    )
    op.create_index(
        op.f("ix_introduction_workspace_id_due_on"), "introduction", ["workspace_id", "due_on"], unique=False
    )
    op.create_table(
        "advocate_document",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("advocate_id", sa.String(length=26), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "advocate_id"],
            ["advocate.workspace_id", "advocate.id"],
            name=op.f("fk_advocate_document_workspace_id_advocate_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_advocate_document_workspace_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_advocate_document")),
        sa.UniqueConstraint("workspace_id", "advocate_id", name=op.f("uq_advocate_document_workspace_id_advocate_id")),
    )
    op.create_table(
        "consent",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("advocate_id", sa.String(length=26), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("recorded_by_id", sa.String(length=26), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "advocate_id"],
            ["advocate.workspace_id", "advocate.id"],
            name=op.f("fk_consent_workspace_id_advocate_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "recorded_by_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_consent_workspace_id_recorded_by_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_consent_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_consent")),
    )
    op.create_index(
        op.f("ix_consent_workspace_id_advocate_id_recorded_at"),
        "consent",
        ["workspace_id", "advocate_id", "recorded_at"],
        unique=False,
    )
    op.create_table(
        "interview",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("advocate_id", sa.String(length=26), nullable=False),
        sa.Column("interviewer_id", sa.String(length=26), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("notes", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "advocate_id"],
            ["advocate.workspace_id", "advocate.id"],
            name=op.f("fk_interview_workspace_id_advocate_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "interviewer_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_interview_workspace_id_interviewer_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_interview_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_interview")),
        sa.UniqueConstraint("workspace_id", "advocate_id", name=op.f("uq_interview_workspace_id_advocate_id")),
    )
    for statement in SQLITE_INDEX if op.get_bind().dialect.name == "sqlite" else POSTGRESQL_INDEX:
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE advocate_search")

    op.drop_table("interview")
    op.drop_index(op.f("ix_consent_workspace_id_advocate_id_recorded_at"), table_name="consent")
    op.drop_table("consent")
    op.drop_table("advocate_document")
    op.drop_index(op.f("ix_introduction_workspace_id_due_on"), table_name="introduction")
    op.drop_table("introduction")
    op.drop_table("endorsement")
    op.drop_index(op.f("ix_advocate_workspace_id_state_verified_at"), table_name="advocate")
    op.drop_index(op.f("ix_advocate_workspace_id_nomination_id"), table_name="advocate")
    op.drop_table("advocate")
    op.drop_index(
        "uq_nomination_live_contact",
        table_name="nomination",
        sqlite_where=sa.text("state IN ('accepted', 'needs_info', 'submitted')"),
        postgresql_where=sa.text("state IN ('accepted', 'needs_info', 'submitted')"),
    )
    op.drop_index(op.f("ix_nomination_workspace_id_state_created_at"), table_name="nomination")
    op.drop_index(op.f("ix_nomination_workspace_id_nominator_id"), table_name="nomination")
    op.drop_table("nomination")
    op.drop_index(op.f("ix_contact_workspace_id_account_id"), table_name="contact")
    op.drop_table("contact")
    op.drop_index(op.f("ix_role_grant_workspace_id_role"), table_name="role_grant")
    op.drop_table("role_grant")
    op.drop_index(op.f("ix_outbox_subject_workspace_id_subject"), table_name="outbox_subject")
    op.drop_table("outbox_subject")
    op.drop_index(op.f("ix_account_workspace_id_owner_id"), table_name="account")
    op.drop_index(op.f("ix_account_workspace_id_external_id"), table_name="account")
    op.drop_table("account")
    op.drop_table("setting")
    op.drop_index(op.f("ix_receipt_workspace_id_at"), table_name="receipt")
    op.drop_table("receipt")
    op.drop_table("post")
    op.drop_index(op.f("ix_person_workspace_id_manager_id"), table_name="person")
    op.drop_table("person")
    op.drop_index(op.f("ix_outbox_workspace_id_status_done_at"), table_name="outbox")
    op.drop_index(op.f("ix_outbox_workspace_id_slot"), table_name="outbox")
    op.drop_index(op.f("ix_outbox_status_lease_until"), table_name="outbox")
    op.drop_index("ix_outbox_due", table_name="outbox")
    op.drop_table("outbox")
    op.drop_table("occurrence")
    op.drop_index(op.f("ix_draft_workspace_id_at"), table_name="draft")
    op.drop_table("draft")
    op.drop_index(op.f("ix_audit_workspace_id_subject_type_subject_id"), table_name="audit")
    op.drop_table("audit")
    op.drop_table("workspace")
    op.drop_table("pace")
