//! A language as a record keeps it.

use std::fmt;

use arrayvec::ArrayString;
use unic_langid::LanguageIdentifier;

/// A language, as BCP 47 writes it: language, and if need be script and region.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Locale(pub(super) ArrayString<{ Self::MAX_BYTES }>);

impl Locale {
    /// The longest, such as `zho-Hant-419`.
    pub const MAX_BYTES: usize = 12;

    /// Reads a tag in any case; what is beyond language, script and region is not kept: neither variants nor extensions.
    #[must_use]
    pub fn parse(tag: &str) -> Option<Self> {
        let kept: Vec<&str> = tag.split(['-', '_']).take_while(|subtag| subtag.len() != 1).collect();
        let mut tag: LanguageIdentifier = kept.join("-").parse().ok()?;
        tag.clear_variants();
        // Longer ones are reserved: `english` is no language of BCP 47, though it looks like one.
        let named = (2..=3).contains(&tag.language.as_str().len()) && tag.language.as_str() != "und";
        ArrayString::from(&tag.to_string()).ok().filter(|_| named).map(Self)
    }

    /// The language alone, as a number; never zero.
    #[must_use]
    pub fn language(self) -> u32 {
        self.0.split('-').next().map_or(0, letters) as u32
    }

    /// Bytes of a locale as [`Locale::packed`] gives it.
    pub(super) const PACKED: usize = 6;

    /// Three letters, four letters, two letters or three digits, each as a number: no text to keep.
    pub(super) fn packed(self) -> [u8; Self::PACKED] {
        let mut packed = 0;
        for part in self.0.split('-').skip(1) {
            packed += match (part.len(), part.parse::<u64>()) {
                (4, _) => letters(part) * Self::REGIONS,
                (_, Ok(area)) => Self::LETTER_REGIONS + area,
                _ => letters(part),
            };
        }
        let language = self.0.split('-').next().map_or(0, letters);
        let [_, _, bytes @ ..] = (language * Self::SCRIPTS * Self::REGIONS + packed).to_be_bytes();
        bytes
    }

    const LETTER_REGIONS: u64 = 27 * 27;
    const REGIONS: u64 = Self::LETTER_REGIONS + 1000;
    const SCRIPTS: u64 = 27 * 27 * 27 * 27;

    /// Reads what [`Locale::packed`] wrote.
    pub(super) fn unpack([a, b, c, d, e, f]: [u8; Self::PACKED]) -> Option<Self> {
        let packed = u64::from_be_bytes([0, 0, a, b, c, d, e, f]);
        let letters = |mut sum: u64| {
            let mut text = String::new();
            while sum > 0 {
                let letter = u8::try_from(sum % 27).ok().and_then(|number| number.checked_sub(1))?;
                text.insert(0, char::from(b'a' + letter));
                sum /= 27;
            }
            Some(text)
        };
        let (scripted, region) = (packed / Self::REGIONS, packed % Self::REGIONS);
        let region = match region.checked_sub(Self::LETTER_REGIONS) {
            Some(area) => format!("{area:03}"),
            None => letters(region)?,
        };
        let parts = [letters(scripted / Self::SCRIPTS)?, letters(scripted % Self::SCRIPTS)?, region];
        let tag = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
        Self::parse(&tag).filter(|locale| locale.packed() == [a, b, c, d, e, f])
    }

    /// In canonical case, such as `pt-BR`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn letters(text: &str) -> u64 {
    text.bytes().fold(0, |sum, letter| sum * 27 + u64::from(letter.to_ascii_lowercase() - b'a') + 1)
}
