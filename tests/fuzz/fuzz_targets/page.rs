//! An API's answer, walked over once and step by step: both find the same records, bytes and values, or both refuse it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use logwright::event::Profile;
use logwright::json::{Buffer, Error, ObjectWriter, elements, find};
use logwright::log_type::{LogType as _, Record};
use logwright::log_types::zendesk::audit::LOG_TYPE;
use logwright::page::{self, Element, Records};

/// Leads from the answer to its records, and to what is beside them.
const RECORDS: &str = "/logs";
const OTHERS: [&str; 3] = ["/meta/more", "/meta/a~1b", "/next"];

/// The bytes of each record, and the event that it is or why it is none.
type Told = Vec<(Vec<u8>, Result<String, Error>)>;

#[derive(Default)]
struct Tell(Told);

impl Records for Tell {
    fn begin(&mut self) {
        self.0.clear();
    }

    fn next(&mut self, element: Element<'_, '_>) {
        let mut event = String::new();
        let (raw, parsed) = element.parse(&LOG_TYPE, &mut |record| event += &fields(record));
        self.0.push((raw.to_vec(), parsed.map(|()| event)));
    }
}

fuzz_target!(|answer: &[u8]| {
    let mut tell = Tell::default();
    let walked = page::read(answer, RECORDS, &OTHERS, &mut tell);
    let found = walked.ok().map(|page| (page.count.map(|_| tell.0), OTHERS.map(|other| page.at(other))));
    // The walk also looks into a member that another of the same name follows, and then may refuse what is broken there.
    if found.is_some() || !may_repeat(answer) {
        assert_eq!(found, by_steps(answer));
    }
});

/// Whether a key that leads somewhere may be there twice.
fn may_repeat(answer: &[u8]) -> bool {
    let count = |text: &[u8]| answer.windows(text.len()).filter(|window| *window == text).count();
    count(b"logs") > 1 || count(b"meta") > 1 || count(b"\\u") > 0
}

fn by_steps(answer: &[u8]) -> Option<(Option<Told>, [Option<&[u8]>; 3])> {
    let records = find(answer, RECORDS).ok()?.filter(|records| records.starts_with(b"["));
    let mut others = [None; 3];
    for (other, pointer) in others.iter_mut().zip(OTHERS) {
        *other = find(answer, pointer).ok()?;
    }
    let Some(records) = records else { return Some((None, others)) };
    let parse = |raw: &[u8]| {
        let mut event = String::new();
        let parsed = LOG_TYPE.parse(raw, &mut |record| event += &fields(record));
        (raw.to_vec(), parsed.map(|()| event))
    };
    Some((Some(elements(records).ok()?.into_iter().map(parse).collect()), others))
}

fn fields(record: &dyn Record) -> String {
    let mut buffer = Buffer::default();
    let mut object = ObjectWriter::open(&mut buffer, Profile::Source);
    record.write_fields(&mut object);
    object.close();
    String::from_utf8(buffer.into_vec()).unwrap()
}
