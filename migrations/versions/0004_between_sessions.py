"""Between the sessions

Why: homework with a life of its own and a review in the note, agreements that members sign with each
    other, worksheets of the practice, journals and things to read, letters, reminders, calendar feeds.
Rows touched: none; new tables and nullable columns, and a wider limit on whom something can be for.
Who can see what: nobody gains sight of what was there before. Whoever holds the secret address of a
    calendar feed sees when its owner has appointments, nothing else.
Way back: downgrade drops the new tables and columns and with them what was written there; what was
    to be read together in a session is then for its author and the therapist.

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
    op.create_table('calendar_feed',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('token_hash', sa.LargeBinary(length=32), nullable=False),
    sa.Column('with_alone', sa.Boolean(), nullable=False),
    sa.Column('begun_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_calendar_feed_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_calendar_feed')),
    sa.UniqueConstraint('person_id', name=op.f('uq_calendar_feed_person_id')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_calendar_feed_token_hash'))
    )

    op.create_table('entry_ending',
    sa.Column('entry_id', sa.Uuid(), nullable=False),
    sa.Column('couple_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['couple_id'], ['couple.id'], name=op.f('fk_entry_ending_couple_id_couple')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_entry_ending_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_entry_ending')),
    sa.UniqueConstraint('entry_id', name=op.f('uq_entry_ending_entry_id'))
    )
    with op.batch_alter_table('entry_ending', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_entry_ending_couple_id'), ['couple_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_entry_ending_person_id'), ['person_id'], unique=False)

    op.create_table('entry_signature',
    sa.Column('entry_id', sa.Uuid(), nullable=False),
    sa.Column('couple_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('signed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('taken_back_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('signed_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['couple_id'], ['couple.id'], name=op.f('fk_entry_signature_couple_id_couple')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_entry_signature_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_entry_signature'))
    )
    with op.batch_alter_table('entry_signature', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_entry_signature_couple_id'), ['couple_id'], unique=False)
        batch_op.create_index('ix_entry_signature_entry_id_person_id', ['entry_id', 'person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_entry_signature_person_id'), ['person_id'], unique=False)

    op.create_table('tracker_mark',
    sa.Column('entry_id', sa.Uuid(), nullable=False),
    sa.Column('couple_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('block_key', sa.String(length=40), nullable=False),
    sa.Column('line_key', sa.String(length=8), nullable=False),
    sa.Column('word', sa.Enum('kept', 'partly', 'not_yet', name='promiseword', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('on_day', sa.Date(), nullable=False),
    sa.Column('audience', sa.Enum('private', 'therapist', 'in_session', 'when_all_done', 'couple', name='audience', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('marked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['couple_id'], ['couple.id'], name=op.f('fk_tracker_mark_couple_id_couple')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_tracker_mark_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tracker_mark'))
    )
    with op.batch_alter_table('tracker_mark', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_tracker_mark_couple_id'), ['couple_id'], unique=False)
        batch_op.create_index('ix_tracker_mark_entry_id_marked_at', ['entry_id', 'marked_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_tracker_mark_person_id'), ['person_id'], unique=False)

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

    with op.batch_alter_table('goal', schema=None) as batch_op:
        batch_op.add_column(sa.Column('area_sealed', sa.LargeBinary(), nullable=True))

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

    op.create_table('homework_view',
    sa.Column('assignment_id', sa.Uuid(), nullable=False),
    sa.Column('couple_id', sa.Uuid(), nullable=False),
    sa.Column('author_id', sa.Uuid(), nullable=False),
    sa.Column('for_day', sa.Date(), nullable=False),
    sa.Column('content_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('audience', sa.Enum('private', 'therapist', 'in_session', 'when_all_done', 'couple', name='viewaudience', native_enum=False, create_constraint=True, length=40), nullable=False),
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

    op.create_table('journal_page',
    sa.Column('couple_id', sa.Uuid(), nullable=False),
    sa.Column('author_id', sa.Uuid(), nullable=False),
    sa.Column('words_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('audience', sa.Enum('private', 'therapist', 'in_session', 'when_all_done', 'couple', name='audience', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('shown_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('locked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("audience = 'private' OR shown_at IS NOT NULL", name=op.f('ck_journal_page_shown_has_its_time')),
    sa.CheckConstraint("audience IN ('private', 'therapist')", name=op.f('ck_journal_page_is_never_joint')),
    sa.ForeignKeyConstraint(['author_id'], ['person.id'], name=op.f('fk_journal_page_author_id_person')),
    sa.ForeignKeyConstraint(['couple_id'], ['couple.id'], name=op.f('fk_journal_page_couple_id_couple')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_journal_page'))
    )
    with op.batch_alter_table('journal_page', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_journal_page_author_id'), ['author_id'], unique=False)
        batch_op.create_index('ix_journal_page_couple_id_author_id', ['couple_id', 'author_id'], unique=False)

    op.create_table('resource',
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('link', sa.String(length=500), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('added_by', sa.Uuid(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('approved_by', sa.Uuid(), nullable=True),
    sa.Column('approved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('put_away_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("(link = '') <> (words = '')", name=op.f('ck_resource_link_or_words')),
    sa.CheckConstraint('(approved_by IS NULL) = (approved_at IS NULL)', name=op.f('ck_resource_approved_by_with_approved_at')),
    sa.CheckConstraint('minutes BETWEEN 1 AND 600', name=op.f('ck_resource_minutes_in_range')),
    sa.ForeignKeyConstraint(['added_by'], ['person.id'], name=op.f('fk_resource_added_by_person')),
    sa.ForeignKeyConstraint(['approved_by'], ['person.id'], name=op.f('fk_resource_approved_by_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_resource'))
    )
    op.create_table('resource_given',
    sa.Column('resource_id', sa.Uuid(), nullable=False),
    sa.Column('couple_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=True),
    sa.Column('given_by', sa.Uuid(), nullable=False),
    sa.Column('given_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('words_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('taken_back_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['couple_id'], ['couple.id'], name=op.f('fk_resource_given_couple_id_couple')),
    sa.ForeignKeyConstraint(['given_by'], ['person.id'], name=op.f('fk_resource_given_given_by_person')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_resource_given_person_id_person')),
    sa.ForeignKeyConstraint(['resource_id'], ['resource.id'], name=op.f('fk_resource_given_resource_id_resource')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_resource_given'))
    )
    with op.batch_alter_table('resource_given', schema=None) as batch_op:
        batch_op.create_index('ix_resource_given_couple_id_person_id', ['couple_id', 'person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_resource_given_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_resource_given_resource_id'), ['resource_id'], unique=False)

    op.create_table('message',
    sa.Column('couple_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=True),
    sa.Column('author_id', sa.Uuid(), nullable=False),
    sa.Column('from_practice', sa.Boolean(), nullable=False),
    sa.Column('body_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('locked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('person_id IS NOT NULL OR locked_at IS NULL', name=op.f('ck_message_joint_letters_stay_open')),
    sa.ForeignKeyConstraint(['author_id'], ['person.id'], name=op.f('fk_message_author_id_person')),
    sa.ForeignKeyConstraint(['couple_id'], ['couple.id'], name=op.f('fk_message_couple_id_couple')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_message_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_message'))
    )
    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_message_author_id'), ['author_id'], unique=False)
        batch_op.create_index('ix_message_couple_id_person_id_sent_at', ['couple_id', 'person_id', 'sent_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_message_person_id'), ['person_id'], unique=False)

    op.create_table('together_wish',
    sa.Column('couple_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('taken_back_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['couple_id'], ['couple.id'], name=op.f('fk_together_wish_couple_id_couple')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_together_wish_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_together_wish'))
    )
    with op.batch_alter_table('together_wish', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_together_wish_person_id'), ['person_id'], unique=False)
        batch_op.create_index('uq_together_wish_standing', ['couple_id', 'person_id'], unique=True, sqlite_where=sa.text('taken_back_at IS NULL'), postgresql_where=sa.text('taken_back_at IS NULL'))

    op.create_table('message_party',
    sa.Column('message_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['message_id'], ['message.id'], name=op.f('fk_message_party_message_id_message'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_message_party_person_id_person')),
    sa.PrimaryKeyConstraint('message_id', 'person_id', name=op.f('pk_message_party'))
    )
    with op.batch_alter_table('message_party', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_message_party_person_id'), ['person_id'], unique=False)

    op.create_table('message_reading',
    sa.Column('message_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('for_practice', sa.Boolean(), nullable=False),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['message_id'], ['message.id'], name=op.f('fk_message_reading_message_id_message'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_message_reading_person_id_person')),
    sa.PrimaryKeyConstraint('message_id', 'person_id', name=op.f('pk_message_reading'))
    )
    with op.batch_alter_table('message_reading', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_message_reading_person_id'), ['person_id'], unique=False)

    op.create_table('time_request',
    sa.Column('couple_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('about_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('when_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('seen_by', sa.Uuid(), nullable=True),
    sa.Column('outcome', sa.Enum('planned', 'answered', 'taken_back', name='timeoutcome', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('session_id', sa.Uuid(), nullable=True),
    sa.Column('answer_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('locked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("(outcome = 'answered') = (answer_sealed IS NOT NULL)", name=op.f('ck_time_request_answered_in_words')),
    sa.CheckConstraint('(outcome IS NULL) = (closed_at IS NULL)', name=op.f('ck_time_request_outcome_with_its_time')),
    sa.CheckConstraint('(seen_at IS NULL) = (seen_by IS NULL)', name=op.f('ck_time_request_seen_with_its_reader')),
    sa.ForeignKeyConstraint(['couple_id'], ['couple.id'], name=op.f('fk_time_request_couple_id_couple')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_time_request_person_id_person')),
    sa.ForeignKeyConstraint(['seen_by'], ['person.id'], name=op.f('fk_time_request_seen_by_person')),
    sa.ForeignKeyConstraint(['session_id'], ['therapy_session.id'], name=op.f('fk_time_request_session_id_therapy_session')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_time_request'))
    )
    with op.batch_alter_table('time_request', schema=None) as batch_op:
        batch_op.create_index('ix_time_request_couple_id_person_id', ['couple_id', 'person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_time_request_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_time_request_session_id'), ['session_id'], unique=False)
        batch_op.create_index('uq_time_request_open', ['couple_id', 'person_id'], unique=True, sqlite_where=sa.text('outcome IS NULL'), postgresql_where=sa.text('outcome IS NULL'))

    op.create_table('reminder',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('state', sa.Enum('waiting', 'sending', 'sent', 'perhaps_sent', 'given_up', 'held', name='reminderstate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('planned_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('next_try_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('claimed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('handed_over_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('problem', sa.Enum('unreachable', 'no_answer', 'broken_off', 'try_later', 'not_encrypted', 'sign_in_refused', 'server_refused', 'address_refused', 'mail_refused', 'worker_stopped', name='problem', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("(claimed_at IS NOT NULL) = (state = 'sending')", name=op.f('ck_reminder_claimed_to_send')),
    sa.CheckConstraint("(finished_at IS NULL) = (state IN ('waiting', 'sending'))", name=op.f('ck_reminder_finished_or_open')),
    sa.CheckConstraint('attempts >= 0', name=op.f('ck_reminder_attempts_from_none')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_reminder_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reminder'))
    )
    with op.batch_alter_table('reminder', schema=None) as batch_op:
        batch_op.create_index('ix_reminder_state_next_try_at', ['state', 'next_try_at'], unique=False)
        batch_op.create_index('uq_reminder_person_id_day', ['person_id', 'day'], unique=True)

    op.create_table('reminder_opt_out',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('questions', 'homework', 'appointment', 'papers', 'letter', name='reminderkind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_reminder_opt_out_person_id_person')),
    sa.PrimaryKeyConstraint('person_id', 'kind', name=op.f('pk_reminder_opt_out'))
    )
    op.create_table('reminder_cause',
    sa.Column('reminder_id', sa.Uuid(), nullable=False),
    sa.Column('couple_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('questions', 'homework', 'appointment', 'papers', 'letter', name='reminderkind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['couple_id'], ['couple.id'], name=op.f('fk_reminder_cause_couple_id_couple')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_reminder_cause_person_id_person')),
    sa.ForeignKeyConstraint(['reminder_id'], ['reminder.id'], name=op.f('fk_reminder_cause_reminder_id_reminder')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reminder_cause'))
    )
    with op.batch_alter_table('reminder_cause', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reminder_cause_couple_id'), ['couple_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_reminder_cause_person_id'), ['person_id'], unique=False)
        batch_op.create_index('uq_reminder_cause_of', ['reminder_id', 'couple_id', 'kind'], unique=True)


def downgrade() -> None:
    with op.batch_alter_table('reminder_cause', schema=None) as batch_op:
        batch_op.drop_index('uq_reminder_cause_of')
        batch_op.drop_index(batch_op.f('ix_reminder_cause_person_id'))
        batch_op.drop_index(batch_op.f('ix_reminder_cause_couple_id'))

    op.drop_table('reminder_cause')
    op.drop_table('reminder_opt_out')
    with op.batch_alter_table('reminder', schema=None) as batch_op:
        batch_op.drop_index('uq_reminder_person_id_day')
        batch_op.drop_index('ix_reminder_state_next_try_at')

    op.drop_table('reminder')

    with op.batch_alter_table('time_request', schema=None) as batch_op:
        batch_op.drop_index('uq_time_request_open', sqlite_where=sa.text('outcome IS NULL'), postgresql_where=sa.text('outcome IS NULL'))
        batch_op.drop_index(batch_op.f('ix_time_request_session_id'))
        batch_op.drop_index(batch_op.f('ix_time_request_person_id'))
        batch_op.drop_index('ix_time_request_couple_id_person_id')

    op.drop_table('time_request')
    with op.batch_alter_table('message_reading', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_message_reading_person_id'))

    op.drop_table('message_reading')
    with op.batch_alter_table('message_party', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_message_party_person_id'))

    op.drop_table('message_party')
    with op.batch_alter_table('together_wish', schema=None) as batch_op:
        batch_op.drop_index('uq_together_wish_standing', sqlite_where=sa.text('taken_back_at IS NULL'), postgresql_where=sa.text('taken_back_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_together_wish_person_id'))

    op.drop_table('together_wish')
    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_message_person_id'))
        batch_op.drop_index('ix_message_couple_id_person_id_sent_at')
        batch_op.drop_index(batch_op.f('ix_message_author_id'))

    op.drop_table('message')

    with op.batch_alter_table('resource_given', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_resource_given_resource_id'))
        batch_op.drop_index(batch_op.f('ix_resource_given_person_id'))
        batch_op.drop_index('ix_resource_given_couple_id_person_id')

    op.drop_table('resource_given')
    op.drop_table('resource')
    with op.batch_alter_table('journal_page', schema=None) as batch_op:
        batch_op.drop_index('ix_journal_page_couple_id_author_id')
        batch_op.drop_index(batch_op.f('ix_journal_page_author_id'))

    op.drop_table('journal_page')

    op.drop_column('goal', 'measure_key')
    op.drop_column('member_note_version', 'content_sealed')
    op.drop_column('member_note', 'content_sealed')
    with op.batch_alter_table('homework_view', schema=None) as batch_op:
        batch_op.drop_index('uq_homework_view_of', sqlite_where=sa.text('locked_at IS NULL'), postgresql_where=sa.text('locked_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_homework_view_couple_id'))

    op.drop_table('homework_view')

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

    with op.batch_alter_table('goal', schema=None) as batch_op:
        batch_op.drop_column('area_sealed')

    with op.batch_alter_table('worksheet', schema=None) as batch_op:
        batch_op.drop_index('uq_worksheet_key_version')

    op.drop_table('worksheet')

    with op.batch_alter_table('tracker_mark', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_tracker_mark_person_id'))
        batch_op.drop_index('ix_tracker_mark_entry_id_marked_at')
        batch_op.drop_index(batch_op.f('ix_tracker_mark_couple_id'))

    op.drop_table('tracker_mark')
    with op.batch_alter_table('entry_signature', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_entry_signature_person_id'))
        batch_op.drop_index('ix_entry_signature_entry_id_person_id')
        batch_op.drop_index(batch_op.f('ix_entry_signature_couple_id'))

    op.drop_table('entry_signature')
    with op.batch_alter_table('entry_ending', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_entry_ending_person_id'))
        batch_op.drop_index(batch_op.f('ix_entry_ending_couple_id'))

    op.drop_table('entry_ending')

    op.drop_table('calendar_feed')
