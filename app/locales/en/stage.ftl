### Stages: the test at the end of a section, which opens the next one.

## In a list of lessons, and at a lesson

# Stands where other stops say “Video” or “Reading”.
stage-kind = Stage test
# Above a lesson that cannot be opened yet.
stage-locked = A stage test opens this lesson.
# `title` is the test's.
stage-locked-text = It opens once you have passed “{ $title }”, the test that ends an earlier section. Everything before it stays open to you.
stage-take = To the stage test
# At the end of a section's last lesson.
stage-next-text = This section ends with a stage test: “{ $title }”.

## The test's page

# `section` is a title.
stage-place = Stage test for “{ $section }”
# How the test goes, in one line.
stage-questions =
    { $count ->
        [one] { $count } question
       *[other] { $count } questions
    }
stage-pass = { $percent }% to pass
stage-attempts =
    { $count ->
        [one] { $count } attempt
       *[other] { $count } attempts
    }
# `time` is one of the three below.
stage-pause = { $time } between attempts
stage-minutes =
    { $count ->
        [one] { $count } minute
       *[other] { $count } minutes
    }
stage-hours =
    { $count ->
        [one] { $count } hour
       *[other] { $count } hours
    }
stage-days =
    { $count ->
        [one] { $count } day
       *[other] { $count } days
    }
stage-how = There is no time limit, and you may look things up. Once begun, the questions stay the same until you hand them in, on every device. What was right you see afterwards.
stage-left =
    { $count ->
        [one] You have one attempt left.
       *[other] You have { $count } attempts left.
    }
stage-begin = Begin the test
stage-begin-again = Begin another attempt
# Heading above the questions.
stage-attempt = Attempt { $number }
stage-submit = Hand in
# A box to tick, shown after some questions had no answer.
stage-with-blanks = Hand in with questions left out
# `time` says how long, `date`, `clock` and `zone` when.
stage-wait = The next attempt may begin in { $time }, on { $date } at { $clock } ({ $zone }).
stage-spent = You have used every attempt. The school can open the way for you: write to your teacher.
stage-shut = First pass “{ $title }”. Then this test is open to you.
stage-not-enrolled = This test is part of the course. It is open to those who are enrolled.
stage-staff = You see every lesson without this test.

## What came of it

stage-passed-title = Passed
stage-failed-title = Not passed yet
stage-score = { $earned } of { $possible } points. It takes { $percent }% to pass.
# The school lets a learner go on without the test.
stage-opened = The school has opened the way for you. You can go on without this test.
stage-passed = You have passed this test. It stays passed, whatever changes in the course.
# A button: `title` is the first lesson behind the test.
stage-go-on = Go on: { $title }
stage-concepts = By topic
# Follows the name of a topic.
stage-concept = { $right } of { $of } right
stage-lessons = Worth another look
stage-review = Your answers
# What opens when pressed: the questions that need no review.
stage-right-ones =
    { $count ->
        [one] { $count } question answered right
       *[other] { $count } questions answered right
    }
stage-no-answer = No answer
# Behind each answer of a test that was handed in. The last is an answer that would have been right.
stage-chosen-right = Your answer, right
stage-chosen-wrong = Your answer, not right
stage-missed = Right, and not in your answer

## For those who teach

stage-open-title = Open the way for a learner
stage-open-text = They go on without the test. Who opened it and why is kept.
stage-open-email = Email of the learner
stage-open-reason = Reason
stage-open-submit = Open the way
notice-stage-opened = The way is open for this learner.

## Errors

error-stage-blank = This question has no answer yet.
error-stage-blanks = Some questions have no answer yet, so nothing was handed in. What you answered is still here. Answer the rest, or tick the box at the end to leave them out.
error-stage-early = It is too early for another attempt, and none was begun. Below you see when the next one may begin.
error-stage-spent = You have used every attempt, so none was begun. The school can open the way for you: write to your teacher.
error-stage-learner = No learner with this address is enrolled in the course. Nothing was changed. Check the address.
error-stage-reason = Say why, in one line of at most 500 characters. Nothing was changed.
