//! What is done to a value before it is decoded (section 3.7 of the language).

/// Where the value of a field comes from. Keys and paths are those of the object as it was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// The key of the field's own name.
    Own,
    /// This key.
    Rename(String),
    /// The value at this path.
    Copy(Path),
    /// The texts at these paths, with this text between them.
    Concat {
        /// Where the texts are. A missing one is skipped.
        paths: Vec<Path>,
        /// What stands between two texts.
        separator: String,
    },
    /// One piece of the text at a path.
    Split {
        /// Where the text is.
        from: Path,
        /// What stands between two pieces. Never empty.
        separator: String,
        /// Which piece, from 0; negative from the end.
        index: i64,
    },
}

impl Source {
    /// The paths that it reads.
    pub fn paths(&self) -> &[Path] {
        match self {
            Self::Own | Self::Rename(_) => &[],
            Self::Copy(path) | Self::Split { from: path, .. } => std::slice::from_ref(path),
            Self::Concat { paths, .. } => paths,
        }
    }
}

/// Keys joined by dots. A key may have dots itself, and the longest key that is there is tried first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    text: String,
    /// Whether it is one key, dots and all.
    is_key: bool,
}

impl Path {
    /// The path of this text; `None` where a key is empty. A dot at the very start belongs to the first key.
    ///
    /// ```
    /// use logwright_codegen::model::Path;
    ///
    /// assert!(Path::new("actor.id").is_some() && Path::new(".tag").is_some());
    /// assert!(Path::new("").is_none() && Path::new("a..b").is_none() && Path::new("a.").is_none());
    /// ```
    pub fn new(text: &str) -> Option<Self> {
        let rest = text.strip_prefix('.').unwrap_or(text);
        rest.split('.').all(|key| !key.is_empty()).then(|| Self { text: text.to_owned(), is_key: false })
    }

    /// The path of one key, whatever it is made of: its dots lead nowhere.
    ///
    /// ```
    /// use logwright_codegen::model::Path;
    ///
    /// assert_eq!(Path::key("a..b").starts().collect::<Vec<_>>(), [("a..b", None)]);
    /// ```
    pub fn key(key: &str) -> Self {
        Self { text: key.to_owned(), is_key: true }
    }

    /// Whether it is one key, dots and all.
    pub fn is_key(&self) -> bool {
        self.is_key
    }

    /// The path, as it is written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Each key that the path may start with, the longest first, and the path that is left after it.
    ///
    /// ```
    /// use logwright_codegen::model::Path;
    ///
    /// let path = Path::new("a.b.c").unwrap();
    /// assert_eq!(path.starts().collect::<Vec<_>>(), [("a.b.c", None), ("a.b", Some("c")), ("a", Some("b.c"))]);
    /// ```
    pub fn starts(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        let text = self.as_str();
        let dots = text.char_indices().rev().filter(|(at, mark)| *at > 0 && *mark == '.' && !self.is_key);
        std::iter::once((text, None)).chain(dots.map(|(at, _)| (&text[..at], Some(&text[at + 1..]))))
    }
}

/// How a text is hidden.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mask {
    /// This text takes its place.
    Redact(String),
    /// The SHA-256 of this salt and the text takes its place, in lower-case hexadecimal digits.
    Hash(String),
}
