"""Which of their roles somebody wants to see in Home"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("person", sa.Column("home_focus", sa.String(length=16), nullable=True))


def downgrade() -> None:
    op.drop_column("person", "home_focus")
