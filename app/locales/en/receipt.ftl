### Receipts, the mails about orders, the account that such a mail makes, and stopping reminders.

## On the receipt

receipt-title = Receipt
# Day, minutes and the distance from UTC.
receipt-moment = { $date }, { $clock } ({ $offset })
receipt-number = Order
receipt-placed = Placed
receipt-paid = Paid
receipt-buyer = Buyer
receipt-means = Paid by
receipt-means-sandbox = Test payment
receipt-means-stripe = Stripe
receipt-means-nothing = Nothing was to pay
receipt-agreement = Agreement
receipt-agreement-version = Course agreement, version { $version }, accepted on { $date }
receipt-tax-id = Tax number
receipt-test = Test order: no money has moved.
# Heads of the two columns.
receipt-what = What
receipt-amount = Amount
# Below the list prices, where rules lowered them.
receipt-list = List price
receipt-total = Total paid
# A line with a negative amount.
receipt-refunded = Refunded on { $date }
receipt-left = Paid after refunds
# Above rules that were looked at and did nothing.
receipt-refused = Looked at, without effect
receipt-page = Page { $page }

## Mails. Plain text; a link stands on a line of its own.

mail-order-hello = Hello { $name },
mail-order-hello-guest = Hello,
mail-paid-subject = Receipt for order { $number }
mail-paid-text =
    Thank you. Your payment of { $amount } for order { $number } has arrived, and this is open to you now:

    { $courses }

    The receipt is attached. The order and everything that happens to it:

    { $link }
mail-paid-nothing =
    Thank you. There was nothing to pay for order { $number }, and this is open to you now:

    { $courses }

    The receipt is attached. The order and everything that happens to it:

    { $link }
# For buyers without an account.
mail-paid-guest =
    To learn, you need an account with this address. This link makes it: choose a name and a password, and the course waits inside.

    { $link }
mail-refunded-subject = Refund for order { $number }
mail-refunded-text =
    { $amount } of order { $number } goes back to you, with the means with which you paid. Banks may take some days to show it.

    The order and everything that happens to it:

    { $link }
# An order of nothing that was taken back.
mail-refunded-nothing =
    Order { $number } was taken back.

    The order and everything that happens to it:

    { $link }
mail-order-reason = Reason: { $reason }
mail-returned-subject = Your payment for order { $number } goes back
mail-returned-text =
    { $why }

    It goes back with the means with which you paid; there is nothing that you have to do. The order and everything that happens to it:

    { $link }
mail-declined-subject = Your request about order { $number }
mail-declined-text =
    You asked for a refund of order { $number }. The school has declined it, and the course stays open to you.

    The order and everything that happens to it:

    { $link }
mail-reminder-subject = Your order is not finished: { $title }
mail-reminder-text =
    You began an order and did not finish it:

    { $courses }

    If you still want it, here is the way back. If not, you need not do anything; this is the only reminder.

    { $link }
mail-reminder-stop = No reminders any more, for any order:

## The account that a mail makes

welcome-title = Make your account
welcome-lead = For { $email }. You have bought:
welcome-button = Make the account
welcome-known = You have an account with this address already, and what you bought is in it.
welcome-over = This link leads nowhere. Perhaps it was not copied completely.
notice-welcome = Your account is ready, and the course is yours.
# On the page on which one joins, for a browser that has bought without an account. `courses`: titles.
join-waiting = { $courses } waits for you. Join with the address that you gave when buying, confirm it by the link that we mail, and the course is in your account.

## Stopping reminders

unsubscribe-title = No more reminders
unsubscribe-lead = We then send no reminders about unfinished orders to this address. Receipts and mails about orders that you place still come.
unsubscribe-button = Stop reminders
unsubscribe-done = Reminders are stopped for this address.
