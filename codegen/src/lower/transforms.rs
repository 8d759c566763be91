//! What is done to values before they are decoded: which transformations go together, where they may stand, what they read.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;

use super::types::Home;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Field, Mask, Object, Path, Source, Type};
use crate::raw::read::{Reading, Spanned};
use crate::raw::schema::{self, Key, TypeName, Value};
use crate::raw::transform::{self, MaskKind};

/// The keys by which a field takes its value from elsewhere.
const SOURCES: &[&str] = &["rename", "copy", "concat", "split"];

/// Where the value of the field `name` comes from.
pub(super) fn source(value: &Value, name: &str, reading: &Reading) -> Source {
    let mut keys = value.keys.iter().filter(|key| SOURCES.contains(&key.value.name()));
    let Some(first) = keys.next() else { return Source::Own };
    if let Some(second) = keys.next() {
        let (one, two) = (first.value.name(), second.value.name());
        let message = format!("`{one}` and `{two}` exclude each other");
        let help = "Keep one. Each of them reads the object as it was sent, and so cannot see what the other has made.";
        let diagnostic = Diagnostic::error(Code::LW0207, second.span, message).also(first.span, "the other one");
        reading.push(diagnostic.at(&value.path).help(help));
    }
    let at = format!("{}.{}", value.path, first.value.name());
    let path = |text: &Spanned<String>| path(text, &at, reading);
    let text = |text: &Option<Spanned<String>>| text.as_ref().map(|text| text.value.clone());
    let source = match &first.value {
        Key::Rename(from) => from.as_ref().and_then(|from| rename(from, name, &at, reading)),
        Key::Copy(from) => from.as_ref().and_then(path).map(Source::Copy),
        Key::Concat(concat) => {
            let paths = concat.paths.iter().filter_map(path).collect();
            Some(Source::Concat { paths, separator: text(&concat.separator).unwrap_or_default() })
        }
        Key::Split(split) => split.from.as_ref().and_then(path).and_then(|from| {
            Some(Source::Split { from, separator: text(&split.separator)?, index: split.index.as_ref()?.value })
        }),
        _ => None,
    };
    // What has a mistake has been told of.
    source.unwrap_or(Source::Own)
}

fn rename(from: &Spanned<String>, name: &str, at: &str, reading: &Reading) -> Option<Source> {
    if from.value == name {
        let message = format!("the field `{name}` is renamed from its own name");
        let help = "Remove `rename`; a field takes the key of its own name anyway.";
        reading.push(Diagnostic::error(Code::LW0410, from.span, message).at(format!("{at}.from")).help(help));
        return None;
    }
    Some(Source::Rename(from.value.clone()))
}

fn path(text: &Spanned<String>, at: &str, reading: &Reading) -> Option<Path> {
    let path = Path::new(&text.value);
    if path.is_none() && !text.value.is_empty() {
        let message = format!("the path `{}` has an empty key", text.value);
        let help = "Join keys by single dots, as in `actor.geo.city`.";
        reading.push(Diagnostic::error(Code::LW0408, text.span, message).at(at).help(help));
    }
    path
}

/// The keys or paths from which the field `name` gets its value.
pub(super) fn reads<'v>(value: &'v Value, name: &'v str) -> Vec<&'v str> {
    let text = |text: &'v Spanned<String>| text.value.as_str();
    let of = |key: &'v Spanned<Key>| match &key.value {
        Key::Rename(from) | Key::Copy(from) => Some(from.iter().map(text).collect()),
        Key::Concat(concat) => Some(concat.paths.iter().map(text).collect()),
        Key::Split(split) => Some(split.from.iter().map(text).collect()),
        _ => None,
    };
    value.keys.iter().find_map(of).unwrap_or_else(|| vec![name])
}

/// How a text is hidden; `None` where there is no mask, or one with a mistake.
pub(super) fn mask(value: &Value, reading: &Reading) -> Option<Mask> {
    let mask = value.keys.iter().find_map(|key| if let Key::Mask(mask) = &key.value { Some(mask) } else { None })?;
    let transform::Mask { kind, to, salt } = mask;
    let kind = kind.as_ref()?;
    let (option, name, other) = match kind.value {
        MaskKind::Redact => (salt, "salt", "hash"),
        MaskKind::Hash => (to, "to", "redact"),
    };
    if let Some(option) = option {
        let message = format!("`{name}` has no meaning in a mask of this type");
        let diagnostic = Diagnostic::error(Code::LW0413, option.span, message).also(kind.span, "the type");
        let help = format!("Remove it, or write `type: {other}`.");
        reading.push_lenient(diagnostic.at(format!("{}.mask.{name}", value.path)).help(help));
    }
    let text = |text: &Option<Spanned<String>>| text.as_ref().map(|text| text.value.clone());
    Some(match kind.value {
        MaskKind::Redact => Mask::Redact(text(to).unwrap_or_else(|| "REDACTED".to_owned())),
        MaskKind::Hash => Mask::Hash(text(salt).unwrap_or_default()),
    })
}

/// The type of a value with `isEmbeddedJSON` where it is set, and, for a reference, with its own `mask`.
pub(super) fn applied(value: &Value, kind: TypeName, resolved: Type, reading: &Reading) -> Type {
    let embedded = value.keys.iter().find(|key| matches!(key.value, Key::Embedded(true)));
    let mut resolved = match (embedded, resolved) {
        (Some(_), inner @ (Type::Array(_) | Type::Object(_) | Type::Json)) => Type::Embedded(Box::new(inner)),
        (Some(key), other) if kind == TypeName::Ref && !matches!(other, Type::Embedded(_)) => {
            misfit(value, key, "Only an object, an array or json can be the content of a string.", reading);
            other
        }
        (_, other) => other,
    };
    if kind == TypeName::Ref
        && let Some(key) = value.keys.iter().find(|key| matches!(key.value, Key::Mask(_)))
    {
        match &mut resolved {
            Type::String { mask, .. } => *mask = self::mask(value, reading).or(mask.take()),
            _ => {
                misfit(value, key, "Only a string can be masked; in an array of strings, mask its `element`.", reading);
            }
        }
    }
    resolved
}

/// Tells of a text that is made for a type that no text is.
pub(super) fn check_made(value: &Value, source: &Source, resolved: &Type, reading: &Reading) {
    let makes_text = matches!(source, Source::Concat { .. } | Source::Split { .. });
    if makes_text && matches!(resolved, Type::Array(_) | Type::Object(_)) {
        let made = |key: &&Spanned<Key>| matches!(key.value, Key::Concat(_) | Key::Split(_));
        if let Some(key) = value.keys.iter().find(made) {
            let help = "It makes a text. Add `isEmbeddedJSON: true` if that is JSON, or use a type that holds a text.";
            misfit(value, key, help, reading);
        }
    }
}

fn misfit(value: &Value, key: &Spanned<Key>, help: &str, reading: &Reading) {
    let name = key.value.name();
    let message = format!("`{name}` does not fit the type of the value");
    let diagnostic = Diagnostic::error(Code::LW0407, key.span, message);
    let diagnostic = match &value.kind {
        Some(kind) => diagnostic.also(kind.span, "the type"),
        None => diagnostic,
    };
    reading.push(diagnostic.at(format!("{}.{name}", value.path)).help(help));
}

/// Tells of a transformation that reads an object, in a value that has no place in one.
pub(super) fn check_home(value: &Value, home: Home, reading: &Reading) {
    for key in value.keys.iter().filter(|key| SOURCES.contains(&key.value.name())) {
        let name = key.value.name();
        let (what, help) = match home {
            Home::Field => return,
            Home::Element => {
                ("an element of an array", "Give the array itself a source, or the fields of its objects.")
            }
            Home::Definition => ("a definition", "Write it at the field that uses the definition."),
        };
        let message = format!("`{name}` has no meaning in {what}, which has no keys beside it");
        let diagnostic = Diagnostic::error(Code::LW0411, key.span, message);
        reading.push(diagnostic.at(format!("{}.{name}", value.path)).help(help));
    }
}

/// Lets several fields of one object have the same key: the first takes it, or the one of its name, and the others copy it.
pub(super) fn share_keys(fields: &[&schema::Field], resolved: &mut [Field], reading: &Reading) {
    let own = resolved.iter().enumerate().filter(|(_, field)| field.source == Source::Own);
    let mut taken: HashMap<String, usize> = own.map(|(number, field)| (field.name.clone(), number)).collect();
    for (number, written) in fields.iter().enumerate() {
        let Source::Rename(from) = &resolved[number].source else { continue };
        let Some(first) = taken.get(from) else {
            taken.insert(from.clone(), number);
            continue;
        };
        let message = format!("the key `{from}` goes to the field `{}` as well", resolved[*first].name);
        if let Some(key) = written.value.keys.iter().find(|key| matches!(key.value, Key::Rename(_))) {
            let diagnostic = Diagnostic::warning(Code::LW0409, key.span, message);
            let diagnostic = diagnostic.also(fields[*first].value.span, "to this one");
            let help = format!("Remove one of them, or write `copy: {{from: {from}}}` to say that both are meant.");
            reading.push(diagnostic.at(format!("{}.rename", written.value.path)).help(help));
        }
        resolved[number].source = Source::Copy(Path::key(from));
    }
}

/// Checks where the fields of one object take their values from: `fields` are those that `resolved` was made from.
pub(super) fn check_object(fields: &[&schema::Field], resolved: &[Field], objects: &[Object], reading: &Reading) {
    let (keys, mut inside) = (keys(resolved), Declared { objects, keys: BTreeMap::new() });
    for (field, written) in resolved.iter().zip(fields) {
        let Some(key) = written.value.keys.iter().find(|key| SOURCES.contains(&key.value.name())) else { continue };
        let path = format!("{}.{}", written.value.path, key.value.name());
        for wrong in field.source.paths().iter().filter(|path| !leads(path, &keys, &mut inside, &mut HashSet::new())) {
            let message = format!("the path `{}` leads into a field that is no object", wrong.as_str());
            let help = "Nothing will be found there. Paths enter objects and json, not arrays, texts and numbers.";
            reading.push(Diagnostic::warning(Code::LW0412, key.span, message).at(&path).help(help));
        }
    }
}

/// The keys that an object's fields take.
type Keys<'o> = Rc<BTreeMap<&'o str, &'o Field>>;

fn keys(fields: &[Field]) -> Keys<'_> {
    // Of fields with one key the first takes it.
    Rc::new(fields.iter().rev().filter_map(|field| Some((field.key()?, field))).collect())
}

/// The objects that paths lead into, each with its keys from the first time on that one did.
struct Declared<'o> {
    objects: &'o [Object],
    keys: BTreeMap<usize, Keys<'o>>,
}

/// Whether there may be something at a path, by the `keys` that are declared. `nothing` is where the rest of it was found to lead to
/// nothing, by the object's number and the length of the rest: keys with dots can lead to one place on very many ways.
fn leads<'o>(path: &Path, keys: &Keys<'o>, inside: &mut Declared<'o>, nothing: &mut HashSet<(usize, usize)>) -> bool {
    let mut starts: Vec<_> = path.starts().collect();
    // The first key without a dot may be there without being declared; one with dots is meant only where it is.
    let shortest = starts.pop();
    let mut goes_on = |field: &Field, rest: Option<&str>| match (rest.and_then(Path::new), &field.value) {
        (None, _) | (_, Type::Json) => true,
        (Some(rest), Type::Object(index)) => {
            let place = (*index, rest.as_str().len());
            let fields = &inside.objects[*index].fields;
            let keys = Rc::clone(inside.keys.entry(*index).or_insert_with(|| self::keys(fields)));
            let found = !nothing.contains(&place) && leads(&rest, &keys, inside, nothing);
            if !found {
                nothing.insert(place);
            }
            found
        }
        _ => false,
    };
    starts.into_iter().any(|(key, rest)| keys.get(key).is_some_and(|field| goes_on(field, rest)))
        || shortest.is_none_or(|(key, rest)| keys.get(key).is_none_or(|field| goes_on(field, rest)))
}
