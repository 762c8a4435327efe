//! Fenced code of Markdown, in which nothing is a mark of this format.

/// Goes along the lines of a text and knows which of them are code.
#[derive(Debug, Default)]
pub struct Fence {
    open: Option<(char, usize)>,
}

impl Fence {
    /// Whether the next line is code, or a fence around it.
    pub fn holds(&mut self, line: &str) -> bool {
        let line = line.trim_start();
        match self.open {
            Some((mark, length)) => {
                let rest = line.trim_start_matches(mark);
                if line.len() - rest.len() >= length && rest.trim_end().is_empty() {
                    self.open = None;
                }
                true
            }
            None => {
                self.open = opening(line);
                self.open.is_some()
            }
        }
    }

    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }
}

/// The fence that a line opens, be it in a list.
fn opening(line: &str) -> Option<(char, usize)> {
    let line = behind_list_marks(line);
    let mark = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let rest = line.trim_start_matches(mark);
    let length = line.len() - rest.len();
    // A backtick later in the line makes it code within a paragraph.
    (length >= 3 && !(mark == '`' && rest.contains('`'))).then_some((mark, length))
}

fn behind_list_marks(line: &str) -> &str {
    let mut rest = line;
    loop {
        let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let marks: &[char] = if digits.len() < rest.len() {
            &['.', ')']
        } else {
            &['-', '*', '+']
        };
        match digits.strip_prefix(marks) {
            Some(behind) if behind.starts_with([' ', '\t']) => rest = behind.trim_start(),
            _ => return rest,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Fence;

    fn code(source: &str) -> Vec<bool> {
        let mut fence = Fence::default();
        source.lines().map(|line| fence.holds(line)).collect()
    }

    #[test]
    fn a_fence_ends_with_one_at_least_as_long() {
        assert_eq!(
            code("a\n````rust\n```\n````` \nb"),
            [false, true, true, true, false]
        );
        assert_eq!(code("~~~\n```\n~~~\nb"), [true, true, true, false]);
    }

    #[test]
    fn code_in_a_paragraph_opens_nothing() {
        assert_eq!(code("```code``` in a line\nb"), [false, false]);
    }

    #[test]
    fn lists_hold_fences() {
        assert_eq!(
            code("1. ```sh\n   ls\n   ```\nb"),
            [true, true, true, false]
        );
        assert_eq!(code("- 2. ~~~\n~~~\n-~~~"), [true, true, false]);
    }
}
