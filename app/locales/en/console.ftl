### The console: orders, money and offers, for those who run the school.

## Frame

console = Console
console-part-overview = Overview
console-part-orders = Orders
console-part-coupons = Coupons
console-part-promotions = Promotions
console-part-prices = Prices
console-part-findings = Findings
# At the foot of every page.
console-zone = All days and times: { $zone }

## Overview

console-open-orders = Open orders
console-refunds-asked = Refunds asked for
console-unhealed = Findings to look at
console-due = Coupons about to run out
console-left = Left
console-ends = Ends
console-revenue = Revenue
# `currency`: an ISO code.
console-revenue-in = Revenue in { $currency }
console-no-revenue = Nothing was paid in this time.
# Spoken name of the choice between days, weeks and months.
console-per = By
console-per-day = Days
console-per-week = Weeks
console-per-month = Months
console-period = When
# Both are days: 2026-11-23.
console-days = { $first } to { $last }
console-orders-paid = Orders
console-paid = Paid
console-refunded = Refunded
# Paid less refunded.
console-net = Net

## Orders

console-search = Search orders
console-search-hint = Order number, whole e-mail address, course, coupon code or the gateway’s reference
console-find = Search
console-all = Show all
console-any = Any
console-older = Older orders
console-csv = Download as CSV
console-no-orders = No order fits. Try fewer filters.
console-number = Number
console-placed = Placed
console-paid-at = Paid at
console-state = State
console-buyer = Buyer
console-email = Email
console-course = Course
console-courses-count = Courses
# A title, and how many courses there are beside it.
console-and-more = { $title } and { $count } more
console-currency = Currency
console-total = Total
console-coupon = Coupon
console-coupon-code = Coupon code
console-id = Id
# Marks an order for which no money moved.
console-test = Test
# Which moment the two days are about.
console-by = Days of
console-by-placed = Placing
console-by-paid = Paying
console-by-refunded = Refunding
console-from = From
console-to = To
console-state-draft = Draft
console-state-awaiting-payment = Awaiting payment
console-state-paid = Paid
console-state-partly-refunded = Partly refunded
console-state-refunded = Refunded
console-state-cancelled = Cancelled
console-state-expired = Expired
console-state-open = Open
console-state-refund-asked = Refund asked for
console-state-ever-paid = Was ever paid

## Findings

console-findings-text = When a payment takes long, the school asks the gateway about it. What did not agree stands here.
console-no-findings = Everything agrees.
console-at = When
console-finding = Finding
console-finding-missed-capture = Paid, but the notice was missing
console-finding-refund-refused = The gateway refuses a refund
console-finding-refund-came-back = A refund came back
console-finding-refund-waits = A refund cannot be sent
console-finding-refund-elsewhere = Refunded at the gateway
console-finding-dispute = Dispute
console-finding-no-payment-required = Nothing to pay at the gateway
console-finding-receipt-mismatch = The receipt's price cannot be worked out again
console-details = Details
console-healed = Healed
console-not-healed = Look at it
console-settled = Settled
# A person's name.
console-settled-by = by { $name }
console-settle = Settle by hand
console-settle-note = Note (optional)
console-settle-hint = What was done about it, for staff. Up to 500 characters.
console-settle-now = Mark as settled
notice-console-settled = It is marked as settled.
# What was found. Amounts are written with their currency.
console-found-paid = Money had arrived without a notice. The order is paid now.
console-found-late = Money had arrived without a notice, after the order had ended. The order is paid now.
# `why`: why money goes back, see console-why-….
console-found-returned = Money had arrived without a notice, and goes back: { $why }
console-found-refused = The gateway does not pay back { $amount }.
console-found-came-back = { $amount } had been paid back, and came back to the school.
console-found-waits = Paying back { $amount } was tried { $tries } times in vain. It goes on being tried.
console-found-elsewhere = { $amount } was paid back at the gateway, not from here.
console-found-nothing-due = At the gateway there was nothing to pay, so nothing came. It does not pay the order.
console-found-disputed = The payer disputes { $amount } at their bank. Answer at the gateway.
console-found-dispute-won = The bank decided for the school.
console-found-dispute-lost = The bank decided for the payer. The money is gone.
# `why`: in the words of the gateway or the machine.
console-found-why = Reason given: { $why }
console-fault-way = Worked out again, the price comes about in another way.
console-fault-price = Worked out again, the price is { $now } in place of { $then }.
console-fault-total = The order says { $order }, its price says { $price }.
console-fault-kept = { $came } was kept of payments for { $due }.
console-fault-refunded = By what happened { $events } went back, by the order { $order }.

## One order

console-order = Order { $number }
console-agreement = Agreement
console-guest = no account yet
console-items = Courses
console-to-pay = To pay
console-access = Open to the learner
console-price = How the price came about
console-rule = Rule
console-outcome = Outcome
console-effect = Effect
console-applied = applied
console-trail = What happened
console-event = Event
console-by-whom = By
console-event-placed = Placed for { $amount }
console-event-begun = Payment begun with { $gateway }
console-event-declined = The bank declined the payment
console-event-captured = { $amount } arrived
console-event-cancelled = Cancelled
console-event-expired = Not paid in time
console-event-resumed = Taken up again: { $amount }
console-event-late = { $amount } arrived late and was honoured
console-event-returned = { $amount } is returned: { $why }
console-why-paid-twice = paid twice
console-why-limit-reached = coupon or seat was gone
console-why-wrong-amount = wrong amount
console-why-has-course = the learner has the course already
console-why-gateway = paid back at the gateway itself
console-why-dispute = the bank took it back after a dispute
console-event-asked = The learner asked for a refund: { $reason }
console-event-refused = Refund declined: { $reason }
console-event-refund-begun = Refund of { $amount } begun
console-event-refunded = { $amount } paid back, { $left } left
console-event-refund-failed = Paying back { $amount } failed
console-event-dispute = The bank disputes { $amount }
console-event-dispute-won = Dispute closed: the payment stands
console-event-dispute-lost = Dispute closed: the money is lost
console-event-reminded = Reminded by mail
console-event-healed = Healed by reconciliation
console-payments = Payments
console-gateway = Gateway
console-gateway-sandbox = Sandbox (test)
console-gateway-stripe = Stripe
console-amount = Amount
console-arrived = Arrived
console-begun = Begun
console-reference = Reference
console-capture = Capture
console-payment-begun = Begun
console-payment-captured = Captured
console-payment-returned = Returned
console-payment-refunded = Refunded
console-payment-ended = Ended
console-refunds = Refunds
console-refund-due = Due
console-refund-sent = Sent
console-refund-done = Done
console-refund-failed = Failed
console-excess = excess
console-reason = Reason
console-ends-access = Ends access
console-tries = Tries
console-notices = Notices from the gateway
console-notice = Event
console-received = Received
console-processed = Processed
# What came of a notice.
console-came-paid = the order is paid by it
console-came-paid-late = the order is paid by it, after its end
console-came-returned-paid-twice = returned: paid twice
console-came-returned-limit-reached = returned: coupon or seat was gone
console-came-returned-wrong-amount = returned: wrong amount
console-came-returned-has-course = returned: the learner has the course already
console-came-noted = written down
console-came-known = it was known
console-came-unknown = of a payment that is not known here
console-came-not-understood = not understood
console-came-failed = did not work, is tried again
console-came-given-up = did not work, is tried no more
console-yes = Yes
console-no = No

## Giving money back

console-give-back = Refund
console-give-back-some = Give money back ({ $left } left)
console-amount-in = Amount in { $currency }
console-amount-hint = Empty: all that is left, { $left }
console-reason-hint = The buyer reads it in the mail.
console-end-access = Access to the courses ends. A refund of all that is left always ends it.
console-go-on = Look at it again
console-sure = { $amount } goes back to { $email }.
console-access-ends = Access to the courses ends.
console-access-stays = Access to the courses stays.
console-give-back-amount = Give back { $amount }
console-back = Do nothing
console-decline = Decline the request
console-decline-hint = The learner reads it in the mail.
console-decline-now = Decline
notice-console-refunded = The refund is on its way.
notice-console-declined = The request is declined, and the learner is told.

## What was done

console-audit = What staff did
console-did = Action
console-did-order-refund = Refund
console-did-order-decline = Refund declined
console-did-finding-settle = Finding settled
console-did-coupon-add = Coupon made
console-did-coupon-change = Coupon changed
console-did-coupon-stop = Coupon stopped
console-did-coupon-batch = Codes made
console-did-promotion-add = Promotion made
console-did-promotion-change = Promotion changed
console-did-promotion-stop = Promotion stopped
console-detail-amount = amount
console-detail-reason = reason
console-detail-note = note
console-detail-name = name
console-detail-count = count

## Coupons and promotions

console-life-planned = Planned
console-life-running = Running
console-life-used-up = Used up
console-life-over = Over
console-life-stopped = Stopped
console-name = Name
console-held = Held
console-redeemed = Redeemed
console-limit = Limit for all
console-brought = Brought
console-says-percent = { $percent }% off
console-says-capped = { $percent }% off, at most { $cap }
console-says-amount = { $amount } off
console-says-to = for { $amount }
console-says-together = together: { $effect }
console-says-tier = { $save } off from { $spend }
console-says-all-but = All but { $courses }
console-coupon-new = New coupon
console-no-coupons = There is no coupon yet.
console-coupon-name-hint = For staff: the campaign. It is not shown to learners before they use the code.
console-promotion-name-hint = Learners read it beside the price.
console-code-hint = What learners type. Capitals, spaces and look-alikes do not matter. Empty: only codes of batches, and those that are handed out.
console-code-is = Code { $code }
console-share = Link that brings the code along
console-orders-with = Orders with this coupon
console-version = version { $version }
console-version-number = Version
console-versions = Versions
console-versions-text = A change makes a new version. Orders that were placed keep the one that they were placed with.
console-change = Change
console-window = From – until
console-off = What it does
console-off-percent = Percent off
console-off-amount = Amount off
console-off-to = New price
console-percent = Percent off
console-cap = At most (amount)
console-amount-off = Amount off
console-new-price = New price
console-scope = Courses
console-scope-all = All courses
console-scope-these = Only those ticked
console-scope-all-but = All but those ticked
console-courses = Courses to tick
console-starts = Starts
console-ends-at = Ends
console-min-spend = Minimum spend
console-per-learner = Limit for one learner
console-new-learners = Only for a first purchase
# A list of courses, for the completion of which codes of a coupon are given.
console-task = Handed out to those who complete
console-task-none = No course: it is not handed out by itself
console-task-for = Handed out for
# `task`: the name of a course in its address, or of a course and a lesson.
console-task-is = Handed out to those who complete { $task }
# How many learners were given a code.
console-given = Handed out
console-save = Save
console-save-version = Save as a new version
console-stop = Stop it
console-coupon-stop = Stop this coupon
console-coupon-stop-text = Nobody can use it from now on. Orders that hold it keep it. It cannot be started again.
console-promotion-stop = Stop this promotion
console-promotion-stop-text = It ends now, and cannot be started again.
console-batches = Codes that work once
console-batch = Batch
console-codes = Codes
console-file = File
console-batch-new = Make codes
console-batch-name = Name of the batch
console-count = How many
console-count-hint = 1 to 10,000
console-batch-make = Make the codes
console-no-promotions = There is no promotion yet.
console-add-price = New limited-time price
console-add-tiers = New spend-and-save
console-add-bundle = New bundle
console-priority = Priority
console-priority-hint = Of several, the highest counts.
console-with-coupons = With coupons
console-with-coupons-too = A coupon may lower the price further
console-tiers = Tiers
console-tiers-hint = One a line: what is spent, then what is saved, e.g. 300 30
console-bundle-courses = Courses of the bundle
console-theme = Look of the banner
console-theme-none = No banner
console-theme-plain = Plain
console-theme-new-year = New Year
console-theme-spring-festival = Spring Festival
console-theme-back-to-school = Back to school
console-theme-mid-autumn = Mid-Autumn
console-theme-singles = Singles’ Day
console-theme-year-end = Year’s end
console-banner = Text of the banner
console-banner-hint = In each language, up to 200 characters.
console-preview = Preview
notice-console-saved = Saved.
notice-console-stopped = It is stopped.
notice-console-batch = The codes are made.

## Prices

console-prices-text = The last 60 days and the next 60, bought alone and without a coupon. What lies ahead holds if nothing is changed.
console-all-courses = All courses
console-no-prices = No course costs anything.
console-from-on = From
console-key = What the lines mean
console-ink-list = List price
console-ink-price = Price
console-ink-lowest = Lowest of 30 days
console-ink-offer = Promotion

## Errors

error-console-twice = This form was sent already. Look at what came of it before you send it again.
error-console-moment = This is no day and time. Enter both, e.g. 2026-12-01 09:00.
error-settle-note = This is longer than 500 characters. Shorten it.
