### Mails, in plain text. A link stands on a line of its own, so that mail programs make it one.

-school = Waymark

## To confirm an address. The link works for seven days.

mail-confirm-subject = Confirm your email address
mail-confirm-text =
    Hello { $name },

    Welcome to { -school }. Open this link and press the button, and your address is confirmed:

    { $link }

    The link works for seven days. You can learn in the meantime.

    If you did not create an account, you can ignore this mail.

    { -school }

## To set a new password. The link works once, within an hour.

mail-reset-subject = Set a new password
mail-reset-text =
    Hello { $name },

    This link lets you set a new password:

    { $link }

    It works once, within one hour. Your browsers are then signed out, except the one you use. Your courses and your progress stay as they are.

    If you did not ask for it, you can ignore this mail. Your password stays as it is.

    { -school }
