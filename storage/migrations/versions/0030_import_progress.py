"""How far an import of a file is"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "import_progress",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("file_key", sa.String(length=64), nullable=False),
        sa.Column("import_id", sa.String(length=26), nullable=False),
        sa.Column("stage", sa.SmallInteger(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("refused", sa.JSON(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_import_progress_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "file_key", name=op.f("pk_import_progress")),
    )


def downgrade() -> None:
    op.drop_table("import_progress")
