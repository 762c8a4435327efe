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
    let converted = (tex.len() <= 10_000).then(|| {
        let converter = LatexToMathML::new(MathCoreConfig::default(), Vec::new()).ok()?;
        converter.convert_with_local_state(tex.trim(), style).ok()
    });
    match converted.flatten() {
        Some(result) => rewrite::without_styles(&result.mathml),
        None => format!("<code>{}</code>", escape(tex)),
    }
}

/// Marks the mathematics of an HTML text the way that the Markdown renderer does: `\(…\)`, `\[…\]` and the two
/// forms of Open edX. What stands in `<pre>` and `<code>` is left alone.
pub fn mark(html: &str) -> String {
    const FORMS: [(&str, &str, &str); 4] = [
        ("\\(", "\\)", "inline"),
        ("\\[", "\\]", "display"),
        ("[mathjaxinline]", "[/mathjaxinline]", "inline"),
        ("[mathjax]", "[/mathjax]", "display"),
    ];
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while !rest.is_empty() {
        let next = FORMS
            .iter()
            .filter_map(|form| rest.find(form.0).map(|at| (at, form)))
            .min_by_key(|(at, _)| *at);
        let code = ["<pre", "<code"]
            .iter()
            .filter_map(|tag| rest.find(tag))
            .min();
        match (next, code) {
            (Some((at, _)), Some(code)) if code < at => {
                let end = ["</pre>", "</code>"]
                    .iter()
                    .filter_map(|tag| rest[code..].find(tag).map(|end| code + end + 1))
                    .min();
                let end = end.unwrap_or(rest.len());
                out.push_str(&rest[..end]);
                rest = &rest[end..];
            }
            (Some((at, (open, close, style))), _) => {
                let inside = &rest[at + open.len()..];
                let Some(end) = inside.find(close) else { break };
                out.push_str(&rest[..at]);
                out.push_str(&format!(
                    "<span data-math-style=\"{style}\">{}</span>",
                    &inside[..end]
                ));
                rest = &inside[end + close.len()..];
            }
            (None, _) => break,
        }
    }
    out.push_str(rest);
    out
}
