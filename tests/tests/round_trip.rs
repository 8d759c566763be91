//! What is written is what was read: parse ∘ encode is the identity on events.

use logwright::event::Profile;
use logwright::json::{ObjectWriter, Text};
use logwright::log_type::Object;
use logwright::log_types::zendesk::Audit;
use logwright::time::Timestamp;
use proptest::prelude::*;

fn text() -> impl Strategy<Value = Option<Text<'static>>> {
    prop::option::of("(?s).{0,24}".prop_map(Text::from))
}

prop_compose! {
    fn time()(seconds in -62_135_596_800_i64..253_402_300_800, nanos in prop_oneof![Just(0), 0..1_000_000_000_u32]) -> Timestamp {
        Timestamp::from_unix(seconds, nanos).unwrap()
    }
}

prop_compose! {
    fn audit()(
        texts in prop::collection::vec(text(), 8),
        actor_id in prop::option::of(any::<i64>()),
        source_id in prop::option::of(any::<i64>()),
        created_at in time(),
        id in any::<i64>(),
    ) -> Audit<'static> {
        let [action, action_label, actor_name, change_description, ip_address, source_label, source_type, url] =
            <[Option<Text<'static>>; 8]>::try_from(texts).unwrap();
        Audit {
            action, action_label, actor_id, actor_name, change_description, created_at, id, ip_address, source_id,
            source_label, source_type, url,
        }
    }
}

fn encode(audit: &Audit<'_>, profile: Profile) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut object = ObjectWriter::open(&mut bytes, profile);
    audit.write_fields(&mut object);
    object.close();
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_reads_back(audit in audit()) {
        let bytes = encode(&audit, Profile::Source);
        let back = Audit::parse(&bytes).unwrap();
        prop_assert_eq!(&back, &audit);
        prop_assert_eq!(encode(&back, Profile::Source), bytes);
    }

    #[test]
    fn serde_agrees(audit in audit()) {
        let json = serde_json::to_string(&audit).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Audit<'_>>(&json).unwrap(), &audit);
        prop_assert_eq!(&Audit::parse(json.as_bytes()).unwrap(), &audit);
    }

    #[test]
    fn the_order_of_keys_does_not_matter(audit in audit(), seed in any::<u64>()) {
        let bytes = encode(&audit, Profile::Source);
        let members: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(&bytes).unwrap();
        let mut members: Vec<String> = members.iter().map(|(key, value)| format!("\"{key}\" : {value}")).collect();
        let turn = usize::try_from(seed % 12).unwrap() % members.len();
        members.rotate_left(turn);
        let turned = format!(" {{ {} }} ", members.join(" , "));
        prop_assert_eq!(&Audit::parse(turned.as_bytes()).unwrap(), &audit);
    }
}
