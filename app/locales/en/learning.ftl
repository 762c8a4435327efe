### A course, its lessons, the player, quizzes and progress.

## Course

# Spoken name of the links above the title: courses, then the course's category.
breadcrumb = You are here
# Spoken name of the box with the price and the button.
offer = Price and enrolment
start-trial = Start trial lesson
buy-course = Buy this course
enrol = Enrol
continue-learning = Continue learning
notice-enrolled = You are enrolled. Your place and your progress are kept from now on.

# Spoken name of the list of what comes with the course.
included = What is included
included-videos =
    { $count ->
        [one] { $count } video
       *[other] { $count } videos
    }
# `minutes` is the sum of all lessons.
included-lessons =
    { $count ->
        [one] { $count } lesson, { $minutes } min
       *[other] { $count } lessons, { $minutes } min in all
    }
included-quizzes =
    { $count ->
        [one] { $count } quiz with explanations
       *[other] { $count } quizzes with explanations
    }
included-progress = Your place and progress, kept on every device

# Headings of the course page.
outcomes = What you will be able to do
about-course = About this course
# Above the list of sections and lessons; their number and minutes follow on the same line.
trail = Syllabus
teachers =
    { $count ->
        [one] Your teacher
       *[other] Your teachers
    }
prerequisites = Before you start

## Checkout

checkout-title = Buy this course
back-to-course = Back to the course

## Lessons in a list

kind-video = Video
kind-audio = Audio
kind-text = Reading
kind-quiz = Quiz
# Marks a lesson that is open to everyone.
free-lesson = Free
# Spoken after a lesson's title, for what sighted readers see in its mark.
state-done = done
state-here = you are here
state-begun = begun
state-locked = locked

## Lesson

# Follows the section's title: “First steps · Lesson 2 of 12”.
lesson-of = Lesson { $number } of { $total }
# Spoken name of the list at the side.
lessons-in-course = Lessons in this course
# Spoken name of the links to the previous and the next lesson.
nav-lessons = Between lessons
previous-lesson = Previous lesson
next-lesson = Next lesson
# Opens the list of lessons.
lessons-button = Lessons
mark-complete = Mark as complete
lesson-left = This lesson is complete once you have watched and passed everything in it.
# `left`: lessons of the same section that are not done.
lesson-done =
    { $left ->
        [0] Lesson complete, and with it this section.
        [one] Lesson complete. { $left } lesson left in this section.
       *[other] Lesson complete. { $left } lessons left in this section.
    }
course-done = Course complete. You have done every lesson.

## Lesson, for those who are not enrolled

# `count`: lessons of the course. Stands at the end of a lesson that is open to everyone.
trial-next-paid =
    { $count ->
        [one] This lesson is the whole course. See what enrolling costs and what it keeps for you.
       *[other] This is one of { $count } lessons in the course. See what the others cover and what it costs.
    }
trial-next-free = The whole course is free. Enrol, and your place and progress are kept.
trial-next-join = The whole course is free. With an account, your place and progress are kept.
see-course = See the course
locked = This lesson comes with the course.
locked-trial = Try the course first: its trial lesson is open to everyone.
locked-enrol = It opens as soon as the course is yours.
# `price` is written with its currency: CN¥199.
buy-for = Buy for { $price }
# Leads to the course page of a free course.
to-enrol = Go to the course and enrol

## Player

# Opens a video by hand, because nothing is fetched from YouTube before that.
youtube-open = Show “{ $title }” from YouTube, which will then know of your visit
# `percent` is filled in while the video plays.
watched = { $percent }% watched
watched-all = Watched
# Follows “42% watched” while the server cannot be reached.
report-waiting = (not saved yet, trying again)

## Quiz

check-answers = Check answers
# First entry of a list, before something is chosen.
choose = Choose an answer
# Follows a question with any number of right answers.
choose-all = Choose all that apply.
hint = Hint
# Follow an option that was chosen.
answer-right = Right
answer-not-right = Not right
# Below a question; an explanation may follow on the same line.
verdict-right = Right.
verdict-wrong = Not right yet.
# `earned` and `possible` are filled in later, as text: they cannot decide on a plural.
quiz-passed = Passed, with { $earned } of { $possible } points.
quiz-failed = { $earned } of { $possible } points. It takes { $percent }% to pass: look at the questions marked below and check again.

## Progress

# Spoken name of the bar.
progress = Course progress
# Follows the percentage.
lessons-done =
    { $total ->
        [one] { $done } of { $total } lesson
       *[other] { $done } of { $total } lessons
    }
nothing-yet = You have no courses yet. Choose one, and it waits for you here at the place where you stopped.
finished = Finished
