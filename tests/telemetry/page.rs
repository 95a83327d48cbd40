//! Reads a page in the OpenMetrics format, and takes nothing that is not.

use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug, Default)]
pub struct Page {
    /// Kind by family.
    families: BTreeMap<String, String>,
    samples: BTreeMap<(String, Labels), f64>,
}

pub type Labels = BTreeMap<String, String>;

impl Page {
    pub fn parse(text: &str) -> Self {
        let body = text.strip_suffix("# EOF\n").expect("ends with its end");
        let mut page = Self::default();
        let (mut family, mut units) = (String::new(), BTreeMap::new());
        let mut closed = BTreeSet::new();
        for line in body.lines() {
            if let Some(told) = line.strip_prefix("# ") {
                let [what, name, rest] = told.splitn(3, ' ').collect::<Vec<_>>()[..] else { panic!("{line}") };
                assert!(is_name(name), "{line}");
                if name != family {
                    assert!(closed.insert(std::mem::replace(&mut family, name.to_owned())), "{name} comes twice");
                }
                match what {
                    "HELP" => assert!(!rest.is_empty(), "{line}"),
                    "TYPE" => {
                        assert!(["counter", "gauge", "histogram", "info"].contains(&rest), "{line}");
                        assert!(page.families.insert(name.to_owned(), rest.to_owned()).is_none(), "{line}");
                    }
                    "UNIT" => {
                        assert!(name.ends_with(&format!("_{rest}")), "{line}");
                        units.insert(name.to_owned(), rest.to_owned());
                    }
                    _ => panic!("{line}"),
                }
                continue;
            }
            let (name, labels, value) = sample(line);
            let known = names(&family, &page.families[&family]).contains(&name);
            assert!(known, "{line} stands under {family}");
            let value = value.parse().unwrap();
            assert!(page.samples.insert((name, labels), value).is_none(), "{line} comes twice");
        }
        page.check_histograms();
        for ((name, _), value) in &page.samples {
            assert!(!name.ends_with("_total") || *value >= 0.0, "{name} {value}");
        }
        page
    }

    /// The names that samples have or may have.
    pub fn names(&self) -> BTreeSet<String> {
        self.families.iter().flat_map(|(family, kind)| names(family, kind)).collect()
    }

    /// The value of the one sample that has these labels and maybe others.
    pub fn value(&self, name: &str, labels: &[(&str, &str)]) -> Option<f64> {
        let has = |of: &Labels| labels.iter().all(|(key, value)| of.get(*key).is_some_and(|found| found == value));
        let mut found = self.samples.iter().filter(|((other, of), _)| other == name && has(of));
        let value = found.next().map(|(_, value)| *value);
        assert!(found.next().is_none(), "several {name} with {labels:?}");
        value
    }

    /// The labels of the samples of a name.
    pub fn labels(&self, name: &str) -> BTreeSet<&str> {
        let samples = self.samples.keys().filter(|(other, _)| other == name);
        samples.flat_map(|(_, labels)| labels.keys()).map(String::as_str).collect()
    }

    /// All values of a label.
    pub fn told_apart(&self, label: &str) -> BTreeSet<&str> {
        self.samples.keys().filter_map(|(_, labels)| labels.get(label)).map(String::as_str).collect()
    }

    fn check_histograms(&self) {
        for (family, _) in self.families.iter().filter(|(_, kind)| *kind == "histogram") {
            let (bucket, counted) = (format!("{family}_bucket"), format!("{family}_count"));
            let mut members: BTreeMap<Labels, Vec<(f64, f64)>> = BTreeMap::new();
            for ((_, labels), value) in self.samples.iter().filter(|((name, _), _)| *name == bucket) {
                let mut labels = labels.clone();
                let bound = labels.remove("le").expect("a bucket has a bound");
                let bound = if bound == "+Inf" { f64::INFINITY } else { bound.parse().unwrap() };
                members.entry(labels).or_default().push((bound, *value));
            }
            for (labels, mut buckets) in members {
                buckets.sort_by(|one, other| one.0.total_cmp(&other.0));
                assert!(buckets.is_sorted_by_key(|(_, count)| *count), "{family} {buckets:?}");
                let last = buckets.last().unwrap();
                assert_eq!(last.0, f64::INFINITY, "{family}");
                assert_eq!(self.samples[&(counted.clone(), labels.clone())], last.1, "{family}");
                assert!(self.samples.contains_key(&(format!("{family}_sum"), labels)), "{family}");
            }
        }
    }
}

/// What samples of a family are called.
fn names(family: &str, kind: &str) -> Vec<String> {
    let suffixes: &[&str] = match kind {
        "counter" => &["_total"],
        "histogram" => &["_bucket", "_sum", "_count"],
        "info" => &["_info"],
        _ => &[""],
    };
    suffixes.iter().map(|suffix| format!("{family}{suffix}")).collect()
}

fn sample(line: &str) -> (String, Labels, &str) {
    let end = line.find(['{', ' ']).unwrap();
    let (name, rest) = line.split_at(end);
    assert!(is_name(name), "{line}");
    let mut labels = Labels::new();
    let Some(mut rest) = rest.strip_prefix('{') else {
        return (name.to_owned(), labels, &rest[1..]);
    };
    while !rest.starts_with('}') {
        let (key, more) = rest.split_once("=\"").unwrap();
        assert!(is_name(key), "{line}");
        let (value, more) = quoted(more);
        assert!(labels.insert(key.to_owned(), value).is_none(), "{line}");
        rest = more.strip_prefix(',').unwrap_or(more);
        assert!(!more.starts_with(",}"), "{line}");
    }
    (name.to_owned(), labels, rest.strip_prefix("} ").unwrap())
}

/// The text up to the closing quote, and what follows.
fn quoted(text: &str) -> (String, &str) {
    let mut value = String::new();
    let mut letters = text.char_indices();
    while let Some((place, letter)) = letters.next() {
        match letter {
            '"' => return (value, &text[place + 1..]),
            '\\' => value.push(match letters.next().unwrap().1 {
                'n' => '\n',
                other @ ('\\' | '"') => other,
                other => panic!("\\{other} is no escape"),
            }),
            other => value.push(other),
        }
    }
    panic!("{text} has no end");
}

fn is_name(name: &str) -> bool {
    let mut letters = name.chars();
    letters.next().is_some_and(|first| first.is_ascii_alphabetic() || first == '_')
        && letters.all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
}
