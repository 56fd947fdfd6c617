"""The champion's thanks of each month"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "monthly_thanks",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("by_id", sa.String(length=26), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_monthly_thanks_workspace_id")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "by_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_monthly_thanks_workspace_id_by_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "month", name=op.f("pk_monthly_thanks")),
    )


def downgrade() -> None:
    op.drop_table("monthly_thanks")
