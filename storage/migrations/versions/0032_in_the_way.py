"""What stood in the way of an advocate when somebody asked for them, for the team that decides"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("request", sa.Column("in_the_way", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("request", "in_the_way")
