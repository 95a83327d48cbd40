//! Numbers as a locale writes them.

use fluent_bundle::{FluentValue, memoizer::MemoizerKind};
use icu_decimal::{DecimalFormatter, DecimalFormatterPreferences, input::Decimal};
use icu_locale_core::Locale;
use intl_memoizer::{Memoizable, concurrent::IntlLangMemoizer};
use unic_langid::LanguageIdentifier;

/// The locale of a bundle, as ICU knows it.
struct Numerals(DecimalFormatterPreferences);

impl Memoizable for Numerals {
    type Args = ();
    type Error = icu_locale_core::ParseError;

    fn construct(language: LanguageIdentifier, (): ()) -> Result<Self, Self::Error> {
        Ok(Self(language.to_string().parse::<Locale>()?.into()))
    }
}

/// Fluent's hook for values: whole numbers in the locale's digits. `None` leaves it to Fluent.
pub(super) fn format(value: &FluentValue<'_>, locale: &IntlLangMemoizer) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    let decimal = Decimal::from(number.value as i64);
    let write = |numerals: &Numerals| {
        let formatter = DecimalFormatter::try_new(numerals.0, Default::default()).ok()?;
        Some(formatter.format(&decimal).to_string())
    };
    locale.with_try_get_threadsafe((), write).ok()?
}
