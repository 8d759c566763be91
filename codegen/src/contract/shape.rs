//! The declared shape of an answer, and pointers into it.
//!
//! A pointer (RFC 6901) is only as good as the place it leads to: each is followed through the shape, and one that leads
//! nowhere, or to another kind of value, is reported with the pointer that was probably meant.

use super::Reader;
use super::model::Shape;
use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::raw::read::Entry;
use crate::yaml::Kind;

/// The words of a contract for shapes that are not objects.
const LEAVES: [(&str, Leaf); 4] =
    [("records", Leaf::Records), ("string", Leaf::Text), ("integer", Leaf::Integer), ("boolean", Leaf::Boolean)];

#[derive(Clone, Copy)]
enum Leaf {
    Records,
    Text,
    Integer,
    Boolean,
}

/// An answer's shape and the pointer to its records.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) shape: Shape,
    pub(super) records: String,
}

impl Reader<'_> {
    /// The shape of an answer, which holds the records exactly once.
    pub(super) fn answer(&self, entry: &Entry<'_>) -> Option<Answer> {
        let shape = self.shape(entry)?;
        let mut places = Vec::new();
        walk(&shape, "", &mut |pointer, shape| {
            if *shape == Shape::Records {
                places.push(pointer.to_owned());
            }
        });
        if let [records] = &mut *places {
            return Some(Answer { records: std::mem::take(records), shape });
        }
        let message = match places.as_slice() {
            [] => "the answer has no `records`".to_owned(),
            _ => format!("the answer has `records` in more than one place: {}", places.join(", ")),
        };
        let help = "Write `records` once, for the array that holds them.";
        self.reading.push(Diagnostic::error(Code::LW0711, entry.node.head(), message).at(&entry.path).help(help));
        None
    }

    fn shape(&self, entry: &Entry<'_>) -> Option<Shape> {
        if !matches!(entry.node.kind, Kind::Mapping(_)) {
            return Some(match self.reading.choice(entry, "kind of value", &LEAVES)?.value {
                Leaf::Records => Shape::Records,
                Leaf::Text => Shape::Text,
                Leaf::Integer => Shape::Integer,
                Leaf::Boolean => Shape::Boolean,
            });
        }
        let members = self.reading.mapping(entry)?.all();
        if members.is_empty() {
            self.reading.empty(entry, "an empty mapping");
            return None;
        }
        let read: Vec<_> = members.iter().map(|(name, entry)| Some((name.value.clone(), self.shape(entry)?))).collect();
        read.into_iter().collect::<Option<Vec<_>>>().map(Shape::Object)
    }

    /// A pointer to a value of one of the `kinds` in the answer. Without a shape, which has been reported, it is believed.
    pub(super) fn pointer(&self, entry: &Entry<'_>, answer: Option<&Answer>, kinds: &[Shape]) -> Option<String> {
        let text = self.reading.string(entry)?;
        let Some(answer) = answer else { return Some(text.value) };
        let mut fit = Vec::new();
        let mut found = None;
        walk(&answer.shape, "", &mut |pointer, shape| {
            if kinds.contains(shape) {
                fit.push(pointer.to_owned());
            }
            if pointer == text.value {
                found = Some(shape.clone());
            }
        });
        if found.as_ref().is_some_and(|shape| kinds.contains(shape)) {
            return Some(text.value);
        }
        let wanted = kinds.iter().map(describe).collect::<Vec<_>>().join(" or ");
        let message = match found {
            Some(shape) => format!("`{}` is {}, not {wanted}", text.value, describe(&shape)),
            None => format!("`{}` leads to nothing in the declared `response`", text.value),
        };
        let help = match suggest(&text.value, fit.iter().map(String::as_str)) {
            Some(near) => format!("Did you mean `{near}`?"),
            None if fit.is_empty() => format!("Declare {wanted} in `response`."),
            None => format!("Use one of: {}.", fit.join(", ")),
        };
        self.reading.push(Diagnostic::error(Code::LW0712, text.span, message).at(&entry.path).help(help));
        None
    }
}

/// Calls `visit` with the pointer and the shape of everything in `shape`, itself first.
fn walk(shape: &Shape, pointer: &str, visit: &mut impl FnMut(&str, &Shape)) {
    visit(pointer, shape);
    if let Shape::Object(members) = shape {
        for (name, member) in members {
            let escaped = name.replace('~', "~0").replace('/', "~1");
            walk(member, &format!("{pointer}/{escaped}"), visit);
        }
    }
}

fn describe(shape: &Shape) -> &'static str {
    match shape {
        Shape::Records => "the records",
        Shape::Object(_) => "an object",
        Shape::Text => "a string",
        Shape::Integer => "an integer",
        Shape::Boolean => "a boolean",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointers_are_escaped() {
        let shape = Shape::Object(vec![("a/b~c".to_owned(), Shape::Object(vec![("d".to_owned(), Shape::Text)]))]);
        let mut pointers = Vec::new();
        walk(&shape, "", &mut |pointer, _| pointers.push(pointer.to_owned()));
        assert_eq!(pointers, ["", "/a~1b~0c", "/a~1b~0c/d"]);
    }
}
