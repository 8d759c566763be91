//! Objects compared, and shown to whoever debugs a program: both by the table of their fields.
//!
//! Derived code would do the same, and be half of what a compiler has to check in generated code.

use std::cmp::Ordering;
use std::fmt;

use super::declared::{Declared, View};

/// Whether two objects of one type have equal values: what `==` says of a generated record.
pub fn equal(one: &dyn Declared, other: &dyn Declared) -> bool {
    let mut equal = one.undeclared() == other.undeclared();
    // An object of many fields shows them piece after piece, and both have the same pieces.
    one.values(&mut |fields, values| {
        other.values(&mut |other_fields, other_values| {
            if equal && std::ptr::eq(fields, other_fields) {
                equal = values.iter().zip(other_values).all(|(one, other)| equal_views(one.view(), other.view()));
            }
        });
    });
    equal
}

fn equal_views(one: View<'_>, other: View<'_>) -> bool {
    match (one, other) {
        (View::Absent, View::Absent) => true,
        (View::Text(one), View::Text(other)) => one == other,
        (View::Integer(one), View::Integer(other)) => one == other,
        (View::Float(one), View::Float(other)) => one.partial_cmp(&other) == Some(Ordering::Equal),
        (View::Boolean(one), View::Boolean(other)) => one == other,
        (View::Time(one), View::Time(other)) => one == other,
        (View::Json(one), View::Json(other)) => one == other,
        (View::Object(one), View::Object(other)) => equal(one, other),
        (View::List(one), View::List(other)) => {
            one.count() == other.count() && (0..one.count()).all(|index| equal_views(one.at(index), other.at(index)))
        }
        _ => false,
    }
}

/// Shows an object as its name in Rust and the fields that it has, which are called as in the schema: what `{:?}` is of a
/// generated record. Objects inside it have no name.
///
/// # Errors
/// When `f` takes no more.
pub fn debug(object: &dyn Declared, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut shown = f.debug_struct(name);
    present(object, &mut |name, value| _ = shown.field(name, value));
    shown.finish()
}

/// Hands what an object has to `then`, each with its name.
fn present(object: &dyn Declared, then: &mut dyn FnMut(&str, &dyn fmt::Debug)) {
    object.values(&mut |fields, values| {
        for (field, value) in fields.iter().zip(values) {
            match value.view() {
                View::Absent => {}
                View::List(list) if list.count() == 0 => {}
                view => then(field.name, &view),
            }
        }
    });
    if let Some(undeclared) = object.undeclared() {
        then("undeclared", undeclared);
    }
}

impl fmt::Debug for View<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Absent => f.write_str("None"),
            Self::Text(text) => text.fmt(f),
            Self::Integer(number) => number.fmt(f),
            Self::Float(number) => number.fmt(f),
            Self::Boolean(value) => value.fmt(f),
            Self::Time(time) => time.fmt(f),
            Self::Json(json) => fmt::Debug::fmt(json, f),
            Self::Object(object) => {
                let mut shown = f.debug_map();
                present(*object, &mut |name, value| _ = shown.entry(&name, value));
                shown.finish()
            }
            Self::List(list) => f.debug_list().entries((0..list.count()).map(|index| list.at(index))).finish(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{RawJson, Text, Then, Undeclared};
    use super::*;
    use crate::log_type::{Field, Kind};
    use crate::time::Timestamp;

    /// An object that shows its fields in two pieces.
    #[derive(Clone, Default)]
    struct Event<'a> {
        name: Option<Text<'a>>,
        number: i32,
        float: Option<f64>,
        is_new: Option<bool>,
        at: Option<Timestamp>,
        raw: Option<RawJson<'a>>,
        tags: Vec<Option<Text<'a>>>,
        inside: Option<Box<Event<'a>>>,
        undeclared: Undeclared<'a>,
    }

    static FIELDS: [Field; 8] = [
        Field::string("@name"),
        Field::int("number").required(),
        Field::float("float"),
        Field::boolean("is_new"),
        Field::timestamp("at", &[]),
        Field::json("raw"),
        Field::new("tags", Kind::Array(&Kind::String)),
        Field::new("inside", Kind::Object(&[])),
    ];

    struct Inside<'v, 'a>(&'v Option<Box<Event<'a>>>);

    impl super::super::Shown for Inside<'_, '_> {
        fn view(&self) -> View<'_> {
            self.0.as_deref().map_or(View::Absent, |event| View::Object(event))
        }
    }

    impl Declared for Event<'_> {
        fn values(&self, then: &mut Then<'_>) {
            then(&FIELDS[..2], &[&self.name, &self.number]);
            let inside = Inside(&self.inside);
            then(&FIELDS[2..], &[&self.float, &self.is_new, &self.at, &self.raw, &self.tags, &inside]);
        }

        fn undeclared(&self) -> Option<&Undeclared<'_>> {
            Some(&self.undeclared)
        }
    }

    impl fmt::Debug for Event<'_> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            debug(self, "Event", f)
        }
    }

    fn event() -> Event<'static> {
        Event {
            name: Some("a\"b".into()),
            number: 7,
            float: Some(0.5),
            is_new: Some(true),
            at: Timestamp::from_unix(0, 0),
            raw: Some("[1]".parse().unwrap()),
            tags: vec![Some("x".into()), None],
            inside: Some(Box::default()),
            undeclared: Undeclared::default(),
        }
    }

    #[test]
    fn objects_are_equal_by_all_of_their_values() {
        assert!(equal(&event(), &event()));
        let changes: [fn(&mut Event<'static>); 12] = [
            |event| event.name = None,
            |event| event.name = Some("b".into()),
            |event| event.number = 8,
            |event| event.float = Some(0.25),
            |event| event.float = Some(f64::NAN),
            |event| event.is_new = Some(false),
            |event| event.at = Timestamp::from_unix(1, 0),
            |event| event.raw = Some("[2]".parse().unwrap()),
            |event| event.tags = vec![Some("x".into())],
            |event| event.tags = vec![Some("x".into()), Some("y".into())],
            |event| event.inside = Some(Box::new(event.clone())),
            |event| event.undeclared.text("more", Some("text")),
        ];
        for (index, change) in changes.into_iter().enumerate() {
            let mut other = event();
            change(&mut other);
            assert!(!equal(&event(), &other), "change {index}");
            assert!(!equal(&other, &event()), "change {index}");
        }
    }

    #[test]
    fn an_object_is_shown_by_the_fields_that_it_has() {
        let mut few = Event { name: Some("a\"b".into()), tags: vec![None], ..Event::default() };
        few.inside = Some(Box::new(Event { number: 1, float: Some(2.0), ..Event::default() }));
        let expected = "Event { @name: \"a\\\"b\", number: 0, tags: [None], inside: {\"number\": 1, \"float\": 2.0, \
                        \"undeclared\": Undeclared([])}, undeclared: Undeclared([]) }";
        assert_eq!(format!("{few:?}"), expected);
    }
}
