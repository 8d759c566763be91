//! How one answer leads to the next, and how the last is known.

use logwright::contract::Method;

use super::model::{End, Paging, Place, Request, Shape};
use super::shape::Answer;
use super::{Reader, leaf};
use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::raw::read::{Entry, MappingReader};
use crate::yaml::Kind;

const STYLES: [&str; 4] = ["cursor", "link", "next_url", "offset"];

/// What the facts of paging are checked against; each part is absent where it has mistakes of its own.
#[derive(Clone, Copy)]
pub(super) struct Around<'m> {
    pub(super) request: Option<&'m Request>,
    pub(super) answer: Option<&'m Answer>,
}

impl Reader<'_> {
    /// `none`, or a mapping of one style to its facts.
    pub(super) fn paging(&self, entry: &Entry<'_>, around: Around<'_>) -> Option<Paging> {
        if !matches!(entry.node.kind, Kind::Mapping(_)) {
            let help = format!("Write `none`, or a mapping with one of: {}.", STYLES.join(", "));
            return self.word(entry, "style of paging", &["none"], help).map(|_| Paging::None);
        }
        let mut keys = self.reading.mapping(entry)?;
        let given = STYLES.map(|style| keys.optional(style).map(|entry| (style, entry)));
        let given: Vec<_> = given.into_iter().flatten().collect();
        let place = |style: &str| keys.key_span(style).unwrap_or(keys.head());
        let style = match given.as_slice() {
            [(style, entry)] => Some((*style, self.reading.mapping(entry))),
            [(first, _), (second, _), ..] => {
                let message = "a log has one style of paging";
                let diagnostic =
                    Diagnostic::error(Code::LW0207, place(second), message).also(place(first), "the first one");
                self.reading.push(diagnostic.at(keys.path()).help("Keep the one that the API documents."));
                None
            }
            [] => {
                let message = "the style of paging is missing";
                let help = format!("Use one of: {}.", STYLES.join(", "));
                self.reading.push(Diagnostic::error(Code::LW0202, keys.head(), message).at(keys.path()).help(help));
                None
            }
        };
        keys.finish();
        let (style, keys) = style?;
        let keys = keys?;
        match style {
            "cursor" => self.cursor(keys, around),
            "link" => self.link(keys, around),
            "next_url" => self.next_url(keys, around),
            _ => self.offset(keys, around),
        }
    }

    fn cursor(&self, mut keys: MappingReader<'_, '_>, around: Around<'_>) -> Option<Paging> {
        let kinds = [Shape::Text, Shape::Integer];
        let at = keys.required("at").and_then(|entry| self.pointer(&entry, around.answer, &kinds));
        let send = keys.required("send").and_then(|entry| self.place(&entry, around.request));
        let alone = keys.boolean("alone").is_some_and(|alone| alone.value);
        let (lasting, end) = self.lasting_and_end(&mut keys, around);
        keys.finish();
        Some(Paging::Cursor { at: at?, send: send?, alone, lasting, end: end? })
    }

    fn link(&self, mut keys: MappingReader<'_, '_>, around: Around<'_>) -> Option<Paging> {
        let relation = keys.required_string("relation");
        let (lasting, end) = self.lasting_and_end(&mut keys, around);
        keys.finish();
        Some(Paging::Link { relation: relation?.value, lasting, end: end? })
    }

    fn next_url(&self, mut keys: MappingReader<'_, '_>, around: Around<'_>) -> Option<Paging> {
        let at = keys.required("at").and_then(|entry| self.pointer(&entry, around.answer, &[Shape::Text]));
        let end = keys.required("end").and_then(|entry| self.end(&entry, around.answer));
        keys.finish();
        Some(Paging::NextUrl { at: at?, end: end? })
    }

    fn offset(&self, mut keys: MappingReader<'_, '_>, around: Around<'_>) -> Option<Paging> {
        let send = keys.required("send").and_then(|entry| self.place(&entry, around.request));
        let count = |entry: Entry<'_>| leaf::count(self.reading, &entry);
        let page_size = keys.required("page_size").and_then(count);
        let most = keys.optional("most").map(count);
        keys.finish();
        let most = match most {
            Some(most) => Some(most?),
            None => None,
        };
        Some(Paging::Offset { send: send?, page_size: page_size?, most })
    }

    fn lasting_and_end(&self, keys: &mut MappingReader<'_, '_>, around: Around<'_>) -> (bool, Option<End>) {
        let lasting = keys.boolean("lasting");
        let end = keys.required("end").and_then(|entry| self.end(&entry, around.answer));
        let is_lasting = lasting.as_ref().is_some_and(|lasting| lasting.value);
        if let (Some(lasting), true, Some(End::NoNext)) = (lasting, is_lasting, &end) {
            let message = "nothing can last where the last page has none";
            let help = "If every page leads on, the end is `empty_page` or a flag; else remove `lasting`.";
            let path = format!("{}.lasting", keys.path());
            self.reading.push(Diagnostic::error(Code::LW0718, lasting.span, message).at(path).help(help));
        }
        (is_lasting, end)
    }

    /// How the last page is known: a word, or `{when_false: POINTER}`.
    fn end(&self, entry: &Entry<'_>, answer: Option<&Answer>) -> Option<End> {
        if !matches!(entry.node.kind, Kind::Mapping(_)) {
            let help = "Write `no_next`, `empty_page`, or `{when_false: POINTER}`.".to_owned();
            let word = self.word(entry, "end", &["no_next", "empty_page"], help)?;
            return Some(if word == "no_next" { End::NoNext } else { End::EmptyPage });
        }
        let mut keys = self.reading.mapping(entry)?;
        let pointer = keys.required("when_false");
        let pointer = pointer.and_then(|entry| self.pointer(&entry, answer, &[Shape::Boolean]));
        keys.finish();
        pointer.map(End::FlagFalse)
    }

    /// One of a few words, where a mapping might stand as well; `help` names that too.
    pub(super) fn word(
        &self,
        entry: &Entry<'_>,
        what: &str,
        words: &[&'static str],
        help: String,
    ) -> Option<&'static str> {
        let text = self.reading.string(entry)?;
        if let Some(word) = words.iter().find(|word| **word == text.value) {
            return Some(word);
        }
        let help = suggest(&text.value, words.iter().copied()).map_or(help, |near| format!("Did you mean `{near}`?"));
        let message = format!("`{}` is no {what}", text.value);
        self.reading.push(Diagnostic::error(Code::LW0204, text.span, message).at(&entry.path).help(help));
        None
    }

    /// Where a request carries a value: `{query: NAME}` or `{body: NAME}`.
    fn place(&self, entry: &Entry<'_>, request: Option<&Request>) -> Option<Place> {
        let mut keys = self.reading.mapping(entry)?;
        let query = keys.optional("query").and_then(|entry| self.reading.filled_string(&entry));
        let body = keys.optional("body").and_then(|entry| self.reading.filled_string(&entry));
        let head = keys.head();
        keys.finish();
        let (name, in_body) = match (query, body) {
            (Some(name), None) => (name, false),
            (None, Some(name)) => (name, true),
            (None, None) => {
                let message = "one of the keys `query` and `body` is missing";
                let help = "Write `{query: NAME}` or `{body: NAME}`.";
                self.reading.push(Diagnostic::error(Code::LW0202, head, message).at(&entry.path).help(help));
                return None;
            }
            (Some(_), Some(name)) => {
                let message = "a value is sent in one place, `query` or `body`";
                let help = "Keep the one in which the API expects it.";
                self.reading.push(Diagnostic::error(Code::LW0207, name.span, message).at(&entry.path).help(help));
                return None;
            }
        };
        let contradiction = request.and_then(|request| {
            let sent = if in_body {
                request.body.iter().any(|(sent, _)| *sent == name.value)
            } else {
                request.query.iter().any(|(sent, _)| *sent == name.value)
            };
            if in_body && request.method == Method::Get {
                Some(("a GET request has no body", "Write `query`, or `method: POST` in the request."))
            } else {
                sent.then_some((
                    "the request sends this name already",
                    "Remove it from `request`; paging adds it when there is a next page.",
                ))
            }
        });
        if let Some((message, help)) = contradiction {
            self.reading.push(Diagnostic::error(Code::LW0718, name.span, message).at(&entry.path).help(help));
        }
        Some(if in_body { Place::Body(name.value) } else { Place::Query(name.value) })
    }
}
