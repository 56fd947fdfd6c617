"""Nudges: plans, occasions, wishes, and whoever is new"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "nudge_plan",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("audience", sa.String(length=32), nullable=False),
        sa.Column("place", sa.String(length=64), nullable=True),
        sa.Column("day", sa.String(length=3), nullable=False),
        sa.Column("at", sa.String(length=5), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("run_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_nudge_plan_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_nudge_plan")),
        sa.UniqueConstraint("workspace_id", "audience", name=op.f("uq_nudge_plan_workspace_id_audience")),
    )
    op.create_table(
        "newcomer",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("audience", sa.String(length=32), nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("welcomed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "person_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_newcomer_workspace_id_person_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_newcomer_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_newcomer")),
        sa.UniqueConstraint(
            "workspace_id", "person_id", "channel", name=op.f("uq_newcomer_workspace_id_person_id_channel")
        ),
    )
    op.create_index(
        op.f("ix_newcomer_workspace_id_left_at_welcomed_at"),
        "newcomer",
        ["workspace_id", "left_at", "welcomed_at"],
        unique=False,
    )
    op.create_table(
        "nudge",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("occasion", sa.String(length=96), nullable=False),
        sa.Column("plan_id", sa.String(length=26), nullable=True),
        sa.Column("person_id", sa.String(length=26), nullable=True),
        sa.Column("track_day", sa.SmallInteger(), nullable=True),
        sa.Column("audience", sa.String(length=32), nullable=False),
        sa.Column("entry_id", sa.String(length=64), nullable=True),
        sa.Column("target", sa.String(length=64), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=64), nullable=True),
        sa.Column("why", sa.JSON(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "person_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_nudge_workspace_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "plan_id"],
            ["nudge_plan.workspace_id", "nudge_plan.id"],
            name=op.f("fk_nudge_workspace_id_plan_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_nudge_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_nudge")),
        sa.UniqueConstraint("workspace_id", "occasion", name=op.f("uq_nudge_workspace_id_occasion")),
    )
    op.create_index(op.f("ix_nudge_workspace_id_created_at"), "nudge", ["workspace_id", "created_at"], unique=False)
    op.create_index(
        op.f("ix_nudge_workspace_id_person_id_created_at"),
        "nudge",
        ["workspace_id", "person_id", "created_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_nudge_workspace_id_plan_id_due_on"), "nudge", ["workspace_id", "plan_id", "due_on"], unique=False
    )
    op.create_table(
        "nudge_edit",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("entry_id", sa.String(length=64), nullable=False),
        sa.Column("is_own", sa.Boolean(), nullable=False),
        sa.Column("is_off", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("element", sa.String(length=16), nullable=True),
        sa.Column("audiences", sa.JSON(), nullable=False),
        sa.Column("motive", sa.String(length=16), nullable=True),
        sa.Column("button", sa.String(length=16), nullable=True),
        sa.Column("changed_by_id", sa.String(length=26), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "changed_by_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_nudge_edit_workspace_id_changed_by_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_nudge_edit_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "entry_id", name=op.f("pk_nudge_edit")),
    )
    op.create_table(
        "nudge_wish",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("opted_out_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("snoozed_until", sa.Date(), nullable=True),
        sa.Column("may_name", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "person_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_nudge_wish_workspace_id_person_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_nudge_wish_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "person_id", name=op.f("pk_nudge_wish")),
    )
    op.create_table(
        "nudge_reply",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("nudge_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("entry_id", sa.String(length=64), nullable=False),
        sa.Column("what", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "nudge_id"],
            ["nudge.workspace_id", "nudge.id"],
            name=op.f("fk_nudge_reply_workspace_id_nudge_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "person_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_nudge_reply_workspace_id_person_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_nudge_reply_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_nudge_reply")),
        sa.UniqueConstraint(
            "workspace_id",
            "nudge_id",
            "person_id",
            "what",
            name=op.f("uq_nudge_reply_workspace_id_nudge_id_person_id_what"),
        ),
    )
    op.create_index(
        op.f("ix_nudge_reply_workspace_id_person_id"), "nudge_reply", ["workspace_id", "person_id"], unique=False
    )


def downgrade() -> None:
    op.drop_table("nudge_reply")
    op.drop_table("nudge_wish")
    op.drop_table("nudge_edit")
    op.drop_table("nudge")
    op.drop_table("newcomer")
    op.drop_table("nudge_plan")
