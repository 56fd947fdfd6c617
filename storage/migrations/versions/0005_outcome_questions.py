"""How often somebody was asked how it went"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("request", sa.Column("outcome_asked_on", sa.Date(), nullable=True))
    op.add_column("request", sa.Column("outcome_questions", sa.Integer(), nullable=False, server_default="0"))
    # What was asked before is over: nobody is asked about the past because of a new version.
    op.execute("UPDATE request SET outcome_questions = 4 WHERE outcome_asked_for IS NOT NULL")


def downgrade() -> None:
    op.drop_column("request", "outcome_questions")
    op.drop_column("request", "outcome_asked_on")
