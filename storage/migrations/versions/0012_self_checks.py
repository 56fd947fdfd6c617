"""Self-checks of program leader and executive champion"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "self_check",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("part", sa.String(length=16), nullable=False),
        sa.Column("quarter", sa.Date(), nullable=False),
        sa.Column("scores", sa.JSON(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_self_check_workspace_id")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "person_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_self_check_workspace_id_person_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_self_check")),
        sa.UniqueConstraint(
            "workspace_id",
            "person_id",
            "part",
            "quarter",
            name=op.f("uq_self_check_workspace_id_person_id_part_quarter"),
        ),
    )
    op.create_index(op.f("ix_self_check_workspace_id_quarter"), "self_check", ["workspace_id", "quarter"], unique=False)


def downgrade() -> None:
    op.drop_table("self_check")
