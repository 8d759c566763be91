//! What schemas cost until they run: 100 of 30 fields each, generated and compiled. A measurement, which takes minutes and
//! says what it found:
//!
//! ```sh
//! cargo test -p logwright-tests --test compile_cost -- --ignored --nocapture
//! COMPILE_COST_SCHEMAS=10 cargo test -p logwright-tests --test compile_cost -- --ignored --nocapture
//! ```
//!
//! The second is a tenth of it, for one who changes what is generated.
//!
//! Time is that of the processor, so that what else the computer does has little part in it, and of children that have
//! ended, as Linux counts it.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How many schemas there are, unless the variable says otherwise.
const SCHEMAS: usize = 100;
const FIELDS: usize = 30;

/// A schema of the kind that people write: most fields are scalars, a few are lists, objects, times and indicators.
fn schema(index: usize) -> String {
    let mut text = format!(
        "schema: Source{}.Log{index}\ndescription: Log type {index} of a measurement.\nfields:\n  - {{name: created_at, \
         type: timestamp, timeFormat: rfc3339, isEventTime: true, required: true, description: When it was}}\n",
        index / 10
    );
    for field in 1..FIELDS {
        let value = match (field + index) % 15 {
            0 => "type: bigint, required: true",
            1 => "type: string, indicators: [ip]",
            2 => "type: int",
            3 => "type: boolean",
            4 => "type: float",
            5 => "type: array, element: {type: string}",
            6 => "type: object, fields: [{name: id, type: bigint}, {name: name, type: string, indicators: [username]}]",
            7 => "type: timestamp, timeFormats: [unix_ms, '%Y-%m-%d %H:%M:%S']",
            8 => "type: json",
            9 => {
                "type: array, element: {type: object, fields: [{name: key, type: string}, {name: value, type: string}]}"
            }
            10 => "type: string, indicators: [domain, url]",
            11 => "type: string, validate: {allow: [login, logout, create]}",
            _ => "type: string",
        };
        writeln!(text, "  - {{name: field_{field}, {value}, description: Field {field} of it}}").unwrap();
    }
    text
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("compile_cost")
}

/// The crate whose code is compiled, with the profile that `codegen/docs/schemas.md` tells to set, and its schemas.
fn write(schemas: usize) -> PathBuf {
    let (root, folder) = (Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap(), folder());
    let _ = fs::remove_dir_all(&folder);
    for index in 0..schemas {
        let source = folder.join(format!("schemas/source{}", index / 10));
        fs::create_dir_all(&source).unwrap();
        fs::write(source.join(format!("log{index}.yml")), schema(index)).unwrap();
    }
    let manifest = format!(
        "[package]\nname = \"compile_cost\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [dependencies]\nlogwright = {{ path = '{}' }}\n\n\
         [profile.release]\ncodegen-units = 1\n",
        root.join("generated").display()
    );
    fs::create_dir_all(folder.join("src")).unwrap();
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    fs::write(folder.join("src/lib.rs"), "//! A measurement.\npub mod log_types;\n").unwrap();
    folder
}

fn cargo(arguments: &[&str]) -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(arguments).args(["--quiet", "--offline"]);
    cargo
}

/// Runs a program to its end, and says how long the processor worked for it and how long it took.
fn measure(command: &mut Command) -> (Duration, Duration) {
    let (before, start) = (children(), Instant::now());
    let output = command.stdin(Stdio::null()).output().unwrap();
    let (after, took) = (children(), start.elapsed());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    (after.checked_sub(before).expect("time does not go back"), took)
}

/// Processor time of children that have ended: fields 16 and 17 of `stat`, in hundredths of a second.
fn children() -> Duration {
    let stat = fs::read_to_string("/proc/self/stat").expect("this is measured on Linux");
    let fields: Vec<&str> = stat.rsplit_once(')').unwrap().1.split_whitespace().collect();
    let ticks: u64 = fields[13..15].iter().map(|field| field.parse::<u64>().unwrap()).sum();
    Duration::from_millis(ticks * 10)
}

fn tell(what: &str, profile: &str, (cpu, took): (Duration, Duration), goal: &str) {
    println!("{what:45} {profile:8} {:6.2} CPU-s {:6.2} s  goal {goal}", cpu.as_secs_f64(), took.as_secs_f64());
}

#[test]
#[ignore = "a measurement, which takes minutes"]
fn compile_cost() {
    let schemas = std::env::var("COMPILE_COST_SCHEMAS").map_or(SCHEMAS, |number| number.parse().unwrap());
    let folder = write(schemas);
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let event = folder.join("event.ndjson");
    fs::write(&event, "{\"created_at\":\"2026-03-01T11:32:44Z\",\"field_15\":1}\n").unwrap();
    for (profile, flags) in [("dev", &["build"][..]), ("release", &["build", "--release"])] {
        let build = [flags, &["--package", "logwright-codegen", "--bin", "logwright-codegen"]].concat();
        measure(&mut cargo(&build));
        let program = target.join(if profile == "dev" { "debug" } else { profile }).join("logwright-codegen");
        let generate = |out: &str| {
            let mut command = Command::new(&program);
            command.args(["generate", "--schemas", "schemas", "--out", out]).current_dir(&folder);
            measure(&mut command)
        };
        tell(&format!("generate {schemas} schemas"), profile, generate(&format!("out_{profile}")), "1 CPU-s");
        tell("generate again, nothing changed", profile, generate(&format!("out_{profile}")), "1 CPU-s");
        let start_up = (0..20).map(|_| {
            let mut command = Command::new(&program);
            command.args(["try", "schemas/source0/log0.yml", "event.ndjson"]).current_dir(&folder);
            measure(&mut command)
        });
        let start_up = start_up.min_by_key(|(_, took)| *took).unwrap();
        tell("try one event (best of 20)", profile, start_up, "0.05 s");
    }
    fs::rename(folder.join("out_release"), folder.join("src/log_types")).unwrap();
    let manifest = folder.join("Cargo.toml").display().to_string();
    let build = ["build", "--release", "--manifest-path", &manifest];
    measure(&mut cargo(&[&build[..], &["--package", "logwright"]].concat()));
    tell("compile the generated code", "release", measure(&mut cargo(&build)), "15 CPU-s for 100");
}
