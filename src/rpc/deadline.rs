//! How long a caller waits, as gRPC writes it: up to eight digits and a unit.

use std::time::Duration;

use http::HeaderMap;

/// The header it stands in.
const HEADER: &str = "grpc-timeout";

/// How long the caller waits, if they say so.
pub(super) fn asked(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(HEADER)?.to_str().ok()?;
    let (digits, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    if digits.is_empty() || digits.len() > 8 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let count: u64 = digits.parse().ok()?;
    match unit {
        "H" => Some(Duration::from_secs(count * 3_600)),
        "M" => Some(Duration::from_secs(count * 60)),
        "S" => Some(Duration::from_secs(count)),
        "m" => Some(Duration::from_millis(count)),
        "u" => Some(Duration::from_micros(count)),
        "n" => Some(Duration::from_nanos(count)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_grpc_writes_it() {
        let asked = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(HEADER, text.parse().unwrap());
            asked(&headers)
        };
        assert_eq!(asked("250m"), Some(Duration::from_millis(250)));
        assert_eq!(asked("99999999H"), Some(Duration::from_secs(99_999_999 * 3_600)));
        assert_eq!(asked("7u"), Some(Duration::from_micros(7)));
        for wrong in ["", "m", "5", "-5S", "+5S", "5 S", "5X", "999999999S", "5é"] {
            assert_eq!(asked(wrong), None, "{wrong:?}");
        }
    }
}
