//! `logwright describe`: what the events of a log type hold, or how a source is signed in to and pulled.

use std::time::Duration;

use logwright::contract::{Input, Log, Piece, Source, Template};
use logwright::log_type::{Field, Kind, Schema};
use logwright::log_types::{ALL, SOURCES};
use serde_json::{Value, json};

use super::print;
use super::table::{row, table};
use crate::failure::Failure;
use crate::pull::plan::{Plan, words};
use crate::suggest;

/// Options of `describe`.
#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// A log type, such as `Zendesk.Audit`, or a source, such as `zendesk`.
    name: String,
    /// As JSON.
    #[arg(long)]
    json: bool,
    /// How the logs of a source are pulled: windows, overlap, memory, end, restarts, and what is guaranteed to each output.
    #[arg(long)]
    plan: bool,
}

pub(super) fn run(options: &Options) -> Result<(), Failure> {
    let name = options.name.as_str();
    if options.plan {
        return plan(options);
    }
    if let Some(log_type) = ALL.iter().find(|log_type| log_type.schema().log_type == name) {
        let schema = log_type.schema();
        return print(&if options.json { pretty(&log_type_json(schema)) } else { log_type_text(schema) });
    }
    if let Some(source) = SOURCES.iter().find(|source| source.name == name) {
        return print(&if options.json { pretty(&source_json(source)) } else { source_text(source) });
    }
    let log_types = ALL.iter().map(|log_type| log_type.schema().log_type);
    let names = log_types.chain(SOURCES.iter().map(|source| source.name));
    let hint = suggest::hint(name, names);
    Err(Failure::Configuration(format!("there is no log type or source `{name}`{hint}")))
}

/// The plan of every log of a source, or of the one log of that log type.
fn plan(options: &Options) -> Result<(), Failure> {
    let name = options.name.as_str();
    let all = SOURCES.iter().flat_map(|source| source.logs.iter().map(move |log| (source.name, log)));
    let logs: Vec<&Log> =
        all.clone().filter(|(source, log)| *source == name || log.log_type == name).map(|(_, log)| log).collect();
    if logs.is_empty() {
        let hint =
            suggest::hint(name, SOURCES.iter().map(|source| source.name).chain(all.map(|(_, log)| log.log_type)));
        return Err(Failure::Configuration(format!("nothing is pulled under the name `{name}`{hint}")));
    }
    if options.json {
        return print(&pretty(&logs.into_iter().map(plan_json).collect()));
    }
    print(&logs.into_iter().map(plan_text).collect::<Vec<_>>().join("\n"))
}

fn plan_text(log: &Log) -> String {
    let mut lines = vec![format!("{}\n", log.log_type)];
    for line in words::plan(log) {
        for (index, part) in wrapped(&line.text, 100).iter().enumerate() {
            let about = if index == 0 { line.about } else { "" };
            lines.push(format!("  {about:8} {part}\n"));
        }
    }
    lines.concat()
}

fn plan_json(log: &Log) -> Value {
    let plan = Plan::of(log);
    let seconds = |duration: Option<Duration>| duration.map(|duration| duration.as_secs_f64());
    let words: serde_json::Map<_, _> =
        words::plan(log).into_iter().map(|line| (line.about.to_owned(), line.text.into())).collect();
    json!({
        "log_type": log.log_type,
        "window_seconds": seconds(plan.piece),
        "overlap_seconds": seconds(Some(plan.overlap)),
        "hourly_look_back_seconds": seconds(plan.reconcile),
        "memory_seconds": seconds(plan.memory),
        "goes_on_by_cursor": log.paging.is_lasting(),
        "resumes": plan.resumes,
        "words": words,
    })
}

/// `text` in lines of at most `width` characters, broken at spaces.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if !line.is_empty() && line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            Some(line) if line.is_empty() => line.push_str(word),
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

fn log_type_text(schema: &Schema) -> String {
    let mut rows = vec![row(["FIELD", "TYPE", "", "INDICATORS", "DESCRIPTION"])];
    add_rows(&mut rows, "", schema.fields);
    let head = [schema.log_type, schema.description, schema.reference_url];
    let head: Vec<_> = head.into_iter().filter(|line| !line.is_empty()).collect();
    format!("{}\n\n{}", head.join("\n"), table(&rows))
}

/// One row for each field; those of objects follow with the path to them in front.
fn add_rows(rows: &mut Vec<Vec<String>>, path: &str, fields: &[Field]) {
    for field in fields {
        let name = format!("{path}{}", field.name);
        let kind = kind_text(&field.kind);
        let marks = match (field.event_time, field.required) {
            (true, true) => "required, event time",
            (true, false) => "event time",
            (false, true) => "required",
            (false, false) => "",
        };
        let indicators: Vec<_> = field.indicators.iter().map(|indicator| indicator.name()).collect();
        rows.push(row([&name, &kind, marks, &indicators.join(", "), field.description]));
        let (members, path) = members(&field.kind, name);
        add_rows(rows, &path, members);
    }
}

/// The fields inside a field, and the path that leads to them.
fn members(kind: &Kind, path: String) -> (&'static [Field], String) {
    match kind {
        Kind::Object(fields) => (fields, format!("{path}.")),
        Kind::Array(element) => members(element, format!("{path}[]")),
        _ => (&[], path),
    }
}

fn kind_text(kind: &Kind) -> String {
    match kind {
        Kind::Array(element) => format!("array of {}", kind_text(element)),
        other => other.name().to_owned(),
    }
}

fn log_type_json(schema: &Schema) -> Value {
    json!({
        "log_type": schema.log_type,
        "description": schema.description,
        "reference_url": schema.reference_url,
        "fingerprint": schema.fingerprint,
        "fields": fields_json(schema.fields),
    })
}

fn fields_json(fields: &[Field]) -> Value {
    let fields = fields.iter().map(|field| {
        let indicators: Vec<_> = field.indicators.iter().map(|indicator| indicator.name()).collect();
        let (members, _) = members(&field.kind, String::new());
        json!({
            "name": field.name,
            "type": kind_text(&field.kind),
            "required": field.required,
            "event_time": field.event_time,
            "indicators": indicators,
            "description": field.description,
            "fields": fields_json(members),
        })
    });
    fields.collect()
}

fn source_text(source: &Source) -> String {
    let mut text = vec![format!(
        "{} ({})\n{}\n{}\n\nBase URL: {}\nLimit: {} requests a minute\n",
        source.name,
        source.title,
        source.description,
        source.documentation,
        template_text(&source.base_url),
        source.limits.requests_per_minute
    )];
    for log in source.logs {
        text.push(format!(
            "Log: {}; records come up to {} late, rarely {}\n",
            log.log_type,
            duration_text(log.lateness.usual),
            duration_text(log.lateness.rare)
        ));
    }
    let mut rows = vec![row(["INPUT", "", "DESCRIPTION"])];
    rows.extend(source.inputs.iter().map(input_row));
    text.push(format!("\n{}\nWays to sign in, the recommended one first:\n", table(&rows)));
    for way in source.sign_in {
        let offered = if way.needs_browser() { " (once in a browser: `logwright auth`)" } else { "" };
        text.push(format!("\n{}{offered}: {}\n", way.method, way.description));
        if let Some(ends) = &way.ends {
            text.push(format!("  ends {}: {}\n", ends.on, ends.note));
        }
        let rows: Vec<_> = way.inputs.iter().map(input_row).collect();
        for line in table(&rows).lines() {
            text.push(format!("  {line}\n"));
        }
    }
    text.concat()
}

fn input_row(input: &Input) -> Vec<String> {
    row([input.name, if input.secret { "secret" } else { "" }, input.description])
}

fn source_json(source: &Source) -> Value {
    let inputs = |inputs: &[Input]| -> Value {
        let inputs = inputs
            .iter()
            .map(|input| json!({"name": input.name, "description": input.description, "secret": input.secret}));
        inputs.collect()
    };
    let ways = source.sign_in.iter().map(|way| {
        json!({
            "method": way.method,
            "needs_browser": way.needs_browser(),
            "description": way.description,
            "inputs": inputs(way.inputs),
            "ends": way.ends.as_ref().map(|ends| json!({"on": ends.on, "note": ends.note})),
        })
    });
    let logs = source.logs.iter().map(|log| {
        json!({
            "log_type": log.log_type,
            "lateness_seconds": {"usual": log.lateness.usual.as_secs(), "rare": log.lateness.rare.as_secs()},
            "retention_seconds": log.retention.map(|kept| kept.as_secs()),
            "key": log.key,
        })
    });
    json!({
        "source": source.name,
        "title": source.title,
        "description": source.description,
        "documentation": source.documentation,
        "base_url": template_text(&source.base_url),
        "inputs": inputs(source.inputs),
        "sign_in": ways.collect::<Value>(),
        "requests_per_minute": source.limits.requests_per_minute,
        "logs": logs.collect::<Value>(),
    })
}

fn template_text(template: &Template) -> String {
    let pieces = template.0.iter().map(|piece| match piece {
        Piece::Text(text) => (*text).to_owned(),
        Piece::Input(name) => format!("{{{name}}}"),
        Piece::WindowStart => "{window_start}".to_owned(),
        Piece::WindowEnd => "{window_end}".to_owned(),
    });
    pieces.collect()
}

/// Whole hours or minutes, as contracts give them.
fn duration_text(duration: Duration) -> String {
    match duration.as_secs() {
        seconds if seconds > 0 && seconds % 3600 == 0 => format!("{} h", seconds / 3600),
        seconds if seconds > 0 && seconds % 60 == 0 => format!("{} min", seconds / 60),
        seconds => format!("{seconds} s"),
    }
}

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}
