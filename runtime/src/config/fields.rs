//! Reading a map of known keys: what is unknown, missing or of the wrong kind becomes a finding, and reading goes on.

use super::mistake::{Findings, Place};
use super::node::{Entry, Node, Value};
use crate::suggest;

/// The entries of a map.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fields<'n> {
    pub(super) at: Place,
    entries: &'n [Entry],
}

impl<'n> Fields<'n> {
    /// The entries of `node`, whatever their keys. `what` names the map in messages.
    pub(super) fn any(node: &'n Node, what: &str, findings: &mut Findings) -> Option<Self> {
        if let Value::Map(entries) = &node.value {
            return Some(Self { at: node.at, entries });
        }
        findings.add(node.at, format!("{what} must be a map, found {}", node.value.kind()));
        None
    }

    /// The entries of `node`, which may have these keys and no others.
    pub(super) fn of(node: &'n Node, what: &str, known: &[&str], findings: &mut Findings) -> Option<Self> {
        let fields = Self::any(node, what, findings)?;
        fields.refuse_others(what, known, findings);
        Some(fields)
    }

    /// Reports every key that is not among `known`.
    pub(super) fn refuse_others(self, what: &str, known: &[&str], findings: &mut Findings) {
        for entry in self.entries {
            if !known.contains(&entry.key.as_str()) {
                let hint = suggest::hint(&entry.key, known.iter().copied());
                findings.add(entry.key_at, format!("{what} has no key `{}`{hint}", entry.key));
            }
        }
    }

    /// The value of `key`; a null counts as absent.
    pub(super) fn get(self, key: &str) -> Option<&'n Node> {
        let entry = self.entries.iter().find(|entry| entry.key == key)?;
        (!matches!(entry.node.value, Value::Null)).then_some(&entry.node)
    }

    /// The value of `key`, whose absence is a finding that says what to put there.
    pub(super) fn need(self, key: &str, what: &str, put: &str, findings: &mut Findings) -> Option<&'n Node> {
        let node = self.get(key);
        if node.is_none() {
            findings.add(self.at, format!("{what} needs `{key}`: {put}"));
        }
        node
    }

    /// The only entry, if there is exactly one.
    pub(super) fn only(self) -> Option<&'n Entry> {
        match self.entries {
            [entry] => Some(entry),
            _ => None,
        }
    }
}

/// The text of `node`, which must be text and not empty.
pub(super) fn text<'n>(node: &'n Node, what: &str, findings: &mut Findings) -> Option<&'n str> {
    match &node.value {
        Value::Text(text) if !text.is_empty() => return Some(text),
        Value::Text(_) => findings.add(node.at, format!("{what} must not be empty")),
        other => {
            let kind = other.kind();
            findings.add(node.at, format!("{what} must be text, found {kind}; put it in quotes"));
        }
    }
    None
}
