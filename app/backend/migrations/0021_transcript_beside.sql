-- Whether the transcript stands open: `auto`, `open` or `shut`.
ALTER TABLE player_preference ADD COLUMN beside TEXT;
