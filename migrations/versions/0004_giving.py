"""Homework that rests, is made smaller, ends for a reason, and is read together

Why: decision 0043; homework had no life of its own but a beginning and an end.
Rows touched: none; adds two tables and six columns, and widens the limit on who something is for.
Who can see what: nobody gains sight of what was there before; why homework ended is for those who
    treat the couple alone.
Way back: downgrade drops the tables and columns; what was to be read together in a session is then
    for its author and the therapist, opened before or not.

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


FOR_WHOM = ('assignment', 'course_event', 'goal_progress', 'goal_rating', 'homework_entry',
            'intake_entry', 'response')
"""Tables with a column that says whom something is for."""

WITHOUT_REVEAL = ('course_event', 'intake_entry')
BEFORE = "audience IN ('private', 'therapist', 'when_all_done', 'couple')"
AFTER = "audience IN ('private', 'therapist', 'in_session', 'when_all_done', 'couple')"


def limit_audience(words: str, no_reveal: str) -> None:
    """Say anew for whom something can be."""
    for table in FOR_WHOM:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_constraint(op.f(f'ck_{table}_audience'), type_='check')
            batch_op.create_check_constraint(op.f(f'ck_{table}_audience'), words)
            if table in WITHOUT_REVEAL:
                batch_op.drop_constraint(op.f(f'ck_{table}_has_no_reveal'), type_='check')
                batch_op.create_check_constraint(op.f(f'ck_{table}_has_no_reveal'), no_reveal)


def upgrade() -> None:
    op.create_table('assignment_pause',
    sa.Column('assignment_id', sa.Uuid(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('paused_by', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('ends_on >= starts_on', name=op.f('ck_assignment_pause_ends_after_start')),
    sa.ForeignKeyConstraint(['assignment_id'], ['assignment.id'], name=op.f('fk_assignment_pause_assignment_id_assignment')),
    sa.ForeignKeyConstraint(['paused_by'], ['person.id'], name=op.f('fk_assignment_pause_paused_by_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assignment_pause'))
    )
    with op.batch_alter_table('assignment_pause', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_assignment_pause_assignment_id'), ['assignment_id'], unique=False)

    op.create_table('assignment_version',
    sa.Column('assignment_id', sa.Uuid(), nullable=False),
    sa.Column('instructions_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('changed_by', sa.Uuid(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['assignment_id'], ['assignment.id'], name=op.f('fk_assignment_version_assignment_id_assignment')),
    sa.ForeignKeyConstraint(['changed_by'], ['person.id'], name=op.f('fk_assignment_version_changed_by_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assignment_version'))
    )
    with op.batch_alter_table('assignment_version', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_assignment_version_assignment_id'), ['assignment_id'], unique=False)

    with op.batch_alter_table('assignment', schema=None) as batch_op:
        batch_op.add_column(sa.Column('end_reason', sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column('end_words_sealed', sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column('follows_id', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('follows_how', sa.String(length=40), nullable=True))
        batch_op.create_check_constraint(op.f('ck_assignment_endreason'), "end_reason IN ('done_enough', 'too_big', 'did_not_fit', 'replaced', 'no_longer_safe', 'other', 'smaller', 'carried_over')")
        batch_op.create_check_constraint(op.f('ck_assignment_followshow'), "follows_how IN ('carried_over', 'smaller')")
        batch_op.create_check_constraint(op.f('ck_assignment_reason_of_an_end'), 'retired_on IS NOT NULL OR (end_reason IS NULL AND end_words_sealed IS NULL)')
        batch_op.create_check_constraint(op.f('ck_assignment_follows_somehow'), 'follows_id IS NULL OR follows_how IS NOT NULL')
        batch_op.create_index('uq_assignment_follows_id', ['follows_id'], unique=True)
        batch_op.create_foreign_key(batch_op.f('fk_assignment_follows_id_assignment'), 'assignment', ['follows_id'], ['id'])

    with op.batch_alter_table('homework_entry', schema=None) as batch_op:
        batch_op.add_column(sa.Column('opened_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('opened_in', sa.Uuid(), nullable=True))
        batch_op.create_check_constraint(op.f('ck_homework_entry_opened_in_a_session'), "(opened_at IS NOT NULL OR opened_in IS NULL) AND (opened_at IS NULL OR audience = 'in_session')")
        batch_op.create_foreign_key(batch_op.f('fk_homework_entry_opened_in_therapy_session'), 'therapy_session', ['opened_in'], ['id'])

    limit_audience(AFTER, "audience NOT IN ('when_all_done', 'in_session')")


def downgrade() -> None:
    with op.batch_alter_table('homework_entry', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_homework_entry_opened_in_a_session'), type_='check')
        batch_op.drop_constraint(batch_op.f('fk_homework_entry_opened_in_therapy_session'), type_='foreignkey')
        batch_op.drop_column('opened_in')
        batch_op.drop_column('opened_at')

    with op.batch_alter_table('assignment', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_assignment_follows_somehow'), type_='check')
        batch_op.drop_constraint(op.f('ck_assignment_reason_of_an_end'), type_='check')
        batch_op.drop_constraint(op.f('ck_assignment_followshow'), type_='check')
        batch_op.drop_constraint(op.f('ck_assignment_endreason'), type_='check')
        batch_op.drop_constraint(batch_op.f('fk_assignment_follows_id_assignment'), type_='foreignkey')
        batch_op.drop_index('uq_assignment_follows_id')
        batch_op.drop_column('follows_how')
        batch_op.drop_column('follows_id')
        batch_op.drop_column('end_words_sealed')
        batch_op.drop_column('end_reason')

    with op.batch_alter_table('assignment_version', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_assignment_version_assignment_id'))

    op.drop_table('assignment_version')
    with op.batch_alter_table('assignment_pause', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_assignment_pause_assignment_id'))

    op.drop_table('assignment_pause')
    for table in FOR_WHOM:
        op.execute(f"UPDATE {table} SET audience = 'therapist' WHERE audience = 'in_session'")
    limit_audience(BEFORE, "audience <> 'when_all_done'")
