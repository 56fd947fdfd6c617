"""Pulses that are over, and their answers"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pulse",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_pulse_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_pulse")),
        sa.UniqueConstraint("workspace_id", "key", "held_on", name=op.f("uq_pulse_workspace_id_key_held_on")),
    )
    op.create_table(
        "answer",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("pulse_id", sa.String(length=26), nullable=False),
        sa.Column("group_name", sa.String(length=255), nullable=False),
        sa.Column("respondent_digest", sa.LargeBinary(), nullable=True),
        sa.Column("awareness", sa.SmallInteger(), nullable=True),
        sa.Column("desire", sa.SmallInteger(), nullable=True),
        sa.Column("knowledge", sa.SmallInteger(), nullable=True),
        sa.Column("ability", sa.SmallInteger(), nullable=True),
        sa.Column("reinforcement", sa.SmallInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "pulse_id"],
            ["pulse.workspace_id", "pulse.id"],
            name=op.f("fk_answer_workspace_id_pulse_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_answer_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_answer")),
        sa.UniqueConstraint("workspace_id", "respondent_digest", name=op.f("uq_answer_workspace_id_respondent_digest")),
    )
    op.create_index(
        op.f("ix_answer_workspace_id_pulse_id_group_name"),
        "answer",
        ["workspace_id", "pulse_id", "group_name"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_table("answer")
    op.drop_table("pulse")
