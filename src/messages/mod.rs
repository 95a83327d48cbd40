//! The words: catalogues by locale, checked before they are used.
//!
//! A catalogue is one Fluent file a locale; `locales/en.ftl` tells its form. What may not be said is kept out by rule: [`check`].

mod catalogue;
mod catalogues;
pub mod check;
mod display;
mod message;
mod numerals;
mod placeable;

pub use catalogue::Catalogue;
pub use catalogues::{Catalogues, Source};
pub use message::{Direction, Message, message_id};
pub use placeable::Placeable;
