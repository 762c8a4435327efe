//! Statements over many rows.

/// A statement over many rows, `head VALUES (…), (…) tail`: its text for a few numbers of rows, so that each
/// database prepares it a few times and not for every number.
#[derive(Debug)]
pub(crate) struct ManyRows([(usize, String); 8]);

impl ManyRows {
    pub fn new(head: &str, columns: usize, tail: &str) -> Self {
        let text = |rows: usize| {
            let row = |row: usize| {
                let first = row * columns + 1;
                let columns: Vec<_> = (first..first + columns)
                    .map(|column| format!("${column}"))
                    .collect();
                format!("({})", columns.join(", "))
            };
            let rows: Vec<_> = (0..rows).map(row).collect();
            format!("{head} VALUES {} {tail}", rows.join(", "))
        };
        Self([128, 64, 32, 16, 8, 4, 2, 1].map(|rows| (rows, text(rows))))
    }

    /// The items in as few statements as there are texts for.
    pub fn chunks<'a, T>(
        &'static self,
        mut items: &'a [T],
    ) -> impl Iterator<Item = (&'static str, &'a [T])> {
        std::iter::from_fn(move || {
            let (rows, text) = self.0.iter().find(|(rows, _)| *rows <= items.len())?;
            let (chunk, rest) = items.split_at(*rows);
            items = rest;
            Some((text.as_str(), chunk))
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::ManyRows;

    #[test]
    fn many_rows_are_few_statements() {
        static SAVE: LazyLock<ManyRows> =
            LazyLock::new(|| ManyRows::new("INSERT INTO t (a, b)", 2, "RETURNING a"));
        let items = [0; 85];
        let chunks: Vec<_> = SAVE
            .chunks(&items)
            .map(|(text, items)| (text.matches('(').count() - 1, items.len()))
            .collect();
        assert_eq!(chunks, [(64, 64), (16, 16), (4, 4), (1, 1)]);
        assert_eq!(SAVE.chunks(&[0; 300]).count(), 5);
        let (text, _) = SAVE.chunks(&items[..1]).next().expect("one");
        assert_eq!(text, "INSERT INTO t (a, b) VALUES ($1, $2) RETURNING a");
        assert_eq!(SAVE.chunks::<u8>(&[]).count(), 0);
    }
}
