-- What the reports of a learner's players share. Whoever writes a learner's progress locks this row first.
CREATE TABLE watch_state (
    user_id UUID NOT NULL PRIMARY KEY REFERENCES user_account (id) ON DELETE CASCADE,
    -- Ids of the events that came last, shortened: what a retry brings again is known.
    seen TEXT NOT NULL,
    -- Reports in the minute that began at this moment.
    window_start BIGINT NOT NULL,
    reports BIGINT NOT NULL
);

-- How much watching each minute of that day has paid for: JSON [[slot, milliseconds], …].
ALTER TABLE study_time ADD COLUMN claimed TEXT NOT NULL DEFAULT '[]';

-- The days' claims take its place.
DROP TABLE watch_allowance;
