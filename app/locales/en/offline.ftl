### Without a network: pages that are kept, courses that are kept, and what waits to be sent.

## Pages

# Above a page that is the copy of an earlier visit.
offline-copy = No connection. This is the page as you last saw it.
# Above a page from which a form was sent without a network.
offline-form-kept = Saved on this device. It is sent when you are connected.
offline-title = No connection
offline-text = This page is not on this device yet. What you did is kept, and is sent when you are connected.
# Link that asks for the page again.
try-again = Try again

## Courses that are kept on the device

keep-title = Keep offline
keep-text = The whole course on this device, to learn without a connection.
keep-quality = Video size
# `size` is a number of megabytes.
keep-quality-small = Small ({ $size } MB)
keep-quality-full = Full ({ $size } MB)
keep-size = It takes { $size } MB.
keep-start = Keep offline
keep-update = Update
keep-resume = Go on
keep-cancel = Cancel
keep-remove = Remove from this device
# `done` and `total` are numbers of megabytes.
keep-progress = { $done } of { $total } MB
keep-kept = Kept on this device ({ $size } MB).
keep-outdated = Kept on this device. There is a newer version of the course.
keep-broken = Interrupted. What is here stays here, and the rest follows when you are connected.
keep-full = There is not enough space left on this device. Remove another course or some files, or take the small size. What is here stays here.
keep-failed = This course cannot be kept at the moment. Please try again later.

# Heading of the list of courses that are kept.
kept-title = On this device
kept-none = No course is kept here. When you are connected, open a course of yours and choose Keep offline.
kept-state = { $size } MB
kept-state-keeping = Still on its way
kept-state-broken = Not complete

## What waits to be sent

sync-here-watching = What you watched is saved on this device. It is sent when you are connected.
sync-here-answers = Your answers are saved on this device. The result comes when you are connected.
sync-here-notes = Your notes are saved on this device. They are sent when you are connected.
sync-sending = Sending …
sync-saved = Everything is saved.
sync-sign-in = Saved on this device. Sign in to send it.
sync-refused = Something that was saved on this device could not be taken over: what it belonged to is no longer there or has changed.
error-kept = Saved on this device. It is sent when you are connected.
