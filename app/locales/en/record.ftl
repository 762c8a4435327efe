### What a learner did day by day, and what is left to do.

## Weekdays and dates

weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday
# Below the bars of a chart and beside the calendar: as short as can be.
weekday-short-1 = Mon
weekday-short-2 = Tue
weekday-short-3 = Wed
weekday-short-4 = Thu
weekday-short-5 = Fri
weekday-short-6 = Sat
weekday-short-7 = Sun
# Above the columns of the calendar.
month-short-1 = Jan
month-short-2 = Feb
month-short-3 = Mar
month-short-4 = Apr
month-short-5 = May
month-short-6 = Jun
month-short-7 = Jul
month-short-8 = Aug
month-short-9 = Sep
month-short-10 = Oct
month-short-11 = Nov
month-short-12 = Dec
# Between a name and what is said of it: “Monday: done”. The quotes keep the space.
list-colon = { ": " }

## This week

this-week = This week
study-time =
    { $hours ->
        [0] { $minutes } min
       *[other] { $hours } h { $minutes } min
    }
study-lessons =
    { $count ->
        [one] { $count } lesson done
       *[other] { $count } lessons done
    }
# Labels of figures, and heads of the table's columns.
week-time = Time learned
week-lessons = Lessons done
day = Day
# Spoken title of the table.
week-table = This week, day by day
# On the front page, before anything was learned this week.
week-empty = Nothing yet. One finished lesson or five minutes make a day.
# Below the chart, after a blaze.
chart-key = A finished lesson. The bars are minutes.
# Spoken after a weekday's name, for what sighted readers see in its mark.
day-done = done
day-done-today = today, done
day-begun = begun, less than five minutes
day-empty = nothing
day-rest = rest day
day-today = today, not done yet
day-ahead = ahead

## Streak

streak = Streak
# Follows the number.
streak-days =
    { $count ->
        [one] day in a row
       *[other] days in a row
    }
# Another sentence follows.
streak-since = Since { $date }.
streak-today-done = Today counts.
streak-today-open = Today is still open: finish a lesson or learn for five minutes.
streak-today-rest = Today is a rest day. It keeps your streak as it is.
streak-begin = A streak begins with one finished lesson or five minutes of learning.

## Calendar

calendar = Your days
calendar-caption = Minutes of each day, weekdays in rows, weeks in columns
week-of = Week of { $date }
calendar-less = less
calendar-more = more
# `time` is written with its unit: 3 h 20 min.
total-time = { $time } in all
total-days =
    { $count ->
        [one] { $count } day of learning
       *[other] { $count } days of learning
    }
# `zone` names a place: Asia/Shanghai.
in-zone = Days as in { $zone }
study-settings-link = Time zone, rest days, streak

## Account: how days are counted

study-settings = Learning
time-zone = Time zone
time-zone-hint = Decides when your day begins. Days that have passed keep the zone they were lived in.
rest-days = Rest days
rest-days-hint = They do not break your streak. Learning on them counts all the same.
streak-hint = A day counts with one finished lesson, quiz or recording, or with five minutes of learning.
streak-show = Show my streak
save-study = Save learning settings
error-time-zone = Choose a time zone from the list.
error-rest-days = Leave at least one day for learning.

## What is left

whats-left = What is left
# Follows the title of a recording and a colon. `time` is written 2:10.
left-watch = watch at least { $time } more.
# Followed by stretches like 3:00–4:10, each a link.
left-gaps = Not watched yet:
# Follows the stretches that are named.
left-gaps-more = and { $count } more
# Follows the title of a quiz and a colon.
left-pass = get { $needed } of { $possible } points to pass.
left-best = Your best so far: { $best }.
left-more =
    { $count ->
        [one] and { $count } more lesson
       *[other] and { $count } more lessons
    }
# Follow a lesson’s title. `time` is written 2:10.
need-watch = { $time } to watch
need-pass =
    { $count ->
        [one] { $count } quiz to pass
       *[other] { $count } quizzes to pass
    }
need-answer =
    { $count ->
        [one] { $count } block to answer
       *[other] { $count } blocks to answer
    }
need-mark = read it and mark it as complete
# Marks a lesson that came after the learner had enrolled.
new-lesson = New
new-lessons =
    { $count ->
        [one] { $count } new lesson
       *[other] { $count } new lessons
    }
new-since-enrolled = New since you enrolled
new-since-finished = New since you finished
new-note-enrolled = These lessons came later. Your percentage does not depend on them.
new-note-finished = These lessons came later. The course stays complete without them.
