"""Meetings of programs, and who was there"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mechanism_meeting",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("mechanism_id", sa.String(length=26), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("about", sa.String(length=255), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("created_by_id", sa.String(length=26), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "created_by_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_mechanism_meeting_workspace_id_created_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "mechanism_id"],
            ["mechanism.workspace_id", "mechanism.id"],
            name=op.f("fk_mechanism_meeting_workspace_id_mechanism_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_mechanism_meeting_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_mechanism_meeting")),
    )
    op.create_index(
        op.f("ix_mechanism_meeting_workspace_id_mechanism_id_held_on"),
        "mechanism_meeting",
        ["workspace_id", "mechanism_id", "held_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_mechanism_meeting_workspace_id_state_held_on"),
        "mechanism_meeting",
        ["workspace_id", "state", "held_on"],
        unique=False,
    )
    op.create_table(
        "mechanism_attendance",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("meeting_id", sa.String(length=26), nullable=False),
        sa.Column("member_id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "meeting_id"],
            ["mechanism_meeting.workspace_id", "mechanism_meeting.id"],
            name=op.f("fk_mechanism_attendance_workspace_id_meeting_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["mechanism_member.workspace_id", "mechanism_member.id"],
            name=op.f("fk_mechanism_attendance_workspace_id_member_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_mechanism_attendance_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "meeting_id", "member_id", name=op.f("pk_mechanism_attendance")),
    )
    op.create_index(
        op.f("ix_mechanism_attendance_workspace_id_member_id"),
        "mechanism_attendance",
        ["workspace_id", "member_id"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_table("mechanism_attendance")
    op.drop_table("mechanism_meeting")
