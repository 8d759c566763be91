//! Lines of text through generated parsers, over what the language has: `tests/text/acme` holds a schema for each way, and
//! the generated code, which is a module of this test.
//!
//! `UPDATE_FIXTURES=1 cargo test -p logwright-tests --test text` writes the generated files anew.

use std::path::Path;

use logwright::event::Profile;
use logwright::json::{Buffer, ObjectWriter};
use logwright::log_type::{Lines, LogType, Record};
use logwright_codegen::compile::Options;
use logwright_codegen::emit::Home;
use logwright_codegen::generate::generate;
use logwright_codegen::source::SourceMap;
use proptest::prelude::*;

#[rustfmt::skip]
#[path = "../text/acme/mod.rs"]
pub mod acme;

#[test]
fn generated_files_are_fresh() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("text");
    std::env::set_current_dir(&folder).unwrap();
    let (sources, _) = SourceMap::read(Path::new("."));
    let (generated, diagnostics) = generate(&sources, &Options::default(), &Home::users("::logwright", false).unwrap());
    assert!(!diagnostics.has_errors(), "{}", diagnostics.render_text(&sources, false));
    let in_acme = generated.files.into_iter().filter(|(path, _)| path.starts_with("acme/"));
    for (path, text) in in_acme {
        let path = folder.join(path);
        if std::env::var_os("UPDATE_FIXTURES").is_some() {
            std::fs::write(&path, &text).unwrap();
        }
        let on_disk = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(on_disk == text, "{} is stale", path.display());
    }
}

/// What comes of one line: the fields of the event, the error, or `-` where it is no event.
fn parse(lines: &mut Lines, line: &[u8]) -> String {
    let mut event = None;
    let parsed = lines.parse(line, &mut |record: &dyn Record| {
        let mut buffer = Buffer::default();
        let mut object = ObjectWriter::open(&mut buffer, Profile::Source);
        record.write_fields(&mut object);
        object.close();
        event = Some(String::from_utf8(buffer.into_vec()).unwrap());
    });
    match parsed {
        Ok(()) => event.unwrap_or_else(|| "-".to_owned()),
        Err(error) => error.to_string(),
    }
}

fn check(log_type: &dyn LogType, cases: &[(&str, &str)]) {
    let mut lines = log_type.lines();
    for (line, expected) in cases {
        assert_eq!(parse(&mut lines, line.as_bytes()), *expected, "{line:?}");
    }
}

/// Nothing is taken, and all the same a line may be wrong.
#[test]
fn lines_that_give_nothing() {
    check(
        &acme::bare::LOG_TYPE,
        &[("a b", "{}"), ("a", r#"expected a line that matches `^(\w+) (?P<word>\w+)$`, found "a""#)],
    );
    check(&acme::beat::LOG_TYPE, &[("beat 1", r#"{"kind":"heartbeat"}"#), ("x: alive", r#"{"kind":"heartbeat"}"#)]);
    check(
        &acme::blank::LOG_TYPE,
        &[("a,b", "{}"), ("a,\"b", "expected `\"` at the end of a quoted cell, found the end of the line")],
    );
}

#[test]
fn cells_by_position() {
    check(
        &acme::cells::LOG_TYPE,
        &[
            ("#time;user", "-"),
            ("", "-"),
            ("7; jane ;skipped;web;\"a;\"\"b\";joe;;;x;high;extra", r#"/tags: expected an array, found """#),
            (
                "7; jane ;skipped;web;\"a;\"\"b\";joe;-;-;x \"y;high;extra",
                r#"{"time":7,"account":"joe@web","user":"joe","host":"high","type":"a;\"b","raw":"x \"y"}"#,
            ),
            // Missing cells are empty texts, and an empty text is no number.
            (";;;;;;null;null", r#"{"account":"@","user":"","host":"","type":"","raw":""}"#),
            // The last of two cells of one name wins, also where it is absent.
            ("1;a;;b;c;-;-;null;-;-", r#"{"time":1,"account":"@b","host":"b","type":"c"}"#),
            ("1;a;;b;bad;-;-;-", r#"/type: expected none of ["bad"], found "bad""#),
            ("1;a;;b;c;d;-;{}", r#"/geo: expected an object, found "{}""#),
            ("1;\"a", "expected `\"` at the end of a quoted cell, found the end of the line"),
            ("1;a;;b;c;d;-;-;-;-;\"", "expected `\"` at the end of a quoted cell, found the end of the line"),
            ("1;\"a\"b", "expected the delimiter after a quoted cell, found \"b\""),
        ],
    );
}

#[test]
fn a_header_before_columns_of_the_schema_is_dropped() {
    check(
        &acme::numbers::LOG_TYPE,
        &[
            ("1,2,3,4,5,6", "-"),
            ("1,+2,003,4.5e1,T,1", r#"{"small":1,"plain":2,"big":3,"real":45,"flag":true,"time":1}"#),
            (",,,,,", "{}"),
            ("1", r#"{"small":1}"#),
            ("40000", "/small: expected a 16-bit integer, found \"40000\""),
            ("1,2,3,inf", "/real: expected a number, found \"inf\""),
            ("1,2,3,4,yes", "/flag: expected a boolean, found \"yes\""),
        ],
    );
    let error = acme::numbers::LOG_TYPE.parse(b"1", &mut |_| {}).unwrap_err().to_string();
    assert!(error.contains("a stream of lines that starts with its header"), "{error}");
}

#[test]
fn cells_by_name() {
    check(
        &acme::named::LOG_TYPE,
        &[
            (" line \t@time\tself\tother", "-"),
            ("a\tb\tc\td", r#"{"self":"c","@time":"b","line":"a-c"}"#),
            ("a\tb\tc", "expected 4 cells, as many as the header has, found 3"),
            ("\t\tc\t", r#"{"self":"c","@time":"","line":"-c"}"#),
            // Blank, whatever the delimiter.
            ("\t\t\t", "-"),
        ],
    );
    check(&acme::named::LOG_TYPE, &[("line\tline\tself", "-"), ("a\tb\tc", r#"{"self":"c","line":"b-c"}"#)]);
    let no_header = "expected a header that names a column of the schema, found \"a\\tb\"";
    check(
        &acme::named::LOG_TYPE,
        &[("a\tb", no_header), ("c\td", "expected 0 cells, as many as the header has, found 2")],
    );
}

#[test]
fn patterns_in_their_order() {
    check(
        &acme::lines::LOG_TYPE,
        &[
            ("<1> a [b] \"c\" d; e", r#"{"values":"d","line":"b","text":"c","all":"(b)"}"#),
            (r#"<1> a [b] "c\"\x41\u00e9" d;"#, r#"{"values":"d","line":"b","text":"c\"Aé","all":"(b)"}"#),
            ("a='it\\'s'", r#"{"line":"a","text":"it's","all":"(a)"}"#),
            ("a='b'c'", r#"{"line":"a","text":"b","all":"(a)"}"#),
            ("skip x: y: z", r#"{"line":"y: z","all":"(y: z)"}"#),
            ("skip x: ", r#"{"line":"","all":"()"}"#),
            ("a 100% b", r#"{"line":"a","all":"(a)"}"#),
            // Space before the text belongs to it.
            (" a='b'", r#"{"line":" a","text":"b","all":"( a)"}"#),
            // A backslash of the pattern is one after the text as well: the first mark must be its end.
            (r"'it'\a", r#"{"line":"a","text":"it","all":"(a)"}"#),
        ],
    );
    for (line, found) in [("x", r#", found "x""#), (r"'it's'\a", r#", found "'it's'\\a""#)] {
        let error = parse(&mut acme::lines::LOG_TYPE.lines(), line.as_bytes());
        assert!(
            error.starts_with("expected a line that matches `<%{}> %{values}") && error.ends_with(found),
            "{error}"
        );
    }
    assert_eq!(parse(&mut acme::lines::LOG_TYPE.lines(), b"a='\xff'"), "byte 3: the line is not UTF-8 here");
}

#[test]
fn groups_that_took_no_part_are_absent() {
    check(
        &acme::groups::LOG_TYPE,
        &[
            ("jane", r#"{"user":"jane"}"#),
            ("joe at 192.0.2.1 warn--7 [x y]", r#"{"user":"joe","host":"192.0.2.1","code":-7,"a-b":"x y"}"#),
            ("joe []", r#"{"user":"joe"}"#),
            ("jim", r#"/user: expected one of ["jane", "joe"], found "jim""#),
            ("jane INFO-99999999999", "/code: expected a 32-bit integer, found \"99999999999\""),
        ],
    );
    let error = parse(&mut acme::groups::LOG_TYPE.lines(), b"!");
    assert!(error.starts_with("expected a line that matches `(?i)^%{WORD:user}(?: at"), "{error}");
}

#[test]
fn values_are_made_of_others_and_those_without_a_field_are_kept() {
    // What `printf peppers | sha256sum` prints.
    let hash = "863ad02631c2064bf317894d94c372e7ee574a935d5f87f5679f4e5e84fbc925";
    check(
        &acme::made::LOG_TYPE,
        &[
            (
                r#"a jane h:80 - x y {"geo":{"city":"B\u00e9"},"id":"7","time":"2026-03-01T00:00:00Z"}"#,
                r#"{"pairs":"a","line":"jane","again":"jane","host":"h","port":80,"header":"a jane","body":{"id":7,"city":"Bé","time":"2026-03-01T00:00:00Z"},"same":{"geo":{"city":"B\u00e9"},"id":"7","time":"2026-03-01T00:00:00Z"},"address":"h:80","extra":"x","label":"a/x"}"#,
            ),
            (
                "a - h:1 s x y -",
                &format!(
                    r#"{{"pairs":"a","host":"h","port":1,"header":"a","secret":"{hash}","shown":"REDACTED","address":"h:1","extra":"x","label":"a/x"}}"#
                ),
            ),
            ("a - h:80: - - - -", r#"{"pairs":"a","host":"h","header":"a","address":"h:80:","label":"a/"}"#),
            ("a - h:1 - - - []", "/body: expected an object, found an array"),
            ("a - h:1 - - - {}", "/body/id: expected a value (the field is required), found null or nothing"),
            (
                "a - h:1 - - - {",
                "/body: expected JSON in the string (at byte 1: expected `,` or `}`, found the end of the input), found \"{\"",
            ),
        ],
    );
    check(
        &acme::open::LOG_TYPE,
        &[
            ("user, extra ,numbers,name,P_x", "-"),
            ("jane, x ,\"[1, null]\",n,p", r#"{"name":"jane","numbers":[1,null],"first":"[1","extra":"x"}"#),
            ("jane,-,-,n,p", r#"{"name":"jane"}"#),
        ],
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_line_is_judged_without_a_panic(
        line in prop_oneof![
            prop::collection::vec(any::<u8>(), 0..64),
            prop::collection::vec(prop::sample::select(&b"<> a[]\"';=\\xu01%\t,:."[..]), 0..48),
        ],
    ) {
        let all: [&dyn LogType; 7] = [
            &acme::made::LOG_TYPE, &acme::open::LOG_TYPE,
            &acme::cells::LOG_TYPE, &acme::groups::LOG_TYPE, &acme::lines::LOG_TYPE, &acme::named::LOG_TYPE,
            &acme::numbers::LOG_TYPE,
        ];
        for log_type in all.iter().chain(logwright::log_types::ALL) {
            let mut lines = log_type.lines();
            parse(&mut lines, &line);
            parse(&mut lines, &line);
        }
    }
}
