//! The model in the words of the language, for whoever shows it to people.

use crate::model::{Format, IpKind, Type};

/// The name of a type, as it is written in a schema; what it is made of is left out.
pub(crate) fn scalar(value: &Type) -> &'static str {
    match value {
        Type::String { .. } => "string",
        Type::SmallInt => "smallint",
        Type::Int => "int",
        Type::BigInt => "bigint",
        Type::Float => "float",
        Type::Boolean => "boolean",
        Type::Timestamp { .. } => "timestamp",
        Type::Array(_) => "array",
        Type::Object(_) => "object",
        Type::Json => "json",
    }
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
