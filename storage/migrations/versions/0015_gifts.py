"""What advocates got back for what they did"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "gift",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("advocate_id", sa.String(length=26), nullable=False),
        sa.Column("what", sa.String(length=255), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("hundredths", sa.Integer(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("given_by_id", sa.String(length=26), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_gift_workspace_id")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "advocate_id"],
            ["advocate.workspace_id", "advocate.id"],
            name=op.f("fk_gift_workspace_id_advocate_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "given_by_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_gift_workspace_id_given_by_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_gift")),
    )
    op.create_index(
        op.f("ix_gift_workspace_id_advocate_id_given_on"),
        "gift",
        ["workspace_id", "advocate_id", "given_on"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_table("gift")
