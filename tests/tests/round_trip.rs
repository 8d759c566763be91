//! What is written is what was read: parse ∘ encode is the identity on events, through our writer and through serde.

use logwright::event::Profile;
use logwright::json::{Buffer, ObjectWriter, Text, Undeclared};
use logwright::log_type::{Field, Kind, Object};
use logwright::log_types::zendesk::Audit;
use logwright::log_types::zendesk::audit::SCHEMA;
use logwright::time::Timestamp;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_json::{Map, Value};

/// A value for a field, or null where it may be null.
fn value(field: &Field) -> BoxedStrategy<Value> {
    let value = match field.kind {
        Kind::String => "(?s).{0,24}".prop_map(Value::from).boxed(),
        Kind::BigInt => any::<i64>().prop_map(Value::from).boxed(),
        Kind::Timestamp(_) => time().prop_map(|time| time.to_string().into()).boxed(),
        other => panic!("this test knows no values of type {}", other.name()),
    };
    if field.required { value } else { prop_oneof![3 => value, 1 => Just(Value::Null)].boxed() }
}

fn time() -> impl Strategy<Value = Timestamp> {
    let nanos = prop_oneof![Just(0), 0..1_000_000_000_u32];
    (-62_135_596_800_i64..253_402_300_800, nanos)
        .prop_map(|(seconds, nanos)| Timestamp::from_unix(seconds, nanos).unwrap())
}

/// An event as the vendor would send it, whatever fields the schema has.
fn event() -> impl Strategy<Value = Map<String, Value>> {
    let values: Vec<_> = SCHEMA.fields.iter().map(value).collect();
    values.prop_map(|values| SCHEMA.fields.iter().map(|field| field.name.to_owned()).zip(values).collect())
}

fn encode(audit: &Audit<'_>, profile: Profile) -> Vec<u8> {
    let mut buffer = Buffer::default();
    let mut object = ObjectWriter::open(&mut buffer, profile);
    audit.write_fields(&mut object);
    object.close();
    buffer.into_vec()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_reads_back(event in event()) {
        let input = serde_json::to_vec(&event).unwrap();
        let audit = Audit::parse(&input).unwrap();
        let bytes = encode(&audit, Profile::Source);
        let back = Audit::parse(&bytes).unwrap();
        prop_assert_eq!(&back, &audit);
        prop_assert_eq!(encode(&back, Profile::Source), &bytes[..]);
        // What was null is left out; the rest is as it came.
        let present: Map<String, Value> = event.into_iter().filter(|(_, value)| !value.is_null()).collect();
        prop_assert_eq!(serde_json::from_slice::<Map<String, Value>>(&bytes).unwrap(), present);
    }

    #[test]
    fn serde_agrees(event in event()) {
        let input = serde_json::to_vec(&event).unwrap();
        let audit = Audit::parse(&input).unwrap();
        let json = serde_json::to_string(&audit).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Audit<'_>>(&json).unwrap(), &audit);
        prop_assert_eq!(&Audit::parse(json.as_bytes()).unwrap(), &audit);
    }

    #[test]
    fn the_order_of_keys_does_not_matter(event in event(), turn in any::<prop::sample::Index>()) {
        let input = serde_json::to_vec(&event).unwrap();
        let mut members: Vec<String> = event.iter().map(|(key, value)| format!("\"{key}\" : {value}")).collect();
        let turn = turn.index(members.len());
        members.rotate_left(turn);
        let turned = format!(" {{ {} }} ", members.join(" , "));
        prop_assert_eq!(Audit::parse(turned.as_bytes()).unwrap(), Audit::parse(&input).unwrap());
    }
}

/// A record as it is generated for a schema with `fieldDiscoveryEnabled`.
#[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(bound(deserialize = "'de: 'a"))]
struct Open<'a> {
    user: Option<Text<'a>>,
    #[serde(flatten)]
    undeclared: Undeclared<'a>,
}

#[test]
fn undeclared_keys_go_through_serde_beside_the_others() {
    let json = r#"{"user":"Zoë","a":{"b":[1,null,true]},"dotted.key":"x\"y","n":-0.5,"big":18446744073709551615}"#;
    let open: Open = serde_json::from_str(json).unwrap();
    let kept: Vec<_> = open.undeclared.iter().map(|(key, value)| (key, value.as_str())).collect();
    let expected =
        [("a", r#"{"b":[1,null,true]}"#), ("dotted.key", r#""x\"y""#), ("n", "-0.5"), ("big", "18446744073709551615")];
    assert_eq!((open.user.as_ref().unwrap() == "Zoë", &kept[..]), (true, &expected[..]));
    let written = serde_json::to_string(&open).unwrap();
    assert_eq!(written, json);
    assert_eq!(serde_json::from_str::<Open>(&written).unwrap(), open);
    // A null is no value, and of duplicates the last counts.
    let open: Open = serde_json::from_str(r#"{"a":1,"b":null,"a":2}"#).unwrap();
    assert_eq!(serde_json::to_string(&open).unwrap(), r#"{"user":null,"a":2}"#);
}
