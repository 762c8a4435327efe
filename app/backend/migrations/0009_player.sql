-- How a learner likes the player, on every device. NULL: as the player thinks best.
CREATE TABLE player_preference (
    user_id UUID NOT NULL PRIMARY KEY REFERENCES user_account (id) ON DELETE CASCADE,
    -- Percent of the speed at which a film was made.
    speed BIGINT,
    -- `auto`, `off`, or the tag of a language.
    captions TEXT,
    -- Tag of a language.
    transcript TEXT,
    -- `auto`, `small` or `full`.
    quality TEXT,
    auto_next BOOLEAN,
    keys BOOLEAN,
    updated_at BIGINT NOT NULL
);
