"""Requests, engagements, assets, deals, terms and saved searches; facets in the full-text index"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_TRIGGERS = ("advocate_document_added", "advocate_document_removed", "advocate_document_changed")


def _sqlite_index(columns: str) -> tuple[str, ...]:
    old, new = (", ".join(f"{row}.{name}" for name in columns.split(", ")) for row in ("old", "new"))
    remove = (
        f"INSERT INTO advocate_search(advocate_search, rowid, {columns}) "  # noqa: S608  # our own names
        f"VALUES ('delete', old.number, {old});"
    )
    add = f"INSERT INTO advocate_search(rowid, {columns}) VALUES (new.number, {new});"  # noqa: S608  # our own names
    return (
        f"""CREATE VIRTUAL TABLE advocate_search USING fts5(
        {columns}, content='advocate_document', content_rowid='number', tokenize='unicode61')""",
        f"CREATE TRIGGER advocate_document_added AFTER INSERT ON advocate_document BEGIN {add} END",
        f"CREATE TRIGGER advocate_document_removed AFTER DELETE ON advocate_document BEGIN {remove} END",
        f"""CREATE TRIGGER advocate_document_changed AFTER UPDATE OF {columns} ON advocate_document
        BEGIN {remove} {add} END""",
        "INSERT INTO advocate_search(advocate_search) VALUES ('rebuild')",
    )


def _postgresql_index(*parts: str) -> tuple[str, ...]:
    return (
        f"""ALTER TABLE advocate_document ADD COLUMN document tsvector
        GENERATED ALWAYS AS ({" || ".join(parts)}) STORED""",
        "CREATE INDEX ix_advocate_document_document ON advocate_document USING gin (document)",
    )


_WORKSPACE, _FACETS, _BODY = (
    "array_to_tsvector(ARRAY[':' || workspace_id])",
    "array_to_tsvector(string_to_array(facets, ' '))",
    "to_tsvector('simple', body)",
)


def _drop_index() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for trigger in _TRIGGERS:
            op.execute(f"DROP TRIGGER {trigger}")
        op.execute("DROP TABLE advocate_search")
    else:
        op.execute("DROP INDEX ix_advocate_document_document")
        op.execute("ALTER TABLE advocate_document DROP COLUMN document")


def _make_index(sqlite: tuple[str, ...], postgresql: tuple[str, ...]) -> None:
    for statement in sqlite if op.get_bind().dialect.name == "sqlite" else postgresql:
        op.execute(statement)


def upgrade() -> None:
    _drop_index()

    op.create_table(
        "term",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("facet", sa.String(length=16), nullable=False),
        sa.Column("value", sa.String(length=200), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("synonyms", sa.JSON(), nullable=False),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.String(length=26), nullable=True),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_term_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_term")),
        sa.UniqueConstraint("workspace_id", "facet", "key", name=op.f("uq_term_workspace_id_facet_key")),
    )
    op.create_table(
        "look_up",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("fitted", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "person_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_look_up_workspace_id_person_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_look_up_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_look_up")),
    )
    op.create_index(op.f("ix_look_up_workspace_id_at"), "look_up", ["workspace_id", "at"], unique=False)
    op.create_table(
        "saved_search",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("key", sa.String(length=500), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "person_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_saved_search_workspace_id_person_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_saved_search_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_saved_search")),
        sa.UniqueConstraint(
            "workspace_id", "person_id", "key", name=op.f("uq_saved_search_workspace_id_person_id_key")
        ),
    )
    op.create_index(
        op.f("ix_saved_search_workspace_id_ended_at"), "saved_search", ["workspace_id", "ended_at"], unique=False
    )
    op.create_table(
        "opportunity",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("external_id", sa.String(length=64), nullable=True),
        sa.Column("account_id", sa.String(length=26), nullable=True),
        sa.Column("account_name", sa.String(length=255), nullable=True),
        sa.Column("owner_id", sa.String(length=26), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("stage", sa.String(length=128), nullable=False),
        sa.Column("status", sa.String(length=8), nullable=False),
        sa.Column("hundredths", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("close_on", sa.Date(), nullable=True),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "account_id"],
            ["account.workspace_id", "account.id"],
            name=op.f("fk_opportunity_workspace_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "owner_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_opportunity_workspace_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_opportunity_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_opportunity")),
        sa.UniqueConstraint("workspace_id", "external_id", name=op.f("uq_opportunity_workspace_id_external_id")),
    )
    op.create_index(
        op.f("ix_opportunity_workspace_id_account_id"), "opportunity", ["workspace_id", "account_id"], unique=False
    )
    op.create_index(op.f("ix_opportunity_workspace_id_key"), "opportunity", ["workspace_id", "key"], unique=False)
    op.create_index(
        op.f("ix_opportunity_workspace_id_status_close_on"),
        "opportunity",
        ["workspace_id", "status", "close_on"],
        unique=False,
    )
    op.create_table(
        "asset",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("advocate_id", sa.String(length=26), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("title", sa.String(length=255), nullable=False),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("facets", sa.JSON(), nullable=False),
        sa.Column("scope", sa.String(length=64), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("approved_by_id", sa.String(length=26), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "advocate_id"],
            ["advocate.workspace_id", "advocate.id"],
            name=op.f("fk_asset_workspace_id_advocate_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "approved_by_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_asset_workspace_id_approved_by_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_asset_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_asset")),
    )
    op.create_index(op.f("ix_asset_workspace_id_advocate_id"), "asset", ["workspace_id", "advocate_id"], unique=False)
    op.create_index(
        op.f("ix_asset_workspace_id_kind_withdrawn_at"), "asset", ["workspace_id", "kind", "withdrawn_at"], unique=False
    )
    op.create_table(
        "request",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("requester_id", sa.String(length=26), nullable=True),
        sa.Column("requester_function", sa.String(length=32), nullable=True),
        sa.Column("activity", sa.String(length=48), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("routing", sa.String(length=32), nullable=False),
        sa.Column("need_by", sa.Date(), nullable=False),
        sa.Column("advocate_id", sa.String(length=26), nullable=True),
        sa.Column("criteria", sa.Text(), nullable=True),
        sa.Column("facets", sa.JSON(), nullable=False),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("purpose_words", sa.String(length=255), nullable=True),
        sa.Column("opportunity_id", sa.String(length=26), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("taken_by_id", sa.String(length=26), nullable=True),
        sa.Column("owner_id", sa.String(length=26), nullable=True),
        sa.Column("owner_asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("owner_reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("owner_escalated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("late_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.String(length=26), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decline_reason", sa.Text(), nullable=True),
        sa.Column("owner_reason", sa.Text(), nullable=True),
        sa.Column("override_reason", sa.Text(), nullable=True),
        sa.Column("happens_on", sa.Date(), nullable=True),
        sa.Column("scheduled_for", sa.DateTime(timezone=True), nullable=True),
        sa.Column("group_id", sa.String(length=26), nullable=True),
        sa.Column("outcome_asked_for", sa.Date(), nullable=True),
        sa.Column("happened", sa.Boolean(), nullable=True),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("outcome_words", sa.Text(), nullable=True),
        sa.Column("completed_on", sa.Date(), nullable=True),
        sa.Column("thanks_asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deal_asked_on", sa.Date(), nullable=True),
        sa.Column("deal_questions", sa.Integer(), nullable=False),
        sa.Column("deal_fate", sa.String(length=16), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "advocate_id"],
            ["advocate.workspace_id", "advocate.id"],
            name=op.f("fk_request_workspace_id_advocate_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "decided_by_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_request_workspace_id_decided_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "opportunity_id"],
            ["opportunity.workspace_id", "opportunity.id"],
            name=op.f("fk_request_workspace_id_opportunity_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "owner_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_request_workspace_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "requester_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_request_workspace_id_requester_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "taken_by_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_request_workspace_id_taken_by_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_request_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_request")),
    )
    op.create_index(
        op.f("ix_request_workspace_id_advocate_id_state"),
        "request",
        ["workspace_id", "advocate_id", "state"],
        unique=False,
    )
    op.create_index(
        op.f("ix_request_workspace_id_opportunity_id"), "request", ["workspace_id", "opportunity_id"], unique=False
    )
    op.create_index(
        op.f("ix_request_workspace_id_owner_id_state"), "request", ["workspace_id", "owner_id", "state"], unique=False
    )
    op.create_index(
        op.f("ix_request_workspace_id_requester_id"), "request", ["workspace_id", "requester_id"], unique=False
    )
    op.create_index(
        op.f("ix_request_workspace_id_state_created_at"),
        "request",
        ["workspace_id", "state", "created_at"],
        unique=False,
    )
    op.create_table(
        "asset_use",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("asset_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=True),
        sa.Column("opportunity_id", sa.String(length=26), nullable=True),
        sa.Column("purpose", sa.String(length=255), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "asset_id"],
            ["asset.workspace_id", "asset.id"],
            name=op.f("fk_asset_use_workspace_id_asset_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "opportunity_id"],
            ["opportunity.workspace_id", "opportunity.id"],
            name=op.f("fk_asset_use_workspace_id_opportunity_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "person_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_asset_use_workspace_id_person_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_asset_use_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_asset_use")),
    )
    op.create_index(op.f("ix_asset_use_workspace_id_asset_id"), "asset_use", ["workspace_id", "asset_id"], unique=False)
    op.create_index(
        op.f("ix_asset_use_workspace_id_opportunity_id"), "asset_use", ["workspace_id", "opportunity_id"], unique=False
    )
    op.create_table(
        "engagement",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("advocate_id", sa.String(length=26), nullable=False),
        sa.Column("activity", sa.String(length=48), nullable=False),
        sa.Column("halves", sa.Integer(), nullable=False),
        sa.Column("happens_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("request_id", sa.String(length=26), nullable=True),
        sa.Column("opportunity_id", sa.String(length=26), nullable=True),
        sa.Column("person_id", sa.String(length=26), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("over_cap", sa.Boolean(), nullable=False),
        sa.Column("override_reason", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "advocate_id"],
            ["advocate.workspace_id", "advocate.id"],
            name=op.f("fk_engagement_workspace_id_advocate_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "opportunity_id"],
            ["opportunity.workspace_id", "opportunity.id"],
            name=op.f("fk_engagement_workspace_id_opportunity_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "person_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_engagement_workspace_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "request_id"],
            ["request.workspace_id", "request.id"],
            name=op.f("fk_engagement_workspace_id_request_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_engagement_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_engagement")),
        sa.UniqueConstraint(
            "workspace_id", "request_id", "advocate_id", name=op.f("uq_engagement_workspace_id_request_id_advocate_id")
        ),
    )
    op.create_index(
        op.f("ix_engagement_workspace_id_advocate_id_happens_on"),
        "engagement",
        ["workspace_id", "advocate_id", "happens_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_engagement_workspace_id_opportunity_id"),
        "engagement",
        ["workspace_id", "opportunity_id"],
        unique=False,
    )
    op.create_table(
        "request_follower",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("request_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "person_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_request_follower_workspace_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "request_id"],
            ["request.workspace_id", "request.id"],
            name=op.f("fk_request_follower_workspace_id_request_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_request_follower_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_request_follower")),
        sa.UniqueConstraint(
            "workspace_id",
            "request_id",
            "person_id",
            name=op.f("uq_request_follower_workspace_id_request_id_person_id"),
        ),
    )
    op.add_column("advocate", sa.Column("own_cap_halves", sa.Integer(), nullable=True))
    op.add_column("advocate", sa.Column("own_rest_days", sa.Integer(), nullable=True))
    op.add_column("advocate", sa.Column("rest_reason", sa.String(length=32), nullable=True))
    op.add_column("advocate", sa.Column("rest_until", sa.Date(), nullable=True))
    op.add_column("advocate_document", sa.Column("facets", sa.Text(), server_default="", nullable=False))
    op.add_column(
        "advocate_document", sa.Column("offered", sa.Boolean(), server_default=sa.text("true"), nullable=False)
    )
    op.add_column("advocate_document", sa.Column("free_on", sa.Date(), nullable=True))
    op.add_column("advocate_document", sa.Column("edition", sa.Integer(), server_default="0", nullable=False))
    op.create_index(
        op.f("ix_advocate_document_workspace_id_edition"),
        "advocate_document",
        ["workspace_id", "edition"],
        unique=False,
    )
    op.add_column("person", sa.Column("away_until", sa.Date(), nullable=True))
    _make_index(_sqlite_index("workspace_id, facets, body"), _postgresql_index(_WORKSPACE, _FACETS, _BODY))


def downgrade() -> None:
    _drop_index()

    op.drop_column("person", "away_until")
    op.drop_index(op.f("ix_advocate_document_workspace_id_edition"), table_name="advocate_document")
    op.drop_column("advocate_document", "edition")
    op.drop_column("advocate_document", "free_on")
    op.drop_column("advocate_document", "offered")
    op.drop_column("advocate_document", "facets")
    op.drop_column("advocate", "rest_until")
    op.drop_column("advocate", "rest_reason")
    op.drop_column("advocate", "own_rest_days")
    op.drop_column("advocate", "own_cap_halves")
    op.drop_table("request_follower")
    op.drop_index(op.f("ix_engagement_workspace_id_opportunity_id"), table_name="engagement")
    op.drop_index(op.f("ix_engagement_workspace_id_advocate_id_happens_on"), table_name="engagement")
    op.drop_table("engagement")
    op.drop_index(op.f("ix_asset_use_workspace_id_opportunity_id"), table_name="asset_use")
    op.drop_index(op.f("ix_asset_use_workspace_id_asset_id"), table_name="asset_use")
    op.drop_table("asset_use")
    op.drop_index(op.f("ix_request_workspace_id_state_created_at"), table_name="request")
    op.drop_index(op.f("ix_request_workspace_id_requester_id"), table_name="request")
    op.drop_index(op.f("ix_request_workspace_id_owner_id_state"), table_name="request")
    op.drop_index(op.f("ix_request_workspace_id_opportunity_id"), table_name="request")
    op.drop_index(op.f("ix_request_workspace_id_advocate_id_state"), table_name="request")
    op.drop_table("request")
    op.drop_index(op.f("ix_asset_workspace_id_kind_withdrawn_at"), table_name="asset")
    op.drop_index(op.f("ix_asset_workspace_id_advocate_id"), table_name="asset")
    op.drop_table("asset")
    op.drop_index(op.f("ix_opportunity_workspace_id_status_close_on"), table_name="opportunity")
    op.drop_index(op.f("ix_opportunity_workspace_id_key"), table_name="opportunity")
    op.drop_index(op.f("ix_opportunity_workspace_id_account_id"), table_name="opportunity")
    op.drop_table("opportunity")
    op.drop_index(op.f("ix_saved_search_workspace_id_ended_at"), table_name="saved_search")
    op.drop_table("saved_search")
    op.drop_index(op.f("ix_look_up_workspace_id_at"), table_name="look_up")
    op.drop_table("look_up")
    op.drop_table("term")
    _make_index(_sqlite_index("workspace_id, body"), _postgresql_index(_WORKSPACE, _BODY))
