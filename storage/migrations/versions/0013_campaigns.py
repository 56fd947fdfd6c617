"""Campaigns: a gap of a target told to those who may fill it, and what came of it"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

UNCLOSED = "state != 'closed'"


def upgrade() -> None:
    op.create_table(
        "campaign",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("target_id", sa.String(length=26), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("end", sa.String(length=16), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("started_by_id", sa.String(length=26), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_campaign_workspace_id")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "target_id"],
            ["target.workspace_id", "target.id"],
            name=op.f("fk_campaign_workspace_id_target_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "started_by_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_campaign_workspace_id_started_by_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_campaign")),
    )
    op.create_index(op.f("ix_campaign_workspace_id_state"), "campaign", ["workspace_id", "state"], unique=False)
    op.create_index(
        "uq_campaign_unclosed_target",
        "campaign",
        ["workspace_id", "target_id"],
        unique=True,
        sqlite_where=sa.text(UNCLOSED),
        postgresql_where=sa.text(UNCLOSED),
    )
    op.create_table(
        "campaign_place",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("campaign_id", sa.String(length=26), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=True),
        sa.Column("owner_id", sa.String(length=26), nullable=True),
        sa.Column("account_ids", sa.JSON(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_campaign_place_workspace_id")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "campaign_id"],
            ["campaign.workspace_id", "campaign.id"],
            name=op.f("fk_campaign_place_workspace_id_campaign_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "owner_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_campaign_place_workspace_id_owner_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_campaign_place")),
        sa.UniqueConstraint(
            "workspace_id", "campaign_id", "channel", name=op.f("uq_campaign_place_workspace_id_campaign_id_channel")
        ),
        sa.UniqueConstraint(
            "workspace_id", "campaign_id", "owner_id", name=op.f("uq_campaign_place_workspace_id_campaign_id_owner_id")
        ),
    )
    op.create_table(
        "campaign_nomination",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("nomination_id", sa.String(length=26), nullable=False),
        sa.Column("campaign_id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_campaign_nomination_workspace_id")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "nomination_id"],
            ["nomination.workspace_id", "nomination.id"],
            name=op.f("fk_campaign_nomination_workspace_id_nomination_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "campaign_id"],
            ["campaign.workspace_id", "campaign.id"],
            name=op.f("fk_campaign_nomination_workspace_id_campaign_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "nomination_id", name=op.f("pk_campaign_nomination")),
    )
    op.create_index(
        op.f("ix_campaign_nomination_workspace_id_campaign_id"),
        "campaign_nomination",
        ["workspace_id", "campaign_id"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_table("campaign_nomination")
    op.drop_table("campaign_place")
    op.drop_table("campaign")
