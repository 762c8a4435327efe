-- What the school says about somebody who completed a course. Settled when the course is completed; later versions
-- of the course, a new name on the account and a new key change nothing in it.
CREATE TABLE certificate (
    -- 128 random bits: whoever has it may see the certificate.
    code TEXT NOT NULL PRIMARY KEY,
    user_id UUID NOT NULL REFERENCES user_account (id) ON DELETE CASCADE,
    -- Without references: a certificate outlives the course.
    course_id UUID NOT NULL,
    version_id UUID NOT NULL,
    version_number BIGINT NOT NULL,
    learner_name TEXT NOT NULL,
    -- SHA-256 over address and salt, as Open Badges hash a recipient's identity.
    recipient_hash TEXT NOT NULL,
    recipient_salt TEXT NOT NULL,
    course_slug TEXT NOT NULL,
    course_title TEXT NOT NULL,
    course_summary TEXT NOT NULL,
    language TEXT NOT NULL,
    -- Names: JSON ["…", …].
    instructors TEXT NOT NULL,
    lessons BIGINT NOT NULL,
    minutes BIGINT NOT NULL,
    completed_at BIGINT NOT NULL,
    -- Signed when it is asked for first, so that no trouble with the key keeps anybody from completing a course.
    -- The place in the list of revoked credentials, and the credential: a JWT.
    status_index BIGINT CONSTRAINT certificate_status_index UNIQUE,
    credential TEXT,
    revoked_at BIGINT,
    revoked_reason TEXT,
    -- One for each learner and course, whatever happens.
    CONSTRAINT certificate_of_learner UNIQUE (user_id, course_id)
);
CREATE INDEX certificate_by_course ON certificate (course_id, completed_at);

-- The next free place in the list of revoked credentials. One row.
CREATE TABLE certificate_counter (
    id BIGINT NOT NULL PRIMARY KEY,
    next_index BIGINT NOT NULL
);
INSERT INTO certificate_counter (id, next_index) VALUES (1, 0);

-- Public halves of every key that this school has signed with, so that what an older key signed stays provable.
CREATE TABLE signing_key (
    -- JWK thumbprint (RFC 7638).
    id TEXT NOT NULL PRIMARY KEY,
    -- Of an RSA key, as in a JWK: base64url without padding.
    modulus TEXT NOT NULL,
    exponent TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
