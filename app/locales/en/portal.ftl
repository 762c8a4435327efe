### What every page has around it, the front page, the catalogue, and how dates, money and languages are written.

# The school's name. It also stands after every page's title and under the installed portal's icon.
school = Waymark

## Header and footer

skip = Skip to content
# Spoken name of the logo's link. It begins with the name that is seen.
to-front-mark = { school }, front page
# Spoken names of the two groups of links.
nav-main = Main
nav-footer = More
courses = Courses
all-courses = All courses
my-learning = My learning
to-my-place = Back to where I was
account = Account
sign-in = Sign in
sign-out = Sign out
close = Close
# One sentence in the footer of every page.
about = { school } keeps your place, shows you the next step, and counts what you have really done.

## Language and looks

language = Language
appearance = Appearance
theme = Colours
theme-system = As my device
theme-light = Light
theme-dark = Dark
# Warm paper and softened ink, for reading long or late.
theme-eye-care = Eye care
text-size = Text size
text-s = Small
text-m = Medium
text-l = Large
text-xl = Extra large
# Whether things on the page move.
motion = Motion
motion-system = As my device
motion-off = Off

## Front page, for strangers

front-title = Learn one step at a time
# For search engines, social cards and the installed portal.
front-description = Courses in short lessons: watch, read, answer. Try a lesson without an account, and go on where you stopped, on any device.
# The big sentence at the top.
promise = Learn one step at a time, and always see the next one.
# Spoken name of a picture that opens a lesson, playing.
play-lesson = Play the lesson “{ $title }”
trial-note = { $minutes } min, free, no account needed
# Spoken name of a short list: the trial lesson, the lessons behind it, and a link to all of them.
trial-after = This lesson and the ones after it
all-lessons =
    { $count ->
        [one] { $count } lesson
       *[other] All { $count } lessons
    }

# The three promises: a short one in bold, then its explanation on the same line.
promises = What you can count on
promise-place = Your place is kept.
promise-place-text = Stop at any second and go on from there, on any device.
promise-honest = Progress means what it says.
promise-honest-text = A video counts once you have watched it, a quiz once you have passed it.
promise-open = Try first, decide later.
promise-open-text = Trial lessons open at once, without an account and without payment.

## Front page, for learners

# Title in the browser's tab.
today = Today
greeting = Hello, { $name }
in-progress = In progress
more-courses = More courses
# Above a list of courses, where the learner has none that is unfinished.
first-step = Choose a course to begin with

## Catalogue

catalogue-description = All courses with their lessons, minutes, level and price.
# Label of the search field, and what stands in it while it is empty.
search-courses = Search courses
search = Search
category = Category
category-all = All categories
level = Level
level-any = Any level
level-beginner = Beginner
level-intermediate = Intermediate
level-advanced = Advanced
# Spoken name of the list of courses.
results = Courses found
courses-found =
    { $count ->
        [one] { $count } course
       *[other] { $count } courses
    }
nothing-found = Nothing fits these words and filters together. Try other words, fewer filters, or look at everything.
# In place of a price.
free = Free
lessons =
    { $count ->
        [one] { $count } lesson
       *[other] { $count } lessons
    }
# Short, because it stands in narrow columns.
minutes = { $count } min

## Dates and lists

# `month` is one of the names below.
date = { $day } { $month } { $year }
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
# Between two parts of a line: “12 lessons, 95 min”. The quotes keep the space.
list-comma = { ", " }

## Money

# The amount comes with its separators: 1,234.50.
currency-cny = CN¥{ $amount }
currency-eur = €{ $amount }
currency-gbp = £{ $amount }
currency-hkd = HK${ $amount }
currency-jpy = JP¥{ $amount }
currency-krw = ₩{ $amount }
currency-twd = NT${ $amount }
currency-usd = ${ $amount }
# Every other currency, by its code: CHF 49.50.
currency-other = { $code } { $amount }

## Languages of courses and captions

# A language that is not here is shown by its code.
language-ar = Arabic
language-de = German
language-en = English
language-es = Spanish
language-fr = French
language-hi = Hindi
language-id = Indonesian
language-it = Italian
language-ja = Japanese
language-ko = Korean
language-pt = Portuguese
language-ru = Russian
language-th = Thai
language-vi = Vietnamese
language-zh = Chinese
language-zh-cn = Chinese (Simplified)
language-zh-hans = Chinese (Simplified)
language-zh-hant = Chinese (Traditional)
language-zh-hk = Chinese (Hong Kong)
language-zh-tw = Chinese (Traditional)
