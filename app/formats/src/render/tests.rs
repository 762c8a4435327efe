use super::*;

fn none(_: &str) -> Option<String> {
    None
}

fn html(source: &str) -> String {
    text(&Text::Html(source.to_owned()), &none, "p")
}

fn md(source: &str) -> String {
    text(
        &Text::Markdown(source.to_owned()),
        &|reference| Some(format!("/x/{reference}")),
        "p",
    )
}

#[test]
fn nothing_that_runs_survives() {
    for attack in [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)>",
        "<a href=\"javascript:alert(1)\">x</a>",
        "<a href=\" java\nscript:alert(1)\">x</a>",
        "<iframe src=\"https://evil.example\"></iframe>",
        "<form action=/api/sign_out method=post><button>x</button></form>",
        "<style>*{display:none}</style>",
        "<p style=\"position:fixed\">x</p>",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "<img src=\"data:text/html,<script>alert(1)</script>\">",
        "<object data=x></object><embed src=x>",
        "<div class=\"site-header\">x</div>",
        "<a href=\"//evil.example\">x</a>",
    ] {
        for rendered in [html(attack), md(attack)] {
            let dangerous = [
                "<script",
                "onerror=",
                "onload=",
                "javascript:",
                "<iframe",
                "<form",
                "<style",
                " style=",
                "<svg",
                "<object",
                "<embed",
                "site-header",
                "//evil",
                "data:text",
            ];
            // What became text is harmless.
            let tags: String = rendered
                .split('<')
                .skip(1)
                .filter_map(|part| part.split('>').next())
                .map(|tag| format!("<{tag}>"))
                .collect();
            for bad in dangerous {
                assert!(!tags.contains(bad), "{attack}\n→ {rendered}");
            }
        }
    }
}

#[test]
fn markdown_becomes_what_pages_show() {
    insta::assert_snapshot!(md("# One\n\nText **粗体。**后面[^n] and [next](lesson:two).\n\n![Alt](a.svg \"Caption\")\n\n[^n]: Note."), @r##"
    <h2 id="p-one">One</h2>
    <p>Text <strong>粗体。</strong>后面<sup><a href="#p-fn-n" id="p-fnref-n" data-footnote-ref="">1</a></sup> and <a href="/x/lesson:two">next</a>.</p>
    <figure><img src="/x/a.svg" alt="Alt" loading="lazy" decoding="async"><figcaption>Caption</figcaption></figure>
    <section class="footnotes">
    <ol>
    <li id="p-fn-n">
    <p>Note. <a href="#p-fnref-n" data-footnote-backref="">↩</a></p>
    </li>
    </ol>
    </section>
    "##);
}

#[test]
fn tables_and_code_can_be_scrolled_by_keyboard() {
    let table = md("| a | b |\n|---|---|\n| 1 | 2 |");
    assert!(
        table.starts_with("<div class=\"scroll\" tabindex=\"0\"><table>")
            && table.trim_end().ends_with("</table></div>"),
        "{table}"
    );
    let code = md("```rust\nfn main() {}\n```");
    assert!(
        code.contains("<pre tabindex=\"0\"><code><span class=\"hl-storage\">fn</span>"),
        "{code}"
    );
    assert!(md("```nonsense\n<b>\n```").contains("&lt;b&gt;"));
}

#[test]
fn lists_stay_lists() {
    assert_eq!(md("- a\n- b").trim(), "<ul>\n<li>a</li>\n<li>b</li>\n</ul>");
    assert_eq!(
        html("<ul><li>a</li></ul><ol><li>b</li></ol>"),
        "<ul><li>a</li></ul><ol><li>b</li></ol>"
    );
}

#[test]
fn mathematics_is_looked_for_in_texts_only() {
    let picture = text(
        &Text::Html("<p title=\"\\(x\\)\"><img src=\"a.svg\" alt=\"\\(x^2\\) is\"></p>".into()),
        &|_| Some("/a".into()),
        "p",
    );
    assert_eq!(
        picture,
        "<p><img src=\"/a\" alt=\"\\(x^2\\) is\" loading=\"lazy\" decoding=\"async\"></p>"
    );
    let open = html("<p>\\(a and [b] 1 < 2, then \\[c\\]</p>");
    assert!(open.contains("\\(a and [b] 1 &lt; 2, then <math"), "{open}");
}

#[test]
fn mathematics_becomes_mathml() {
    for source in [
        md("$a^2$"),
        html("<p>\\(a^2\\)</p>"),
        html("[mathjaxinline]a^2[/mathjaxinline]"),
    ] {
        assert!(
            source.contains("<math>") && source.contains("<msup>"),
            "{source}"
        );
    }
    assert!(md("$$\n\\frac{1}{2}\n$$").contains("display=\"block\""));
    assert!(
        html("<p>\\(a &lt; b\\)</p>").contains("&lt;"),
        "escaped once"
    );
    assert!(
        html("<code>\\(x\\)</code>").contains("\\(x\\)"),
        "code is left alone"
    );
    assert!(
        md("$\\nonsense{$").contains('\\'),
        "what is no TeX is shown as it was written"
    );
}

#[test]
fn old_forms_of_mathematics_are_understood() {
    for tex in [
        r"\mbox{V} = \hbox{A}",
        r"\begin{eqnarray}a&=&b\\c&=&d\end{eqnarray}",
        r"\begin{split}a&=b\end{split}",
        r"x \label{eq:x} \tag{1}",
        r"\require{cancel}\cancel{x}",
    ] {
        let shown = html(&format!("\\[{}\\]", tex.replace('&', "&amp;")));
        assert!(shown.contains("<math"), "{tex} → {shown}");
    }
    for tex in [r"\label{", r"\tag{", r"\tag{\tag{}", r"\require{x"] {
        let _ = html(&format!("\\({tex}\\)"));
    }
}

#[test]
fn references_are_found_and_rewritten() {
    let source =
        Text::Markdown("[a](b.md) ![c](d.svg) [e](https://f.g) [h](#i) [j](lesson:k)".into());
    assert_eq!(references(&source), ["b.md", "d.svg", "lesson:k"]);
    let dead = text(&source, &none, "p");
    assert!(
        !dead.contains("b.md") && !dead.contains("<img") && dead.contains('c'),
        "{dead}"
    );
    assert!(
        dead.contains("href=\"#p-i\"") && dead.contains("rel=\"noopener noreferrer\""),
        "{dead}"
    );
}

#[test]
fn a_short_text_has_no_paragraph() {
    assert_eq!(
        inline("Use `git add`", &none, "p"),
        "Use <code>git add</code>"
    );
    assert!(inline("One\n\nTwo", &none, "p").contains("<p>One</p>"));
}

#[test]
fn deep_nesting_neither_overflows_nor_takes_long() {
    for source in [
        ">".repeat(20_000),
        "- ".repeat(20_000),
        "*".repeat(20_000),
        "[".repeat(20_000),
        "<div>".repeat(5_000),
        "![".repeat(5_000) + &"](a)".repeat(5_000),
        "<div>".repeat(40_000),
        "<div></p>".repeat(20_000),
        "<b><div></b>".repeat(20_000),
        "<b><table><td></b></table>".repeat(10_000),
        "<div><!--></div>-->".repeat(10_000),
        "<svg><desc><a/>".repeat(20_000),
        "<a+>".repeat(40_000),
        "<ruby><rt><rt>".repeat(20_000),
        (0..290)
            .map(|id| format!("<b id=\"{id}\">"))
            .collect::<String>()
            + &"<p>x".repeat(40_000),
        "\\(".repeat(200_000),
        chained_footnotes(40_000),
    ] {
        let _ = md(&source);
        let _ = html(&source);
    }
}

fn chained_footnotes(number: usize) -> String {
    let notes = (0..number).map(|at| format!("[^{at}]: See[^{}].\n\n", at + 1));
    "See[^0].\n\n".to_owned() + &notes.collect::<String>()
}

#[test]
fn what_is_nested_too_deeply_is_shown_as_written() {
    let nested = |depth| "<div>".repeat(depth) + "x";
    for render in [html, md] {
        assert!(render(&nested(300)).starts_with("<div><div>"));
        let shown = render(&nested(301));
        assert!(
            shown.starts_with("<pre tabindex=\"0\">&lt;div&gt;") && shown.ends_with("x</pre>"),
            "{shown}"
        );
    }
    // What is closed, or ends by itself, is not nested.
    let flat = "<p>a<ul><li>b<li>c</ul><table><tr><td><b>d</b></table><br>".repeat(1_000);
    assert!(html(&flat).starts_with("<p>a</p><ul><li>b</li><li>c</li></ul>"));
}

#[test]
fn a_text_has_so_many_footnotes_or_none() {
    let links = |source: &str| md(source).matches("data-footnote-ref").count();
    assert_eq!(links(&chained_footnotes(500)), 500);
    assert_eq!(links(&chained_footnotes(501)), 0);
}

#[test]
fn tags_are_put_in_order() {
    assert_eq!(
        html("<b>a<i>b</b>c</i> 1<2 <!-- d --><u title='\"'>e"),
        "<b>a<i>b</i></b>c 1&lt;2 <u>e</u>"
    );
    assert_eq!(
        html("<svg/>a<svg><svg>b</svg>c</svg><xmp><p></xmp><embed>d"),
        "a&lt;p&gt;d"
    );
}
