//! The transformations as they are written: what is done to a value before it is decoded.

use super::read::{MappingReader, Reading, Spanned};

/// `concat`
#[derive(Debug)]
pub struct Concat {
    /// `paths`
    pub paths: Vec<Spanned<String>>,
    /// `separator`
    pub separator: Option<Spanned<String>>,
}

/// `split`
#[derive(Debug)]
pub struct Split {
    /// `from`
    pub from: Option<Spanned<String>>,
    /// `separator`
    pub separator: Option<Spanned<String>>,
    /// `index`
    pub index: Option<Spanned<i64>>,
}

/// `mask`
#[derive(Debug)]
pub struct Mask {
    /// `type`
    pub kind: Option<Spanned<MaskKind>>,
    /// `to`
    pub to: Option<Spanned<String>>,
    /// `salt`
    pub salt: Option<Spanned<String>>,
}

/// A way to hide a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MaskKind {
    /// `redact`
    Redact,
    /// `hash`
    Hash,
}

/// The `from` of a `rename` or a `copy`.
pub(super) fn from(mut mapping: MappingReader<'_, '_>) -> Option<Spanned<String>> {
    let from = mapping.required_string("from");
    mapping.finish();
    from
}

pub(super) fn concat(mut mapping: MappingReader<'_, '_>, reading: &Reading) -> Concat {
    let paths = mapping.required_list("paths").unwrap_or_default();
    let concat = Concat {
        paths: paths.iter().filter_map(|path| reading.filled_string(path)).collect(),
        separator: mapping.string("separator"),
    };
    mapping.finish();
    concat
}

pub(super) fn split(mut mapping: MappingReader<'_, '_>, reading: &Reading) -> Split {
    let from = mapping.required_string("from");
    let separator = mapping.required_string("separator");
    let index = mapping.required("index").and_then(|entry| reading.integer(&entry));
    mapping.finish();
    Split { from, separator, index }
}

pub(super) fn mask(mut mapping: MappingReader<'_, '_>, reading: &Reading) -> Mask {
    let kinds = [("redact", MaskKind::Redact), ("hash", MaskKind::Hash)];
    let kind = mapping.required("type").and_then(|entry| reading.choice(&entry, "kind of mask", &kinds));
    let mask = Mask { kind, to: mapping.string("to"), salt: mapping.string("salt") };
    mapping.finish();
    mask
}
