"""When a workspace was disconnected, and how a colleague wrote a customer who was known already"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("workspace", sa.Column("disconnected_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("nomination", sa.Column("written_name", sa.String(length=255), nullable=True))
    op.add_column("nomination", sa.Column("written_company", sa.String(length=255), nullable=True))


def downgrade() -> None:
    op.drop_column("nomination", "written_company")
    op.drop_column("nomination", "written_name")
    op.drop_column("workspace", "disconnected_at")
