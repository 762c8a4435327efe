//! Tables with questions in their cells.

use super::{
    super::{dom, xml::Element},
    walk::holds,
};

/// One thing to be read in a table.
#[derive(Debug)]
pub enum Step<'a> {
    Text(String),
    /// A cell that asks. What stands in its row and above its column says what for.
    Cell {
        context: String,
        cell: &'a Element,
    },
}

/// What is to be read in a table, in order.
pub fn steps<'a>(table: &'a Element, asks: &impl Fn(&Element) -> bool) -> Vec<Step<'a>> {
    let mut rows = Vec::new();
    table.visit(&mut |element| rows.extend((element.tag == "tr").then_some(element)));
    let (mut steps, mut heads) = (Vec::new(), Vec::new());
    for row in rows {
        let cells = row
            .elements()
            .filter(|cell| matches!(cell.tag.as_str(), "td" | "th"));
        let cells: Vec<(&Element, bool)> = cells.map(|cell| (cell, holds(cell, asks))).collect();
        let texts: Vec<String> = cells
            .iter()
            .map(|(cell, asks)| {
                if *asks {
                    String::new()
                } else {
                    dom::visible_text(&cell.children)
                }
            })
            .collect();
        let said = joined(texts.iter(), " ");
        if !cells.iter().any(|(_, asks)| *asks) {
            if heads.is_empty() {
                heads = texts;
            } else {
                steps.push(Step::Text(said));
            }
            continue;
        }
        for (column, (cell, _)) in cells.into_iter().enumerate().filter(|(_, (_, asks))| *asks) {
            let context = joined(
                [Some(&said), heads.get(column)].into_iter().flatten(),
                " — ",
            );
            steps.push(Step::Cell { context, cell });
        }
    }
    steps
}

fn joined<'a>(texts: impl Iterator<Item = &'a String>, between: &str) -> String {
    texts
        .filter(|text| !text.is_empty())
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(between)
}

#[cfg(test)]
mod tests {
    use super::{super::super::dom, *};
    use crate::olx::xml::Child;

    #[test]
    fn cells_know_their_row_and_column() {
        let html = "<table><tr><th>City</th><th>Country</th><th>Size</th></tr><tr><td>Oslo</td><td><x/></td><td><x/></td></tr><tr><td>only text</td></tr></table>";
        let tree = dom::parse_xml("a.xml", html);
        let Some(Child::Element(table)) = tree.first() else {
            panic!("{tree:?}")
        };
        let steps = steps(table, &|element: &Element| element.tag == "x");
        let read: Vec<&str> = steps
            .iter()
            .map(|step| match step {
                Step::Text(text) => text.as_str(),
                Step::Cell { context, .. } => context.as_str(),
            })
            .collect();
        assert_eq!(read, ["Oslo — Country", "Oslo — Size", "only text"]);
    }
}
