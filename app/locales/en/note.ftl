### Notes, highlights and bookmarks.

## Beside a lesson

notes = Notes
# Leads from the top of a lesson to its notes; `count`: how many there are.
notes-jump =
    { $count ->
        [0] Notes
       *[other] Notes ({ $count })
    }
# Leads from a lesson to the notes of all courses.
notes-all = All my notes
# Opens the form.
note-write = Write a note
note-body = Your note
note-body-hint = Markdown works: **bold**, lists, links, code.
# A field for a time such as 3:12.
note-time = Time in the recording
note-time-hint = Such as 3:12. Empty: the note is about the whole lesson.
# A list of the lesson's recordings, where it has several.
note-medium = Recording
# A field for words of the lesson's text.
note-quote = Passage
note-quote-hint = Select words in the text above, or paste them here. Empty: the note is about the whole lesson.
note-save = Save note
# Keeps the time in the field above, without a text.
note-bookmark-second = Bookmark this time
bookmark-lesson = Bookmark this lesson
bookmark-remove = Remove bookmark
# Spoken name of a time that starts the recording there.
note-play = Play from { $time }
note-edit = Edit
note-delete = Delete
# The button that does it, behind the one above.
note-delete-sure = Delete for good
# For highlights and bookmarks.
note-remove = Remove
# Spoken name of the list.
note-list = Notes in this lesson

# What a form did. Spoken, and shown above the list.
noted-note = The note is saved.
noted-highlight = The passage is highlighted.
noted-bookmark = The bookmark is set.
noted-edited = The note is changed.
noted-deleted = It is deleted.

# The two buttons that come up when words of the text are selected, and the spoken name of both together.
marker = Selected words
marker-highlight = Highlight
marker-note = Write a note

## Page of all notes

my-notes = My notes
notes-search = Search notes
notes-kind = Show
notes-kind-all = Everything
note-kind-note = Notes
note-kind-highlight = Highlights
note-kind-bookmark = Bookmarks
notes-course = Course
notes-course-all = All courses
# Spoken name of the list.
notes-results = Notes found
notes-none = You have no notes yet. Open a lesson: below it you can write one, at a second of a film or about a passage of a text.
notes-not-found = Nothing fits. Try another word, or look at everything.
notes-older = Older notes
notes-export = Take your notes with you
# Names of two kinds of file.
notes-markdown = Markdown
notes-json = JSON
# Follows the title of a lesson that the course no longer has.
note-lesson-gone = no longer in the course
# What stands for a bookmark in a list and in the file.
note-is-bookmark = Bookmark

## Editing

note-edit-title = Edit note
note-keep = Save changes
note-delete-title = Delete this note
note-delete-text = Its text cannot be brought back.
# Above the text that is stored while another was typed.
note-now = What is stored now
notice-note-edited = The note is changed.
notice-note-deleted = It is deleted.

## What went wrong

error-note-empty = There is nothing to save yet. Write something.
error-note-long = This is longer than 20,000 characters, and was not saved. Shorten it, or make two notes of it.
error-note-time = This is not a time. Write minutes and seconds, such as 3:12.
error-note-time-late = The recording is shorter than that. Check the time.
error-note-time-missing = Which time? Write minutes and seconds, such as 3:12.
error-note-both = A note is about a time or about a passage. Empty one of the two fields.
error-quote-long = This passage is longer than 1,000 characters. Choose a shorter part of it.
error-quote-missing = These words are not in the text of this lesson. Copy them as they stand there, or leave the field empty.
error-note-changed = The note was changed elsewhere meanwhile. Nothing was replaced: your text is here, and what is stored is below it. Put together what you want to keep, and save again.
error-note-deleted = This note was deleted meanwhile. Your text is still here: save again, and it becomes a new one.
error-notes-full = There is no more room: 5,000 notes, or two million characters. Nothing was saved, and what you typed is still here. Delete some that you no longer need.
