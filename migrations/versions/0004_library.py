"""What a goal is about

Why: decision 0041; worksheets are suggested by what an open goal is about.
Rows touched: none; adds one nullable column to ``goal``.
Who can see what: nobody gains; it is read with the goal it stands on.
Way back: downgrade drops the column and with it what was said.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

# Tables that may have fewer rows, and "table.constraint" of limits that may go. Any other
# loss stops the upgrade and undoes it.
may_lose_rows: tuple[str, ...] = ()
may_lose_checks: tuple[str, ...] = ()


def upgrade() -> None:
    with op.batch_alter_table('goal', schema=None) as batch_op:
        batch_op.add_column(sa.Column('area_sealed', sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('goal', schema=None) as batch_op:
        batch_op.drop_column('area_sealed')
