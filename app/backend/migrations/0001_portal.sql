-- People ---------------------------------------------------------------------

CREATE TABLE user_account (
    id UUID NOT NULL PRIMARY KEY,
    email TEXT NOT NULL,
    -- The address in lower case: one account an address.
    email_key TEXT NOT NULL CONSTRAINT user_account_email_key UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    email_confirmed_at BIGINT,
    language TEXT,
    created_at BIGINT NOT NULL
);

CREATE TABLE session (
    id UUID NOT NULL PRIMARY KEY,
    token_hash TEXT NOT NULL CONSTRAINT session_token_hash UNIQUE,
    user_id UUID NOT NULL REFERENCES user_account (id) ON DELETE CASCADE,
    user_agent TEXT NOT NULL,
    address TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX session_by_user ON session (user_id, last_seen_at);
CREATE INDEX session_by_expiry ON session (expires_at);

-- Links that were mailed: confirm an address, reset a password. Used once.
CREATE TABLE mailed_token (
    token_hash TEXT NOT NULL PRIMARY KEY,
    user_id UUID NOT NULL REFERENCES user_account (id) ON DELETE CASCADE,
    purpose TEXT NOT NULL,
    email_key TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX mailed_token_by_user ON mailed_token (user_id, purpose);
CREATE INDEX mailed_token_by_expiry ON mailed_token (expires_at);

-- Attempts in a window of time, e.g. `sign-in:address:203.0.113.7`.
CREATE TABLE rate_limit (
    bucket TEXT NOT NULL PRIMARY KEY,
    window_start BIGINT NOT NULL,
    attempts BIGINT NOT NULL
);
CREATE INDEX rate_limit_by_window ON rate_limit (window_start);

-- Courses --------------------------------------------------------------------

CREATE TABLE course (
    id UUID NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL CONSTRAINT course_slug UNIQUE,
    published BOOLEAN NOT NULL,
    -- The version that is shown. NULL only while the first one is being written.
    version_id UUID,
    created_at BIGINT NOT NULL
);

-- What one import brought. Rows are written once and never changed.
CREATE TABLE course_version (
    id UUID NOT NULL PRIMARY KEY,
    course_id UUID NOT NULL REFERENCES course (id) ON DELETE CASCADE,
    number BIGINT NOT NULL,
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    language TEXT NOT NULL,
    level TEXT NOT NULL,
    category TEXT NOT NULL,
    -- Price in minor units with its ISO 4217 code; both NULL: free.
    price_minor BIGINT,
    currency TEXT,
    trial_lesson TEXT,
    minutes BIGINT NOT NULL,
    lessons BIGINT NOT NULL,
    -- Rendered overview, outcomes, prerequisites, instructors: JSON.
    details TEXT NOT NULL,
    -- Lower-case text that the catalogue's search looks through.
    search_text TEXT NOT NULL,
    -- SHA-256 over content and files: an unchanged import makes no version.
    checksum TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT course_version_number UNIQUE (course_id, number)
);

CREATE TABLE section (
    version_id UUID NOT NULL REFERENCES course_version (id) ON DELETE CASCADE,
    position BIGINT NOT NULL,
    slug TEXT NOT NULL,
    title TEXT NOT NULL,
    folder TEXT NOT NULL,
    PRIMARY KEY (version_id, position)
);

CREATE TABLE lesson (
    version_id UUID NOT NULL REFERENCES course_version (id) ON DELETE CASCADE,
    -- Through the whole course.
    position BIGINT NOT NULL,
    section_position BIGINT NOT NULL,
    slug TEXT NOT NULL,
    title TEXT NOT NULL,
    kind TEXT NOT NULL,
    minutes BIGINT NOT NULL,
    -- As the author set it; NULL: estimated.
    author_minutes BIGINT,
    preview BOOLEAN NOT NULL,
    PRIMARY KEY (version_id, position),
    CONSTRAINT lesson_slug UNIQUE (version_id, slug)
);

CREATE TABLE activity (
    version_id UUID NOT NULL,
    lesson_position BIGINT NOT NULL,
    position BIGINT NOT NULL,
    activity_key TEXT NOT NULL,
    kind TEXT NOT NULL,
    -- Length of media in milliseconds, where known.
    duration_ms BIGINT,
    -- As written, for export: JSON of domain::course::ActivityBody.
    source TEXT NOT NULL,
    -- As shown: JSON with rendered HTML.
    rendered TEXT NOT NULL,
    PRIMARY KEY (version_id, lesson_position, position),
    FOREIGN KEY (version_id, lesson_position) REFERENCES lesson (version_id, position) ON DELETE CASCADE
);

CREATE TABLE course_file (
    version_id UUID NOT NULL REFERENCES course_version (id) ON DELETE CASCADE,
    path TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    mime TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    -- Named by the overview: open to everyone.
    public BOOLEAN NOT NULL,
    PRIMARY KEY (version_id, path)
);

-- Which lesson shows which file. A file is open to whoever may see one of its lessons.
CREATE TABLE lesson_file (
    version_id UUID NOT NULL,
    lesson_slug TEXT NOT NULL,
    path TEXT NOT NULL,
    PRIMARY KEY (version_id, lesson_slug, path),
    FOREIGN KEY (version_id, path) REFERENCES course_file (version_id, path) ON DELETE CASCADE
);

-- Learning -------------------------------------------------------------------

CREATE TABLE enrolment (
    user_id UUID NOT NULL REFERENCES user_account (id) ON DELETE CASCADE,
    course_id UUID NOT NULL REFERENCES course (id) ON DELETE CASCADE,
    -- The version at enrolment: what "all" means for this learner.
    version_id UUID NOT NULL REFERENCES course_version (id),
    enrolled_at BIGINT NOT NULL,
    -- Where they were last.
    last_lesson TEXT,
    last_seen_at BIGINT NOT NULL,
    completed_at BIGINT,
    PRIMARY KEY (user_id, course_id)
);
CREATE INDEX enrolment_by_course ON enrolment (course_id);

CREATE TABLE lesson_progress (
    user_id UUID NOT NULL REFERENCES user_account (id) ON DELETE CASCADE,
    course_id UUID NOT NULL REFERENCES course (id) ON DELETE CASCADE,
    lesson_slug TEXT NOT NULL,
    opened_at BIGINT NOT NULL,
    completed_at BIGINT,
    PRIMARY KEY (user_id, course_id, lesson_slug)
);

CREATE TABLE media_progress (
    user_id UUID NOT NULL REFERENCES user_account (id) ON DELETE CASCADE,
    course_id UUID NOT NULL REFERENCES course (id) ON DELETE CASCADE,
    lesson_slug TEXT NOT NULL,
    activity_key TEXT NOT NULL,
    position_ms BIGINT NOT NULL,
    -- Merged watched intervals in milliseconds: JSON [[from, to], …].
    coverage TEXT NOT NULL,
    watched_at BIGINT,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, course_id, lesson_slug, activity_key)
);

-- How much watching the wall clock still allows a learner, over all devices.
CREATE TABLE watch_allowance (
    user_id UUID NOT NULL PRIMARY KEY REFERENCES user_account (id) ON DELETE CASCADE,
    allowance_ms BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

CREATE TABLE quiz_attempt (
    id UUID NOT NULL PRIMARY KEY,
    user_id UUID NOT NULL REFERENCES user_account (id) ON DELETE CASCADE,
    course_id UUID NOT NULL REFERENCES course (id) ON DELETE CASCADE,
    lesson_slug TEXT NOT NULL,
    activity_key TEXT NOT NULL,
    -- JSON: question key to what was given.
    answers TEXT NOT NULL,
    earned BIGINT NOT NULL,
    possible BIGINT NOT NULL,
    passed BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX quiz_attempt_by_lesson ON quiz_attempt (user_id, course_id, lesson_slug, activity_key, created_at);
