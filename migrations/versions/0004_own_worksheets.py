"""Keep worksheets in versions

Why: the practice writes worksheets of its own, and every entry is read in the wording it was
written under (decision 0042).
Rows touched: none; one new table.
Who can see what: nobody gains sight of anything; a worksheet holds nothing of a client.
Way back: downgrade drops the table and with it the practice's own worksheets; what was given of
the library is then shown in its present wording.

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
    op.create_table('worksheet',
    sa.Column('key', sa.String(length=60), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('created_by', sa.Uuid(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('archived_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('archived_at IS NULL OR created_by IS NOT NULL', name=op.f('ck_worksheet_only_own_is_archived')),
    sa.CheckConstraint('version >= 1', name=op.f('ck_worksheet_version_from_one')),
    sa.ForeignKeyConstraint(['created_by'], ['person.id'], name=op.f('fk_worksheet_created_by_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_worksheet'))
    )
    with op.batch_alter_table('worksheet', schema=None) as batch_op:
        batch_op.create_index('uq_worksheet_key_version', ['key', 'version'], unique=True)


def downgrade() -> None:
    with op.batch_alter_table('worksheet', schema=None) as batch_op:
        batch_op.drop_index('uq_worksheet_key_version')

    op.drop_table('worksheet')
