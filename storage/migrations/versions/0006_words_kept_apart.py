"""Words that look alike and were said to differ, and requests whose asker has left"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("term", sa.Column("differs_from", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("request", sa.Column("asker_gone_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("request", "asker_gone_at")
    op.drop_column("term", "differs_from")
