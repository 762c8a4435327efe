//! Finds a reader's passages in rendered HTML and marks them there.
//!
//! Passages are compared letter by letter without the space between them: what a reader selects in a browser has
//! other spaces and line ends than the HTML.

use super::rewrite::split_tag;

/// Words that a reader has marked.
#[derive(Clone, Copy, Debug)]
pub struct Mark<'a> {
    /// Becomes `mark-{id}` in the page: letters, digits and `-`.
    pub id: &'a str,
    pub quote: &'a str,
    /// What stands before it, which decides where the same words occur more than once.
    pub before: &'a str,
}

/// So many places are compared before the best is taken.
const MAX_PLACES: usize = 1_000;

/// Whether the words stand in the HTML.
#[must_use]
pub fn contains(html: &str, quote: &str) -> bool {
    let needle = squeezed(quote);
    !needle.is_empty() && Letters::of(html).text.contains(&needle)
}

/// The HTML with `<mark>` around the passages that were found in it. Whatever overlaps is marked once; elements are
/// never crossed, and nothing is put into mathematics.
#[must_use]
pub fn mark(html: &str, marks: &[Mark<'_>]) -> String {
    let letters = Letters::of(html);
    let mut insertions = Vec::new();
    let mut covered = vec![false; letters.all.len()];
    for mark in marks {
        let Some((first, last)) = letters.find(mark) else {
            continue;
        };
        covered[first..=last].fill(true);
        if let Some(letter) = letters.all[first..=last].iter().find(|letter| letter.open) {
            let anchor = format!("<span id=\"mark-{}\"></span>", mark.id);
            insertions.push((letter.start, Rank::Anchor, anchor));
        }
    }
    insertions.extend(letters.tags(&covered));
    insertions.sort_by_key(|(at, rank, _)| (*at, *rank));
    let mut out = String::with_capacity(html.len() + insertions.len() * 16);
    let mut from = 0;
    for (at, _, text) in insertions {
        out.push_str(&html[from..at]);
        out.push_str(&text);
        from = at;
    }
    out.push_str(&html[from..]);
    out
}

/// What comes first where several things are put into one place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Close,
    Anchor,
    Open,
}

type Insertion = (usize, Rank, String);

/// One letter of the text, and the bytes of the HTML that it is written with.
struct Letter {
    start: usize,
    end: usize,
    /// Number of the stretch of text between two tags.
    run: usize,
    /// Whether a mark may stand here.
    open: bool,
}

struct Letters {
    all: Vec<Letter>,
    /// The same letters as text.
    text: String,
    /// Where in `text` each of them begins.
    offsets: Vec<usize>,
}

impl Letters {
    /// The sanitiser has written the HTML, so every `<` begins a tag.
    fn of(html: &str) -> Self {
        let mut letters = Self {
            all: Vec::new(),
            text: String::new(),
            offsets: Vec::new(),
        };
        let (mut at, mut run, mut math) = (0, 0, 0_usize);
        while at < html.len() {
            let rest = &html[at..];
            if rest.starts_with('<') {
                let (tag, _) = split_tag(rest);
                if tag.starts_with("<math") {
                    math += 1;
                } else if tag.starts_with("</math") {
                    math = math.saturating_sub(1);
                }
                at += tag.len();
                run += 1;
            } else {
                let end = rest.find('<').unwrap_or(rest.len());
                letters.read(html, at, at + end, run, math == 0);
                at += end;
            }
        }
        letters
    }

    fn read(&mut self, html: &str, mut at: usize, end: usize, run: usize, open: bool) {
        while let Some((c, length)) = first_character(&html[at..end]) {
            if counts(c) {
                self.offsets.push(self.text.len());
                self.text.push(c);
                self.all.push(Letter {
                    start: at,
                    end: at + length,
                    run,
                    open,
                });
            }
            at += length;
        }
    }

    /// First and last letter of the passage, in the place whose words before it fit best.
    fn find(&self, mark: &Mark<'_>) -> Option<(usize, usize)> {
        let (needle, before) = (squeezed(mark.quote), squeezed(mark.before));
        if needle.is_empty() {
            return None;
        }
        let mut best: Option<(usize, usize)> = None;
        for (at, _) in self.text.match_indices(&needle).take(MAX_PLACES) {
            let fit = common_end(&self.text[..at], &before);
            if best.is_none_or(|(_, known)| fit > known) {
                best = Some((at, fit));
            }
        }
        let (at, _) = best?;
        let first = self.offsets.binary_search(&at).ok()?;
        Some((first, first + needle.chars().count() - 1))
    }

    /// Tags around what is covered, one pair for each stretch of text.
    fn tags(&self, covered: &[bool]) -> Vec<Insertion> {
        let mut tags = Vec::new();
        let mut open: Option<(usize, usize)> = None;
        let mut close = |open: &mut Option<(usize, usize)>, end: usize| {
            if open.take().is_some() {
                tags.push((end, Rank::Close, "</mark>".to_owned()));
            }
        };
        let mut starts = Vec::new();
        let mut end = 0;
        for (letter, covered) in self.all.iter().zip(covered) {
            let inside = *covered && letter.open;
            if open.is_some_and(|(_, run)| !inside || run != letter.run) {
                close(&mut open, end);
            }
            if inside && open.is_none() {
                open = Some((letter.start, letter.run));
                starts.push((letter.start, Rank::Open, "<mark>".to_owned()));
            }
            end = letter.end;
        }
        close(&mut open, end);
        tags.extend(starts);
        tags
    }
}

/// A character of HTML text and the bytes that it takes.
fn first_character(text: &str) -> Option<(char, usize)> {
    let c = text.chars().next()?;
    if c == '&'
        && let Some(end) = text.bytes().take(12).position(|b| b == b';')
        && let Some(c) = entity(&text[1..end])
    {
        return Some((c, end + 1));
    }
    Some((c, c.len_utf8()))
}

/// The entities that the sanitiser and the writer of mathematics use.
fn entity(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "nbsp" => Some('\u{a0}'),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

/// Space, and signs that only say where a word may break, are no letters.
fn counts(c: char) -> bool {
    !c.is_whitespace() && !matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| counts(*c)).collect()
}

/// How many characters at the end are the same.
fn common_end(a: &str, b: &str) -> usize {
    let pairs = a.chars().rev().zip(b.chars().rev());
    pairs.take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use domain::course::Text;
    use proptest::prelude::*;

    use super::*;

    fn marked(html: &str, quote: &str, before: &str) -> String {
        mark(
            html,
            &[Mark {
                id: "1",
                quote,
                before,
            }],
        )
    }

    #[test]
    fn words_are_marked_across_elements_and_never_in_tags() {
        assert_eq!(
            marked(
                "<p>One <em title=\"two\">two</em> three</p><p>four</p>",
                "two three\n\nfour",
                ""
            ),
            "<p>One <em title=\"two\"><span id=\"mark-1\"></span><mark>two</mark></em> <mark>three</mark></p><p><mark>four</mark></p>"
        );
        assert_eq!(
            marked("<p title=\"two\">x</p>", "two", ""),
            "<p title=\"two\">x</p>"
        );
        assert_eq!(marked("<p>x</p>", " \n", ""), "<p>x</p>");
    }

    #[test]
    fn what_stands_before_decides_between_the_same_words() {
        assert_eq!(
            marked("<p>a cat, the cat</p>", "cat", "…and the "),
            "<p>a cat, the <span id=\"mark-1\"></span><mark>cat</mark></p>"
        );
        assert!(marked("<p>a cat, the cat</p>", "cat", "xyz").starts_with("<p>a <span"));
    }

    #[test]
    fn signs_and_chinese_are_found_as_the_reader_sees_them() {
        assert_eq!(
            marked("<p>1 &lt; 2 &amp;&nbsp;3</p>", "< 2 & 3", ""),
            "<p>1 <span id=\"mark-1\"></span><mark>&lt; 2 &amp;&nbsp;3</mark></p>"
        );
        assert!(contains(
            "<p>间隔<strong>复习</strong>最省时间</p>",
            "复习最省"
        ));
        assert!(!contains("<p>lt;</p>", "&lt;"));
    }

    #[test]
    fn what_overlaps_is_marked_once() {
        let mark_of = |id, quote| Mark {
            id,
            quote,
            before: "",
        };
        assert_eq!(
            mark(
                "<p>one two three</p>",
                &[mark_of("a", "one two"), mark_of("b", "two three")]
            ),
            "<p><span id=\"mark-a\"></span><mark>one <span id=\"mark-b\"></span>two three</mark></p>"
        );
    }

    #[test]
    fn mathematics_is_passed_over() {
        let html = super::super::text(&Text::Markdown("Let $x$ be.".into()), &|_| None, "");
        let marked = marked(&html, "Let x be.", "");
        assert_eq!(marked.matches("<mark>").count(), 2, "{marked}");
        assert!(!marked.contains("<mi><"), "{marked}");
    }

    proptest! {
        #[test]
        fn taking_the_marks_away_gives_the_text_back(source in "[a-d *_`$<>&|\n-]{0,80}", quote in "[a-d <&]{1,6}", other in "[a-d]{1,3}") {
            let html = super::super::text(&Text::Markdown(source), &|_| None, "p");
            let marks = [Mark { id: "x", quote: &quote, before: "a" }, Mark { id: "y", quote: &other, before: "" }];
            let marked = mark(&html, &marks);
            let bare = marked.replace("<span id=\"mark-x\"></span>", "").replace("<span id=\"mark-y\"></span>", "").replace("<mark>", "").replace("</mark>", "");
            prop_assert_eq!(&bare, &html);
            prop_assert!(!marked.contains("mark-x") || contains(&html, &quote));
            prop_assert_eq!(marked.matches("<mark>").count(), marked.matches("</mark>").count());
        }
    }
}
