"""Homework is reviewed in the note, and each says how the joint task was

Why: a review of what one did alone has to go the way of the individual addendum; each member's
    own view of a joint task; a goal may name a measure that shows it.
Rows touched: none; three nullable columns and a new table.
Who can see what: nobody gains sight of what was there before.
Way back: downgrade drops the table and the columns and with them what was written there.

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
    op.create_table('homework_view',
    sa.Column('assignment_id', sa.Uuid(), nullable=False),
    sa.Column('couple_id', sa.Uuid(), nullable=False),
    sa.Column('author_id', sa.Uuid(), nullable=False),
    sa.Column('for_day', sa.Date(), nullable=False),
    sa.Column('content_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('audience', sa.Enum('private', 'therapist', 'when_all_done', 'couple', name='viewaudience', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('said_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('locked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("audience IN ('private', 'therapist')", name=op.f('ck_homework_view_never_for_the_others')),
    sa.ForeignKeyConstraint(['assignment_id'], ['assignment.id'], name=op.f('fk_homework_view_assignment_id_assignment')),
    sa.ForeignKeyConstraint(['author_id'], ['person.id'], name=op.f('fk_homework_view_author_id_person')),
    sa.ForeignKeyConstraint(['couple_id'], ['couple.id'], name=op.f('fk_homework_view_couple_id_couple')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_homework_view'))
    )
    with op.batch_alter_table('homework_view', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_homework_view_couple_id'), ['couple_id'], unique=False)
        batch_op.create_index('uq_homework_view_of', ['assignment_id', 'author_id', 'for_day'], unique=True, sqlite_where=sa.text('locked_at IS NULL'), postgresql_where=sa.text('locked_at IS NULL'))

    # Not in a batch: the tables of signed notes are not rebuilt, so that their triggers stay.
    op.add_column('member_note', sa.Column('content_sealed', sa.LargeBinary(), nullable=True))
    op.add_column('member_note_version', sa.Column('content_sealed', sa.LargeBinary(), nullable=True))
    op.add_column('goal', sa.Column('measure_key', sa.String(length=60), nullable=True))


def downgrade() -> None:
    op.drop_column('goal', 'measure_key')
    op.drop_column('member_note_version', 'content_sealed')
    op.drop_column('member_note', 'content_sealed')
    with op.batch_alter_table('homework_view', schema=None) as batch_op:
        batch_op.drop_index('uq_homework_view_of', sqlite_where=sa.text('locked_at IS NULL'), postgresql_where=sa.text('locked_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_homework_view_couple_id'))

    op.drop_table('homework_view')
