//! Values to types: references followed, objects numbered and named, each key checked against its type.

use std::collections::HashMap;

use super::names::{self, Scope};
use super::rules;
use super::times;
use super::transforms;
use crate::diagnostic::{Code, Diagnostic, listed};
use crate::model::{Field, Object, Type};
use crate::raw::read::{Reading, Spanned};
use crate::raw::schema::{self, Definition, Document, Key, TypeName, Value};
use crate::source::{SourceMap, Span};

/// How deep types may be nested once references are followed.
const DEPTH_LIMIT: usize = 64;

/// A type, and what follows from it for whatever contains it.
#[derive(Clone, Debug)]
struct Resolved<'d> {
    value: Type,
    /// How many levels of types it has; 1 for a scalar.
    depth: usize,
    borrows: bool,
    event_time: Option<EventTime<'d>>,
    /// For an object: the place of its first `required: true`.
    required: Option<Span>,
}

/// The first timestamp that may be the time of the event.
#[derive(Clone, Copy, Debug)]
pub(super) struct EventTime<'d> {
    /// The place of `isEventTime`.
    pub(super) span: Span,
    /// The path of its timestamp.
    pub(super) path: &'d str,
    /// Whether this or a later one is there in every event.
    pub(super) certain: bool,
}

/// What a value belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Home {
    Field,
    Element,
    Definition,
}

/// Where a value stands in the model.
struct Place {
    /// The Rust type that an object here gets.
    type_name: String,
    /// The keys that lead here, joined by dots.
    path: String,
    description: String,
    /// How many types are around it, itself included.
    level: usize,
}

impl Place {
    fn within(&self, key: &str, description: Option<&Spanned<String>>) -> Self {
        let dot = if self.path.is_empty() { "" } else { "." };
        // Names that are cut short are told apart by numbers, like others that are the same.
        let more = if self.type_name.len() > names::LONGEST_FIELD { String::new() } else { names::type_part(key) };
        Self {
            type_name: format!("{}{more}", self.type_name),
            path: format!("{}{dot}{key}", self.path),
            description: description.map_or(String::new(), |text| text.value.clone()),
            level: self.level + 1,
        }
    }

    fn element(&self) -> Self {
        let Self { type_name, path, description, level } = self;
        Self { type_name: type_name.clone(), path: path.clone(), description: description.clone(), level: level + 1 }
    }
}

/// Follows the types of one document.
pub(super) struct Resolver<'d> {
    document: &'d Document,
    sources: &'d SourceMap,
    reading: &'d Reading,
    definitions: HashMap<&'d str, &'d Definition>,
    /// What the definitions met so far stand for; `None` where that has a mistake.
    resolved: HashMap<&'d str, Option<Resolved<'d>>>,
    /// The definitions that are being resolved, outermost first.
    open: Vec<&'d str>,
    objects: Vec<Object>,
    type_names: Scope,
    /// The optional objects with a required field: the place of the first such field, the object's key and path.
    optional: Vec<(Span, &'d str, &'d str)>,
}

impl<'d> Resolver<'d> {
    pub(super) fn new(document: &'d Document, sources: &'d SourceMap, reading: &'d Reading) -> Self {
        let definitions = document.definitions.iter().map(|definition| (definition.name.value.as_str(), definition));
        Self {
            document,
            sources,
            reading,
            definitions: definitions.collect(),
            resolved: HashMap::new(),
            open: Vec::new(),
            objects: Vec::new(),
            type_names: Scope::default(),
            optional: Vec::new(),
        }
    }

    /// Resolves the event and every definition, used or not.
    pub(super) fn event(&mut self, type_name: String) -> Option<EventTime<'d>> {
        rules::check_definition_names(&self.document.definitions, self.reading);
        let place = Place { type_name, path: String::new(), description: String::new(), level: 0 };
        let event = self.object(&self.document.fields, &place);
        let used = self.objects.len();
        for Definition { name, .. } in &self.document.definitions {
            let place = Place { type_name: String::new(), path: String::new(), description: String::new(), level: 1 };
            if !self.resolved.contains_key(name.value.as_str()) {
                self.follow(name, "", &place);
            }
        }
        self.objects.truncate(used);
        self.warn_of_required();
        event.event_time
    }

    /// The objects: the event, then those inside it in the order in which they first appear.
    pub(super) fn into_objects(self) -> Vec<Object> {
        self.objects
    }

    fn object(&mut self, fields: &'d [schema::Field], place: &Place) -> Resolved<'d> {
        let index = self.objects.len();
        let rust_name = self.type_names.type_name(&place.type_name);
        let Place { path, description, .. } = place;
        let (path, description) = (path.clone(), description.clone());
        self.objects.push(Object { rust_name, description, path, fields: Vec::new(), borrows: false });
        rules::check_field_names(fields, place.level == 0, self.reading);

        let mut object = Resolved::new(Type::Object(index));
        let mut scope = Scope::default();
        let (mut resolved, mut written) = (Vec::new(), Vec::new());
        for field in fields {
            let key = field.name.as_ref().map_or("", |name| &name.value);
            let description = field.value.description.as_ref();
            let source = transforms::source(&field.value, key, self.reading);
            let Some(inner) = self.value(&field.value, Home::Field, &place.within(key, description)) else { continue };
            transforms::check_made(&field.value, &source, &inner.value, self.reading);
            let required = field.required.as_ref().filter(|required| required.value);
            object.contain(&inner, required.is_some());
            object.required = object.required.or(required.map(|required| required.span));
            if let (None, Some(span)) = (required, inner.required) {
                self.optional.push((span, key, &field.value.path));
            }
            resolved.push(Field {
                name: key.to_owned(),
                rust_name: scope.field_name(key),
                description: description.map_or(String::new(), |text| text.value.clone()),
                required: required.is_some(),
                source,
                value: inner.value,
            });
            written.push(field);
        }
        transforms::share_keys(&written, &mut resolved, self.reading);
        transforms::check_object(&written, &resolved, &self.objects, self.reading);
        self.objects[index].fields = resolved;
        // Undeclared keys are kept as they are in the input.
        let discovers = place.level == 0 && self.document.field_discovery.as_ref().is_some_and(|flag| flag.value);
        self.objects[index].borrows = object.borrows || discovers;
        object
    }

    /// Says it once, however often it is so: an author who means it means it everywhere.
    fn warn_of_required(&self) {
        let Some((span, key, path)) = self.optional.first() else { return };
        let others = match self.optional.len() - 1 {
            0 => String::new(),
            1 => "; and so it is in 1 other object".to_owned(),
            more => format!("; and so it is in {more} other objects"),
        };
        let message = format!("this is required only where the optional object `{key}` is there{others}");
        let help = "Add `required: true` to the object as well, if the vendor always sends it.";
        self.reading.push(Diagnostic::warning(Code::LW0602, *span, message).at(*path).help(help));
    }

    fn value(&mut self, value: &'d Value, home: Home, place: &Place) -> Option<Resolved<'d>> {
        if place.level > DEPTH_LIMIT {
            self.too_deep(value.span, &value.path);
            return None;
        }
        transforms::check_home(value, home, self.reading);
        let Some(kind) = &value.kind else {
            self.contents(value, place);
            return None;
        };
        rules::check_keys(value, kind, self.reading);
        let resolved = self.typed(value, kind.value, place)?;
        let value = transforms::applied(value, kind.value, resolved.value, self.reading);
        Some(Resolved { value, ..resolved })
    }

    fn typed(&mut self, value: &'d Value, kind: TypeName, place: &Place) -> Option<Resolved<'d>> {
        match kind {
            TypeName::Object => Some(self.object(value.fields()?, place)),
            TypeName::Array => {
                let inner = self.value(value.element()?, Home::Element, &place.element())?;
                let mut array = Resolved::new(Type::Array(Box::new(inner.value.clone())));
                array.contain(&inner, false);
                Some(array)
            }
            TypeName::Ref => self.follow(value.target()?, &value.path, place),
            TypeName::Timestamp => self.timestamp(value),
            TypeName::String => {
                let (indicators, validate) = rules::string(value, self.reading);
                let mask = transforms::mask(value, self.reading);
                Some(Resolved::new(Type::String { indicators, validate, mask }))
            }
            TypeName::SmallInt => Some(Resolved::new(Type::SmallInt)),
            TypeName::Int => Some(Resolved::new(Type::Int)),
            TypeName::BigInt => Some(Resolved::new(Type::BigInt)),
            TypeName::Float => Some(Resolved::new(Type::Float)),
            TypeName::Boolean => Some(Resolved::new(Type::Boolean)),
            TypeName::Json => Some(Resolved::new(Type::Json)),
        }
    }

    /// Looks for mistakes inside a value whose own type is not known.
    fn contents(&mut self, value: &'d Value, place: &Place) {
        if let Some(fields) = value.fields() {
            self.object(fields, place);
        }
        if let Some(element) = value.element() {
            self.value(element, Home::Element, &place.element());
        }
    }

    fn timestamp(&self, value: &'d Value) -> Option<Resolved<'d>> {
        let event = value.keys.iter().find(|key| matches!(key.value, Key::EventTime(true)));
        let formats = times::formats(value, event.is_some(), self.sources, self.reading)?;
        let event_time = event.map(|key| EventTime { span: key.span, path: &value.path, certain: true });
        Some(Resolved { event_time, ..Resolved::new(Type::Timestamp { formats, event_time: event.is_some() }) })
    }

    /// What a reference stands for. Definitions that are references themselves are passed through in a loop: however
    /// many there are, the stack does not grow.
    fn follow(&mut self, target: &'d Spanned<String>, path: &str, place: &Place) -> Option<Resolved<'d>> {
        let (mut target, mut path) = (target, path.to_owned());
        let mut chain: Vec<&'d str> = Vec::new();
        let resolved = loop {
            let name = target.value.as_str();
            if let Some(known) = self.resolved.get(name) {
                break known.clone();
            }
            let Some(definition) = self.definitions.get(name).copied() else {
                self.unknown_target(target, &path);
                break None;
            };
            if self.open.contains(&name) || chain.contains(&name) {
                self.cycle(&chain, target, &path);
                break None;
            }
            chain.push(name);
            let Some(value) = &definition.value else { break None };
            if chain.len() > DEPTH_LIMIT {
                self.too_deep(value.span, &value.path);
                break None;
            }
            match (&value.kind, value.target()) {
                (Some(kind), Some(next)) if kind.value == TypeName::Ref => {
                    rules::check_keys(value, kind, self.reading);
                    transforms::check_home(value, Home::Definition, self.reading);
                    target = next;
                    path.clone_from(&value.path);
                }
                _ => {
                    self.open.extend(&chain);
                    let Place { path, description, level, .. } = place;
                    let (path, description) = (path.clone(), description.clone());
                    let inner = Place { type_name: name.to_owned(), path, description, level: *level };
                    let resolved = self.value(value, Home::Definition, &inner);
                    self.open.truncate(self.open.len() - chain.len());
                    break resolved;
                }
            }
        };
        self.resolved.extend(chain.into_iter().map(|name| (name, resolved.clone())));
        let resolved = resolved?;
        if place.level + resolved.depth > DEPTH_LIMIT + 1 {
            self.too_deep(target.span, &path);
            return None;
        }
        Some(resolved)
    }

    fn unknown_target(&self, target: &Spanned<String>, path: &str) {
        let message = format!("there is no definition `{}`", target.value);
        let names = || self.document.definitions.iter().map(|definition| definition.name.value.as_str());
        let help = match self.reading.suggest(&target.value, names()) {
            Some(near) => format!("Did you mean `{near}`?"),
            None if self.definitions.is_empty() => "Declare it under `definitions`.".to_owned(),
            None => format!("Declare it under `definitions`, or use one of: {}.", listed(names())),
        };
        self.reading.push(Diagnostic::error(Code::LW0401, target.span, message).at(path).help(help));
    }

    fn cycle(&self, chain: &[&str], target: &Spanned<String>, path: &str) {
        let all = self.open.iter().chain(chain).copied().skip_while(|name| *name != target.value);
        let names: Vec<_> = all.chain([target.value.as_str()]).map(|name| format!("`{name}`")).collect();
        let message = format!("the definition contains itself: {}", names.join(" → "));
        let help = "Use `type: json` at one of them; it holds any depth.";
        let diagnostic = Diagnostic::error(Code::LW0402, target.span, message).label("leads back here");
        let first = self.definitions.get(target.value.as_str()).map_or(target.span, |first| first.name.span);
        self.reading.push(diagnostic.also(first, "starts here").at(path).help(help));
    }

    fn too_deep(&self, span: Span, path: &str) {
        let message = format!("types are nested more than {DEPTH_LIMIT} levels deep from here");
        let help = "Use `type: json` for what lies deeper.";
        self.reading.push(Diagnostic::error(Code::LW0403, span, message).at(path).help(help));
    }
}

impl Resolved<'_> {
    fn new(value: Type) -> Self {
        let borrows = matches!(value, Type::String { .. } | Type::Json);
        Self { value, depth: 1, borrows, event_time: None, required: None }
    }

    /// Takes over from a value inside this one what matters outside. `sure` is true where it is always there.
    fn contain(&mut self, inner: &Self, sure: bool) {
        self.depth = self.depth.max(inner.depth + 1);
        self.borrows |= inner.borrows;
        if let Some(found) = inner.event_time {
            let before = self.event_time.unwrap_or(EventTime { certain: false, ..found });
            self.event_time = Some(EventTime { certain: before.certain || (found.certain && sure), ..before });
        }
    }
}
