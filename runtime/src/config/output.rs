//! `output`: where events go, and what they look like there.

use std::path::PathBuf;

use logwright::event::Profile;

use super::Reader;
use super::fields::{Fields, text};
use super::mistake::Findings;
use super::node::Node;
use crate::sink::Compression;
use crate::suggest;

const KEYS: [&str; 4] = ["type", "path", "compression", "profile"];

/// Where events go, and how their times are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// Where.
    pub to: Destination,
    /// How times are written.
    pub profile: Profile,
}

/// Where events go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// Standard output.
    Stdout,
    /// Files.
    Files {
        /// Their folder.
        folder: PathBuf,
        /// How they are packed.
        compression: Compression,
    },
}

impl Output {
    /// What is meant where nothing is said.
    pub(super) const USUAL: Self = Self { to: Destination::Stdout, profile: Profile::Lake };
}

impl Reader<'_> {
    pub(super) fn output(&self, node: &Node, findings: &mut Findings) -> Option<Output> {
        let fields = Fields::of(node, "`output`", &KEYS, findings)?;
        let profiles = [("lake", Profile::Lake), ("source", Profile::Source)];
        let profile = one_of(fields, "profile", &profiles, findings);
        let packings = [("none", Compression::None), ("zstd", Compression::Zstd)];
        let compression = one_of(fields, "compression", &packings, findings);
        let kind = fields.need("type", "`output`", "`stdout` or `files`", findings)?;
        let to = match text(kind, "`type`", findings)? {
            "stdout" => {
                for key in ["path", "compression"] {
                    if let Some(node) = fields.get(key) {
                        findings.add(node.at, format!("an output of type `stdout` takes no `{key}`"));
                    }
                }
                Some(Destination::Stdout)
            }
            "files" => fields
                .need("path", "an output of type `files`", "the folder for the files", findings)
                .and_then(|path| text(path, "`path`", findings))
                .zip(compression)
                .map(|(path, compression)| Destination::Files { folder: self.folder.join(path), compression }),
            other => {
                let hint = suggest::hint(other, ["stdout", "files"]);
                findings.add(kind.at, format!("there is no output of type `{other}`{hint}"));
                None
            }
        };
        Some(Output { to: to?, profile: profile? })
    }
}

/// What the word at `key` stands for, or the first where there is none.
fn one_of<T: Copy>(fields: Fields<'_>, key: &str, words: &[(&str, T)], findings: &mut Findings) -> Option<T> {
    let Some(node) = fields.get(key) else { return words.first().map(|(_, meaning)| *meaning) };
    let asked = text(node, &format!("`{key}`"), findings)?;
    let found = words.iter().find(|(word, _)| *word == asked);
    if found.is_none() {
        let hint = suggest::hint(asked, words.iter().map(|(word, _)| *word));
        findings.add(node.at, format!("there is no {key} `{asked}`{hint}"));
    }
    found.map(|(_, meaning)| *meaning)
}
