"""What advocacy had brought, day by day"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "value_day",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("brought", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_value_day_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "day", name=op.f("pk_value_day")),
    )


def downgrade() -> None:
    op.drop_table("value_day")
