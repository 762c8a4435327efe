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
console-details = Details
console-healed = Healed
console-not-healed = Look at it

## Errors

error-console-twice = This form was sent already. Look at what came of it before you send it again.
