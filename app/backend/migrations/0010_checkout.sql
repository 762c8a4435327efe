-- Prices -----------------------------------------------------------------------

-- List price of a course from a moment on; a free course has price 0.
CREATE TABLE price_history (
    course_id UUID NOT NULL REFERENCES course (id) ON DELETE CASCADE,
    from_at BIGINT NOT NULL,
    price_minor BIGINT NOT NULL,
    currency TEXT NOT NULL,
    PRIMARY KEY (course_id, from_at)
);

-- A promotion, and its versions: JSON of domain::checkout::promotion::Promotion, never changed once written.
CREATE TABLE promotion (
    id UUID NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    -- Copies of the current version's, for the query of what could be in force.
    starts_at BIGINT,
    ends_at BIGINT,
    -- Taken out of use by staff before its end.
    stopped_at BIGINT,
    created_at BIGINT NOT NULL
);
CREATE INDEX promotion_by_end ON promotion (ends_at);

CREATE TABLE promotion_version (
    promotion_id UUID NOT NULL REFERENCES promotion (id) ON DELETE CASCADE,
    version BIGINT NOT NULL,
    terms TEXT NOT NULL,
    created_by UUID REFERENCES user_account (id) ON DELETE SET NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (promotion_id, version)
);

-- Coupons ----------------------------------------------------------------------

CREATE TABLE coupon (
    id UUID NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    version BIGINT NOT NULL,
    -- Copies of the current version's limits, for the conditional updates that reserve.
    limit_total BIGINT,
    limit_learner BIGINT,
    held BIGINT NOT NULL,
    redeemed BIGINT NOT NULL,
    stopped_at BIGINT,
    created_at BIGINT NOT NULL
);

-- JSON of domain::checkout::coupon::Terms, never changed once written.
CREATE TABLE coupon_version (
    coupon_id UUID NOT NULL REFERENCES coupon (id) ON DELETE CASCADE,
    version BIGINT NOT NULL,
    terms TEXT NOT NULL,
    created_by UUID REFERENCES user_account (id) ON DELETE SET NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (coupon_id, version)
);

-- What people type. One public code a coupon, or a batch of codes that each work once.
CREATE TABLE coupon_code (
    -- As domain::checkout::coupon::code_key makes it: case and look-alikes do not matter.
    code_key TEXT NOT NULL PRIMARY KEY,
    code TEXT NOT NULL,
    coupon_id UUID NOT NULL REFERENCES coupon (id) ON DELETE CASCADE,
    -- Name of the batch it was made in; NULL: the coupon's public code.
    batch TEXT,
    -- How many may use this code; NULL: as many as the coupon allows. 1 in a batch.
    limit_total BIGINT,
    held BIGINT NOT NULL,
    redeemed BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX coupon_code_by_coupon ON coupon_code (coupon_id, batch);

-- How often one buyer holds or has redeemed a coupon.
CREATE TABLE coupon_buyer (
    coupon_id UUID NOT NULL REFERENCES coupon (id) ON DELETE CASCADE,
    -- The address in lower case: it is the same with an account and before there is one.
    email_key TEXT NOT NULL,
    held BIGINT NOT NULL,
    redeemed BIGINT NOT NULL,
    PRIMARY KEY (coupon_id, email_key)
);

-- The agreement -----------------------------------------------------------------

-- What buyers agree to; versions are never changed. Texts in Markdown by language: JSON.
CREATE TABLE agreement (
    version BIGINT NOT NULL PRIMARY KEY,
    texts TEXT NOT NULL,
    refund_days BIGINT NOT NULL,
    refund_max_progress BIGINT NOT NULL,
    created_by UUID REFERENCES user_account (id) ON DELETE SET NULL,
    created_at BIGINT NOT NULL
);

-- Orders -----------------------------------------------------------------------

CREATE TABLE purchase (
    id UUID NOT NULL PRIMARY KEY,
    -- What people quote.
    number TEXT NOT NULL CONSTRAINT purchase_number UNIQUE,
    -- NULL until the buyer has an account.
    user_id UUID REFERENCES user_account (id) ON DELETE SET NULL,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL,
    language TEXT NOT NULL,
    -- Opens the order's page for who bought without an account.
    secret_hash TEXT NOT NULL,
    -- Made with the form: the same form places one order.
    form_key UUID NOT NULL CONSTRAINT purchase_form_key UNIQUE,
    state TEXT NOT NULL,
    currency TEXT NOT NULL,
    list_minor BIGINT NOT NULL,
    total_minor BIGINT NOT NULL,
    refunded_minor BIGINT NOT NULL,
    -- JSON of domain::checkout::price::{Basket, Quote}: the receipt's input and output.
    basket TEXT NOT NULL,
    quote TEXT NOT NULL,
    coupon_id UUID REFERENCES coupon (id),
    coupon_version BIGINT,
    code_key TEXT,
    agreement_version BIGINT NOT NULL REFERENCES agreement (version),
    agreed_at BIGINT NOT NULL,
    placed_at BIGINT NOT NULL,
    -- Until when holds are kept.
    held_until BIGINT NOT NULL,
    paid_at BIGINT,
    reminded_at BIGINT,
    refund_requested_at BIGINT,
    -- Next event's number.
    events BIGINT NOT NULL
);
CREATE INDEX purchase_by_user ON purchase (user_id, placed_at);
CREATE INDEX purchase_by_email ON purchase (email_key, placed_at);
CREATE INDEX purchase_by_state ON purchase (state, held_until);
CREATE INDEX purchase_by_time ON purchase (placed_at);
-- How often somebody has used a coupon.
CREATE INDEX purchase_by_coupon_user ON purchase (coupon_id, user_id);
CREATE INDEX purchase_by_coupon_email ON purchase (coupon_id, email_key);

CREATE TABLE purchase_item (
    purchase_id UUID NOT NULL REFERENCES purchase (id) ON DELETE CASCADE,
    position BIGINT NOT NULL,
    course_id UUID NOT NULL REFERENCES course (id),
    slug TEXT NOT NULL,
    title TEXT NOT NULL,
    list_minor BIGINT NOT NULL,
    paid_minor BIGINT NOT NULL,
    PRIMARY KEY (purchase_id, position)
);
CREATE INDEX purchase_item_by_course ON purchase_item (course_id);

-- One open order for a buyer and course.
CREATE TABLE open_purchase (
    -- The account's id; of buyers without one, the hash of the key that their browser holds. Not the address:
    -- whoever types somebody else's must not meet their order.
    buyer TEXT NOT NULL,
    course_id UUID NOT NULL REFERENCES course (id) ON DELETE CASCADE,
    purchase_id UUID NOT NULL REFERENCES purchase (id) ON DELETE CASCADE,
    PRIMARY KEY (buyer, course_id)
);
CREATE INDEX open_purchase_by_purchase ON open_purchase (purchase_id);

-- Every change, in order. `event` is JSON of domain::checkout::order::Event.
CREATE TABLE purchase_event (
    purchase_id UUID NOT NULL REFERENCES purchase (id) ON DELETE CASCADE,
    number BIGINT NOT NULL,
    at BIGINT NOT NULL,
    event TEXT NOT NULL,
    -- State after it.
    state TEXT NOT NULL,
    -- Member of staff who did it.
    actor UUID REFERENCES user_account (id) ON DELETE SET NULL,
    PRIMARY KEY (purchase_id, number)
);

-- What an order has reserved: one coupon, or a seat in a course.
CREATE TABLE hold (
    purchase_id UUID NOT NULL REFERENCES purchase (id) ON DELETE CASCADE,
    -- coupon or seat
    kind TEXT NOT NULL,
    -- The coupon's or the course's id.
    subject UUID NOT NULL,
    -- held, committed, released
    state TEXT NOT NULL,
    until BIGINT NOT NULL,
    PRIMARY KEY (purchase_id, kind, subject)
);
CREATE INDEX hold_by_until ON hold (state, until);

-- Places of a course that has only so many; no row: any number.
CREATE TABLE course_seats (
    course_id UUID NOT NULL PRIMARY KEY REFERENCES course (id) ON DELETE CASCADE,
    seats BIGINT NOT NULL,
    held BIGINT NOT NULL,
    taken BIGINT NOT NULL
);

-- Access to a course, granted by an order and by nothing else.
CREATE TABLE entitlement (
    purchase_id UUID NOT NULL REFERENCES purchase (id) ON DELETE CASCADE,
    course_id UUID NOT NULL REFERENCES course (id) ON DELETE CASCADE,
    -- NULL until the buyer has an account; then there is an enrolment too.
    user_id UUID REFERENCES user_account (id) ON DELETE CASCADE,
    email_key TEXT NOT NULL,
    granted_at BIGINT NOT NULL,
    ended_at BIGINT,
    PRIMARY KEY (purchase_id, course_id)
);
CREATE INDEX entitlement_by_email ON entitlement (email_key);
CREATE INDEX entitlement_by_user ON entitlement (user_id, course_id);

-- Learners whose order was refunded keep what they learned, but the course is shut.
ALTER TABLE enrolment ADD COLUMN ended_at BIGINT;

-- Payments ---------------------------------------------------------------------

CREATE TABLE payment (
    id UUID NOT NULL PRIMARY KEY,
    purchase_id UUID NOT NULL REFERENCES purchase (id) ON DELETE CASCADE,
    gateway TEXT NOT NULL,
    -- The gateway's name for it; NULL until it has answered.
    reference TEXT,
    -- begun, captured, returned, refunded, ended
    state TEXT NOT NULL,
    amount_minor BIGINT NOT NULL,
    currency TEXT NOT NULL,
    -- Where the payer goes.
    url TEXT,
    -- What refunds are asked for with, once captured.
    capture_reference TEXT,
    captured_minor BIGINT,
    begun_at BIGINT NOT NULL,
    captured_at BIGINT,
    -- When the gateway was last asked about it.
    checked_at BIGINT NOT NULL,
    CONSTRAINT payment_reference UNIQUE (gateway, reference)
);
CREATE INDEX payment_by_purchase ON payment (purchase_id, begun_at);
CREATE INDEX payment_by_check ON payment (state, checked_at);

CREATE TABLE refund (
    -- Also the key with which the gateway does it once.
    id UUID NOT NULL PRIMARY KEY,
    purchase_id UUID NOT NULL REFERENCES purchase (id) ON DELETE CASCADE,
    payment_id UUID NOT NULL REFERENCES payment (id),
    amount_minor BIGINT NOT NULL,
    reason TEXT NOT NULL,
    -- Whether access ends with it.
    ends_access BOOLEAN NOT NULL,
    -- due, sent, done, failed
    state TEXT NOT NULL,
    reference TEXT,
    actor UUID REFERENCES user_account (id) ON DELETE SET NULL,
    created_at BIGINT NOT NULL,
    next_try_at BIGINT NOT NULL,
    tries BIGINT NOT NULL
);
CREATE INDEX refund_by_purchase ON refund (purchase_id);
CREATE INDEX refund_by_state ON refund (state, next_try_at);

-- What gateways told us, raw, before anything was done about it.
CREATE TABLE payment_notice (
    gateway TEXT NOT NULL,
    -- The gateway's id of the event: each is processed once.
    event_id TEXT NOT NULL,
    body TEXT NOT NULL,
    received_at BIGINT NOT NULL,
    -- NULL: still to do.
    processed_at BIGINT,
    -- What came of it, in a word for staff.
    outcome TEXT,
    tries BIGINT NOT NULL,
    PRIMARY KEY (gateway, event_id)
);
CREATE INDEX payment_notice_to_do ON payment_notice (processed_at, received_at);

-- What reconciliation found, for staff.
CREATE TABLE payment_finding (
    id UUID NOT NULL PRIMARY KEY,
    purchase_id UUID NOT NULL REFERENCES purchase (id) ON DELETE CASCADE,
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    details TEXT NOT NULL,
    healed BOOLEAN NOT NULL
);
CREATE INDEX payment_finding_by_time ON payment_finding (at);

-- The built-in gateway's own books: it stands in for a bank, so the rest of the portal does not look in here.
CREATE TABLE sandbox_payment (
    reference TEXT NOT NULL PRIMARY KEY,
    idempotency_key TEXT NOT NULL CONSTRAINT sandbox_payment_key UNIQUE,
    state TEXT NOT NULL,
    amount_minor BIGINT NOT NULL,
    refunded_minor BIGINT NOT NULL,
    currency TEXT NOT NULL,
    description TEXT NOT NULL,
    success_url TEXT NOT NULL,
    cancel_url TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE TABLE sandbox_refund (
    idempotency_key TEXT NOT NULL PRIMARY KEY,
    reference TEXT NOT NULL,
    amount_minor BIGINT NOT NULL
);
-- Notifications on their way.
CREATE TABLE sandbox_notice (
    id UUID NOT NULL PRIMARY KEY,
    body TEXT NOT NULL,
    due_at BIGINT NOT NULL
);
CREATE INDEX sandbox_notice_by_due ON sandbox_notice (due_at);
