//! TeX to MathML.

use math_core::{LatexToMathML, MathCoreConfig, MathDisplay};

use super::{escape, rewrite};

/// MathML for TeX; what cannot be understood is shown as it was written.
pub fn render(tex: &str, display: bool) -> String {
    let style = if display {
        MathDisplay::Block
    } else {
        MathDisplay::Inline
    };
    // Longer formulas than a page are no formulas.
    let is_short = tex.len() <= 10_000;
    match is_short
        .then(|| convert(tex, style).or_else(|| convert(&modern(tex), style)))
        .flatten()
    {
        Some(mathml) => rewrite::without_styles(&mathml),
        None => format!("<code>{}</code>", escape(tex)),
    }
}

fn convert(tex: &str, style: MathDisplay) -> Option<String> {
    let converter = LatexToMathML::new(MathCoreConfig::default(), Vec::new()).ok()?;
    Some(
        converter
            .convert_with_local_state(tex.trim(), style)
            .ok()?
            .mathml,
    )
}

/// TeX of older courses, in words that the converter knows.
fn modern(tex: &str) -> String {
    const WORDS: [(&str, &str); 13] = [
        ("\\mbox{", "\\text{"),
        ("\\hbox{", "\\text{"),
        ("\\textnormal{", "\\text{"),
        ("\\ensuremath{", "{"),
        ("{eqnarray*}", "{align*}"),
        ("{eqnarray}", "{align*}"),
        ("&=&", "&="),
        ("& = &", "&="),
        ("{split}", "{aligned}"),
        ("\\hfill", "\\quad "),
        ("\\large ", ""),
        ("\\Large ", ""),
        ("\\normalsize ", ""),
    ];
    let mut tex = WORDS
        .iter()
        .fold(tex.to_owned(), |tex, (old, new)| tex.replace(old, new));
    // Nothing can refer to a formula here.
    for command in ["\\label{", "\\require{"] {
        while let Some(start) = tex.find(command) {
            let end = tex[start..]
                .find('}')
                .map_or(tex.len(), |end| start + end + 1);
            tex.replace_range(start..end, "");
        }
    }
    while let Some(start) = tex.find("\\tag{") {
        let Some(end) = tex[start..].find('}').map(|end| start + end) else {
            break;
        };
        let number = format!("\\qquad\\text{{({})}}", &tex[start + "\\tag{".len()..end]);
        tex.replace_range(start..=end, &number);
    }
    tex
}

/// How mathematics begins and ends in HTML, and the style in which it is set.
type Form = (&'static str, &'static str, &'static str);

const FORMS: [Form; 4] = [
    ("\\(", "\\)", "inline"),
    ("\\[", "\\]", "display"),
    ("[mathjaxinline]", "[/mathjaxinline]", "inline"),
    ("[mathjax]", "[/mathjax]", "display"),
];

/// Marks the mathematics of an HTML text the way that the Markdown renderer does: `\(…\)`, `\[…\]` and the two
/// forms of Open edX. What stands in tags, in `<pre>` and in `<code>` is left alone.
pub fn mark(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    let mut forms = FORMS.to_vec();
    while let Some(at) = rest.find(['<', '\\', '[']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let after = match untouched(rest) {
            0 => formula(rest, &mut forms, &mut out),
            length => {
                out.push_str(&rest[..length]);
                &rest[length..]
            }
        };
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Length of the tag at the start, with what is in it where that is code. 0 where no tag begins.
fn untouched(html: &str) -> usize {
    let begins = |c: char| c.is_ascii_alphabetic() || c == '/' || c == '!';
    if !html
        .strip_prefix('<')
        .is_some_and(|rest| rest.starts_with(begins))
    {
        return 0;
    }
    let tag = rewrite::split_tag(html).0;
    for (open, close) in [("<pre", "</pre>"), ("<code", "</code>")] {
        let name_ends = |rest: &str| rest.starts_with(|c: char| c.is_whitespace() || c == '>');
        if tag.strip_prefix(open).is_some_and(name_ends) {
            return html.find(close).unwrap_or(html.len());
        }
    }
    tag.len()
}

/// Writes the formula at the start, or the one character that begins none. Gives what is behind it. A form whose end
/// is not found is taken out, because further on it will not be found either.
fn formula<'a>(html: &'a str, forms: &mut Vec<Form>, out: &mut String) -> &'a str {
    let begun = forms.iter().position(|(open, ..)| html.starts_with(open));
    if let Some(at) = begun {
        let (open, close, style) = forms[at];
        if let Some((tex, after)) = html[open.len()..].split_once(close) {
            out.push_str(&format!("<span data-math-style=\"{style}\">{tex}</span>"));
            return after;
        }
        forms.remove(at);
    }
    let (first, after) = html.split_at(1);
    out.push_str(first);
    after
}
