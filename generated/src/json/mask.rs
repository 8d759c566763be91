//! Masks: texts that are hidden before anything else looks at them. Null stays null.

use super::slot::Slot;
use super::text::Text;
use crate::sha256;

impl Slot<Text<'_>> {
    /// `to` in place of any text.
    #[must_use]
    pub fn redact(self, to: &str) -> Self {
        self.hide(|_| Text::from(to.to_owned()))
    }

    /// The SHA-256 of `salt` and the text in place of the text, as lower-case hexadecimal digits.
    ///
    /// ```
    /// use logwright::json::{Slot, Text};
    ///
    /// let hidden = Slot::Value(Text::from("bc")).hash("a");
    /// assert!(matches!(hidden, Slot::Value(text) if text.to_string().starts_with("ba7816bf")));
    /// ```
    #[must_use]
    pub fn hash(self, salt: &str) -> Self {
        self.hide(|text| Text::from(sha256::hexadecimal(&[salt.as_bytes(), text.decode().as_bytes()].concat())))
    }

    fn hide(self, hide: impl FnOnce(&Text<'_>) -> Text<'static>) -> Self {
        match self {
            Self::Value(text) => Self::Value(hide(&text)),
            other => other,
        }
    }
}
