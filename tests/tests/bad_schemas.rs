//! YAML of every hostile kind, and the answer that it must get: an error with its place, within a second. Mistakes that
//! people make are in `ui`, each with its whole text.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use logwright_codegen::compile::{Options, compile};
use logwright_codegen::contract;
use logwright_codegen::diagnostic::Code;
use logwright_codegen::emit::Home;
use logwright_codegen::generate::generate;
use logwright_codegen::source::SourceMap;

/// A second. What is not optimised, and shares the processor with other tests, is given five.
const SOON: Duration = Duration::from_secs(if cfg!(debug_assertions) { 5 } else { 1 });

/// Each mistake in a file, with its line and column.
fn mistakes(text: impl Into<String>) -> Vec<(Code, usize, usize)> {
    let sources = SourceMap::from_texts([("acme/hostile.yml", text.into())]);
    let start = Instant::now();
    let (_, diagnostics) = compile(&sources, &Options::default());
    let rendered = diagnostics.render_text(&sources, false);
    let took = start.elapsed();
    assert!(took < SOON, "took {took:?}");
    assert!(rendered.len() < 1 << 20, "{} bytes are too much to read", rendered.len());
    let place = |span| {
        let position = sources.iter().next().unwrap().1.position(span);
        (position.line, position.column)
    };
    let sorted = diagnostics.sorted();
    let found = sorted.iter().map(|diagnostic| (diagnostic.code, place(diagnostic.span().unwrap().start)));
    found.map(|(code, (line, column))| (code, line, column)).collect()
}

/// A right schema of these fields, but for what is wrong with them.
fn fields(fields: &str) -> String {
    let time = "{name: time, type: timestamp, timeFormat: rfc3339, isEventTime: true, required: true}";
    format!("schema: Acme.Hostile\nfields:\n  - {time}\n{fields}")
}

/// A schema that is read by this parser.
fn parser(parser: &str) -> String {
    format!("schema: Acme.Hostile\nparser: {parser}\nfields:\n  - {{name: a, type: string}}\n")
}

#[test]
fn aliases_that_grow() {
    for (open, close) in [("[", "]"), ("{a: [", "]}")] {
        let mut text = format!("schema: Acme.Hostile\na: &a0 {open}x, x, x, x, x, x, x, x, x{close}\n");
        for level in 1..30 {
            let of = format!("*a{}, ", level - 1).repeat(9);
            writeln!(text, "a{level}: &a{level} {open}{of}{close}").unwrap();
        }
        let found = mistakes(text);
        assert!(found.iter().any(|(code, line, _)| *code == Code::LW0103 && *line < 10), "{found:?}");
    }
}

#[test]
fn an_alias_inside_itself() {
    assert_eq!(mistakes("schema: &a [*a]\n"), [(Code::LW0107, 1, 13)]);
}

#[test]
fn nesting_without_end() {
    for (open, line) in [("[", 1), ("{a: ", 1), ("- ", 1)] {
        let found = mistakes(open.repeat(100_000));
        assert_eq!((found[0].0, found[0].1), (Code::LW0102, line), "{open}");
    }
}

#[test]
fn keys_that_stand_twice() {
    let found = mistakes(fields("  - {name: a, type: string, type: int}\n"));
    assert_eq!(found, [(Code::LW0104, 4, 29)]);
    let many = fields("  - {name: a, type: string}\n") + &"schema: Acme.Hostile\n".repeat(1000);
    assert!(mistakes(many).iter().all(|(code, ..)| *code == Code::LW0104));
}

#[test]
fn tabs_and_byte_order_marks() {
    assert_eq!(mistakes("schema: Acme.Hostile\nfields:\n\t- {name: a, type: string}\n")[0].0, Code::LW0101);
    assert_eq!(mistakes(format!("\u{feff}{}", fields(""))), [], "a mark at the start is no mistake");
    assert_eq!(mistakes(fields("  - {name: a, type: \u{feff}string}\n"))[0].1, 4);
}

#[test]
fn ten_thousand_fields_right_and_wrong() {
    let of = |number: usize, value: &str| {
        let line = |mut text: String, at| {
            writeln!(text, "  - {{name: field{at}, {value}}}").unwrap();
            text
        };
        (0..number).fold(fields(""), line)
    };
    assert_eq!(mistakes(of(10_000, "type: string")), []);
    let found = mistakes(of(10_000, "type: strin"));
    assert_eq!((found.len(), found[9_999]), (10_000, (Code::LW0204, 10_003, 29)));
    assert_eq!(mistakes(fields(&"  - {name: same, type: int}\n".repeat(10_000))).len(), 9_999);
}

#[test]
fn five_thousand_paths_of_fifty_steps() {
    let path = (0..50).map(|step| format!("step{step}")).collect::<Vec<_>>().join(".");
    let line = |text: String, at| text + &format!("  - {{name: f{at}, type: string, copy: {{from: {path}}}}}\n");
    assert_eq!(mistakes((0..5_000).fold(fields(""), line)), []);
}

#[test]
fn five_thousand_definitions() {
    let line = |text: String, at| text + &format!("  D{at}: {{type: object, fields: [{{name: a, type: string}}]}}\n");
    let definitions = (0..5_000).fold("definitions:\n".to_owned(), line);
    let line = |text: String, at| text + &format!("  - {{name: f{at}, type: ref, target: D{at}}}\n");
    assert_eq!(mistakes((0..5_000).fold(fields(""), line) + &definitions), []);
}

#[test]
fn definitions_in_a_cycle() {
    let cycle =
        "definitions:\n  One: {type: ref, target: Two}\n  Two: {type: array, element: {type: ref, target: One}}\n";
    let found = mistakes(fields("  - {name: a, type: ref, target: One}\n") + cycle);
    assert_eq!(found.iter().map(|(code, ..)| *code).collect::<Vec<_>>(), [Code::LW0402]);
}

#[test]
fn names_that_collide_in_sql() {
    let found = mistakes(fields("  - {name: User, type: string}\n  - {name: user, type: string}\n"));
    assert_eq!(found, [(Code::LW0306, 5, 12)]);
}

#[test]
fn expressions_that_explode() {
    for expression in ["(?P<a>(?:x{1000}){1000}{1000})", "(?P<a>(?:(?:x{999}){999}){999})"] {
        assert_eq!(mistakes(parser(&format!("{{regex: {{match: ['{expression}']}}}}")))[0].0, Code::LW0807);
    }
    // What makes other engines go back over the line again and again is harmless to one that never goes back.
    assert_eq!(mistakes(parser("{regex: {match: ['^(?P<a>(x*)*)*y$']}}")), [(Code::LW0601, 1, 9)]);
}

#[test]
fn patterns_without_a_placeholder() {
    assert_eq!(mistakes(parser("{fastmatch: {match: ['words alone']}}"))[0], (Code::LW0803, 2, 30));
    assert_eq!(mistakes(parser("{regex: {match: ['words alone']}}"))[0], (Code::LW0803, 2, 26));
}

#[test]
fn a_format_without_a_year() {
    let without = fields("").replace("rfc3339", "'%d %b %T'");
    assert_eq!(mistakes(without), [(Code::LW0503, 3, 47)]);
}

#[test]
fn formats_of_any_length() {
    for long in ["%Y".repeat(500_000), format!("layout={}", "2006".repeat(200_000))] {
        assert_eq!(mistakes(fields("").replace("rfc3339", &format!("'{long}'"))), [(Code::LW0502, 3, 47)]);
    }
}

#[test]
fn a_file_that_asks_for_gigabytes_of_code() {
    let again = |key: &str, value: &str| {
        let line = |all: String, at| all + &format!("  - {{name: f{at}, type: {key}: *again}}\n");
        (1..60).fold(format!("  - {{name: f0, type: {key}: &again {value}}}\n"), line)
    };
    let formats = (0..250).map(|at| format!("'{at}{}'", "%Y".repeat(120))).collect::<Vec<_>>().join(", ");
    let lines = format!("\"{}\"", "x\\n".repeat(10_000));
    let path = (0..2_000).map(|at| format!("a{at}")).collect::<Vec<_>>().join(".");
    for text in [
        fields(&again("timestamp, timeFormats", &format!("[{formats}]"))),
        fields(&again("string, description", &lines)),
        fields(&again("string, copy", &format!("{{from: {path}}}"))),
        parser(&format!("{{fastmatch: {{match: [{}]}}}}", "'%{a} %{b}', ".repeat(60_000))),
        parser(&format!("{{fastmatch: {{match: ['%{{a}}'], expandFields: {{a: '{}'}}}}}}", "%{a}".repeat(900_000))),
    ] {
        assert!(mistakes(text).iter().any(|(code, ..)| *code == Code::LW0414));
    }
}

/// What is right, and large, becomes code within a second as well.
#[test]
fn what_is_large_is_generated_as_soon() {
    let refs = (0..60).fold(String::new(), |all, at| {
        let next = format!("type: ref, target: D{}", at + 1);
        all + &format!("  D{at}: {{type: object, fields: [{{name: a, {next}}}, {{name: b, {next}}}]}}\n")
    });
    let doubled =
        fields("  - {name: a, type: ref, target: D0}\n") + "definitions:\n" + &refs + "  D60: {type: string}\n";
    let deep = format!("  - {{name: a, type: {}string{}}}\n", "array, element: {type: ".repeat(62), "}".repeat(62));
    let wide = (0..1_000).fold(String::new(), |all, at| all + &format!("  - {{name: f{at}, type: string}}\n"));
    let placeholders = (0..2_000).fold(String::new(), |all, at| all + &format!("%{{f{at}}} "));
    for text in
        [doubled, fields(&deep), fields(&wide), parser(&format!("{{fastmatch: {{match: ['{placeholders}%{{a}}']}}}}"))]
    {
        let sources = SourceMap::from_texts([("acme/hostile.yml", text)]);
        let start = Instant::now();
        let (generated, diagnostics) =
            generate(&sources, &Options::default(), &Home::users("::logwright", false).unwrap());
        assert!(!diagnostics.has_errors(), "{}", diagnostics.render_text(&sources, false));
        let size = generated.files.iter().map(|(_, text)| text.len()).sum::<usize>();
        let took = start.elapsed();
        assert!(took < SOON && size < 2 << 20, "took {took:?} for {size} bytes");
    }
}

#[test]
fn names_of_any_length() {
    let long = "n".repeat(300_000);
    assert_eq!(mistakes(fields(&format!("  - {{name: {long}, type: string}}\n"))), [(Code::LW0311, 4, 12)]);
    assert_eq!(mistakes(fields(&format!("  - {{name: a, type: {long}}}\n"))), [(Code::LW0204, 4, 21)]);
    // Each value knows its path, which must not hold all of a key that is around thousands.
    let inside = (0..1_000).fold(String::new(), |all, at| all + &format!("{{name: f{at}, type: string}}, "));
    let text = format!("definitions:\n  ? {long}\n  : {{type: object, fields: [{inside}]}}\n");
    assert_eq!(mistakes(fields("") + &text), [(Code::LW0307, 5, 5)]);
}

#[test]
fn thousands_of_names_and_none_of_them_right() {
    let mut text = fields("") + "definitions:\n";
    for at in 0..2_000 {
        writeln!(text, "  D{at}: {{type: ref, target: E{at}}}").unwrap();
    }
    let found = mistakes(text);
    assert_eq!((found.len(), found[0].0), (2_000, Code::LW0401));
}

#[test]
fn patterns_that_grow_or_are_used_by_thousands_of_others() {
    let mut doubled = "{regex: {match: ['%{P0:a}'], patternDefinitions: {".to_owned();
    for at in 0..60 {
        write!(doubled, "P{at}: '%{{P{}}}%{{P{}}}', ", at + 1, at + 1).unwrap();
    }
    assert_eq!(mistakes(parser(&(doubled + "P60: x}}}")))[0].0, Code::LW0807);
    let long = "x".repeat(90_000);
    let mut used = format!("{{regex: {{match: ['(?P<a>x)'], patternDefinitions: {{LONG: '{long}', ");
    for at in 0..5_000 {
        write!(used, "P{at}: '%{{LONG}}', ").unwrap();
    }
    assert_eq!(mistakes(parser(&(used + "}}}"))), [(Code::LW0601, 1, 9)]);
}

#[test]
fn references_and_paths_that_lead_on_in_many_ways() {
    // Each level refers to the next twice, once by a key with a dot: there are 2⁶⁰ ways to the last, and ever so many of them on
    // one path.
    let path = ["a"; 130].join(".");
    let mut text = fields("  - {name: a, type: ref, target: D0}\n") + "  - {name: made, type: string, copy: {from: ";
    writeln!(text, "{path}}}}}\ndefinitions:").unwrap();
    for at in 0..60 {
        let next = format!("type: ref, target: D{}", at + 1);
        writeln!(text, "  D{at}: {{type: object, fields: [{{name: a, {next}}}, {{name: a.a, {next}}}]}}").unwrap();
    }
    let found = mistakes(text + "  D60: {type: string}\n");
    assert_eq!(found.iter().map(|(code, ..)| *code).collect::<Vec<_>>(), [Code::LW0412]);
}

#[test]
fn thousands_of_mistakes_in_one_line() {
    let one = (0..3_000).fold(String::new(), |all, at| all + &format!("{{name: f{at}, type: strin}}, "));
    let found = mistakes(format!("schema: Acme.Hostile\nfields: [{one}]\n"));
    assert_eq!((found.len(), found[0]), (3_000, (Code::LW0204, 2, 27)));
}

#[test]
fn contracts_of_any_size() {
    let some = |count: usize, item: fn(usize) -> String| (0..count).fold(String::new(), |all, at| all + &item(at));
    let many = |item| some(50_000, item);
    for text in [
        format!("source: acme\nlogs: [{{key: [{}]}}]\n", many(|at| format!("k{at}, "))),
        format!("source: acme\nrefusals: [{}]\n", many(|at| format!("{{status: 400, contains: t{at}}}, "))),
        format!("source: acme\nbase_url: https://{}\n", many(|at| format!("{{x{at}}}"))),
        format!("source: acme\nbase_url: https://{}\n", some(10_000, |at| format!("{{x{at}}}"))),
    ] {
        let sources = SourceMap::from_texts([("acme/source.yml", text)]);
        let start = Instant::now();
        let (_, diagnostics) = contract::compile(&sources, &[], &Options::default());
        let rendered = diagnostics.render_text(&sources, false);
        assert!(start.elapsed() < SOON, "took {:?}", start.elapsed());
        assert!(rendered.contains("[LW0103]") || rendered.contains("[LW0706]"), "{rendered:.500}");
    }
}

#[test]
fn a_log_type_that_is_named_like_a_crate() {
    let text = fields("").replace("Acme.Hostile", "Acme.Core");
    let sources = SourceMap::from_texts([("acme/core.yml", text)]);
    let home = Home::users("::logwright", false).unwrap();
    let (generated, _) = generate(&sources, &Options::default(), &home);
    let module = &generated.files.iter().find(|(path, _)| path == "acme/mod.rs").unwrap().1;
    assert!(module.contains("pub use self::core::Core;"), "`core` alone would be the standard library too: {module}");
}
