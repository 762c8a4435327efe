-- The test at the end of a section. Belongs to a version, so its rows are never changed.
CREATE TABLE stage (
    version_id UUID NOT NULL,
    section_position BIGINT NOT NULL,
    -- The section's: what learners have done hangs on it, over every version.
    section_slug TEXT NOT NULL,
    title TEXT NOT NULL,
    -- As written: JSON of domain::course::Stage.
    source TEXT NOT NULL,
    -- As shown: JSON with rendered HTML, and which lessons teach which concept.
    rendered TEXT NOT NULL,
    PRIMARY KEY (version_id, section_position),
    FOREIGN KEY (version_id, section_position) REFERENCES section (version_id, position) ON DELETE CASCADE
);

CREATE TABLE stage_attempt (
    user_id UUID NOT NULL REFERENCES user_account (id) ON DELETE CASCADE,
    course_id UUID NOT NULL REFERENCES course (id) ON DELETE CASCADE,
    section_slug TEXT NOT NULL,
    -- From 1.
    number BIGINT NOT NULL,
    -- Its questions come from here, whatever was imported since.
    version_id UUID NOT NULL REFERENCES course_version (id),
    -- Which questions, in which order.
    seed BIGINT NOT NULL,
    started_at BIGINT NOT NULL,
    -- NULL, like all that follows, until it is handed in.
    submitted_at BIGINT,
    -- JSON: question key to the author's numbers of the options, or what was typed.
    answers TEXT,
    earned BIGINT,
    possible BIGINT,
    passed BOOLEAN,
    -- Result by concept: JSON of domain::stage::ConceptScore.
    concepts TEXT,
    PRIMARY KEY (user_id, course_id, section_slug, number)
);
-- One attempt at a time.
CREATE UNIQUE INDEX stage_attempt_going ON stage_attempt (user_id, course_id, section_slug) WHERE submitted_at IS NULL;

-- Stages that the school has opened for a learner without the test.
CREATE TABLE stage_override (
    user_id UUID NOT NULL REFERENCES user_account (id) ON DELETE CASCADE,
    course_id UUID NOT NULL REFERENCES course (id) ON DELETE CASCADE,
    section_slug TEXT NOT NULL,
    reason TEXT NOT NULL,
    -- `command line`, or the id of the account that did it.
    actor TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, course_id, section_slug)
);
