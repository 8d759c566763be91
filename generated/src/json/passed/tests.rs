//! An event that is passed on is what its record would be: written alike, refused alike, and of the same key and times.

use super::*;
use crate::event::{Envelope, RowId, write_event};
use crate::indicators::Indicator;
use crate::json::{Buffer, Declared, Places, Text, Then, Values};
use crate::log_type::{Field, ParseJson};
use crate::time::TimeFormat;

#[derive(Default)]
struct All<'a> {
    id: i64,
    text: Option<Text<'a>>,
    small: Option<i16>,
    int: Option<i32>,
    float: Option<f64>,
    boolean: Option<bool>,
    json: Option<crate::json::RawJson<'a>>,
    time: Option<Timestamp>,
    unix: Option<Timestamp>,
    address: Option<Text<'a>>,
    key: Text<'a>,
    long: Option<Text<'a>>,
}

static FIELDS: [Field; 12] = [
    Field::bigint("id").required(),
    Field::string("text").indicators(&[Indicator::Username, Indicator::Domain]),
    Field::smallint("small"),
    Field::int("int"),
    Field::float("float"),
    Field::boolean("boolean"),
    Field::json("json"),
    Field::timestamp("time", &[TimeFormat::Rfc3339, TimeFormat::Unix]).event_time(),
    Field::timestamp("unix", &[TimeFormat::Rfc3339, TimeFormat::UnixMs]).event_time(),
    Field::string("address").indicators(&[Indicator::Ip]).sent_as("ip"),
    Field::string("key").required(),
    Field::string("a name that is longer than a block has room for"),
];

static MEMBERS: Members<12> = Members::new(&FIELDS);

static SCHEMA: Schema =
    Schema { log_type: "Test.All", description: "", reference_url: "", fingerprint: "", fields: &FIELDS };

static PASS_ON: PassOn<12> = PassOn::new(&SCHEMA, &MEMBERS).pulled(&["key", "id"], "unix");

impl<'a> ReadMembers<'a> for All<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        let mut places: Places<'_, 'a, 12> = [
            &mut self.id,
            &mut self.text,
            &mut self.small,
            &mut self.int,
            &mut self.float,
            &mut self.boolean,
            &mut self.json,
            &mut self.time,
            &mut self.unix,
            &mut self.address,
            &mut self.key,
            &mut self.long,
        ];
        MEMBERS.read(reader, &mut places)
    }
}

impl Declared for All<'_> {
    fn values(&self, then: &mut Then<'_>) {
        let values: Values<'_, 12> = [
            &self.id,
            &self.text,
            &self.small,
            &self.int,
            &self.float,
            &self.boolean,
            &self.json,
            &self.time,
            &self.unix,
            &self.address,
            &self.key,
            &self.long,
        ];
        then(&FIELDS, &values);
    }
}

impl Record for All<'_> {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }

    fn key(&self) -> Option<String> {
        Some(join_key(&[&self.key, &self.id]))
    }

    #[expect(clippy::misnamed_getters, reason = "it is the field of that name that says when the source has the event")]
    fn time(&self) -> Option<Timestamp> {
        self.unix
    }
}

/// What is seen of an event: in both profiles, its key and its times.
fn seen(record: &dyn Record) -> String {
    let mut out = Buffer::default();
    let mut indicators = Indicators::default();
    let parse_time = Timestamp::from_unix(1_790_000_000, 0).unwrap();
    for profile in [Profile::Lake, Profile::Source] {
        let row_id = RowId::new(parse_time, [7; 10]);
        let envelope = Envelope { row_id, parse_time: parse_time.into(), origin: None, profile };
        write_event(record, &envelope, &mut indicators, &mut out);
        out.push(b'\n');
    }
    let lines = String::from_utf8(out.into_vec()).unwrap();
    format!("{lines}{:?} {:?} {:?}", record.key(), record.time(), record.event_time())
}

/// What comes of an event, and what is left of the input behind it.
type Outcome = (Result<(), Error>, Option<String>, usize);

/// Checks that an event is the same both ways: alone, and before others. Says whether it is one.
fn same(event: &[u8]) -> bool {
    let mut record = None;
    let alone = Input::Whole(event).each::<All<'_>>(&mut |all| record = Some(seen(all)));
    let mut passed = None;
    let passed_alone = Input::Whole(event).pass_on(&PASS_ON, &mut |all| passed = Some(seen(all)));
    assert_eq!((passed_alone, &passed), (alone, &record), "{}", event.escape_ascii());
    for after in [[b'x'; 80], [b'\n'; 80], [b' '; 80]] {
        let more = [event, &after].concat();
        let outcome = |parse: ParseJson, is_line: bool| -> Outcome {
            let (mut rest, mut first) = (&more[..], None);
            let input = if is_line { Input::Line(&mut rest) } else { Input::First(&mut rest) };
            (parse(input, &mut |all| first = Some(seen(all))), first, rest.len())
        };
        for is_line in [false, true] {
            let expected = outcome(|input, then| input.each::<All<'_>>(then), is_line);
            let found = outcome(|input, then| input.pass_on(&PASS_ON, then), is_line);
            assert_eq!(found, expected, "{} as the first", event.escape_ascii());
        }
    }
    record.is_some()
}

fn same_text(event: &str) -> bool {
    same(event.as_bytes())
}

/// Values of every type, in forms that are right for some fields and wrong for others.
const VALUES: [&str; 48] = [
    "null",
    "true",
    "false",
    "truely",
    "0",
    "-0",
    "00",
    "7",
    "-7",
    "32767",
    "32768",
    "2147483647",
    "2147483648",
    "9007199254740993",
    "12345678901234567",
    "9223372036854775807",
    "9223372036854775808",
    "0.5",
    "1.0",
    "1000",
    "1e3",
    "-1.25e-2",
    "123456789.5",
    "\"\"",
    "\"a\"",
    "\"203.0.113.7\"",
    "\"2001:db8::1\"",
    "\" example.com \"",
    "\"17\"",
    "\"1e3\"",
    "\"true\"",
    "\"2026-03-01T11:32:44Z\"",
    "\"2026-03-01T11:32:60Z\"",
    "\"2026-02-30T11:32:44Z\"",
    "\"2026-03-01T11:32:44.123Z\"",
    "\"2026-03-01T11:32:44+01:00\"",
    "1772364764",
    "1772364764.5",
    "1772364764123",
    "\"a\\nb\"",
    "\"\\u0041\\/\"",
    "\"Zo\u{eb} \u{1f600}\"",
    "\"a\tb\"",
    "{\"a\": [1,\n2]}",
    "[null]",
    "[1,",
    "\"\\x\"",
    "",
];

#[test]
fn every_field_takes_and_writes_every_value_as_a_record_does() {
    let mut right = 0;
    for field in &FIELDS {
        let name = if field.name == "address" { "ip" } else { field.name };
        for value in VALUES {
            for space in ["", " "] {
                let member = format!("\"{name}\":{space}{value}{space}");
                right += usize::from(same_text(&format!("{{{member},\"id\":1,\"key\":\"k\"}}")));
                right += usize::from(same_text(&format!("{{\"key\":\"k\",\"id\":1,{member}}}")));
                // The last of duplicate keys wins, whole.
                for other in ["null", "[]", "\"2026-03-01T11:32:44Z\"", "1"] {
                    same_text(&format!("{{\"key\":\"k/~\",\"id\":1,\"{name}\":{other},{member}}}"));
                    same_text(&format!("{{\"key\":\"k\",\"id\":1,{member},\"{name}\":{other}}}"));
                }
            }
        }
    }
    assert!(right > 700, "{right}");
}

#[test]
fn texts_of_every_length_are_the_same_with_anything_in_them() {
    for length in 0..140 {
        let plain = "x".repeat(length);
        assert!(same_text(&format!("{{\"id\":1,\"text\":\"{plain}\",\"key\":\"{plain}\"}}")));
        for mark in ["\\\"", "\\u00e9", "\\/", "\u{e9}", "\u{1f600}", "\u{1}", "\\", "\""] {
            for at in [0, length / 3, length / 2, length] {
                let (before, after) = plain.split_at(at);
                same_text(&format!("{{\"id\":1,\"text\":\"{before}{mark}{after}\",\"key\":\"k\"}}"));
                same_text(&format!("{{\"id\":1,\"key\":\"{before}{mark}{after}\"}}"));
            }
        }
    }
}

#[test]
fn an_event_cut_anywhere_is_refused_for_the_same_reason() {
    let event = r#"{"id":12,"text":"Jane","small":7,"int":8,"float":0.5,"boolean":true,"json":{"a":1},"time":"2026-03-01T11:32:44Z","unix":1772364764123,"ip":"203.0.113.7","key":"k","other":[{}]}"#;
    assert!(same_text(event));
    for end in 0..event.len() {
        assert!(!same_text(&event[..end]));
    }
}

#[test]
fn keys_may_come_in_any_order() {
    let members = [
        r#""id":12"#,
        r#""text":"Jane""#,
        r#""boolean":false"#,
        r#""time":"2026-03-01T11:32:44Z""#,
        r#""unix":1772364764123"#,
        r#""key":"k""#,
    ];
    let mut order: Vec<usize> = (0..members.len()).collect();
    for round in 0..200 {
        order.swap(round % 6, (round * 7 + 3) % 6);
        let sent: Vec<&str> = order.iter().map(|index| members[*index]).collect();
        assert!(same_text(&format!("{{{}}}", sent.join(","))));
    }
}

/// Numbers that are as good as random, and the same each time.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(0x5851_F42D_4C95_7F2D).wrapping_add(0x1405_7B7E_F767_814F);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }

    fn pick<'t>(&mut self, texts: &[&'t str]) -> &'t str {
        texts[self.below(texts.len())]
    }
}

#[test]
fn any_event_is_the_same() {
    const KEYS: [&str; 6] = ["other", "\\u0069d", "te\\u0078t", "address", "id", "time"];
    const SPACES: [&str; 8] = ["", "", "", "", "", " ", "\n\t", "\r"];
    let mut random = Random(1);
    let mut right = 0;
    for _ in 0..5_000 {
        let mut members = Vec::new();
        for field in &FIELDS {
            let value = match field.name {
                "id" => "12",
                "key" => "\"k\"",
                _ if random.below(3) == 0 => random.pick(&VALUES),
                _ => "null",
            };
            members.push((if field.name == "address" { "ip" } else { field.name }, value));
        }
        for _ in 0..random.below(3) {
            let member = (random.pick(&KEYS), random.pick(&VALUES));
            members.insert(random.below(members.len()), member);
        }
        for at in (1..members.len()).filter(|_| random.0 & 1 == 1).collect::<Vec<_>>() {
            members.swap(at, random.below(at));
        }
        let members: Vec<String> = members
            .iter()
            .map(|(key, value)| {
                let [before, behind, between, after] = [0; 4].map(|_| random.pick(&SPACES));
                format!("{before}\"{key}\"{behind}:{between}{value}{after}")
            })
            .collect();
        let mut event = format!("{{{}}}", members.join(",")).into_bytes();
        if random.below(10) == 0 {
            let at = random.below(event.len());
            event[at] = [0xFF, b'"', 0, b'\\', b'\n', 0x80, b'}'][random.below(7)];
        }
        right += usize::from(same(&event));
    }
    assert!(right > 250, "{right}");
}

#[test]
fn room_that_was_used_leaves_no_trace() {
    let parse_time = Timestamp::from_unix(1_790_000_000, 0).unwrap();
    let mut random = Random(2);
    let mut used = Buffer::default();
    for _ in 0..500 {
        let length = [0, 800, 1_000, 3_000, 70_000][random.below(5)] + random.below(70);
        let event = format!(
            r#"{{"id":1,"key":"{}","text":"{}","time":"2026-03-01T11:32:44Z","ip":"203.0.113.7","json":[{}1]}}"#,
            "k".repeat(random.below(40)),
            "x".repeat(length),
            "1,".repeat(random.below(60)),
        );
        for profile in [Profile::Lake, Profile::Source] {
            let envelope = Envelope {
                row_id: RowId::new(parse_time, [7; 10]),
                parse_time: parse_time.into(),
                origin: None,
                profile,
            };
            let written = [&mut used, &mut Buffer::default()].map(|out| {
                out.clear();
                out.push(b'-');
                let mut write = |all: &dyn Record| write_event(all, &envelope, &mut Indicators::default(), out);
                Input::Whole(event.as_bytes()).pass_on(&PASS_ON, &mut write).unwrap();
                assert!(out.as_bytes().starts_with(b"-{"), "what was there stays, and the event begins behind it");
                out.as_bytes().to_vec()
            });
            assert!(written[0] == written[1], "{length}");
        }
    }
}
