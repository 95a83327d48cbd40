//! The report for build servers is XML that others can read, whatever cases are called.

use std::{fs, process::Command};

use super::{Desk, STRUGGLE, promises};

/// Reads a report as others do, and prints what it holds, a line a case.
const READ: &str = "
import sys, xml.etree.ElementTree as tree
for suite in tree.parse(sys.argv[1]).getroot():
    print(suite.get('tests'), suite.get('failures'))
    for case in suite.iter('testcase'):
        print(case.get('name'), '|', *(failure.get('message') for failure in case))
";

fn read(path: &std::path::Path) -> Option<String> {
    let output = Command::new("python3").args(["-c", READ, path.to_str().unwrap()]).output().ok()?;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).unwrap())
}

#[test]
fn the_report_is_well_formed() {
    let desk = Desk::new();
    let name = r#"<Two> & "three" ']]> \\u{FFFF}"#.replace(r"\\u{FFFF}", "\u{FFFF}é😀");
    let cases = desk.write("cases.toml", &STRUGGLE.replace("\"Two errors are enough\"", &format!("'''{name}'''")));
    let report = desk.path("report.xml");
    let output = desk.test(&cases, &["--junit", report.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let text = fs::read_to_string(&report).unwrap();
    assert!(text.contains("&lt;Two&gt; &amp; &quot;three&quot; &#39;]]&gt; é😀"), "{text}");
    assert!(text.contains("because nothing calls for a message.\n"), "{text}");
    let Some(read) = read(&report) else { return };
    let expected = "2 1\n<Two> & \"three\" ']]> é😀 | event 2 at q2, line 6: expected error-run, came nothing-to-say\n\
                    Four in a row earn one message |\n";
    assert_eq!(read.replace("| \n", "|\n"), expected);
}

#[test]
fn cases_that_hold_are_reported_too() {
    let desk = Desk::new();
    let report = desk.path("report.xml");
    assert!(desk.test(&promises(), &["--junit", report.to_str().unwrap()]).status.success());
    let text = fs::read_to_string(&report).unwrap();
    let cases = fs::read_to_string(promises()).unwrap().matches("[[case]]").count();
    assert!(text.matches("<testcase ").count() == cases && !text.contains("<failure"), "{text}");
    assert!(text.contains("<property name=\"policy\" value=\"default-4-"), "{text}");
    if let Some(read) = read(&report) {
        assert!(read.starts_with(&format!("{cases} 0\n")), "{read}");
    }
}

#[test]
fn a_report_never_takes_the_place_of_what_is_read() {
    let desk = Desk::new();
    let cases = desk.write("cases.toml", STRUGGLE);
    for read in ["cases.toml", "policy.toml"] {
        let (path, before) = (desk.path(read), fs::read(desk.path(read)).unwrap());
        let output = desk.test(&cases, &["--junit", path.to_str().unwrap()]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(1) && said.contains("would be written over"), "{said}");
        assert_eq!(fs::read(path).unwrap(), before);
    }
    let nowhere = desk.path("no such folder/report.xml");
    let output = desk.test(&cases, &["--junit", nowhere.to_str().unwrap()]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.starts_with("hearten: cannot write ") && said.contains("No such file"), "{said}");
}
