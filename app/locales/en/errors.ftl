### What went wrong, what to do, and what was kept.

## Pages

not-found-title = There is nothing here
not-found-text = The address may have a typo, or the page has moved. Your courses and your progress are where you left them.
error-title = This did not work
to-front = To the front page

## Anywhere

error-not-found = This does not exist, or is not open to you. Nothing was changed. Look for it among the courses.
error-sign-in-required = Sign in to go on. You then come back to this page.
error-forbidden = Your account may not do this, and nothing was changed. If it should, ask the school.
error-too-many-attempts =
    { $minutes ->
        [one] Too many attempts. Nothing was changed. Wait a minute, then try again.
       *[other] Too many attempts. Nothing was changed. Wait { $minutes } minutes, then try again.
    }
error-busy = Too much is going on right now, and nothing was changed. Wait a moment, then try again.
error-offline = There is no connection, so nothing was sent. What you entered is still here. Check your connection, then try again.
error-internal = Something broke on our side, and we have a record of it. What was saved before is safe. Try again in a few minutes.
# On the page of an unexpected failure: `id` finds it in the log.
error-reference = Reference for support: { $id }

## Forms

# The form as a whole.
error-form = Part of the form was missing or could not be read. Nothing was changed. Check it and send it again.
error-form-large = This is more than the form can take, and nothing was saved. Go back, shorten it and send it again.
error-choice = This is not one of the choices. Nothing was changed. Pick one that is shown.

error-name-missing = Enter a name. Any name you like to go by will do.
error-name-long = This name is longer than 80 characters. Shorten it.
error-email-invalid = This is not a complete email address. It looks like name@example.com.
error-email-taken = There is already an account with this address. Sign in, or set a new password.
# One text for every reason: it must not tell whether there is such an account.
error-sign-in-failed = Email and password do not belong together. Check both, or set a new password.
error-link-used = This link has expired or was used before. Ask for a new one. Your account is as it was.

## Passwords

error-password-wrong = This is not your current password. Nothing was changed. Enter it again.
error-password-short = This is shorter than 10 characters. Add a word or two.
error-password-long = This is longer than 128 characters. Shorten it.
error-password-weak = This is easy to guess. Use three or four unrelated words.
error-password-common = This is one of the passwords that are tried first. Use three or four unrelated words.
error-password-keyboard = Neighbouring keys are easy to guess. Use three or four unrelated words.
error-password-repeats = Repetitions are easy to guess. Use three or four unrelated words.
error-password-sequence = Sequences such as abc or 123 are easy to guess. Use three or four unrelated words.
error-password-date = Dates and years are easy to guess. Use three or four unrelated words.
error-password-word = A single word is easy to guess. Add two or three that have nothing to do with it.
error-password-name = Names are easy to guess. Use three or four unrelated words.

## Learning

error-pass-first = There is a quiz left in this lesson. Pass it, then mark the lesson as complete. What you have done so far is kept.
error-watch-first = Since you opened this lesson, less time has passed than its recordings take to play, or you spent it on other recordings. Watch or listen to the end, then mark it as complete. What you have done so far is kept.
error-report = The player sent something that could not be read, so these seconds do not count. What was saved before is safe. Reload the page and play on.
error-answer-long = This answer is too long to be checked, and nothing was marked. Shorten it, then check again.
