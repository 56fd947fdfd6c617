"""What the advocacy team was last told about an account at risk"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("account", sa.Column("risk_told", sa.String(length=16), nullable=True))


def downgrade() -> None:
    op.drop_column("account", "risk_told")
