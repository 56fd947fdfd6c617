"""A coming nudge that comes on another day, or not at all"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("nudge_plan", sa.Column("shifted_from", sa.Date(), nullable=True))
    op.add_column("nudge_plan", sa.Column("shifted_to", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("nudge_plan", "shifted_to")
    op.drop_column("nudge_plan", "shifted_from")
