//! What a batch adds to sums, in few bytes: most of it is small numbers.
//!
//! A byte that names the layout; then each tenant: its name after its length, how many subjects, and of each the nine bytes it is
//! known by and eight numbers, seven bits a byte.

use std::sync::Arc;

use foldhash::HashMap;

use crate::statistics::{Subject, Sums};

/// Sums of several tenants, or what is to be added to them: tenants may have items of the same id.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct OfTenants(HashMap<Arc<str>, HashMap<Subject, Sums>>);

impl OfTenants {
    pub(super) fn is_empty(&self) -> bool {
        self.0.values().all(HashMap::is_empty)
    }

    /// Adds to a tenant's.
    pub(super) fn add(&mut self, tenant: &str, rows: impl IntoIterator<Item = (Subject, Sums)>) {
        let mut rows = rows.into_iter().peekable();
        if rows.peek().is_none() {
            return;
        }
        let add = |known: &mut HashMap<Subject, Sums>| {
            rows.for_each(|(subject, sums)| *known.entry(subject).or_default() += sums);
        };
        match self.0.get_mut(tenant) {
            Some(known) => add(known),
            None => add(self.0.entry(tenant.into()).or_default()),
        }
    }

    pub(super) fn get(&self, tenant: &str, subject: Subject) -> Option<&Sums> {
        self.0.get(tenant)?.get(&subject)
    }

    pub(super) fn remove(&mut self, tenant: &str, subject: Subject) {
        self.0.get_mut(tenant).and_then(|rows| rows.remove(&subject));
    }

    /// All of them, in no order.
    pub(super) fn rows(&self) -> impl Iterator<Item = (&str, Subject, &Sums)> {
        self.0.iter().flat_map(|(tenant, rows)| rows.iter().map(|(subject, sums)| (&**tenant, *subject, sums)))
    }

    /// All of them in order, each with its tenant.
    pub(super) fn listed(&self) -> Vec<(Arc<str>, Subject, Sums)> {
        let of_tenant = |(tenant, rows): (&Arc<str>, &HashMap<Subject, Sums>)| {
            rows.iter().map(|(subject, sums)| (Arc::clone(tenant), *subject, *sums)).collect::<Vec<_>>()
        };
        let mut rows: Vec<_> = self.0.iter().flat_map(of_tenant).collect();
        rows.sort_unstable_by(|(tenant, subject, _), other| (tenant, subject).cmp(&(&other.0, &other.1)));
        rows
    }
}

const LAYOUT: u8 = 1;

pub(super) fn encode<'a>(rows: impl Iterator<Item = (&'a str, Subject, &'a Sums)>) -> Vec<u8> {
    let mut rows: Vec<_> = rows.collect();
    rows.sort_unstable_by_key(|(tenant, subject, _)| (*tenant, *subject));
    let mut bytes = vec![LAYOUT];
    for rows in rows.chunk_by(|(one, ..), (other, ..)| one == other) {
        let tenant = rows.first().map_or("", |(tenant, ..)| *tenant);
        put(&mut bytes, tenant.len() as u64);
        bytes.extend(tenant.as_bytes());
        put(&mut bytes, rows.len() as u64);
        for (_, subject, sums) in rows {
            bytes.extend(subject.to_bytes());
            [sums.attempts, sums.successes, sums.timed].into_iter().for_each(|count| put(&mut bytes, count));
            [sums.log_time, sums.log_time_squared, sums.ability, sums.slope_score, sums.slope_information]
                .into_iter()
                .for_each(|sum| put(&mut bytes, (sum << 1 ^ sum >> 63) as u64));
        }
    }
    bytes
}

/// Adds what [`encode`] wrote, all of it or, where it cannot be read, nothing.
pub(super) fn add(bytes: &[u8], to: &mut OfTenants) -> Option<()> {
    let (&LAYOUT, mut rest) = bytes.split_first()? else { return None };
    let mut rows = Vec::new();
    while !rest.is_empty() {
        let length = usize::try_from(take(&mut rest)?).ok()?;
        let tenant: Arc<str> = std::str::from_utf8(rest.split_off(..length)?).ok()?.into();
        for _ in 0..take(&mut rest)? {
            let subject = Subject::from_bytes(rest.split_off(..9)?)?;
            rows.push((Arc::clone(&tenant), subject, sums(&mut rest)?));
        }
    }
    rows.into_iter().for_each(|(tenant, subject, sums)| to.add(&tenant, [(subject, sums)]));
    Some(())
}

fn sums(rest: &mut &[u8]) -> Option<Sums> {
    let [attempts, successes, timed] = [take(rest)?, take(rest)?, take(rest)?];
    let mut signed = || take(rest).map(|coded| (coded >> 1) as i64 ^ -((coded & 1) as i64));
    Some(Sums {
        attempts,
        successes,
        timed,
        log_time: signed()?,
        log_time_squared: signed()?,
        ability: signed()?,
        slope_score: signed()?,
        slope_information: signed()?,
    })
}

fn put(bytes: &mut Vec<u8>, mut number: u64) {
    while number > 0x7F {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn take(rest: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let byte = *rest.split_off_first()?;
        let bits = u64::from(byte & 0x7F);
        if bits << shift >> shift != bits {
            return None;
        }
        number |= bits << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn deltas() -> impl Strategy<Value = OfTenants> {
        let subject = prop_oneof![
            Just(Subject::All),
            (1..=u32::MAX).prop_map(Subject::Skill),
            any::<u64>().prop_map(Subject::Item),
            any::<u64>().prop_map(Subject::Wording),
            any::<u8>().prop_map(Subject::Harm),
            any::<[u8; 2]>().prop_map(|[reason, look]| Subject::Look(reason, look))
        ];
        let sums = (any::<[u64; 3]>(), any::<[i64; 5]>()).prop_map(|(counts, sums)| {
            let ([attempts, successes, timed], [log_time, log_time_squared, ability, slope_score, slope_information]) =
                (counts, sums);
            Sums { attempts, successes, timed, log_time, log_time_squared, ability, slope_score, slope_information }
        });
        proptest::collection::vec(("[a-c]{0,2}", subject, sums), 0..20).prop_map(|rows| {
            let mut deltas = OfTenants::default();
            for (tenant, subject, sums) in rows {
                // Sums of any size cannot be added up.
                deltas.remove(&tenant, subject);
                deltas.add(&tenant, [(subject, sums)]);
            }
            deltas
        })
    }

    proptest! {
        #[test]
        fn what_was_written_is_read(deltas in deltas()) {
            let bytes = encode(deltas.rows());
            let mut read = OfTenants::default();
            prop_assert_eq!(add(&bytes, &mut read), Some(()));
            prop_assert_eq!(read, deltas);
        }

        #[test]
        fn what_is_cut_short_adds_nothing(deltas in deltas(), cut in 0.0..1.0) {
            let bytes = encode(deltas.rows());
            let mut read = OfTenants::default();
            if add(&bytes[..(bytes.len() as f64 * cut) as usize], &mut read).is_none() {
                prop_assert!(read.is_empty());
            }
        }

        #[test]
        fn any_bytes_can_be_met(bytes: Vec<u8>) {
            let mut read = OfTenants::default();
            let _ = add(&bytes, &mut read);
            let _ = add(&[&[LAYOUT], bytes.as_slice()].concat(), &mut read);
        }
    }

    #[test]
    fn a_tenant_without_sums_is_nothing_to_write() {
        let mut deltas = OfTenants::default();
        deltas.add("default", []);
        assert!(deltas.is_empty());
        deltas.add("default", [(Subject::All, Sums::default())]);
        assert!(!deltas.is_empty());
        deltas.remove("default", Subject::All);
        assert!(deltas.is_empty());
    }

    #[test]
    fn an_opportunity_takes_little_room() {
        let one = Sums::one(true, Some(2.2), crate::statistics::Met { usual: 0.7, ability: -0.4, standing: 1.2 });
        let length = encode([("default", Subject::Item(u64::MAX), &one)].into_iter()).len();
        assert!(length <= 33, "{length}");
    }
}
