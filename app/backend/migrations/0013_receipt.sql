-- Mails about orders, written in the transaction that they tell of and sent afterwards: each once, though the process
-- may end between the two.
CREATE TABLE order_mail (
    id UUID NOT NULL PRIMARY KEY,
    purchase_id UUID NOT NULL REFERENCES purchase (id) ON DELETE CASCADE,
    -- Names a mail that an order sends once; others have their id here.
    once TEXT NOT NULL,
    -- JSON of receipt::MailKind.
    kind TEXT NOT NULL,
    -- due, sent, failed
    state TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    -- A sender moves it on before it begins, so that nobody else sends the same.
    next_try_at BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    sent_at BIGINT,
    CONSTRAINT order_mail_once UNIQUE (purchase_id, once)
);
CREATE INDEX order_mail_by_state ON order_mail (state, next_try_at);

-- What links in these mails carry. Each try has links of its own: a mail that arrived although its sender never
-- learned of it keeps working.
CREATE TABLE order_key (
    key_hash TEXT NOT NULL PRIMARY KEY,
    purchase_id UUID NOT NULL REFERENCES purchase (id) ON DELETE CASCADE,
    -- open: the order's page, and making the account; stop: no more reminders
    purpose TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX order_key_by_purchase ON order_key (purchase_id, purpose);

-- Who wants no reminders: SHA-256 of the address in lower case.
CREATE TABLE reminder_stop (
    email_hash TEXT NOT NULL PRIMARY KEY,
    stopped_at BIGINT NOT NULL
);
