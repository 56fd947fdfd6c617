"""Words that look alike and were said to differ"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("term", sa.Column("differs_from", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("term", "differs_from")
