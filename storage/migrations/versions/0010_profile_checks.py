"""When the owner of a profile was last asked whether it is still right, and how often"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("advocate", sa.Column("check_asked_on", sa.Date(), nullable=True))
    op.add_column("advocate", sa.Column("check_asked", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    op.drop_column("advocate", "check_asked")
    op.drop_column("advocate", "check_asked_on")
