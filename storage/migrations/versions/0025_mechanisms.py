"""Programs that customers belong to, and who is in them"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mechanism",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("end", sa.String(length=16), nullable=True),
        sa.Column("owner_id", sa.String(length=26), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("criteria", sa.JSON(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("created_by_id", sa.String(length=26), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "created_by_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_mechanism_workspace_id_created_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "owner_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_mechanism_workspace_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_mechanism_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_mechanism")),
    )
    op.create_index(op.f("ix_mechanism_workspace_id_state"), "mechanism", ["workspace_id", "state"], unique=False)
    op.create_table(
        "mechanism_member",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("mechanism_id", sa.String(length=26), nullable=False),
        sa.Column("advocate_id", sa.String(length=26), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("engagement_id", sa.String(length=26), nullable=True),
        sa.Column("invited_by_id", sa.String(length=26), nullable=True),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_id", sa.String(length=26), nullable=True),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("answered_by_id", sa.String(length=26), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("again_on", sa.Date(), nullable=True),
        sa.Column("joined_on", sa.Date(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "advocate_id"],
            ["advocate.workspace_id", "advocate.id"],
            name=op.f("fk_mechanism_member_workspace_id_advocate_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "answered_by_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_mechanism_member_workspace_id_answered_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "asked_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_mechanism_member_workspace_id_asked_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "engagement_id"],
            ["engagement.workspace_id", "engagement.id"],
            name=op.f("fk_mechanism_member_workspace_id_engagement_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "invited_by_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_mechanism_member_workspace_id_invited_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "mechanism_id"],
            ["mechanism.workspace_id", "mechanism.id"],
            name=op.f("fk_mechanism_member_workspace_id_mechanism_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_mechanism_member_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_mechanism_member")),
        sa.UniqueConstraint(
            "workspace_id",
            "mechanism_id",
            "advocate_id",
            name=op.f("uq_mechanism_member_workspace_id_mechanism_id_advocate_id"),
        ),
    )
    op.create_index(
        op.f("ix_mechanism_member_workspace_id_advocate_id"),
        "mechanism_member",
        ["workspace_id", "advocate_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_mechanism_member_workspace_id_state"), "mechanism_member", ["workspace_id", "state"], unique=False
    )


def downgrade() -> None:
    op.drop_table("mechanism_member")
    op.drop_table("mechanism")
