//! What to ask: method, path, query, body; and the window that they ask for.

use logwright::contract::{Bound, Method};

use super::model::{BodyValue, Piece, Request, Template, Window};
use super::template::{Placed, Scope};
use super::{Reader, leaf};
use crate::diagnostic::{Code, Diagnostic};
use crate::lower::times;
use crate::model::Format;
use crate::raw::read::{Entry, MappingReader, Spanned};
use crate::source::Span;
use crate::yaml::{Kind, Meaning};

const METHODS: [(&str, Method); 2] = [("GET", Method::Get), ("POST", Method::Post)];
const BOUNDS: [(&str, Bound); 3] =
    [("inclusive", Bound::Inclusive), ("exclusive", Bound::Exclusive), ("unknown", Bound::Unknown)];

/// What a log's `window` says, as far as it could be read.
#[derive(Clone, Debug)]
pub(super) enum Asked {
    /// The log cannot be asked for by time.
    Nothing,
    /// It can. The place is that of the key; the flag tells whether an end can be given.
    Window { place: Span, end: Option<Span>, window: Option<Window> },
}

impl Reader<'_> {
    /// What the log can be asked for by time.
    pub(super) fn window(&self, keys: &mut MappingReader<'_, '_>) -> Asked {
        let Some(entry) = keys.optional("window") else { return Asked::Nothing };
        let place = keys.key_span("window").unwrap_or(entry.node.span);
        let Some(mut keys) = self.reading.mapping(&entry) else {
            return Asked::Window { place, end: None, window: None };
        };
        let format = keys.required("format").and_then(|entry| self.format(&entry));
        let bound = |entry: Entry<'_>| self.reading.choice(&entry, "bound", &BOUNDS);
        let start = keys.required("start").and_then(bound);
        let end = keys.optional("end");
        let end_place = end.is_some().then(|| keys.key_span("end")).flatten();
        let end_bound = end.map(bound);
        let longest = keys.optional("longest").map(|entry| leaf::duration(self.reading, &entry));
        keys.finish();
        let window = || {
            let end = match end_bound {
                Some(bound) => Some(bound?.value),
                None => None,
            };
            let longest = match longest {
                Some(longest) => Some(longest?),
                None => None,
            };
            Some(Window { format: format?, start: start?.value, end, longest })
        };
        Asked::Window { place, end: end_place, window: window() }
    }

    /// How a bound is written: one way alone, and with a date.
    fn format(&self, entry: &Entry<'_>) -> Option<Format> {
        let text = self.reading.string(entry)?;
        let format = times::format(&text, false, &entry.path, self.sources, self.reading)?;
        if matches!(format, Format::UnixAuto | Format::Cloudflare) {
            let message =
                format!("`{}` reads times in several forms, so that it does not tell how to write one", text.value);
            let help = "Use `unix`, `unix_ms`, `unix_us`, `unix_ns` or `rfc3339`.";
            self.reading.push(Diagnostic::error(Code::LW0718, text.span, message).at(&entry.path).help(help));
            return None;
        }
        Some(format)
    }

    /// The request. `window` is where the bounds come from.
    pub(super) fn request(&self, mut keys: MappingReader<'_, '_>, scope: Scope<'_>, asked: &Asked) -> Option<Request> {
        let mut found = Found { head: keys.head(), placed: Vec::new() };
        let method = keys.required("method").and_then(|entry| self.reading.choice(&entry, "method", &METHODS));
        let path = keys.required("path").and_then(|entry| {
            let placed = self.template(&entry, scope)?;
            leaf::check_path(self.reading, &placed.text, &entry.path).then(|| found.keep(placed))
        });
        let query = keys.list("query").unwrap_or_default();
        let query: Vec<_> = query.iter().map(|entry| self.parameter(entry, scope, &mut found)).collect();
        let body = keys.optional("body");
        if let Some(entry) = &body
            && method.as_ref().is_some_and(|method| method.value == Method::Get)
        {
            let place = keys.key_span("body").unwrap_or(entry.node.span);
            let diagnostic = Diagnostic::error(Code::LW0718, place, "a GET request has no body").at(&entry.path);
            self.reading.push(diagnostic.help("Move its members to `query`, or write `method: POST`."));
        }
        let body = body.and_then(|entry| self.reading.mapping(&entry)).map(|mut body| body.all()).unwrap_or_default();
        let body: Vec<_> = body.iter().map(|(name, entry)| self.member(name, entry, scope, &mut found)).collect();
        let path_place = keys.path().to_owned();
        keys.finish();
        let complete = path.is_some() && query.iter().all(Option::is_some) && body.iter().all(Option::is_some);
        self.check_window(asked, &found, complete, &path_place);
        Some(Request {
            method: method?.value,
            path: path?,
            query: query.into_iter().collect::<Option<_>>()?,
            body: body.into_iter().collect::<Option<_>>()?,
        })
    }

    /// One parameter of the query: a mapping of one name to its value.
    fn parameter(&self, entry: &Entry<'_>, scope: Scope<'_>, found: &mut Found) -> Option<(String, Template)> {
        let all = self.reading.mapping(entry)?.all();
        let [(name, value)] = all.as_slice() else {
            let message = "a parameter is one name and its value";
            let help = "Write each parameter as an item of its own: `- name: value`.";
            self.reading.push(Diagnostic::error(Code::LW0207, entry.node.head(), message).at(&entry.path).help(help));
            return None;
        };
        // Every scalar is sent as it is written.
        let placed = match &value.node.kind {
            Kind::Scalar { text, .. } if !value.node.is_null() => {
                let text = Spanned { value: text.clone(), span: value.node.span };
                self.template_of(text, &value.path, scope)?
            }
            _ => self.template(value, scope)?,
        };
        Some((name.value.clone(), found.keep(placed)))
    }

    fn member(
        &self,
        name: &Spanned<String>,
        entry: &Entry<'_>,
        scope: Scope<'_>,
        found: &mut Found,
    ) -> Option<(String, BodyValue)> {
        let value = match entry.node.meaning() {
            Some(Meaning::Integer(number)) => BodyValue::Integer(number),
            Some(Meaning::Boolean(flag)) => BodyValue::Boolean(flag),
            _ => BodyValue::Text(found.keep(self.template(entry, scope)?)),
        };
        Some((name.value.clone(), value))
    }

    /// The bounds that `window` declares are sent, and no others.
    fn check_window(&self, asked: &Asked, found: &Found, complete: bool, path: &str) {
        let (window, end) = match asked {
            Asked::Nothing => (None, None),
            Asked::Window { place, end, .. } => (Some(*place), *end),
        };
        let bounds = [("start", Piece::WindowStart, window), ("end", Piece::WindowEnd, end)];
        for (name, piece, declared) in bounds {
            let placeholder = format!("{{window.{name}}}");
            let sent: Vec<_> = found.placed.iter().filter(|placed| placed.template.holds(&piece)).collect();
            match declared {
                Some(place) if sent.is_empty() && complete => {
                    let message = format!("no part of the request says `{placeholder}`");
                    let help = "Write it in `query` or `body`, under the parameter that the API reads it from.";
                    let diagnostic = Diagnostic::error(Code::LW0717, place, message).also(found.head, "the request");
                    self.reading.push(diagnostic.at(path).help(help));
                }
                None => {
                    for placed in sent {
                        let place = self.within(placed.text.span, &placeholder);
                        let message = format!("`{placeholder}` is sent, but the log declares no such bound");
                        let help = if name == "end" && window.is_some() {
                            "Add `end: inclusive`, `exclusive` or `unknown` to `window`."
                        } else {
                            "Add `window`, with its `format`, its `start`, and its `end` if one is sent."
                        };
                        self.reading.push(Diagnostic::error(Code::LW0717, place, message).at(path).help(help));
                    }
                }
                Some(_) => {}
            }
        }
    }
}

/// The templates of a request so far, with their places.
struct Found {
    head: Span,
    placed: Vec<Placed>,
}

impl Found {
    fn keep(&mut self, placed: Placed) -> Template {
        let template = placed.template.clone();
        self.placed.push(placed);
        template
    }
}

impl Request {
    /// Every template of it.
    pub(super) fn templates(&self) -> impl Iterator<Item = &Template> {
        let members = self.body.iter().filter_map(|(_, value)| match value {
            BodyValue::Text(template) => Some(template),
            BodyValue::Integer(_) | BodyValue::Boolean(_) => None,
        });
        std::iter::once(&self.path).chain(self.query.iter().map(|(_, template)| template)).chain(members)
    }
}
