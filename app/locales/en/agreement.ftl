### The course agreement: its page, and what is wrong with a new version of it. Its text is the school's own.

agreement-title = Course agreement
# For search engines.
agreement-lead = What you get when you buy a course, what you may do with it, and when you get your money back.
agreement-version = Version { $version }, for orders since { $date }
# Before a link.
agreement-old = This is an earlier version. It counts for the orders that were placed under it.
agreement-newest = Read the one for new orders
agreement-foreign = The school has not written this agreement in your language yet.

## A new version, from staff

error-agreement-empty = Write the agreement in at least one language.
error-agreement-language = An agreement can be written in English (en) and Chinese (zh-Hans, zh-Hant).
error-agreement-long = An agreement may have at most 40,000 characters.
error-agreement-days = The time for refunds can be 365 days at most.
error-agreement-percent = A percentage is at most 100.
