//! JSON, read in one pass and written as it was.
//!
//! [`Reader`] walks one event and hands out typed values that borrow from it; generated parsers are little more than a table
//! of its [`Members`]. [`ObjectWriter`] writes an event back, into a [`Buffer`]. [`Text`] and [`RawJson`] are the two kinds of value that borrow;
//! [`Undecoded`] is a value on its way through the transformations of a schema, and [`Undeclared`] what no field takes.
//! [`find`] and [`elements`] take a document apart without looking into its values.
//!
//! Rules of the language that live here: the last of duplicate keys wins, whole; undeclared keys are skipped but must be
//! JSON; a wrong value rejects the event, and the error names its place. An input that is not JSON at all is reported
//! before anything that is merely of the wrong type; of several wrong fields the first in schema order is reported.
//!
//! What one event may ask of memory has a limit: 128 levels of nesting, and 65,536 elements in all of its lists together.
//! Beyond that it is refused where this shows, as an input is that is no JSON.

mod compared;
mod declared;
pub(crate) mod decode;
mod error;
mod key;
mod mask;
mod members;
mod output;
mod owned;
mod passed;
mod quoted;
mod raw;
mod reader;
#[cfg(feature = "serde")]
mod serde;
mod slot;
mod structure;
mod text;
mod undeclared;
mod undecoded;
mod value;
mod writer;

pub use compared::{debug, equal};
pub(crate) use declared::event_time;
pub use declared::{Declared, List, Shown, Then, Values, View};
pub(crate) use decode::quote;
pub use error::{Code, Error};
pub(crate) use key::Key;
pub use members::{Check, How, Members, Place, Places};
pub(crate) use output::Bytes;
pub use output::{Buffer, Output};
pub use owned::IntoOwned;
pub use passed::PassOn;
pub(crate) use passed::{NONE_SENT, read_sent};
pub use quoted::write_string;
pub(crate) use quoted::{write_bytes, write_plain, write_plain_with};
pub use raw::RawJson;
pub(crate) use reader::embedded;
pub use reader::{Input, Kind, Reader};
pub use slot::Slot;
pub(crate) use structure::Scanner;
pub use structure::{decode_string, elements, find};
pub use text::Text;
pub use undeclared::Undeclared;
pub use undecoded::Undecoded;
pub(crate) use undecoded::{cut, piece};
pub use value::{DecodedBy, ListOf, ReadMembers, Reading, Value};
pub use writer::{ObjectWriter, WriteJson};
