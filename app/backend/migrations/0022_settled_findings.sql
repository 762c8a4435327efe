-- Findings that staff marked as settled: when, by whom, and what they noted. NULL: by nobody.
ALTER TABLE payment_finding ADD COLUMN settled_at BIGINT;
ALTER TABLE payment_finding ADD COLUMN settled_by UUID REFERENCES user_account (id) ON DELETE SET NULL;
ALTER TABLE payment_finding ADD COLUMN settled_note TEXT;

-- What waits for somebody is neither healed nor settled.
DROP INDEX payment_finding_unhealed;
CREATE INDEX payment_finding_open ON payment_finding (at) WHERE NOT healed AND settled_at IS NULL;
