//! What a test prints: a line a case, and below a case that does not hold what came instead.

use super::{cases::Case, mismatch::Mismatch};

pub(super) fn write(results: &[(Case, Vec<Mismatch>)]) -> String {
    let mut text = String::new();
    for (Case { name, .. }, mismatches) in results {
        let verdict = if mismatches.is_empty() { "ok  " } else { "FAIL" };
        text += &format!("{verdict}  {name}\n{}", diff(mismatches));
    }
    let failed = results.iter().filter(|(_, mismatches)| !mismatches.is_empty()).count();
    text + &format!("\n{} passed, {failed} failed\n", results.len() - failed)
}

/// What came otherwise than expected, indented.
pub(super) fn diff(mismatches: &[Mismatch]) -> String {
    let lines = mismatches.iter().flat_map(|Mismatch { what, why }| {
        [format!("      {what}\n")].into_iter().chain(why.iter().map(|why| format!("        {why}\n")))
    });
    lines.collect()
}
