"""How far the CRM is read, and what it was told"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "crm_reading",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("thing", sa.String(length=16), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("record_id", sa.String(length=32), nullable=True),
        sa.Column("is_whole", sa.Boolean(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("trouble", sa.Text(), nullable=True),
        sa.Column("refused", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_crm_reading_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "thing", name=op.f("pk_crm_reading")),
    )
    op.create_table(
        "crm_told",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("opportunity_id", sa.String(length=26), nullable=False),
        sa.Column("said", sa.String(length=255), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_crm_told_workspace_id")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "opportunity_id"],
            ["opportunity.workspace_id", "opportunity.id"],
            name=op.f("fk_crm_told_workspace_id_opportunity_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "opportunity_id", name=op.f("pk_crm_told")),
    )


def downgrade() -> None:
    op.drop_table("crm_told")
    op.drop_table("crm_reading")
