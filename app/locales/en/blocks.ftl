### Blocks in which learners take part: polls, chains of cases, cards, what is shown on demand.

# Behind the kind of a block, while it is not done.
block-required = Needed to complete this lesson
# In the list of what is left of a lesson; may follow a title and a colon.
left-answer = give your answer in what is marked as needed.

## Polls

poll-kind = Poll
poll-send = Send my answer
# The number follows.
poll-total = Answers so far:
# Behind the option that the reader chose.
poll-own = your answer
poll-again = Change my answer
# For those who see the results without having answered.
poll-take-part = Show the question
poll-guest = Only answers of learners in this course are counted.
# To those who have answered a poll whose results are for staff.
poll-private = Only the course’s team sees how everybody chose.
# To staff, below such results.
poll-private-staff = Learners do not see these results.

## Chains: each learner adds a case after having seen those of the others

chain-kind = Cases from learners
chain-example = An example
# Above the cases of other learners. `count`: how many there are with the reader's own.
chain-others =
    { $count ->
        [one] { $count } case so far
       *[other] { $count } cases so far
    }
chain-first = Nobody has added a case yet. Yours will be the first.
# Stands for a learner who is not named.
chain-learner = A learner
chain-older = Older cases
chain-latest = Latest cases
chain-own = Your case
chain-own-hidden = The school has hidden it. Only you and the staff see it.
chain-change = Change or delete
chain-label = Your case
chain-hint = At most { $count } characters. Learners in this course can read it.
chain-named = Show my first name: { $name }
chain-add = Add my case
chain-save = Save my case
chain-remove = Delete my case
chain-guest = Learners in this course read each other’s cases here and add their own.
# For staff.
chain-hide = Hide from learners
chain-show = Show to learners
chain-is-hidden = Hidden

## Shown on demand

reveal-kind = Think first
reveal-show = Show the answer

## Cards

cards-kind = Cards
cards-state = { $known } of { $total } known
cards-known = I know it
cards-not-yet = Not yet
# Behind a card's front.
cards-is-known = known
cards-is-not-yet = not yet

## At a moment of a film

cue-in-film = At { $time } in the film
cue-in-recording = At { $time } in the recording
cue-continue = Continue

## What can be wrong

error-choice-none = Choose one of the answers first.
error-choice-gone = This answer is no longer offered. Choose from those that are shown now.
error-entry-empty = Write your case first.
error-entry-long = This is longer than 2,000 characters. Shorten it and send it again.
error-answer-first = Something in this lesson is still waiting for your answer. It is marked as needed.
