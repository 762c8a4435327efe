### Buying: prices and why they are what they are, checkout, orders and refunds.

## Moments

# Day and time. `month` is the name of one.
moment = { $day } { $month }, { $time }
moment-year = { $day } { $month } { $year }, { $time }
# Follows a time where it is not known in which zone the reader is: “18:00 (UTC+8)”.
moment-zone = { $moment } ({ $zone })

## Prices of courses

# Spoken before a price that is struck through.
price-was = Before:
# Spoken before the price that holds now.
price-now = Now:
# `until`: a moment, “30 November, 18:00”.
price-until = until { $until }
# Below a reduced price, as the law asks.
price-lowest = Lowest price of the last 30 days: { $price }
price-history = Price history
# `day`: from which on this was the price.
price-since = Since { $day }
price-see-bundle = See the price together

## Checkout

# Headings of the blocks.
checkout-what = What you buy
checkout-who = For whom
checkout-agreement = Agreement
# Stands beside a course of the basket; its title follows for screen readers.
checkout-remove = Remove
# Stands beside a course that could come into the basket; its title follows for screen readers.
checkout-add = Add
checkout-others = Add another course
coupon-code = Coupon code
coupon-apply = Apply
# Link that takes the coupon off again.
coupon-off = Without this coupon
# Beside the field, when the code has lowered the price.
coupon-applied = This coupon is in the price below.
error-coupon-first = Your code is in the price now. Look at the total, then place the order.
checkout-total = Total
place-order = Place order
# Beside the button: what pressing it means.
checkout-pay-next = You pay on the next page.
checkout-free-next = It is yours at once.
# Who is signed in.
checkout-as = { $name }, { $email }
checkout-email-hint = The receipt and the link to your course go there. No account is needed.
checkout-have-account = Have an account?
# One sentence about refunds. `days` counts from the payment; `percent` of the course.
checkout-refund =
    { $days ->
        [0] This purchase has no right of refund beyond the law.
        [one] Money back within a day of paying, as long as you have learned at most { $percent }% of the course.
       *[other] Money back within { $days } days of paying, as long as you have learned at most { $percent }% of the course.
    }
checkout-agree = I accept the course agreement
checkout-read = Read the course agreement
# On every page that shows a price to pay or an order while no real way to pay is set up.
checkout-test = This is a test: no way to pay is set up here, and no money moves.
why-not-cheaper = Why not cheaper?
make-cheaper = How it gets cheaper

## What each rule of the price did

# `code`: as the learner typed it.
rule-coupon = Coupon { $code }
# A rule that did nothing, and its reason.
rule-refused = { $rule }: { $reason }
reason-not-valid = This code cannot be used. Check it letter by letter; it may also be over.
reason-not-yet = begins on { $starts }
reason-other-courses = is for other courses
reason-other-currency = is for another currency
reason-below = { $missing } more is needed
# `courses`: titles.
reason-incomplete = only together with { $courses }
reason-new = only for a first purchase
reason-used = you have used it already
# `name`: of a promotion or coupon.
reason-beaten = only one promotion holds, here { $name }
reason-not-together = does not go together with { $name }, which saves no less
reason-made-way = does not go together with { $name }
reason-nothing-left = there is nothing left to lower
# Ways to pay less. `courses`: titles.
cheaper-bundle = With { $courses }: { $name } saves { $saves }
cheaper-spend = For { $missing } more, { $name } saves { $saves }
cheaper-wait = From { $starts } on, { $name } saves { $saves }

## Orders

orders-title = My orders
orders-empty = You have not bought anything yet. Free lessons show what a course is like before you do.
# Above an order.
order-title = Order { $number }
# `date` is a day.
order-placed = Placed on { $date }
# Marks an order for which no money moved.
order-test = Test order
order-for = For { $email }
order-refunded-part = Refunded: { $amount }
order-state-draft = Placed, not paid yet
order-state-awaiting-payment = Waiting for payment
order-state-paid = Paid
order-state-partly-refunded = Partly refunded
order-state-refunded = Refunded
order-state-cancelled = Cancelled
order-state-expired = Expired
order-items = What you bought
order-items-open = What you buy
order-start = Start learning
order-access-ended = Access has ended. Your progress is kept.
order-guest = The course waits in your account. The link that makes it is on its way to { $email }.
order-held = Price and coupon are kept for you until { $until }.
order-pay = Pay { $amount }
order-cancel = Cancel the order
order-waiting = We are waiting for the bank. This page updates itself; you can also close it: the course opens by itself when the payment arrives.
order-again = Buy it again
order-resume = Continue this order: { $amount }
order-resume-text = You have not paid it, and nothing was charged. It can go on at the same price if that still holds.
order-again-today = See today's price
order-receipt = Receipt (PDF)
order-agreement = Course agreement, version { $version }, accepted on { $date }
order-timeline = What happened

## Refunds

refund-title = Refund
refund-until = You can have your money back until { $until }, as long as you have learned at most { $percent }% of the course. Your access then ends; your progress is kept.
refund-late = The time for a refund by the rule ended on { $since }. You can still ask: the school decides.
refund-far = You have learned { $percent }% of the course, more than the rule allows for a refund. You can still ask: the school decides.
refund-far-guest = More of the course has been learned than the rule allows for a refund. You can still ask: the school decides.
refund-reason = Your reason
refund-reason-hint = It helps the school to get better.
refund-ask = Ask for a refund
refund-asked = You have asked for a refund. The school answers by mail.

## What happened to an order, sentence by sentence

event-placed = You placed the order for { $amount }.
event-payment-begun = The payment page was opened.
event-declined = The payment was declined. Nothing was charged.
event-captured = Your payment of { $amount } arrived.
event-captured-nothing = There was nothing to pay. The order is complete.
event-cancelled = The order was cancelled. Nothing is charged.
event-expired = The order was not paid in time, so price and coupon are no longer kept. Nothing was charged.
event-resumed = You took the order up again, at { $amount }.
event-late-capture = Your payment of { $amount } arrived after the order had ended. The order is honoured.
event-returned-paid-twice = { $amount } goes back to you, because the order was paid already.
event-returned-limit-reached = { $amount } goes back to you, because your payment came late, and the coupon or place that it was for was no longer free.
event-returned-wrong-amount = { $amount } goes back to you, because it was not the amount that was asked for.
event-returned-has-course = { $amount } goes back to you, because you have the course by another order.
event-refund-requested = You asked for a refund.
event-refund-declined = The school declined the refund.
event-refund-begun = We told the bank to pay back { $amount }.
event-refunded = { $amount } was paid back. Banks take a few days to show it.
event-refund-failed = Paying back { $amount } did not work. The school knows, and pays you in another way.
event-dispute-opened = Your bank asked for { $amount } back. The school answers it.
event-dispute-won = The bank has closed the dispute: the payment stands.
event-dispute-lost = The bank has closed the dispute: the money went back.
event-reminded = We reminded you by mail that the order was open.
event-healed = We asked the bank ourselves and brought the order up to date.

## After a form

notice-order-cancelled = The order is cancelled. Nothing is charged.
notice-refund-asked = You have asked for a refund.

## Errors

error-agree = Read the course agreement and tick the box. Nothing was ordered.
error-price-changed = The price changed while you looked at it. Nothing was ordered: look at the new total, then place the order again.
error-has-course = You have this course already. Nothing was ordered.
error-reason-long = This is longer than 1,000 characters. Shorten it.

## A course whose access ended

locked-ended = Your access to this course has ended.
locked-ended-text = Its price was paid back. What you learned is kept, and opens again with the course.
