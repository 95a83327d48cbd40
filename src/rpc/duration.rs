//! `google.protobuf.Duration`, whose protobuf JSON has one sign at most.

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, IntoDeserializer as _},
};

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
        // pbjson_types reads `--31s` and `+31s` as 31 s, and overflows at the smallest number.
        if text.strip_prefix('-').unwrap_or(&text).contains(['-', '+']) {
            return Err(D::Error::custom("a duration has one sign at most, a minus in front"));
        }
        let pbjson_types::Duration { seconds, nanos } = Deserialize::deserialize(text.into_deserializer())?;
        Ok(Self { seconds, nanos })
    }
}
