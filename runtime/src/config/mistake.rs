//! Mistakes in the configuration, gathered so that one run tells them all.

use std::fmt;
use std::path::{Path, PathBuf};

/// A line and a column, both from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The line.
    pub line: u64,
    /// The column, in characters.
    pub column: u64,
}

impl Place {
    /// The place at this line and column.
    pub const fn new(line: u64, column: u64) -> Self {
        Self { line, column }
    }
}

/// One mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Where.
    pub at: Place,
    /// What is wrong, and what to write instead.
    pub message: String,
}

/// Every mistake of one configuration file; at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistakes {
    /// The file.
    pub file: PathBuf,
    /// The mistakes, by place.
    pub list: Vec<Mistake>,
}

impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, Mistake { at, message }) in self.list.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{}:{}:{}: {message}", self.file.display(), at.line, at.column)?;
        }
        Ok(())
    }
}

impl std::error::Error for Mistakes {}

/// The mistakes found so far.
#[derive(Debug, Default)]
pub(super) struct Findings(Vec<Mistake>);

impl Findings {
    /// Notes a mistake.
    pub(super) fn add(&mut self, at: Place, message: impl Into<String>) {
        self.0.push(Mistake { at, message: message.into() });
    }

    /// The mistakes by place, if there are any.
    pub(super) fn into_mistakes(mut self, file: &Path) -> Option<Mistakes> {
        self.0.sort_by_key(|mistake| mistake.at);
        (!self.0.is_empty()).then(|| Mistakes { file: file.to_owned(), list: self.0 })
    }
}
