//! Why no pattern fits a line: what the pattern that comes furthest waits for in vain.
//!
//! A pattern of thirty placeholders says nothing by itself about the one that is wrong, so that whoever writes it has to
//! count. The error of such a line is the same in generated code, which does not know this.

use logwright::text::{self, Line, Options, Rest};

use super::Interpreter;
use super::text::value_before_literal;
use crate::model::{FastmatchPattern, Form, Parser};

/// How much of a line is shown, in characters.
const SHOWN: usize = 60;

impl Interpreter<'_> {
    /// How far a line is read that no pattern fits; `None` where a pattern does, or the log type has none.
    ///
    /// ```
    /// # use logwright_codegen::{compile::*, interpret::Interpreter, source::SourceMap};
    /// let schema = "\
    /// schema: Acme.Login
    /// parser: {fastmatch: {match: ['%{user} [%{ip}] %{text}']}}
    /// fields: [{name: user, type: string}, {name: ip, type: string}, {name: text, type: string}]
    /// ";
    /// # let (schemas, _) = compile(&SourceMap::from_texts([("acme/login.yml", schema)]), &Options::default());
    /// let interpreter = Interpreter::new(&schemas[0]);
    /// let told = interpreter.nearest(b"jane [192.0.2.1]: hello").unwrap();
    /// assert_eq!(told, "the pattern fits as far as `%{ip}`; the text after it, `] `, does not come in `192.0.2.1]: hello`");
    /// ```
    pub fn nearest(&self, line: &[u8]) -> Option<String> {
        let Parser::Text(parser) = &self.schema().parser else { return None };
        let Form::Fastmatch(patterns) = &parser.form else { return None };
        let line = text::line(line, &parser.skip_prefix).ok()??;
        let tried = patterns.iter().map(|pattern| progress(pattern, line)).collect::<Option<Vec<_>>>()?;
        // Of patterns that come equally far, the first is named.
        let (number, (_, told)) = tried.iter().enumerate().rev().max_by_key(|(_, (placeholders, _))| *placeholders)?;
        let which = match patterns.len() {
            1 => "the pattern".to_owned(),
            all => format!("of the {all} patterns, number {} comes furthest: it", number + 1),
        };
        Some(format!("{which} {told}"))
    }
}

/// How many placeholders of a pattern a line has, and what it then lacks; `None` where it fits.
fn progress(pattern: &FastmatchPattern, line: &str) -> Option<(usize, String)> {
    // The line as it is: options would hide parts of it.
    let options = Options { trim_space: false, empty_values: &[] };
    let Some(mut rest) = Rest::after(&pattern.prefix, &Line::new(line), u8::MAX, &options) else {
        return Some((0, format!("starts with `{}`, and the line with `{}`", pattern.prefix, shown(line))));
    };
    for (number, placeholder) in pattern.placeholders.iter().enumerate() {
        let before = rest.clone();
        if value_before_literal(&mut rest, placeholder).is_some() {
            continue;
        }
        let left = before.rest();
        let (name, literal) = (placeholder.name.as_deref().unwrap_or(""), placeholder.literal.as_deref().unwrap_or(""));
        let lacks = if placeholder.quoted && left.or_empty().contains('\\') {
            "does not follow the first mark without a backslash, or a backslash begins no escape, in"
        } else {
            "does not come in"
        };
        let told = format!(
            "fits as far as `%{{{name}}}`; the text after it, `{literal}`, {lacks} `{}`",
            shown(left.or_empty())
        );
        return Some((number + 1, told));
    }
    None
}

fn shown(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
