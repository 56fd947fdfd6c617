"""Teams' goals for a quarter"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "team_goal",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("quarter", sa.Date(), nullable=False),
        sa.Column("team", sa.String(length=32), nullable=False),
        sa.Column("function", sa.String(length=32), nullable=True),
        sa.Column("manager_id", sa.String(length=26), nullable=False),
        sa.Column("proposed_by_id", sa.String(length=26), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("wanted", sa.JSON(), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=True),
        sa.Column("result", sa.JSON(), nullable=True),
        sa.Column("place", sa.String(length=64), nullable=True),
        sa.Column("told_in", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_team_goal_workspace_id")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "manager_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_team_goal_workspace_id_manager_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "proposed_by_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_team_goal_workspace_id_proposed_by_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_team_goal")),
        sa.UniqueConstraint("workspace_id", "quarter", "team", name=op.f("uq_team_goal_workspace_id_quarter_team")),
    )
    op.create_index(
        op.f("ix_team_goal_workspace_id_state_quarter"), "team_goal", ["workspace_id", "state", "quarter"], unique=False
    )


def downgrade() -> None:
    op.drop_table("team_goal")
