# Why an order does not go on.
error-seats-taken = The last place in this course was just taken. Nothing was ordered.
error-amount-not-taken = The school's bank cannot take this amount. Nothing was ordered. Choose another way, for example without the coupon, or write to the school.
error-agreement-changed = The course agreement was changed while you read it. Read the new one and tick the box again.
error-order-over = This order has ended: nothing more can be paid for it.
error-order-changed = Price or agreement are not what they were when you placed this order, so it cannot go on. Nothing was charged. Today's price is a step away.
error-order-other = Another order of yours for the same course is open. See today's price to go on with that one.
error-refund-nothing = There is nothing left of this order to give back.
error-refund-amount = Enter an amount of at least the smallest unit, and no more than is left of the order.
error-reason-missing = Say why.
error-seats = Enter a whole number of places, zero or more.
