//! Regular expressions, compiled when the first line asks for them. The only file that names the regex crate.

use std::sync::OnceLock;

use regex::{Captures, Regex};

use super::value::{Options, Value};

/// A regular expression, made for a `static`; the interpreter makes them of expressions that it has only borrowed.
#[derive(Debug)]
pub struct Pattern<'e> {
    expression: &'e str,
    compiled: OnceLock<Regex>,
}

impl<'e> Pattern<'e> {
    /// The pattern of an expression in the syntax of the regex crate, which must be right.
    pub const fn new(expression: &'e str) -> Self {
        Self { expression, compiled: OnceLock::new() }
    }

    /// The groups of the leftmost match in `line`.
    ///
    /// ```
    /// use logwright::text::{Options, Pattern};
    ///
    /// static PATTERN: Pattern = Pattern::new("^([a-z]+)(?: ([0-9]+))?");
    /// let options = Options::default();
    /// let groups = PATTERN.groups("jane", &options).unwrap();
    /// assert_eq!((groups.value(1).as_str(), groups.value(2).as_str()), (Some("jane"), None));
    /// assert!(PATTERN.groups("7", &options).is_none());
    /// ```
    ///
    /// # Panics
    /// When the expression is wrong. The compiler of schemas has compiled each before it comes here.
    pub fn groups<'a, 'o>(&self, line: &'a str, options: &'o Options<'o>) -> Option<Groups<'a, 'o>> {
        let compiled = self.compiled.get_or_init(|| {
            Regex::new(self.expression)
                .expect("the compiler of schemas lets only expressions pass that it has compiled")
        });
        let captures = compiled.captures(line)?;
        Some(Groups { captures, options })
    }
}

/// The groups of a match.
#[derive(Debug)]
pub struct Groups<'a, 'o> {
    captures: Captures<'a>,
    options: &'o Options<'o>,
}

impl<'a> Groups<'a, '_> {
    /// The value of the group with this number, from 1; absent where it took no part in the match.
    pub fn value(&self, group: usize) -> Value<'a> {
        self.captures.get(group).map_or_else(Value::default, |found| self.options.value(found.as_str()))
    }
}
