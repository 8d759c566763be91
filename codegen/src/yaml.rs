//! YAML text to a tree of [`Node`]s with the place of each. The only file that names the YAML crate.
//!
//! The tree is what YAML 1.2 says and no more: merge keys (`<<`) are plain keys, and aliases are replaced by what they
//! stand for. Whatever the text is, the answer is a tree or diagnostics: depth, size and aliases have limits.

use std::collections::HashMap;

use granit_parser::{Event, Parser, ScalarStyle, Tag};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, SourceMap, Span};

/// How deep lists and mappings may be nested. Twice what 64 objects inside each other take, and small enough for recursion.
pub const DEPTH_LIMIT: usize = 200;

/// How many nodes a file may have once its aliases are replaced.
pub const NODE_LIMIT: usize = 200_000;

/// How many bytes of text a file may have once its aliases are replaced.
pub const TEXT_LIMIT: usize = 4 * 1024 * 1024;

/// A value in a YAML document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Where it is. For a value that came by an alias: where it was written.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
}

/// What a [`Node`] is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A text, a number, `true`, nothing.
    Scalar {
        /// The text, without quotes and escapes.
        text: String,
        /// True where it is written without quotes, and may thus be a number, a boolean or null.
        plain: bool,
    },
    /// A list.
    Sequence(Vec<Node>),
    /// Keys and values, in order. No two keys are the same text.
    Mapping(Vec<(Node, Node)>),
}

/// What a scalar means by YAML's core schema.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Meaning<'n> {
    /// Nothing: `null`, `~`, or no text at all.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A whole number that fits 64 bits.
    Integer(i64),
    /// Another number.
    Number,
    /// A text.
    String(&'n str),
}

impl Node {
    /// What a scalar means; `None` for lists and mappings.
    pub fn meaning(&self) -> Option<Meaning<'_>> {
        match &self.kind {
            Kind::Scalar { text, plain: true } => Some(plain_meaning(text)),
            Kind::Scalar { text, plain: false } => Some(Meaning::String(text)),
            Kind::Sequence(_) | Kind::Mapping(_) => None,
        }
    }

    /// Whether it is a null.
    pub fn is_null(&self) -> bool {
        self.meaning() == Some(Meaning::Null)
    }

    /// What it is, in one word for messages: `string`, `list`, `mapping` and so on.
    pub fn describe(&self) -> &'static str {
        match (&self.kind, self.meaning()) {
            (Kind::Sequence(_), _) => "list",
            (Kind::Mapping(_), _) => "mapping",
            (_, None | Some(Meaning::Null)) => "null",
            (_, Some(Meaning::Boolean(_))) => "boolean",
            (_, Some(Meaning::Integer(_))) => "integer",
            (_, Some(Meaning::Number)) => "number",
            (_, Some(Meaning::String(_))) => "string",
        }
    }

    /// How many values it is made of, keys among them, and how many bytes of text they have.
    pub fn size(&self) -> (usize, usize) {
        let all = |parts: &mut dyn Iterator<Item = &Self>| {
            parts.map(Self::size).fold((1, 0), |all, part| (all.0 + part.0, all.1 + part.1))
        };
        match &self.kind {
            Kind::Scalar { text, .. } => (1, text.len()),
            Kind::Sequence(items) => all(&mut items.iter()),
            Kind::Mapping(entries) => all(&mut entries.iter().flat_map(|(key, value)| [key, value])),
        }
    }

    /// A place short enough to point at: the scalar itself, or the first key or item of a list or mapping.
    pub fn head(&self) -> Span {
        match &self.kind {
            Kind::Scalar { .. } => self.span,
            Kind::Sequence(items) => items.first().map_or(self.span, Self::head),
            Kind::Mapping(entries) => entries.first().map_or(self.span, |(key, _)| key.head()),
        }
    }
}

/// The documents of a file, in order. A document without any content is a null.
///
/// Mistakes go to `diagnostics`. After a mistake in the syntax nothing more of the file can be read; of a key that
/// stands twice, the first is kept.
pub fn parse_documents(file: FileId, sources: &SourceMap, diagnostics: &mut Diagnostics) -> Vec<Node> {
    let text = sources.file(file).text();
    let mut builder = Builder {
        file,
        text,
        documents: Vec::new(),
        open: Vec::new(),
        anchors: HashMap::new(),
        size: Size::default(),
        diagnostics,
    };
    let mut options = granit_parser::Options::default();
    options.set_emit_comments(false);
    for next in Parser::new_from_str_with_options(text, options) {
        let step = match next {
            Ok((event, span)) => {
                let range = span.byte_range().unwrap_or_default();
                builder.event(event, range.start, range.end, span.tag_span().and_then(|tag| tag.byte_range()))
            }
            Err(error) => {
                let at = error.marker().byte_offset().unwrap_or_else(|| byte_offset(text, error.marker().index()));
                Err(Box::new(syntax_error(builder.place(at, at + 1), error.kind())))
            }
        };
        if let Err(diagnostic) = step {
            let path = builder.path();
            builder.diagnostics.push(diagnostic.at(path));
            break;
        }
    }
    builder.documents
}

/// The one document of a file; `None`, with a diagnostic, where there is none, more than one, or a mistake in the syntax.
pub fn parse_document(file: FileId, sources: &SourceMap, diagnostics: &mut Diagnostics) -> Option<Node> {
    let mut own = Diagnostics::default();
    let mut documents = parse_documents(file, sources, &mut own);
    let broken = own.has_errors();
    diagnostics.append(own);
    if broken && documents.len() != 1 {
        return None;
    }
    if let Some(second) = documents.get(1) {
        let message = "a file of this kind holds one document, and this is a second one";
        let diagnostic = Diagnostic::error(Code::LW0105, second.head(), message);
        diagnostics.push(diagnostic.help("Move it to a file of its own."));
        return None;
    }
    match documents.pop() {
        Some(document) if !document.is_null() => Some(document),
        _ => {
            let nothing = Span { file, start: 0, end: 0 };
            diagnostics.push(
                Diagnostic::error(Code::LW0105, nothing, "the file holds no document")
                    .help("Write it, or remove the file."),
            );
            None
        }
    }
}

/// How much of a key is shown in a path, in characters.
const LONGEST_PART: usize = 100;

/// A path that is longer than this, in bytes, grows no more. Those of what people write are a tenth of it.
const LONGEST_PATH: usize = 2000;

/// The path of a key in what lies at `path`. Each value keeps its own, so that long keys must not add up.
pub fn child(path: &str, key: &str) -> String {
    let key = key.char_indices().nth(LONGEST_PART).map_or(key, |(end, _)| &key[..end]);
    if path.is_empty() {
        key.to_owned()
    } else if path.len() > LONGEST_PATH {
        path.to_owned()
    } else {
        format!("{path}.{key}")
    }
}

fn plain_meaning(text: &str) -> Meaning<'_> {
    // Nearly every scalar is a word, and is asked for its meaning more than once.
    let may_be_other =
        |first: &u8| matches!(first, b'0'..=b'9' | b'+' | b'-' | b'.' | b'~' | b'n' | b'N' | b't' | b'T' | b'f' | b'F');
    if !text.as_bytes().first().is_none_or(may_be_other) {
        return Meaning::String(text);
    }
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Meaning::Null,
        "true" | "True" | "TRUE" => return Meaning::Boolean(true),
        "false" | "False" | "FALSE" => return Meaning::Boolean(false),
        ".nan" | ".NaN" | ".NAN" => return Meaning::Number,
        _ => {}
    }
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") {
        return Meaning::Number;
    }
    let based = |digits: &str, radix| {
        let fits = !digits.is_empty() && digits.chars().all(|digit| digit.is_digit(radix));
        fits.then(|| i64::from_str_radix(digits, radix).map_or(Meaning::Number, Meaning::Integer))
    };
    let meaning = if let Some(digits) = text.strip_prefix("0x") {
        based(digits, 16)
    } else if let Some(digits) = text.strip_prefix("0o") {
        based(digits, 8)
    } else if !unsigned.is_empty() && unsigned.bytes().all(|byte| byte.is_ascii_digit()) {
        Some(text.parse().map_or(Meaning::Number, Meaning::Integer))
    } else {
        is_float(unsigned).then_some(Meaning::Number)
    };
    meaning.unwrap_or(Meaning::String(text))
}

/// `[0-9]* (. [0-9]*)? (e [+-]? [0-9]+)?` with at least one digit before the exponent.
fn is_float(text: &str) -> bool {
    let (number, exponent) = match text.split_once(['e', 'E']) {
        Some((number, exponent)) => (number, Some(exponent.strip_prefix(['+', '-']).unwrap_or(exponent))),
        None => (text, None),
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let has_digit = !(whole.is_empty() && fraction.is_empty());
    has_digit && digits(whole) && digits(fraction) && exponent.is_none_or(|text| !text.is_empty() && digits(text))
}

fn byte_offset(text: &str, characters: usize) -> usize {
    text.char_indices().nth(characters).map_or(text.len(), |(at, _)| at)
}

fn syntax_error(span: Span, kind: &granit_parser::ErrorKind) -> Diagnostic {
    use granit_parser::ErrorKind;
    if matches!(kind, ErrorKind::RecursionLimitExceeded) {
        return too_deep(span);
    }
    let diagnostic = Diagnostic::error(Code::LW0101, span, format!("the YAML cannot be read: {kind}"));
    match kind {
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabInPlainScalar => diagnostic.help("Indent with spaces."),
        ErrorKind::UnknownAnchor => {
            diagnostic.help("Write the anchor (`&name`) before the alias, or put the text in quotes.")
        }
        ErrorKind::BomInsideDocument => {
            diagnostic.help("Remove the byte order mark; only the file's start may have one.")
        }
        ErrorKind::UnclosedQuotedScalar => diagnostic.help("Write the same quote again where the text ends."),
        ErrorKind::UnexpectedCharacter { .. } => {
            diagnostic.help("Remove it, or put the text in double quotes and write it as an escape: `\"\\t\"`, `\"\\u0000\"`.")
        }
        ErrorKind::UnclosedFlowCollection { .. }
        | ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofImplicitFlowMapping => diagnostic.help("Close each `[` with `]` and each `{` with `}`."),
        _ => diagnostic.help(
            "Look at the indentation here and in the line above. A text with `: ` or ` #` in it, or with a mark such as \
             `@`, `%`, `*`, `&`, `[` or `{` at its start, needs quotes around it.",
        ),
    }
}

fn too_deep(span: Span) -> Diagnostic {
    let message = format!("lists and mappings are nested more than {DEPTH_LIMIT} levels deep");
    Diagnostic::error(Code::LW0102, span, message).help("Use `type: json` for what lies deeper.")
}

/// How large a node is, with all it contains.
#[derive(Clone, Copy, Default)]
struct Size {
    nodes: usize,
    text: usize,
    depth: usize,
}

/// A node that an alias may stand for; `None` as long as it is not complete.
type Anchored = Option<(Node, Size)>;

/// A list or mapping whose end has not come yet.
struct Open {
    start: usize,
    end: usize,
    anchor: usize,
    before: Size,
    depth: usize,
    content: Content,
}

enum Content {
    Sequence(Vec<Node>),
    Mapping { entries: Vec<(Node, Node)>, key: Option<Node>, first: HashMap<String, Span> },
}

struct Builder<'s, 'd> {
    file: FileId,
    text: &'s str,
    documents: Vec<Node>,
    open: Vec<Open>,
    anchors: HashMap<usize, Anchored>,
    size: Size,
    diagnostics: &'d mut Diagnostics,
}

/// What stops the reading of a file. Boxed, since it is rare and large.
type Step = Result<(), Box<Diagnostic>>;

impl Builder<'_, '_> {
    /// A span in the file, widened or narrowed so that it lies on characters.
    fn place(&self, start: usize, end: usize) -> Span {
        let mut start = start.min(self.text.len());
        while !self.text.is_char_boundary(start) {
            start -= 1;
        }
        let mut end = end.clamp(start, self.text.len());
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        Span { file: self.file, start, end }
    }

    fn event(&mut self, event: Event<'_>, start: usize, end: usize, tag: Option<std::ops::Range<usize>>) -> Step {
        let tag = tag.map_or_else(|| self.place(start, end), |tag| self.place(tag.start, tag.end));
        match event {
            Event::Scalar(text, style, anchor, kind) => {
                let string = self.tag(kind.as_deref(), tag);
                let plain = style == ScalarStyle::Plain && !string;
                let span = self.scalar_place(start, end, style);
                let size = Size { nodes: 1, text: text.len(), depth: 0 };
                let node = Node { span, kind: Kind::Scalar { text: text.into_owned(), plain } };
                self.grow(size, span)?;
                self.complete(node, size, anchor);
            }
            Event::SequenceStart(_, anchor, kind) => {
                self.tag(kind.as_deref(), tag);
                self.begin(start, end, anchor, Content::Sequence(Vec::new()))?;
            }
            Event::MappingStart(_, anchor, kind) => {
                self.tag(kind.as_deref(), tag);
                let content = Content::Mapping { entries: Vec::new(), key: None, first: HashMap::new() };
                self.begin(start, end, anchor, content)?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(end),
            Event::Alias(anchor) => self.alias(anchor, self.place(start, end))?,
            Event::DocumentStart(..) => self.anchors.clear(),
            _ => {}
        }
        Ok(())
    }

    /// Whether the tag makes a scalar a string whatever it looks like.
    fn tag(&mut self, tag: Option<&Tag>, span: Span) -> bool {
        let Some(tag) = tag else { return false };
        let known = ["str", "null", "bool", "int", "float", "seq", "map"];
        if tag.original() != "!" && !known.iter().any(|suffix| tag.is_yaml_core_schema_tag(suffix)) {
            let message = format!("the tag `{}` has no meaning here", tag.original());
            let diagnostic = Diagnostic::error(Code::LW0106, span, message).at(self.path());
            self.diagnostics.push(diagnostic.help("Remove the tag."));
        }
        tag.original() == "!" || tag.is_yaml_core_schema_tag("str")
    }

    /// The parser lets a plain or block scalar's span run on to what follows it; white space at its end is cut.
    fn scalar_place(&self, start: usize, end: usize, style: ScalarStyle) -> Span {
        let mut span = self.place(start, end);
        if matches!(style, ScalarStyle::Plain | ScalarStyle::Literal | ScalarStyle::Folded) {
            span.end = span.start + self.text[span.range()].trim_end().len();
        }
        span
    }

    /// The place inside the document that has been reached, such as `fields[3].type`.
    fn path(&self) -> String {
        self.open.iter().fold(String::new(), |path, open| match &open.content {
            Content::Sequence(items) => format!("{path}[{}]", items.len()),
            Content::Mapping { key: Some(Node { kind: Kind::Scalar { text, .. }, .. }), .. } => child(&path, text),
            Content::Mapping { .. } => path,
        })
    }

    fn begin(&mut self, start: usize, end: usize, anchor: usize, content: Content) -> Step {
        let span = self.place(start, end);
        if self.open.len() >= DEPTH_LIMIT {
            return Err(Box::new(too_deep(span)));
        }
        if anchor != 0 {
            self.anchors.insert(anchor, None);
        }
        let before = self.size;
        self.grow(Size { nodes: 1, text: 0, depth: 0 }, span)?;
        self.open.push(Open { start, end, anchor, before, depth: 1, content });
        Ok(())
    }

    fn end(&mut self, end: usize) {
        let Some(open) = self.open.pop() else { return };
        let mut span = self.place(open.start, end.max(open.end));
        span.end = span.start + self.text[span.range()].trim_end().len();
        let kind = match open.content {
            Content::Sequence(items) => Kind::Sequence(items),
            Content::Mapping { entries, .. } => Kind::Mapping(entries),
        };
        let size = Size {
            nodes: self.size.nodes - open.before.nodes,
            text: self.size.text - open.before.text,
            depth: open.depth,
        };
        self.complete(Node { span, kind }, size, open.anchor);
    }

    fn alias(&mut self, anchor: usize, span: Span) -> Step {
        let Some(Some((node, size))) = self.anchors.get(&anchor) else {
            let message = "this alias stands inside the value that it stands for";
            let help = "Write out what is meant, or use `type: json`, which holds any depth.";
            return Err(Box::new(Diagnostic::error(Code::LW0107, span, message).help(help)));
        };
        let (size, deepest) = (*size, self.open.len() + size.depth);
        if deepest > DEPTH_LIMIT {
            return Err(Box::new(too_deep(span)));
        }
        let node = (self.size.nodes + size.nodes <= NODE_LIMIT && self.size.text + size.text <= TEXT_LIMIT)
            .then(|| node.clone());
        self.grow(size, span)?;
        if let Some(node) = node {
            self.complete(node, size, 0);
        }
        Ok(())
    }

    fn grow(&mut self, by: Size, span: Span) -> Step {
        self.size.nodes += by.nodes;
        self.size.text += by.text;
        if self.size.nodes <= NODE_LIMIT && self.size.text <= TEXT_LIMIT {
            return Ok(());
        }
        let message = format!("the file has more than {NODE_LIMIT} values, or too much text, up to here");
        let help = "Split the file. If aliases (`*name`) repeat much of it, define it once instead: `type: ref`.";
        Err(Box::new(Diagnostic::error(Code::LW0103, span, message).help(help)))
    }

    fn complete(&mut self, node: Node, size: Size, anchor: usize) {
        if anchor != 0 {
            self.anchors.insert(anchor, Some((node.clone(), size)));
        }
        let Some(parent) = self.open.last_mut() else {
            return self.documents.push(node);
        };
        parent.depth = parent.depth.max(size.depth + 1);
        match &mut parent.content {
            Content::Sequence(items) => items.push(node),
            Content::Mapping { entries, key, first } => match key.take() {
                None => *key = Some(node),
                Some(key) => {
                    if let Kind::Scalar { text, .. } = &key.kind {
                        if let Some(first) = first.get(text) {
                            let message = format!("the key `{text}` stands twice");
                            let diagnostic = Diagnostic::error(Code::LW0104, key.span, message).label("again here");
                            let diagnostic = diagnostic.also(*first, "first here").help("Remove one of them.");
                            let path = child(&self.path(), text);
                            self.diagnostics.push(diagnostic.at(path));
                            return;
                        }
                        first.insert(text.clone(), key.span);
                    }
                    entries.push((key, node));
                }
            },
        }
    }
}

#[cfg(test)]
mod tests;
