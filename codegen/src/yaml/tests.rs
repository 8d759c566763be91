//! Ordinary, odd and hostile YAML.

use std::fmt::Write as _;

use super::*;

fn parse(text: &str) -> (Vec<Node>, Vec<String>) {
    let sources = SourceMap::from_texts([("a.yml", text)]);
    let mut diagnostics = Diagnostics::default();
    let file = sources.iter().next().unwrap().0;
    let documents = parse_documents(file, &sources, &mut diagnostics);
    let told = diagnostics.sorted().into_iter().map(|diagnostic| {
        let place = sources.file(file).position(diagnostic.labels[0].span.start);
        format!("{} {}:{} {}", diagnostic.code, place.line, place.column, diagnostic.message)
    });
    (documents, told.collect())
}

fn codes(text: &str) -> Vec<String> {
    parse(text).1.into_iter().map(|line| line[..6].to_owned()).collect()
}

/// A node as compact text, to compare whole trees.
fn show(node: &Node) -> String {
    match &node.kind {
        Kind::Scalar { text, plain } => format!("{}{text}", if *plain { "" } else { "'" }),
        Kind::Sequence(items) => format!("[{}]", items.iter().map(show).collect::<Vec<_>>().join(" ")),
        Kind::Mapping(entries) => {
            let entries = entries.iter().map(|(key, value)| format!("{}:{}", show(key), show(value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(" "))
        }
    }
}

fn one(text: &str) -> String {
    let (documents, told) = parse(text);
    assert_eq!(told, [""; 0], "{text}");
    documents.iter().map(show).collect::<Vec<_>>().join(" | ")
}

#[test]
fn trees() {
    assert_eq!(one("a: 1\nb: [x, 'y', \"z\"]\nc:\n  - d: ~\n"), "{a:1 b:[x 'y 'z] c:[{d:~}]}");
    assert_eq!(one("{\"a\": {\"b\": []}}"), "{'a:{'b:[]}}");
    assert_eq!(one("a: |\n  two\n  lines\nb: 1\n"), "{a:'two\nlines\n b:1}");
    assert_eq!(one("--- 1\n--- 2\n"), "1 | 2");
    assert_eq!(one("a: &x {b: 1}\nc: *x\n<<: *x\n"), "{a:{b:1} c:{b:1} <<:{b:1}}");
    assert_eq!(one("a: !!str 1\nb: ! 2\n"), "{a:'1 b:'2}");
    assert_eq!(one(""), "");
    assert_eq!(one("# nothing\n"), "");
    assert_eq!(one("---\n"), "~");
}

#[test]
fn spans_cover_the_value_and_no_more() {
    let text = "\u{feff}ä: 'q'  # note\nb:\n  - plain text   \n  - |\n    block\n\nc: {x: 1}\n";
    let sources = SourceMap::from_texts([("a.yml", text)]);
    let file = sources.iter().next().unwrap().0;
    let documents = parse_documents(file, &sources, &mut Diagnostics::default());
    let Kind::Mapping(entries) = &documents[0].kind else { panic!("not a mapping") };
    let shown: Vec<_> = entries.iter().map(|(key, value)| (sources.text(key.span), sources.text(value.span))).collect();
    assert_eq!(shown[0], ("ä", "'q'"));
    assert_eq!(shown[1].0, "b");
    assert_eq!(shown[2], ("c", "{x: 1}"));
    let Kind::Sequence(items) = &entries[1].1.kind else { panic!("not a list") };
    assert_eq!(sources.text(items[0].span), "plain text");
    assert!(sources.text(items[1].span).ends_with("block"));
    assert_eq!(sources.text(entries[1].1.head()), "plain text");
}

#[test]
fn plain_scalars_have_the_meaning_of_the_core_schema() {
    for (text, meaning) in [
        ("", Meaning::Null),
        ("~", Meaning::Null),
        ("null", Meaning::Null),
        ("true", Meaning::Boolean(true)),
        ("FALSE", Meaning::Boolean(false)),
        ("yes", Meaning::String("yes")),
        ("0", Meaning::Integer(0)),
        ("-12", Meaning::Integer(-12)),
        ("+7", Meaning::Integer(7)),
        ("0o17", Meaning::Integer(15)),
        ("0xff", Meaning::Integer(255)),
        ("99999999999999999999", Meaning::Number),
        ("1.5", Meaning::Number),
        (".5", Meaning::Number),
        ("1e3", Meaning::Number),
        ("-.inf", Meaning::Number),
        (".nan", Meaning::Number),
        ("1e", Meaning::String("1e")),
        (".", Meaning::String(".")),
        ("-", Meaning::String("-")),
        ("0x", Meaning::String("0x")),
        ("1.2.3", Meaning::String("1.2.3")),
    ] {
        assert_eq!(plain_meaning(text), meaning, "{text:?}");
    }
}

#[test]
fn a_key_that_stands_twice_has_two_places() {
    let (documents, told) = parse("a: 1\nb: 2\n'a': 3\n");
    assert_eq!(told, ["LW0104 3:1 the key `a` stands twice"]);
    assert_eq!(show(&documents[0]), "{a:1 b:2}");
}

#[test]
fn mistakes_in_the_syntax_have_a_place() {
    for (text, code, place) in [
        ("a: [1, 2\nb: 3\n", "LW0101", "2:"),
        ("a: 'open\n", "LW0101", ""),
        ("a:\n\tb: 1\n", "LW0101", "2:"),
        ("a: *nobody\n", "LW0101", "1:4"),
        ("a: 1\n b: 2\n", "LW0101", "2:"),
        ("a: \"\\q\"\n", "LW0101", "1:"),
        ("a: !mine 1\n", "LW0106", "1:4"),
        ("a: &x [*x]\n", "LW0107", "1:8"),
        ("a: b\u{0}c\n", "LW0101", ""),
    ] {
        let told = parse(text).1;
        assert_eq!(told.len(), 1, "{text:?}: {told:?}");
        assert!(told[0].starts_with(&format!("{code} {place}")), "{text:?}: {told:?}");
    }
}

#[test]
fn deep_nesting_is_refused() {
    assert_eq!(codes(&"[".repeat(100_000)), ["LW0102"]);
    assert_eq!(codes(&"{a: ".repeat(100_000)), ["LW0102"]);
    assert_eq!(codes(&"- ".repeat(100_000)), ["LW0102"]);
    let block: String = (0..5_000).fold(String::new(), |mut text, level| {
        let _ = writeln!(text, "{}a:", " ".repeat(level));
        text
    });
    assert_eq!(codes(&block), ["LW0102"]);
    let fits = format!("{}{}", "[".repeat(DEPTH_LIMIT), "]".repeat(DEPTH_LIMIT));
    assert_eq!(codes(&fits), [""; 0]);
}

#[test]
fn aliases_cannot_make_a_tree_deeper_than_the_limit() {
    let mut text = String::from("a0: &a0 [x]\n");
    for level in 1..300 {
        let _ = writeln!(text, "a{level}: &a{level} [*a{}]", level - 1);
    }
    assert_eq!(codes(&text), ["LW0102"]);
}

#[test]
fn aliases_that_grow_are_refused() {
    let mut laughs = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..20 {
        let _ = writeln!(laughs, "a{level}: &a{level} [{}]", vec![format!("*a{}", level - 1); 10].join(", "));
    }
    assert_eq!(codes(&laughs), ["LW0103"]);

    let texts = format!("a: &a {}\nb: [{}]\n", "x".repeat(1 << 20), vec!["*a"; 1000].join(", "));
    assert_eq!(codes(&texts), ["LW0103"]);
}

#[test]
fn one_document_is_asked_for() {
    let ask = |text: &str| {
        let sources = SourceMap::from_texts([("a.yml", text)]);
        let mut diagnostics = Diagnostics::default();
        let file = sources.iter().next().unwrap().0;
        let found = parse_document(file, &sources, &mut diagnostics).is_some();
        (found, diagnostics.sorted().iter().map(|diagnostic| diagnostic.code).collect::<Vec<_>>())
    };
    assert_eq!(ask("a: 1\n"), (true, vec![]));
    assert_eq!(ask(""), (false, vec![Code::LW0105]));
    assert_eq!(ask("# only a comment\n"), (false, vec![Code::LW0105]));
    assert_eq!(ask("a: 1\n---\nb: 2\n"), (false, vec![Code::LW0105]));
    assert_eq!(ask("a: 1\na: 2\n"), (true, vec![Code::LW0104]), "the rest is still checked");
    assert_eq!(ask("a: [\n"), (false, vec![Code::LW0101]));
}
