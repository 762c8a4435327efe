-- Notes, highlights and bookmarks. They belong to the learner and name their place by slugs and titles, without a
-- reference to the course, so that they outlive it.
CREATE TABLE note (
    user_id UUID NOT NULL REFERENCES user_account (id) ON DELETE CASCADE,
    -- Made by whoever wrote it, so unique for one learner only: nobody learns of another's by trying.
    id UUID NOT NULL,
    -- note, highlight or bookmark.
    kind TEXT NOT NULL,
    course_slug TEXT NOT NULL,
    course_title TEXT NOT NULL,
    lesson_slug TEXT NOT NULL,
    lesson_title TEXT NOT NULL,
    -- Of the course.
    language TEXT NOT NULL,
    -- The place: a second of a medium, a passage of a text, or neither.
    activity_key TEXT,
    at_ms BIGINT,
    quote TEXT,
    quote_before TEXT,
    -- Markdown, its sanitised HTML, and what search looks through, in lower case.
    body TEXT NOT NULL,
    html TEXT NOT NULL,
    search_text TEXT NOT NULL,
    -- SHA-256 of what was asked for, which tells a repeated request from another note under the same id.
    request TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    edited_at BIGINT NOT NULL,
    -- The text is gone then; the row stays, so that a request that comes late does not bring the note back.
    deleted_at BIGINT,
    PRIMARY KEY (user_id, id)
);
CREATE INDEX note_by_age ON note (user_id, created_at, id);
CREATE INDEX note_by_lesson ON note (user_id, course_slug, lesson_slug);
-- A place is bookmarked once.
CREATE UNIQUE INDEX note_bookmark
    ON note (user_id, course_slug, lesson_slug, (COALESCE(activity_key, '')), (COALESCE(at_ms, -1)))
    WHERE kind = 'bookmark' AND deleted_at IS NULL;
