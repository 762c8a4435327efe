-- How a learner wants their days counted. No row: as everybody's.
CREATE TABLE study_setting (
    user_id UUID NOT NULL PRIMARY KEY REFERENCES user_account (id) ON DELETE CASCADE,
    -- Weekdays that do not break a streak: bit 0 is Monday.
    rest_days BIGINT NOT NULL,
    -- Whether the streak is shown.
    streak BOOLEAN NOT NULL
);

-- Where a learner lived. A moment belongs to the day that it had in the time zone of then, so that moving does not
-- tear apart days that have passed. The first row also holds for everything before it.
CREATE TABLE study_zone (
    user_id UUID NOT NULL REFERENCES user_account (id) ON DELETE CASCADE,
    since BIGINT NOT NULL,
    -- IANA name.
    time_zone TEXT NOT NULL,
    -- By the learner; else the browser said so.
    chosen BOOLEAN NOT NULL,
    PRIMARY KEY (user_id, since)
);
