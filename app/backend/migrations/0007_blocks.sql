-- What learners answered in polls, cards and what is shown on demand.
CREATE TABLE block_answer (
    user_id UUID NOT NULL REFERENCES user_account (id) ON DELETE CASCADE,
    course_id UUID NOT NULL REFERENCES course (id) ON DELETE CASCADE,
    lesson_slug TEXT NOT NULL,
    activity_key TEXT NOT NULL,
    -- A card; empty where the block is answered as a whole.
    part TEXT NOT NULL,
    -- A poll's option, or `known`, `not-yet`, `opened`; see domain::block.
    choice TEXT NOT NULL,
    answered_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, course_id, lesson_slug, activity_key, part)
);
CREATE INDEX block_answer_by_choice ON block_answer (course_id, lesson_slug, activity_key, choice);

-- What learners added to a chain: one entry each.
CREATE TABLE chain_entry (
    -- In the order of adding.
    id UUID NOT NULL PRIMARY KEY,
    user_id UUID NOT NULL REFERENCES user_account (id) ON DELETE CASCADE,
    course_id UUID NOT NULL REFERENCES course (id) ON DELETE CASCADE,
    lesson_slug TEXT NOT NULL,
    activity_key TEXT NOT NULL,
    -- Empty: taken back after it had been hidden. The row stays, so that what comes after it is hidden as well.
    entry TEXT NOT NULL,
    -- Others see the learner's first name.
    named BOOLEAN NOT NULL,
    -- By whom of the staff it was hidden from the others, and when.
    hidden_by UUID REFERENCES user_account (id) ON DELETE SET NULL,
    hidden_at BIGINT,
    added_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    CONSTRAINT chain_entry_of_learner UNIQUE (user_id, course_id, lesson_slug, activity_key)
);
CREATE INDEX chain_entry_by_block ON chain_entry (course_id, lesson_slug, activity_key, id);
