-- When a learner was active: intervals of the wall clock, so that reports that come twice, or from two devices at
-- once, count once.
CREATE TABLE study_time (
    user_id UUID NOT NULL REFERENCES user_account (id) ON DELETE CASCADE,
    -- Days since 1970-01-01 in UTC. The learner's own days are made of them in the learner's time zone.
    utc_day BIGINT NOT NULL,
    -- Merged intervals in milliseconds since the start of that day: JSON [[from, to], …].
    active TEXT NOT NULL,
    PRIMARY KEY (user_id, utc_day)
);
