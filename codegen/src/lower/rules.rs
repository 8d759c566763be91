//! What is checked of a single value or a list of fields: keys against types, field names, indicators, `validate`.

use std::collections::HashMap;

use logwright::indicators::Indicator;

use super::names;
use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::model::{Rule, Validate};
use crate::raw::read::{Reading, Spanned};
use crate::raw::schema::{self, Definition, Field, Key, TypeName, Value};
use crate::source::Span;

/// Checks that each key belongs to the type, and that no needed one is missing.
pub(super) fn check_keys(value: &Value, kind: &Spanned<TypeName>, reading: &Reading) {
    for key in &value.keys {
        let name = key.value.name();
        let path = format!("{}.{name}", value.path);
        if !belongs(&key.value, kind.value) {
            let message = format!("`{name}` does not belong to type `{}`", kind.value.name());
            let diagnostic = Diagnostic::error(Code::LW0206, key.span, message).also(kind.span, "the type");
            reading.push_lenient(diagnostic.at(path).help(home(&key.value)));
        }
    }
    let (needed, help) = match kind.value {
        TypeName::Array => ("element", "Say what its elements are: `element: {type: string}`."),
        TypeName::Object => ("fields", "List its fields, or use `type: json` where they are not known."),
        TypeName::Ref => ("target", "Name one of the `definitions`: `target: Actor`."),
        _ => return,
    };
    if !value.keys.iter().any(|key| key.value.name() == needed) {
        let message = format!("type `{}` needs the key `{needed}`", kind.value.name());
        reading.push(Diagnostic::error(Code::LW0202, kind.span, message).at(&value.path).help(help));
    }
}

fn belongs(key: &Key, kind: TypeName) -> bool {
    match key {
        Key::Element(_) => kind == TypeName::Array,
        Key::Fields(_) => kind == TypeName::Object,
        Key::Target(_) => kind == TypeName::Ref,
        Key::TimeFormat(_) | Key::TimeFormats(_) | Key::EventTime(_) | Key::Expiration => kind == TypeName::Timestamp,
        Key::Indicators(_) | Key::Validate(_) => kind == TypeName::String,
        Key::Mask(_) => matches!(kind, TypeName::String | TypeName::Ref),
        Key::Embedded(_) => matches!(kind, TypeName::Object | TypeName::Array | TypeName::Json | TypeName::Ref),
        Key::Rename(_) | Key::Copy(_) | Key::Concat(_) | Key::Split(_) => true,
    }
}

/// Where a key belongs.
fn home(key: &Key) -> &'static str {
    match key {
        Key::Element(_) => "It belongs to arrays.",
        Key::Fields(_) => "It belongs to objects.",
        Key::Target(_) => "It belongs to references: `type: ref`.",
        Key::TimeFormat(_) | Key::TimeFormats(_) | Key::EventTime(_) | Key::Expiration => "It belongs to timestamps.",
        Key::Indicators(_) | Key::Validate(_) | Key::Mask(_) => {
            "It belongs to strings; in an array of strings, to `element`."
        }
        Key::Embedded(_) => "It belongs to objects, arrays and json.",
        Key::Rename(_) | Key::Copy(_) | Key::Concat(_) | Key::Split(_) => "It belongs to fields.",
    }
}

/// Checks the names of the definitions.
pub(super) fn check_definition_names(definitions: &[Definition], reading: &Reading) {
    for Definition { name, .. } in definitions.iter().filter(|definition| !names::is_definition(&definition.name.value))
    {
        let message = format!("`{}` cannot be the name of a definition", name.value);
        let diagnostic = Diagnostic::error(Code::LW0307, name.span, message).at(format!("definitions.{}", name.value));
        reading.push(diagnostic.help("Use a capital letter and then letters and digits: `Actor`."));
    }
}

/// Checks the names of the fields of one object.
pub(super) fn check_field_names(fields: &[Field], top_level: bool, reading: &Reading) {
    let mut by_name: HashMap<&str, Span> = HashMap::new();
    let mut by_column: HashMap<String, (&str, Span)> = HashMap::new();
    for field in fields {
        let Some(Spanned { value: name, span }) = &field.name else { continue };
        let path = format!("{}.name", field.value.path);
        if name.len() > names::LONGEST_FIELD {
            let message = format!("the field's name has {} bytes, more than {}", name.len(), names::LONGEST_FIELD);
            let help = "Leave it out; `fieldDiscoveryEnabled` keeps what is not declared.";
            reading.push(Diagnostic::error(Code::LW0311, *span, message).at(&path).help(help));
            continue;
        }
        if top_level && name.get(..2).is_some_and(|head| head.eq_ignore_ascii_case("p_")) {
            let message = format!("the name `{name}` is reserved: `p_` names are those of the standard fields");
            reading.push(Diagnostic::error(Code::LW0304, *span, message).at(&path).help("Use another name."));
        }
        if let Some(first) = by_name.get(name.as_str()) {
            let diagnostic = Diagnostic::error(Code::LW0305, *span, format!("the field `{name}` is declared twice"));
            let diagnostic = diagnostic.label("again here").also(*first, "first here");
            reading.push(diagnostic.at(&path).help("Remove one of them."));
            continue;
        }
        by_name.insert(name, *span);
        let column = names::column(name).to_ascii_lowercase();
        if let Some((other, first)) = by_column.get(&column) {
            let message = format!("the fields `{other}` and `{name}` become the same column, `{column}`");
            let diagnostic = Diagnostic::error(Code::LW0306, *span, message).label("again here");
            let help = "Remove one of them; tables cannot hold both.";
            reading.push(diagnostic.also(*first, "first here").at(&path).help(help));
        } else {
            by_column.insert(column, (name, *span));
        }
    }
}

/// The indicators and the rule of a string.
pub(super) fn string(value: &Value, reading: &Reading) -> (Vec<Indicator>, Option<Validate>) {
    let (mut indicators, mut validate) = (Vec::new(), None);
    for key in &value.keys {
        let path = format!("{}.{}", value.path, key.value.name());
        match &key.value {
            Key::Indicators(names) => indicators = read_indicators(names, &path, reading),
            Key::Validate(rule) => validate = read_validate(rule, &path, reading),
            _ => {}
        }
    }
    (indicators, validate)
}

fn read_indicators(names: &[Spanned<String>], path: &str, reading: &Reading) -> Vec<Indicator> {
    let mut indicators = Vec::new();
    let mut seen: HashMap<&str, Span> = HashMap::new();
    for (number, name) in names.iter().enumerate() {
        let path = format!("{path}[{number}]");
        let Some(indicator) = Indicator::from_name(&name.value) else {
            let known = || Indicator::ALL.iter().map(|indicator| indicator.name());
            let help = match suggest(&name.value, known()) {
                Some(near) => format!("Did you mean `{near}`?"),
                None => format!("Use some of: {}.", known().collect::<Vec<_>>().join(", ")),
            };
            let message = format!("there is no indicator `{}`", name.value);
            reading.push(Diagnostic::error(Code::LW0404, name.span, message).at(path).help(help));
            continue;
        };
        if let Some(first) = seen.insert(&name.value, name.span) {
            let message = format!("the indicator `{}` stands twice", name.value);
            let diagnostic = Diagnostic::error(Code::LW0405, name.span, message).label("again here");
            reading.push(diagnostic.also(first, "first here").at(path).help("Remove one of them."));
            continue;
        }
        indicators.push(indicator);
    }
    indicators
}

fn read_validate(validate: &schema::Validate, path: &str, reading: &Reading) -> Option<Validate> {
    let rule = match (&validate.allow, &validate.deny) {
        (Some(allow), Some(deny)) => {
            let message = "`allow` and `deny` exclude each other";
            let diagnostic = Diagnostic::error(Code::LW0406, deny.span, message).also(allow.span, "the other one");
            reading.push(diagnostic.at(path).help("Keep one; what is not allowed is denied anyway."));
            None
        }
        (Some(allow), None) => Some(Rule::Allow(allow.value.clone())),
        (None, Some(deny)) => Some(Rule::Deny(deny.value.clone())),
        (None, None) => None,
    };
    let (ip, cidr) = (validate.ip, validate.cidr);
    (rule.is_some() || ip.is_some() || cidr.is_some()).then_some(Validate { rule, ip, cidr })
}
