"""Pulses that people answer here: runs, ballots, comments; messages that belong together"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def _key(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=26), nullable=False)


def upgrade() -> None:
    op.create_table(
        "pulse_run",
        _key("workspace_id"),
        _key("id"),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("cadence", sa.String(length=16), nullable=False),
        sa.Column("held", sa.SmallInteger(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("send_at", sa.String(length=5), nullable=False),
        sa.Column("open_days", sa.SmallInteger(), nullable=False),
        sa.Column("smallest", sa.SmallInteger(), nullable=False),
        sa.Column("backup_days", sa.SmallInteger(), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=True),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pulse_id", sa.String(length=26), nullable=True),
        sa.Column("planned_by_id", sa.String(length=26), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_pulse_run_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_pulse_run")),
    )
    op.create_index(op.f("ix_pulse_run_workspace_id_state"), "pulse_run", ["workspace_id", "state"], unique=False)
    op.create_table(
        "participation",
        _key("workspace_id"),
        _key("run_id"),
        _key("person_id"),
        sa.Column("group_name", sa.String(length=255), nullable=False),
        sa.Column("team_id", sa.String(length=26), nullable=True),
        sa.Column("is_invited", sa.Boolean(), nullable=False),
        sa.Column("reminded", sa.SmallInteger(), nullable=False),
        sa.Column("has_answered", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "person_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_participation_workspace_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "run_id"],
            ["pulse_run.workspace_id", "pulse_run.id"],
            name=op.f("fk_participation_workspace_id_run_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_participation_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "run_id", "person_id", name=op.f("pk_participation")),
    )
    op.create_index(
        op.f("ix_participation_workspace_id_person_id"), "participation", ["workspace_id", "person_id"], unique=False
    )
    op.create_table(
        "ballot",
        _key("workspace_id"),
        _key("run_id"),
        sa.Column("key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("group_name", sa.String(length=255), nullable=False),
        sa.Column("team_id", sa.String(length=26), nullable=True),
        sa.Column("awareness", sa.SmallInteger(), nullable=True),
        sa.Column("desire", sa.SmallInteger(), nullable=True),
        sa.Column("knowledge", sa.SmallInteger(), nullable=True),
        sa.Column("ability", sa.SmallInteger(), nullable=True),
        sa.Column("reinforcement", sa.SmallInteger(), nullable=True),
        sa.Column("motive", sa.String(length=16), nullable=True),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "run_id"],
            ["pulse_run.workspace_id", "pulse_run.id"],
            name=op.f("fk_ballot_workspace_id_run_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_ballot_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "run_id", "key", name=op.f("pk_ballot")),
    )
    op.create_table(
        "pulse_comment",
        _key("workspace_id"),
        _key("id"),
        _key("pulse_id"),
        sa.Column("group_name", sa.String(length=255), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "pulse_id"],
            ["pulse.workspace_id", "pulse.id"],
            name=op.f("fk_pulse_comment_workspace_id_pulse_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_pulse_comment_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_pulse_comment")),
    )
    op.create_index(
        op.f("ix_pulse_comment_workspace_id_pulse_id_group_name"),
        "pulse_comment",
        ["workspace_id", "pulse_id", "group_name"],
        unique=False,
    )
    op.add_column("pulse", sa.Column("smallest", sa.SmallInteger(), nullable=True))
    op.add_column("answer", sa.Column("team_id", sa.String(length=26), nullable=True))
    op.add_column("answer", sa.Column("motive", sa.String(length=16), nullable=True))
    op.add_column("outbox", sa.Column("not_after", sa.DateTime(timezone=True), nullable=True))
    op.add_column("outbox", sa.Column("batch", sa.String(length=26), nullable=True))
    op.create_index(
        op.f("ix_outbox_workspace_id_batch_target"), "outbox", ["workspace_id", "batch", "target"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_outbox_workspace_id_batch_target"), table_name="outbox")
    op.drop_column("outbox", "batch")
    op.drop_column("outbox", "not_after")
    op.drop_column("answer", "motive")
    op.drop_column("answer", "team_id")
    op.drop_column("pulse", "smallest")
    op.drop_table("pulse_comment")
    op.drop_table("ballot")
    op.drop_table("participation")
    op.drop_table("pulse_run")
