//! The text parsers on a fixed set of schemas: the first byte chooses one, the rest is a stream of lines. Generated code and
//! interpreter must give the same for each line.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use logwright::event::Profile;
use logwright::json::{Buffer, ObjectWriter};
use logwright::log_type::{LogType, Record};
use logwright::log_types;
use logwright_codegen::compile::{Options, compile};
use logwright_codegen::interpret::Interpreter;
use logwright_codegen::model::Schema;
use logwright_codegen::source::SourceMap;

#[path = "../../text/acme/mod.rs"]
pub mod acme;

/// The generated parser, and the schema it was made of.
const ALL: [(&dyn LogType, &str); 8] = [
    (&acme::cells::LOG_TYPE, include_str!("../../text/acme/cells.yml")),
    (&acme::groups::LOG_TYPE, include_str!("../../text/acme/groups.yml")),
    (&acme::lines::LOG_TYPE, include_str!("../../text/acme/lines.yml")),
    (&acme::named::LOG_TYPE, include_str!("../../text/acme/named.yml")),
    (&acme::numbers::LOG_TYPE, include_str!("../../text/acme/numbers.yml")),
    (&log_types::aws::vpc_flow::LOG_TYPE, include_str!("../../../schemas/aws/vpc_flow.yml")),
    (&log_types::host::auth::LOG_TYPE, include_str!("../../../schemas/host/auth.yml")),
    (&log_types::web::access::LOG_TYPE, include_str!("../../../schemas/web/access.yml")),
];

static SCHEMAS: LazyLock<Vec<Schema>> = LazyLock::new(|| ALL.iter().map(|(_, yaml)| schema(yaml)).collect());
static INTERPRETERS: LazyLock<Vec<Interpreter<'static>>> =
    LazyLock::new(|| SCHEMAS.iter().map(Interpreter::new).collect());

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, stream)) = bytes.split_first() else { return };
    let index = usize::from(*choice) % ALL.len();
    let (mut generated, mut interpreted) = (ALL[index].0.lines(), INTERPRETERS[index].lines());
    for line in stream.split_inclusive(|byte| *byte == b'\n') {
        let mut event = None;
        let parsed = generated.parse(line, &mut |record| event = Some(fields(record)));
        let generated = parsed.map(|()| event);
        let interpreted = interpreted.parse(line).map(|event| event.map(|event| event.fields_as_json()));
        assert_eq!(generated, interpreted);
    }
});

fn schema(yaml: &str) -> Schema {
    let (mut schemas, _) = compile(&SourceMap::from_texts([("acme/a.yml", yaml)]), &Options::default());
    schemas.remove(0)
}

fn fields(record: &dyn Record) -> String {
    let mut buffer = Buffer::default();
    let mut object = ObjectWriter::open(&mut buffer, Profile::Source);
    record.write_fields(&mut object);
    object.close();
    String::from_utf8(buffer.into_vec()).unwrap()
}
