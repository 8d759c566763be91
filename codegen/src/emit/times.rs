//! Formats of time as constants.

use logwright::time::{FractionDigits, Part};
use proc_macro2::TokenStream;
use quote::quote;

use super::variant;
use crate::lower::{go_layout, time_pattern};
use crate::model::Format;

/// A list of formats as a constant expression. Patterns need `time` in scope.
pub(super) fn formats(formats: &[Format]) -> TokenStream {
    let formats = formats.iter().map(format);
    quote!(&[#(#formats),*])
}

/// One format.
pub(super) fn format(format: &Format) -> TokenStream {
    let parts = match format {
        Format::Rfc3339 => return quote!(TimeFormat::Rfc3339),
        Format::Unix => return quote!(TimeFormat::Unix),
        Format::UnixMs => return quote!(TimeFormat::UnixMs),
        Format::UnixUs => return quote!(TimeFormat::UnixUs),
        Format::UnixNs => return quote!(TimeFormat::UnixNs),
        Format::UnixAuto => return quote!(TimeFormat::UnixAuto),
        Format::Cloudflare => return quote!(TimeFormat::Cloudflare),
        Format::Strftime(pattern) => time_pattern::compile(pattern),
        Format::GoLayout(layout) => go_layout::compile(layout),
    };
    let parts = parts.expect("the model holds only patterns that compile");
    let parts = parts.iter().map(part);
    quote!(TimeFormat::Pattern(time::Pattern::new(&[#(#parts),*])))
}

/// True where [`formats`] names parts of patterns.
pub(super) fn has_pattern(formats: &[Format]) -> bool {
    formats.iter().any(|format| matches!(format, Format::Strftime(_) | Format::GoLayout(_)))
}

fn part(part: &Part<'_>) -> TokenStream {
    match part {
        Part::Literal(text) => quote!(time::Part::Literal(#text)),
        Part::Spaces(text) => quote!(time::Part::Spaces(#text)),
        Part::Number(number) => {
            let field = variant(&number.field);
            let pad = variant(&number.pad);
            let (min, max) = (number.min, number.max);
            quote!(time::Part::Number(time::Number { field: time::Field::#field, min: #min, max: #max, pad: time::Pad::#pad }))
        }
        Part::MonthName { long } => quote!(time::Part::MonthName { long: #long }),
        Part::WeekdayName { long } => quote!(time::Part::WeekdayName { long: #long }),
        Part::Meridiem { lower, any_case } => quote!(time::Part::Meridiem { lower: #lower, any_case: #any_case }),
        Part::Fraction { mark, digits } => {
            let mark = mark.map_or(quote!(None), |mark| quote!(Some(#mark)));
            let digits = match digits {
                FractionDigits::Exactly(digits) => quote!(Exactly(#digits)),
                FractionDigits::OneToNine => quote!(OneToNine),
                FractionDigits::Optional => quote!(Optional),
            };
            quote!(time::Part::Fraction { mark: #mark, digits: time::FractionDigits::#digits })
        }
        Part::Offset { form, z } => {
            let form = variant(&form);
            quote!(time::Part::Offset { form: time::OffsetForm::#form, z: #z })
        }
        Part::AnyOffset { colon } => quote!(time::Part::AnyOffset { colon: #colon }),
        Part::ZoneName => quote!(time::Part::ZoneName),
        Part::Epoch => quote!(time::Part::Epoch),
    }
}
