### Prices, coupons and promotions.

## What is wrong with a basket

error-basket-large = More than 20 courses are too many for one order. Take some out, and order them afterwards.
error-basket-currencies = These courses are sold in different currencies and cannot be in one order. Order them one after the other.
