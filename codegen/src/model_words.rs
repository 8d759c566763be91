//! The model in the words of the language, for whoever shows it to people.

use crate::model::{Format, IpKind, Mask, Path, Source, Type};

/// The name of a type, as it is written in a schema; what it is made of is left out.
pub(crate) fn scalar(value: &Type) -> &'static str {
    match value.opened() {
        Type::String { .. } => "string",
        Type::SmallInt => "smallint",
        Type::Int => "int",
        Type::BigInt => "bigint",
        Type::Float => "float",
        Type::Boolean => "boolean",
        Type::Timestamp { .. } => "timestamp",
        Type::Array(_) => "array",
        Type::Object(_) => "object",
        Type::Json | Type::Embedded(_) => "json",
    }
}

impl Source {
    /// Where the value comes from, as the end of a sentence that starts with "it is".
    pub(crate) fn words(&self) -> String {
        let list = |paths: &[Path]| paths.iter().map(|path| quoted(path.as_str())).collect::<Vec<_>>().join(", ");
        match self {
            Self::Own => "taken from the key of its name".to_owned(),
            Self::Rename(from) => format!("renamed from {}", quoted(from)),
            Self::Copy(path) => format!("copied from {}", quoted(path.as_str())),
            Self::Concat { paths, separator } if separator.is_empty() => format!("{}, joined", list(paths)),
            Self::Concat { paths, separator } => format!("{}, joined by {}", list(paths), quoted(separator)),
            Self::Split { from, separator, index } => {
                format!("piece {index} of {}, split at {}", quoted(from.as_str()), quoted(separator))
            }
        }
    }
}

impl Mask {
    /// How the text is hidden.
    pub(crate) fn words(&self) -> String {
        match self {
            Self::Redact(to) => format!("hidden as {}", quoted(to)),
            Self::Hash(salt) if salt.is_empty() => "hidden as its SHA-256".to_owned(),
            Self::Hash(_) => "hidden as its SHA-256 with a salt".to_owned(),
        }
    }
}

/// A text from a schema, as code: between more back quotes than it has in a row.
pub(crate) fn quoted(text: &str) -> String {
    let most = text.split(|mark| mark != '`').map(str::len).max().unwrap_or_default();
    if most == 0 {
        return format!("`{text}`");
    }
    let fence = "`".repeat(most.max(1) + 1);
    format!("{fence} {text} {fence}")
}

impl Format {
    /// The format, as it is written in a schema.
    pub fn written(&self) -> String {
        match self {
            Self::Rfc3339 => "rfc3339".to_owned(),
            Self::Unix => "unix".to_owned(),
            Self::UnixMs => "unix_ms".to_owned(),
            Self::UnixUs => "unix_us".to_owned(),
            Self::UnixNs => "unix_ns".to_owned(),
            Self::UnixAuto => "unix_auto".to_owned(),
            Self::Cloudflare => "cloudflare".to_owned(),
            Self::Strftime(pattern) => pattern.clone(),
            Self::GoLayout(layout) => format!("layout={layout}"),
        }
    }
}

impl IpKind {
    /// The kind, as people say it.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::V4 => "IPv4",
            Self::V6 => "IPv6",
            Self::Any => "IPv4 or IPv6",
        }
    }
}
