-- What courses cost before prices were remembered. Free courses have price 0 and no currency (ISO 4217: XXX).
INSERT INTO price_history (course_id, from_at, price_minor, currency)
SELECT course_id, created_at, COALESCE(price_minor, 0), COALESCE(currency, 'XXX') FROM course_version WHERE TRUE
ON CONFLICT (course_id, from_at) DO NOTHING;

-- A coupon that learners are given for completing a course, or a lesson of it.
CREATE TABLE coupon_task (
    coupon_id UUID NOT NULL PRIMARY KEY REFERENCES coupon (id) ON DELETE CASCADE,
    course_id UUID NOT NULL REFERENCES course (id) ON DELETE CASCADE,
    -- NULL: the whole course.
    lesson_slug TEXT
);
CREATE INDEX coupon_task_by_course ON coupon_task (course_id);

-- A code of a learner's own, given once for a reason.
CREATE TABLE coupon_gift (
    user_id UUID NOT NULL REFERENCES user_account (id) ON DELETE CASCADE,
    coupon_id UUID NOT NULL REFERENCES coupon (id) ON DELETE CASCADE,
    -- For staff and for keeping it to once, e.g. `lesson:git-with-confidence/branches`.
    reason TEXT NOT NULL,
    code_key TEXT NOT NULL,
    given_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, coupon_id, reason)
);
CREATE INDEX coupon_gift_by_coupon ON coupon_gift (coupon_id);
