//! `google.protobuf.Duration`, whose protobuf JSON is read as strictly as it is written.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A length of time, signed. On the wire and as JSON it is protobuf's own.
#[derive(Clone, Copy, PartialEq, Eq, Hash, prost::Message)]
pub struct Duration {
    /// Whole seconds.
    #[prost(int64, tag = "1")]
    pub seconds: i64,
    /// The rest in nanoseconds, with the sign of the seconds.
    #[prost(int32, tag = "2")]
    pub nanos: i32,
}

impl Serialize for Duration {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { seconds, nanos } = *self;
        pbjson_types::Duration { seconds, nanos }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Duration {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        // pbjson_types takes a second sign for a number's own: `--31s` would be 31 s, and the smallest number would overflow.
        let digits = text.strip_prefix('-').unwrap_or(&text);
        if !digits.starts_with(|first: char| first.is_ascii_digit()) || digits.contains(['-', '+']) {
            return Err(de::Error::custom("a duration is seconds followed by \"s\", as \"1.5s\""));
        }
        let text = de::value::StringDeserializer::<D::Error>::new(text);
        let pbjson_types::Duration { seconds, nanos } = Deserialize::deserialize(text)?;
        Ok(Self { seconds, nanos })
    }
}
