### Certificates: the page, the PDF, what machines read, and checking them.

## On the certificate, in the language of the course

certificate-title = Certificate of completion
# Three lines: this, the learner's name, the next; then the course's title.
certificate-this-certifies = This certifies that
certificate-has-completed = has completed the course
# What the course holds.
certificate-extent =
    { $count ->
        [1] { $count } lesson, { $minutes } min
       *[other] { $count } lessons, { $minutes } min in all
    }
certificate-completed-on = Completed on { $date }
# `names`: one or several, with commas between them.
certificate-taught-by = Taught by { $names }
certificate-check-at = Anyone can check this certificate at
certificate-number = Certificate { $code }
certificate-revoked-on = Revoked on { $date }
# What had to be done, for machines and their readers.
certificate-criteria =
    { $count ->
        [1] The one lesson of the course was completed: its recordings watched, its quizzes passed.
       *[other] All { $count } lessons of the course were completed: their recordings watched, their quizzes passed.
    }

## The page around it

# Title of the page.
certificate-of = Certificate of { $name }
# Spoken name of the part that says whether the certificate counts.
certificate-standing = Check
certificate-valid = Valid, signed by this school
certificate-valid-text = { $name } completed this course on { $date }. The school's signature was checked just now and covers name, course and day.
certificate-revoked-text = The school took this certificate back. Its reason: { $reason }
certificate-broken = Not valid
certificate-broken-text = What is stored here is not what the school signed. Please tell the school.
# Spoken name of the picture.
certificate-qr = QR code with the address of this page
certificate-pdf = Download as PDF
# The signed credential, for wallets and other systems.
certificate-credential = Open Badge (signed)
certificate-readable = Open Badge as JSON
certificate-linkedin = Add to LinkedIn
certificate-print = Prints well on A4, lying.
# To the learner.
certificate-share = Share this page
certificate-share-text = Whoever has this address can see and check the certificate. Search engines are asked not to list it.
# To the learner.
certificate-frozen = It says what was true on the day you finished: your name as it was on your account, and the course as it was when you enrolled. Later changes to either do not change it.
certificate-check-another = Check another certificate
# On a course that is finished.
certificate-see = See your certificate

## Checking

certificate-verify-title = Check a certificate
certificate-verify-lead = Type the code that stands on a certificate, or paste the Open Badge itself.
certificate-verify-field = Code, address or Open Badge
certificate-verify-hint = The badge is a long line that begins with “ey”.
certificate-verify = Check
certificate-altered = Altered
certificate-altered-text = This credential names a key of this school, but its signature does not fit its content. It was changed after it was signed, or never signed by us.
certificate-foreign = Not from this school
certificate-foreign-text = This credential was signed with a key that is not ours. We can say nothing about it.
# `issuer`: an address that stands in the credential.
certificate-foreign-issuer = It says that it comes from { $issuer }.
certificate-unknown = Not known
certificate-unknown-text = There is no such certificate in this school's register. Check the code for typing mistakes.
certificate-unreadable = Not readable
certificate-unreadable-text = This is neither a code nor a signed Open Badge. Copy the whole line, without quotation marks.
certificate-see-it = See the certificate
error-certificate-empty = Type a code or paste a credential.
error-certificate-long = That is longer than any credential of ours.
