//! The report that build servers read.

use std::path::Path;

use hearten::engine::Rules;

use super::{cases::Case, mismatch::Mismatch, report};
use crate::commands::markup::escape;

/// JUnit XML: the cases file as a suite, its cases as tests.
pub(super) fn write(cases: &Path, rules: &Rules, results: &[(Case, Vec<Mismatch>)]) -> String {
    let file = escape(&cases.display().to_string());
    let failures = results.iter().filter(|(_, mismatches)| !mismatches.is_empty()).count();
    let count = format!("tests=\"{}\" failures=\"{failures}\" errors=\"0\"", results.len());
    let mut xml =
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"hearten policy test\" {count}>\n");
    xml += &format!("  <testsuite name=\"{file}\" {count} skipped=\"0\">\n    <properties>\n");
    for (name, value) in [("policy", &*rules.policy.version), ("model", &rules.model.version)] {
        xml += &format!("      <property name=\"{name}\" value=\"{}\"/>\n", escape(value));
    }
    xml += "    </properties>\n";
    for (case, mismatches) in results {
        let name = escape(&case.name);
        xml += &format!("    <testcase classname=\"{file}\" name=\"{name}\" file=\"{file}\" line=\"{}\"", case.line);
        xml += &match mismatches.first() {
            None => "/>\n".to_owned(),
            Some(first) => format!(
                ">\n      <failure type=\"mismatch\" message=\"{}\">{}</failure>\n    </testcase>\n",
                escape(&first.what),
                escape(&report::diff(mismatches))
            ),
        };
    }
    xml + "  </testsuite>\n</testsuites>\n"
}
