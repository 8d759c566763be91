//! `cargo gen diff`: what a change of schemas breaks.
//!
//! A side is a file or a folder, on disk or in a revision of git. The library has no subprocess; git is asked here.

use std::ffi::OsStr;
use std::io::{self, Write};
use std::path::Path;
use std::process::{Command, ExitCode};

use super::streams::{answers, tell};
use super::{Format, Input, fault, usage};
use crate::compile;
use crate::diff::{self, Change, Class};
use crate::model::Schema;
use crate::source::SourceMap;

pub(super) const HELP: &str = "\
Examples:
  cargo gen diff HEAD:schemas               what the edits since the last commit mean
  cargo gen diff main:schemas schemas       in continuous integration: exit 1 when something breaks
  cargo gen diff old.yml new.yml            two files of one log type

Compatible: new fields, and changes of descriptions, `required`, formats, indicators and `validate`.
Breaking: a field or log type that is gone or renamed, a changed type.";

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// A file or folder of schemas: a path, or REVISION:PATH as git has it.
    old: String,
    /// The same, of the newer state. Without it: the path of OLD as it is on disk.
    new: Option<String>,
}

pub(super) fn run(input: &Input, arguments: &Arguments) -> io::Result<ExitCode> {
    let new = match (&arguments.new, revision(&arguments.old)) {
        (Some(new), _) => new.as_str(),
        (None, Some((_, path))) => path,
        (None, None) => return usage("say with what to compare: `diff OLD NEW`, or `diff REVISION:PATH`"),
    };
    let (Some(old), Some(new)) = (side(input, &arguments.old)?, side(input, new)?) else { return Ok(fault()) };
    let changes = diff::diff(&old, &new);
    let mut out = answers();
    for change in &changes {
        match input.format {
            Format::Text => writeln!(out, "{}", change.line())?,
            Format::Json => writeln!(out, "{}", change.json())?,
        }
    }
    let breaking = changes.iter().filter(|change| change.class == Class::Breaking).count();
    tell(summary(&changes, breaking));
    Ok(if breaking > 0 { fault() } else { ExitCode::SUCCESS })
}

fn summary(changes: &[Change], breaking: usize) -> String {
    match changes.len() {
        0 => "nothing changed".to_owned(),
        1 => format!("1 change, {breaking} breaking"),
        count => format!("{count} changes, {breaking} breaking"),
    }
}

/// The revision and the path of `REVISION:PATH`; `None` for a path on disk.
fn revision(side: &str) -> Option<(&str, &str)> {
    if Path::new(side).exists() { None } else { side.split_once(':') }
}

/// The log types of a side, its mistakes told; `None` where it has any. What is only advice is not repeated.
fn side(input: &Input, side: &str) -> io::Result<Option<Vec<Schema>>> {
    let path = input.path(Path::new(side));
    let (sources, diagnostics) = match revision(side) {
        Some((revision, path)) => (SourceMap::from_texts(from_git(revision, path)?), None),
        None if path.is_dir() => {
            let (sources, diagnostics) = SourceMap::read(&path);
            (sources, Some(diagnostics))
        }
        None if !path.exists() => return usage(format!("there is no file or folder {side}")),
        None => {
            let (file, diagnostics) = SourceMap::read_file(&path);
            if diagnostics.has_errors() {
                input.report(&file, &diagnostics);
                return Ok(None);
            }
            (SourceMap::from_texts(file.iter().map(|(_, source)| (shown(side), source.text().to_owned()))), None)
        }
    };
    let (schemas, mut diagnostics_of_schemas) = compile::compile(&sources, &input.options());
    if let Some(diagnostics) = diagnostics {
        diagnostics_of_schemas.append(diagnostics);
    }
    if diagnostics_of_schemas.has_errors() {
        input.report(&sources, &diagnostics_of_schemas);
        return Ok(None);
    }
    Ok(Some(schemas))
}

/// A file's path, cut to the folder of its source and its name: that is how a source map knows the source.
fn shown(path: &str) -> String {
    let mut parts: Vec<_> = path.rsplit(['/', '\\']).take(2).collect();
    if parts.len() < 2 {
        // A file on its own. The name of its source does not matter here.
        parts.push("source");
    }
    parts.reverse();
    parts.join("/")
}

/// The YAML files at a path of a revision, as pairs of path and text.
fn from_git(revision: &str, path: &str) -> io::Result<Vec<(String, String)>> {
    let path = path.trim_end_matches('/');
    let list = git(["ls-tree", "-r", "-z", "--full-tree", "--name-only", revision, "--", path])?;
    let is_yaml = |name: &&str| Path::new(name).extension().is_some_and(|end| end == "yml" || end == "yaml");
    let mut files = Vec::new();
    for name in list.split('\0').filter(is_yaml) {
        let text = git(["show", &format!("{revision}:{name}")])?;
        // Below a folder, paths start at the folder of the source.
        let below = name.strip_prefix(path).and_then(|rest| rest.strip_prefix('/'));
        files.push((below.map_or_else(|| shown(name), str::to_owned), text));
    }
    if files.is_empty() { usage(format!("{revision} has no YAML at `{path}`")) } else { Ok(files) }
}

fn git<'a>(arguments: impl IntoIterator<Item = &'a str>) -> io::Result<String> {
    let arguments = arguments.into_iter().map(OsStr::new);
    let output = Command::new("git").args(arguments).output();
    let output = output.map_err(|error| io::Error::new(error.kind(), format!("cannot run git: {error}")))?;
    if !output.status.success() {
        return usage(format!("git: {}", String::from_utf8_lossy(&output.stderr).trim()));
    }
    String::from_utf8(output.stdout).map_err(|_| io::Error::other("git gave a file that is not UTF-8"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_cut_to_source_and_name() {
        assert_eq!(shown("/a/schemas/acme/login.yml"), "acme/login.yml");
        assert_eq!(shown("login.yml"), "source/login.yml");
        assert_eq!(revision("HEAD~1:schemas"), Some(("HEAD~1", "schemas")));
        assert_eq!(revision("."), None);
    }
}
