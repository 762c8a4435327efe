### Joining, signing in and out, mailed links, and the account page.

## Fields

name = Name
email = Email
password = Password
current-password = Current password
new-password = New password
password-hint = At least 10 characters. Three or four unrelated words work well.

## Join

join-title = Create your account
join-lead = One account keeps your place, your answers and your progress on every device.
create-account = Create account
# Followed by a link that says “Sign in”.
have-account = Already have an account?
notice-joined = Your account is ready. A link to confirm your address is on its way to you.

## Sign in

forgot = Forgot your password?
# Followed by a link that says “Create account”.
new-here = New here?

## Sign out

sign-out-title = Sign out of this browser?
sign-out-lead = Your place and your progress are kept. Sign in again whenever you like.
sign-out-here = Sign this browser out
notice-signed-out = You are signed out. Your place and your progress are kept.

## A new password by mail

forgot-title = Set a new password
forgot-lead = Enter your email address, and we send you a link.
forgot-send = Send the link
back-to-sign-in = Back to sign in
# The page says the same whether or not there is such an account.
sent-title = Look in your mail
sent-text = If there is an account with this address, a link to set a new password is on its way. It works for one hour.
# A link back to the form.
sent-again = Nothing came? Check the address
reset-title = Set a new password
change-password = Change password
notice-password-changed = Your password is changed. All your other browsers are signed out.

## Confirming an address

confirm-title = Confirm your address
confirm-lead = Press the button to confirm that this email address is yours.
confirm = Confirm address
notice-email-confirmed = Your email address is confirmed.

## Account page

# Heading above name and email address.
you = You
save-name = Save name
notice-saved = Saved.
email-confirmed = Confirmed
email-waiting = Not confirmed yet. Open the link we sent to this address.
send-again = Send a new link
notice-confirmation-sent = A new link is on its way to your address. It works for seven days.
preferences = Language and appearance
save-preferences = Save preferences

# Heading above the list of browsers that are signed in.
sessions = Where you are signed in
# A row of the list: “Firefox on Linux”.
browser-on = { $browser } on { $system }
browser-unknown = Unknown browser
# Marks the row of the browser that shows the page.
this-one = This browser
since = Signed in since { $date }
last-used = Last used on { $date }
# Button in the row of another browser; its name follows for screen readers.
sign-out-there = Sign it out
sign-out-elsewhere = Sign all others out
notice-signed-out-there = Signed out there. To go on in that browser, sign in again.
