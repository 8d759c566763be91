//! The reader's fast ways against its general one: keys in any order and form, texts of every length and place.

use super::*;
use crate::json::output::{Bytes as _, written_by};
use crate::json::{Code, Shown as _};

/// The values of a table's members, as texts.
fn read<const N: usize, const KEPT: usize>(
    members: &Members<N, KEPT>,
    input: &str,
) -> Result<Vec<Option<String>>, Error> {
    let mut values: [Option<Text<'_>>; N] = std::array::from_fn(|_| None);
    Reader::read(input.as_bytes(), |reader| {
        members.read(reader, &mut values.each_mut().map(|value| -> &mut dyn Value<'_> { value }))
    })?;
    Ok(values.into_iter().map(|value| value.map(|text| text.to_string())).collect())
}

fn object(members: &[String]) -> String {
    format!("{{{}}}", members.join(","))
}

const NAMES: [&str; 6] =
    ["id", "identity", "identity_of", "", "a name that is longer than a block has room for", "with \"quotes\""];

static FIELDS: [Field; 6] = [
    Field::string(NAMES[0]),
    Field::string(NAMES[1]),
    Field::string(NAMES[2]),
    Field::string(NAMES[3]),
    Field::string(NAMES[4]),
    Field::string(NAMES[5]),
];

/// Every order of the numbers below `count`.
fn orders(count: usize) -> Vec<Vec<usize>> {
    let Some(last) = count.checked_sub(1) else { return vec![vec![]] };
    let shorter = orders(last);
    let with_last = |order: &Vec<usize>, at: usize| [&order[..at], &[last], &order[at..]].concat();
    shorter.iter().flat_map(|order| (0..count).map(move |at| with_last(order, at))).collect()
}

#[test]
fn keys_are_found_in_every_order_whatever_came_before() {
    static MEMBERS: Members<6> = Members::new(&FIELDS);
    let expected: Vec<_> = (0..6).map(|index| Some(format!("value {index}"))).collect();
    for order in orders(6) {
        let plain: Vec<_> = order.iter().map(|index| format!("{:?}:\"value {index}\"", NAMES[*index])).collect();
        let spaced = plain.iter().map(|member| member.replacen("\":", "\" : ", 1)).collect::<Vec<_>>();
        let escaped = plain.iter().map(|member| member.replacen('i', "\\u0069", 1)).collect::<Vec<_>>();
        let mixed = [object(&plain), format!(" {}", object(&spaced)), object(&escaped)];
        for input in mixed {
            assert_eq!(read(&MEMBERS, &input).unwrap(), expected, "{input}");
        }
        // The last of duplicate keys wins, and a key of which a member's is the start is another one.
        let others = [r#""identity_":"x""#, r#""i":"x""#, r#""id ":{"id":"x"}"#].map(str::to_owned);
        let first = NAMES.map(|name| format!("{name:?}:[]"));
        let input = object(&[&first[..], &others, &plain].concat());
        assert_eq!(read(&MEMBERS, &input).unwrap(), expected, "{input}");
    }
}

#[test]
fn seventy_members_are_found_in_orders_that_change() {
    let name = |index: usize| format!("{}{index}", "a_common_start_".repeat(index % 3));
    let fields: [Field; 70] = std::array::from_fn(|index| {
        let field = Field::string(Box::leak(name(index).into_boxed_str()));
        if index % 2 == 0 { field.required() } else { field }
    });
    let members: Members<70> = Members::new(Box::leak(Box::new(fields)));
    for step in [1, 3, 9, 11, 69] {
        for missing in 0..70 {
            let order = (0..70).map(|index| index * step % 70).filter(|index| *index != missing);
            let all: Vec<_> = order.map(|index| format!("{:?}:\"{index}\"", name(index))).collect();
            let found = read(&members, &object(&all));
            if missing % 2 == 0 {
                assert_eq!(found.unwrap_err().pointer(), format!("/{}", name(missing)));
            } else {
                let value = |index: usize| (index != missing).then(|| index.to_string());
                assert_eq!(found.unwrap(), (0..70).map(value).collect::<Vec<_>>());
            }
        }
    }
}

#[test]
fn a_key_that_two_members_take_is_no_path() {
    static MEMBERS: Members<4, 2> = Members::keeping(
        ["a.b", "a"],
        &[
            Field::string("first").sent_as("a.b"),
            Field::string("second").copy_key("a.b"),
            Field::string("path").copy("a.b"),
            Field::string("inside").copy("a.b.c"),
        ],
    );
    for (input, expected) in [
        (r#"{"a.b":"key"}"#, [Some("key"), Some("key"), Some("key"), None]),
        (r#"{"a":{"b":"path"}}"#, [None, None, Some("path"), None]),
        (r#"{"a.b":"key","a":{"b":"path","b.c":"x"}}"#, [Some("key"), Some("key"), Some("key"), Some("x")]),
        (r#"{"a":{"b":"path"},"a.b":"x","a\u002eb":null}"#, [None, None, Some("path"), None]),
        (r#"{"a":{"b":{"c":"deep"}},"a.b":1}"#, [Some("1"), Some("1"), Some("1"), Some("deep")]),
    ] {
        assert_eq!(read(&MEMBERS, input).unwrap(), expected.map(|value| value.map(str::to_owned)), "{input}");
    }
}

#[test]
fn texts_of_every_length_end_where_the_general_way_says() {
    static MEMBERS: Members<1> = Members::new(&[Field::string("t")]);
    for length in 0..45 {
        for at in 0..=length {
            for piece in ["", "\\\"", "\\\\", "é", "\u{7f}", "\n", "\\u00e9", "\"", "\\x", "/"] {
                for rest in ["", " ", ",\"a\":\"0123456789012345678901234567890123456789\""] {
                    let content = format!("{}{piece}{}", "-".repeat(at), "+".repeat(length - at));
                    let input = format!("{{\"t\":\"{content}\"{rest}}}");
                    let general = format!("{{\"t\" : \"{content}\"{rest}}}");
                    // White space is left to the general way; it moves the place of an error.
                    let [fast, general] = [&input, &general]
                        .map(|input| read(&MEMBERS, input).map_err(|error| (error.code(), error.message().to_owned())));
                    assert_eq!(fast, general, "{input}");
                }
            }
        }
    }
}

#[test]
fn texts_are_read_and_written_alike_however_much_comes_after_them() {
    static FIELDS: [Field; 2] = [Field::string("t"), Field::string("a name of twenty-five bytes")];
    static MEMBERS: Members<2> = Members::new(&FIELDS);
    for length in 0..100 {
        for after in 0..70 {
            let text = "0123456789é".chars().cycle().take(length).collect::<String>();
            let (first, second) = (text.as_str(), "~".repeat(after));
            let input = format!("{{\"t\":{first:?},\"a name of twenty-five bytes\":{second:?}}}");
            let mut values: [Option<Text<'_>>; 2] = [None, None];
            Reader::read(input.as_bytes(), |reader| {
                MEMBERS.read(reader, &mut values.each_mut().map(|value| -> &mut dyn Value<'_> { value }))
            })
            .unwrap();
            let texts = values.each_ref().map(|value| value.as_ref().and_then(Text::as_str));
            assert_eq!(texts, [Some(first), Some(&*second)]);
            // There may be room for it, or not.
            for before in [0, 900, 960, 1000, 1024] {
                let written = written_by(|output| {
                    output.extend(&vec![b'-'; before]);
                    for (value, field) in values.iter().zip(&FIELDS) {
                        value.write_member(field, output);
                    }
                });
                assert_eq!(written[before + 1..], input[1..input.len() - 1], "{input}");
            }
        }
    }
}

#[test]
fn what_is_not_utf8_is_refused_wherever_it_stands() {
    static MEMBERS: Members<6> = Members::new(&FIELDS);
    let input = r#"{"id":"a","other":["text",{"a":12345678901}],"identity":"a text of some length, and then some more","":null}"#;
    for at in 0..input.len() {
        for byte in [0x80, 0xC3, 0xFF] {
            let mut bytes = input.as_bytes().to_vec();
            bytes[at] = byte;
            let mut values: [Option<Text<'_>>; 6] = std::array::from_fn(|_| None);
            let read = Reader::read(&bytes, |reader| {
                MEMBERS.read(reader, &mut values.each_mut().map(|value| -> &mut dyn Value<'_> { value }))
            });
            let error = read.unwrap_err();
            assert_eq!((error.code(), error.offset()), (Code::Utf8, Some(at)), "{byte} at {at}");
        }
    }
}
