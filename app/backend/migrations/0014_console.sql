-- What members of staff did at the console, when, and to what. Never changed, but for its end.
CREATE TABLE audit (
    id UUID NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    actor UUID REFERENCES user_account (id) ON DELETE SET NULL,
    -- order-refund, coupon-add …
    action TEXT NOT NULL,
    -- What it was done to: order, coupon, promotion, and which; empty until it is known.
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    -- JSON object of texts.
    details TEXT NOT NULL,
    -- Of the form that asked for it: what one form asks for is done once.
    form_key UUID CONSTRAINT audit_form_key UNIQUE,
    -- false while it is being done.
    done BOOLEAN NOT NULL
);
CREATE INDEX audit_by_subject ON audit (kind, subject, at);
CREATE INDEX audit_by_time ON audit (at);

-- What the console looks for.
CREATE INDEX purchase_by_paid ON purchase (paid_at) WHERE paid_at IS NOT NULL;
CREATE INDEX purchase_by_code ON purchase (code_key, placed_at) WHERE code_key IS NOT NULL;
CREATE INDEX purchase_by_coupon ON purchase (coupon_id, placed_at) WHERE coupon_id IS NOT NULL;
CREATE INDEX purchase_by_request ON purchase (refund_requested_at) WHERE refund_requested_at IS NOT NULL;
CREATE INDEX purchase_event_of_refunds ON purchase_event (at) WHERE state IN ('partly-refunded', 'refunded');
CREATE INDEX payment_by_reference ON payment (reference) WHERE reference IS NOT NULL;
CREATE INDEX payment_by_capture ON payment (capture_reference) WHERE capture_reference IS NOT NULL;
CREATE INDEX payment_finding_unhealed ON payment_finding (at) WHERE NOT healed;
CREATE INDEX payment_notice_by_time ON payment_notice (received_at);
