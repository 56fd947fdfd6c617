"""How the program stood, day by day"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "health_day",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("attained", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_health_day_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "day", name=op.f("pk_health_day")),
    )


def downgrade() -> None:
    op.drop_table("health_day")
