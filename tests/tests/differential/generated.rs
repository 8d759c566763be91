//! The engine under test: generated code, compiled to a program that answers requests.
//!
//! The code is made when the test runs, in a crate of its own below the target folder: ten thousand lines that say nothing
//! to a reader have no place in the repository, and each seed makes others. It links `logwright` alone, and it must compile
//! without a warning.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const LIBRARY: &str = "\
//! Generated code of random schemas.
#![deny(warnings, missing_docs, unused_qualifications)]
pub mod log_types;
";

const PROGRAM: &str = r#"//! Answers requests: how many bytes the event has, the log type's number, the profile, whether it is a stream, the event.
use std::io::{Read, Write};

use logwright::event::{Envelope, Profile, RowId, write_event};
use logwright::indicators::Indicators;
use logwright::json::{Buffer, Error};
use logwright::log_type::{LogType, Record};
use logwright::time::Timestamp;

fn main() {
    let mut input = Vec::new();
    std::io::stdin().read_to_end(&mut input).unwrap();
    let mut out = Vec::new();
    let mut rest = &input[..];
    while let Some((head, after)) = rest.split_at_checked(16) {
        let number = |at: usize| u32::from_le_bytes(head[at..at + 4].try_into().unwrap()) as usize;
        let (event, after) = after.split_at(number(0));
        let profile = if number(8) == 0 { Profile::Lake } else { Profile::Source };
        let log_type = random::log_types::ALL[number(4)];
        let mut answer = Vec::new();
        if number(12) == 0 {
            let parsed = log_type.parse(event, &mut |record| write(record, profile, &mut answer));
            as_first_line(log_type, event, profile, parsed.is_ok().then_some(&answer));
            told(parsed, &mut answer);
        } else {
            let mut lines = log_type.lines();
            for line in event.split_inclusive(|byte| *byte == b'\n') {
                let parsed = lines.parse(line, &mut |record| write(record, profile, &mut answer));
                told(parsed, &mut answer);
                answer.push(0x1e);
            }
        }
        out.extend_from_slice(&u32::try_from(answer.len()).unwrap().to_le_bytes());
        out.extend_from_slice(&answer);
        rest = after;
    }
    std::io::stdout().write_all(&out).unwrap();
}

/// As the first of some lines a JSON event is the same, or none as well.
fn as_first_line(log_type: &dyn LogType, event: &[u8], profile: Profile, answer: Option<&Vec<u8>>) {
    if event.contains(&b'\n') {
        return;
    }
    let is_json = log_type.parse_first(&mut &event[..], &mut |_| ()).is_ok();
    for after in [&b""[..], b"\n", b"\n\n\n", &[b"\n", event, b"\n"].concat()] {
        let block = [event, after].concat();
        let (mut rest, mut first) = (&block[..], Vec::new());
        let parsed = log_type.lines().parse_first(&mut rest, &mut |record| write(record, profile, &mut first));
        let expected = if is_json { answer } else { None };
        assert_eq!(parsed.then_some(&first), expected);
        assert_eq!(rest, if parsed { after.get(1..).unwrap_or_default() } else { &block });
    }
}

fn write(record: &dyn Record, profile: Profile, answer: &mut Vec<u8>) {
    let parse_time = Timestamp::from_unix(1_790_000_000, 0).unwrap();
    let row_id = RowId::new(record.event_time().unwrap_or(parse_time), [0; 10]);
    let envelope = Envelope { row_id, parse_time: parse_time.into(), origin: None, profile };
    let mut event = Buffer::default();
    write_event(record, &envelope, &mut Indicators::default(), &mut event);
    answer.extend_from_slice(event.as_bytes());
}

fn told(parsed: Result<(), Error>, answer: &mut Vec<u8>) {
    if let Err(error) = parsed {
        write!(answer, "{} {:?} {:?} {error}", error.code().name(), error.pointer(), error.offset()).unwrap();
    }
}
"#;

/// An event for the log type with this number, in a profile: 0 lake, 1 source.
pub(crate) struct Request {
    pub(crate) log_type: u32,
    pub(crate) profile: u32,
    /// Whether it is a stream of lines rather than one event.
    pub(crate) is_stream: bool,
    pub(crate) event: Vec<u8>,
}

/// The compiled program.
pub(crate) struct Program(PathBuf);

/// Compiles generated code: paths below `log_types`, and texts.
pub(crate) fn compile(name: &str, files: &[(String, String)]) -> Program {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("differential").join(name);
    let manifest = format!(
        "[package]\nname = \"random\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [dependencies]\nlogwright = {{ path = '{}', features = ['regex'] }}\n\n\
         [profile.dev]\ndebug = false\nincremental = false\n",
        root.join("generated").display()
    );
    write(&folder.join("Cargo.toml"), &manifest);
    write(&folder.join("Cargo.lock"), &fs::read_to_string(root.join("Cargo.lock")).unwrap());
    write(&folder.join("src/lib.rs"), LIBRARY);
    write(&folder.join("src/main.rs"), PROGRAM);
    for (path, text) in files {
        write(&folder.join("src/log_types").join(path), text);
    }
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["build", "--quiet", "--offline", "--manifest-path"]).arg(folder.join("Cargo.toml"));
    // A target folder of its own, so that rounds may run at the same time.
    cargo.arg("--target-dir").arg(folder.join("target"));
    let built = cargo.output().unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    Program(folder.join("target/debug").join(format!("random{}", std::env::consts::EXE_SUFFIX)))
}

/// Writes a file unless it is so already: what did not change is not compiled again.
fn write(path: &Path, text: &str) {
    if fs::read_to_string(path).ok().as_deref() != Some(text) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

impl Program {
    /// The answer to each request: the event, or the error.
    pub(crate) fn answer(&self, requests: &[Request]) -> Vec<String> {
        let mut bytes = Vec::new();
        for Request { log_type, profile, is_stream, event } in requests {
            for number in [u32::try_from(event.len()).unwrap(), *log_type, *profile, u32::from(*is_stream)] {
                bytes.extend_from_slice(&number.to_le_bytes());
            }
            bytes.extend_from_slice(event);
        }
        let mut child = Command::new(&self.0).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        // The program reads all before it writes, so neither waits for the other.
        child.stdin.take().unwrap().write_all(&bytes).unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "the generated code panicked");
        let mut answers = Vec::new();
        let mut rest = &output.stdout[..];
        while let Some((head, after)) = rest.split_at_checked(4) {
            let length = u32::from_le_bytes(head.try_into().unwrap()) as usize;
            let (answer, after) = after.split_at(length);
            answers.push(String::from_utf8(answer.to_vec()).unwrap());
            rest = after;
        }
        answers
    }
}
