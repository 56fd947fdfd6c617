"""When a company, a contact or a deal was deleted in the CRM"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

TABLES = ("account", "contact", "opportunity")


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    for table in TABLES:
        op.drop_column(table, "gone_at")
