error-payment-amount = This amount cannot be paid here. Please write to the school.

sandbox-title = Test payment
sandbox-test = This page stands in for a bank. It is a test: no money moves, and nobody is asked for a card.
sandbox-notify = The bank tells the school
sandbox-notify-first = at once, before you are back
sandbox-notify-after = some seconds after you are back
sandbox-notify-late = half a minute late
sandbox-notify-twice = twice
sandbox-notify-never = not at all, so that the school has to ask
sandbox-pay = Pay
sandbox-decline = Decline
sandbox-paid = This payment has been made.
sandbox-ended = This payment is over and can no longer be made. In your order you can begin a new one.
sandbox-back = Back to the order
