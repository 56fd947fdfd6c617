"""What single colleagues need, sealed, and the conversations noted"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "resistance_entry",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("element", sa.String(length=16), nullable=False),
        sa.Column("motive", sa.String(length=16), nullable=True),
        sa.Column("need", sa.LargeBinary(), nullable=False),
        sa.Column("next_step", sa.LargeBinary(), nullable=True),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("coach_id", sa.String(length=26), nullable=False),
        sa.Column("written_by_id", sa.String(length=26), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_resistance_entry_workspace_id")),
        *(
            sa.ForeignKeyConstraint(
                ["workspace_id", column],
                ["person.workspace_id", "person.id"],
                name=op.f(f"fk_resistance_entry_workspace_id_{column}"),
            )
            for column in ("person_id", "coach_id", "written_by_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_resistance_entry")),
    )
    for columns in (["person_id"], ["state", "next_on"], ["written_on"]):
        name = op.f("_".join(["ix_resistance_entry_workspace_id", *columns]))
        op.create_index(name, "resistance_entry", ["workspace_id", *columns], unique=False)
    op.create_table(
        "resistance_talk",
        sa.Column("workspace_id", sa.String(length=26), nullable=False),
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("entry_id", sa.String(length=26), nullable=False),
        sa.Column("by_id", sa.String(length=26), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_resistance_talk_workspace_id")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "entry_id"],
            ["resistance_entry.workspace_id", "resistance_entry.id"],
            name=op.f("fk_resistance_talk_workspace_id_entry_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "by_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_resistance_talk_workspace_id_by_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_resistance_talk")),
    )
    name = op.f("ix_resistance_talk_workspace_id_entry_id")
    op.create_index(name, "resistance_talk", ["workspace_id", "entry_id"], unique=False)


def downgrade() -> None:
    op.drop_table("resistance_talk")
    op.drop_table("resistance_entry")
