"""Launch plans and their tasks"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "launch_plan",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("template", sa.String(length=32), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("started_by_id", sa.String(length=26), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_launch_plan_workspace_id")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "started_by_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_launch_plan_workspace_id_started_by_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_launch_plan")),
    )
    op.create_index(op.f("ix_launch_plan_workspace_id_state"), "launch_plan", ["workspace_id", "state"], unique=False)
    op.create_table(
        "launch_task",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("plan_id", sa.String(length=26), nullable=False),
        sa.Column("phase", sa.String(length=16), nullable=False),
        sa.Column("part", sa.String(length=32), nullable=False),
        sa.Column("function", sa.String(length=32), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("owner_id", sa.String(length=26), nullable=False),
        sa.Column("place", sa.String(length=64), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done_by_id", sa.String(length=26), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_launch_task_workspace_id")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "plan_id"],
            ["launch_plan.workspace_id", "launch_plan.id"],
            name=op.f("fk_launch_task_workspace_id_plan_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "owner_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_launch_task_workspace_id_owner_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_launch_task")),
    )
    op.create_index(
        op.f("ix_launch_task_workspace_id_plan_id_state"),
        "launch_task",
        ["workspace_id", "plan_id", "state"],
        unique=False,
    )
    op.create_index(
        op.f("ix_launch_task_workspace_id_owner_id_state"),
        "launch_task",
        ["workspace_id", "owner_id", "state"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_table("launch_task")
    op.drop_table("launch_plan")
