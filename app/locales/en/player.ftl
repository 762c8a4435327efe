### The player: what stands under and over a film, and beside it.

## Over the film

media-failed = The recording did not load. It is tried again from the same second; what was saved stays saved.
media-retry = Try now
# Said when the film has been waiting for data for a moment.
media-loading = Loading…
# `percent` is filled in later, as text.
player-volume = Volume { $percent }%
# Said when every part that had not been watched has been played.
missing-done = That was everything that was missing.
# At the end of a film. The title of the next lesson follows on its own line.
next-up = Next lesson
# Followed by the seconds that are left.
next-up-go = Go on
next-up-stay = Stay here

## Under the film

player-speed = Speed
player-captions = Captions
captions-off = No captions
player-quality = Size
quality-auto = Automatic
# `size` is written with its unit: 4.2 MB.
quality-small = Small, { $size }
quality-full = Full, { $size }
megabytes = { $size } MB
player-picture = Picture in picture
player-full = Full screen
# Name of a button, and title of what it opens.
player-more = Settings and keys
player-auto-next = Go on to the next lesson by itself
player-keys = Single keys command the player
# Only seen without JavaScript: keeps speed, captions and size.
player-save = Save settings

## Keys

key-play = Play or pause, like the space bar
key-5 = 5 seconds back or forward
key-10 = 10 seconds back or forward
key-volume = Louder or quieter
key-mute = Mute
key-captions = Captions on or off
key-transcript = Open or close the transcript
key-full = Full screen
key-picture = Picture in picture
key-speed = Slower or faster
# The keys 0 and 9 stand before it.
key-tenth = To that tenth of the film
key-next = Next lesson
key-help = This list

## What was watched

# A list of times follows: 3:00–4:10, 5:20–5:40.
not-watched = Not yet watched:
# Between two times of that list.
list-comma = {", "}
play-missing = Play what is missing

## Chapters and transcript

chapters = Chapters
transcript = Transcript
transcript-search = Search the transcript
# `count` is filled in later, as text.
transcript-found = Found: { $count }
transcript-none = Nothing found
transcript-next = Next place
transcript-follow = Follow the film
