//! The fingerprint of a schema: the same as long as the meaning is.

use std::fmt::Write as _;

use crate::model::{
    Field, Form, Format, IpKind, Mask, Object, Parser, Path, Rule, Schema, Source, TemplatePart, TextParser, Type,
    Validate,
};

/// 16 hexadecimal digits: FNV-1a, 64 bits, over a text that has everything that decides how an event is read.
///
/// Descriptions, URLs and files are not in it. Nor are Rust names, which follow from the rest.
pub(super) fn fingerprint(schema: &Schema) -> String {
    let mut text = format!("{:?}\n", schema.log_type);
    for Object { fields, .. } in &schema.objects {
        text.push_str("object\n");
        for Field { name, required, source, value, .. } in fields {
            let _ = write!(text, "{name:?} {required} ");
            write_source(&mut text, source);
            write_type(&mut text, value);
            text.push('\n');
        }
    }
    if let Parser::Text(parser) = &schema.parser {
        write_parser(&mut text, parser);
    }
    if schema.field_discovery {
        text.push_str("field discovery\n");
    }
    format!("{:016x}", fnv1a(text.as_bytes()))
}

fn fnv1a(bytes: &[u8]) -> u64 {
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, step)
}

fn write_parser(text: &mut String, parser: &TextParser) {
    let TextParser { form, skip_prefix, trim_space, empty_values, expand_fields } = parser;
    let _ = match form {
        Form::Csv { delimiter, has_header, columns } => write!(text, "csv {delimiter:?} {has_header} {columns:?}"),
        Form::Fastmatch(patterns) => {
            let written: Vec<_> = patterns.iter().map(|pattern| &pattern.written).collect();
            write!(text, "fastmatch {written:?}")
        }
        Form::Regex { expression, groups, .. } => write!(text, "regex {expression:?} {groups:?}"),
    };
    let _ = writeln!(text, " {skip_prefix:?} {trim_space} {empty_values:?}");
    for (name, parts) in expand_fields {
        let _ = write!(text, "{name:?}");
        for part in parts {
            let _ = match part {
                TemplatePart::Literal(literal) => write!(text, " {literal:?}"),
                TemplatePart::Value(name) => write!(text, " value {name:?}"),
            };
        }
        text.push('\n');
    }
}

fn write_source(text: &mut String, source: &Source) {
    let _ = match source {
        Source::Own => Ok(()),
        Source::Rename(from) => write!(text, "rename {from:?} "),
        Source::Copy(path) if path.is_key() => write!(text, "copy key {:?} ", path.as_str()),
        Source::Copy(path) => write!(text, "copy {:?} ", path.as_str()),
        Source::Concat { paths, separator } => {
            let paths: Vec<_> = paths.iter().map(Path::as_str).collect();
            write!(text, "concat {paths:?} {separator:?} ")
        }
        Source::Split { from, separator, index } => {
            write!(text, "split {:?} {separator:?} {index} ", from.as_str())
        }
    };
}

fn write_type(text: &mut String, value: &Type) {
    match value {
        Type::String { indicators, validate, mask } => {
            text.push_str("string");
            for indicator in indicators {
                let _ = write!(text, " {}", indicator.name());
            }
            if let Some(validate) = validate {
                write_validate(text, validate);
            }
            let _ = match mask {
                Some(Mask::Redact(to)) => write!(text, " redact {to:?}"),
                Some(Mask::Hash(salt)) => write!(text, " hash {salt:?}"),
                None => Ok(()),
            };
        }
        Type::SmallInt => text.push_str("smallint"),
        Type::Int => text.push_str("int"),
        Type::BigInt => text.push_str("bigint"),
        Type::Float => text.push_str("float"),
        Type::Boolean => text.push_str("boolean"),
        Type::Json => text.push_str("json"),
        Type::Embedded(inner) => {
            text.push_str("embedded ");
            write_type(text, inner);
        }
        Type::Timestamp { formats, event_time } => {
            let _ = write!(text, "timestamp {event_time}");
            for format in formats {
                write_format(text, format);
            }
        }
        Type::Array(element) => {
            text.push_str("array of ");
            write_type(text, element);
        }
        Type::Object(index) => {
            let _ = write!(text, "object {index}");
        }
    }
}

fn write_format(text: &mut String, format: &Format) {
    let _ = match format {
        Format::Rfc3339 => write!(text, " rfc3339"),
        Format::Unix => write!(text, " unix"),
        Format::UnixMs => write!(text, " unix_ms"),
        Format::UnixUs => write!(text, " unix_us"),
        Format::UnixNs => write!(text, " unix_ns"),
        Format::UnixAuto => write!(text, " unix_auto"),
        Format::Cloudflare => write!(text, " cloudflare"),
        Format::Strftime(pattern) => write!(text, " strftime {pattern:?}"),
        Format::GoLayout(layout) => write!(text, " layout {layout:?}"),
    };
}

fn write_validate(text: &mut String, Validate { rule, ip, cidr }: &Validate) {
    let _ = match rule {
        Some(Rule::Allow(items)) => write!(text, " allow {items:?}"),
        Some(Rule::Deny(items)) => write!(text, " deny {items:?}"),
        None => Ok(()),
    };
    for (name, kind) in [("ip", ip), ("cidr", cidr)] {
        let kind = match kind {
            Some(IpKind::V4) => "ipv4",
            Some(IpKind::V6) => "ipv6",
            Some(IpKind::Any) => "any",
            None => continue,
        };
        let _ = write!(text, " {name} {kind}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_fnv_1a() {
        // The test vectors of the algorithm's authors.
        assert_eq!(fnv1a(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv1a(b"a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(fnv1a(b"foobar"), 0x8594_4171_f739_67e8);
    }
}
