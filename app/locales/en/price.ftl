### Prices, coupons and promotions.

## What is wrong with a basket

error-basket-large = More than 20 courses are too many for one order. Take some out, and order them afterwards.
error-basket-currencies = These courses are sold in different currencies and cannot be in one order. Order them one after the other.

## What is wrong with a coupon or a promotion

error-rule-percent = This is not a percentage. Enter a whole number from 1 to 100.
error-rule-amount = This is not an amount. Enter one above zero, with as many decimal places as the currency has.
error-rule-currency = Amounts need a currency, and a percentage alone has none. Choose a currency where there are amounts.
error-rule-ends = It would end before it starts. Choose a later end.
error-rule-courses = Name at least one course, and no more than 200.
error-rule-limit = This limit is below 1. Enter a larger number, or leave it empty.
error-rule-name = Enter a name of 1 to 80 characters on one line.
error-rule-tiers = Tiers have to climb: each with a higher amount to spend and a higher one to save, and none saves more than is spent. There may be ten.
error-rule-bundle = A bundle consists of 2 to 20 courses. Name them all.
error-rule-priority = The priority is a whole number from -1000 to 1000.
error-rule-banner = A banner is 1 to 200 characters long in each language.
error-course-unknown = There is no such course. Check the name that it has in its address.
error-task-unknown = There is no such course, or no such lesson in it. Check the names that they have in their addresses.
error-code-taken = Another coupon has this code, or one that looks the same. Choose another.
error-code-form = This cannot be a code. Use 1 to 32 letters and digits.
error-batch-count = A batch has 1 to 10,000 codes. Enter a number in between.
error-batch-taken = This coupon already has a batch of this name. Choose another name.
error-changed-meanwhile = Somebody has changed this meanwhile, and yours was not saved. Open it again and change what is there now.

## Coupons that a learner was given, on the page of their courses

gifts-title = Coupons for you
# `off`: what it takes off, e.g. “10 % off”.
gift-use = { $off } your next course
gift-percent = { $percent }% off
gift-percent-capped = { $percent }% (up to { $cap }) off
gift-amount = { $amount } off
gift-to = A price of { $amount } for
