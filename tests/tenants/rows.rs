//! Sums on disk: those from before there were tenants are the default tenant's, and stay in their place.

use std::{path::Path, sync::Arc};

use hearten::{
    engine::{Engine, Options, Statistics},
    statistics::{Subject, Sums},
    store::{Embedded, Store},
};

use super::{answer, at, key, server::RULES};

/// Eight numbers as they lie on disk.
fn words(words: [u8; 8]) -> Vec<u8> {
    words.into_iter().flat_map(|word| [0, 0, 0, 0, 0, 0, 0, word]).collect()
}

/// The rows in the table itself.
fn rows(home: &Path, add: &[(&[u8], Vec<u8>)]) -> Vec<(Vec<u8>, Vec<u8>)> {
    let data = fjall::Database::builder(home.join("data")).open().unwrap();
    let table = data.keyspace("statistics", fjall::KeyspaceCreateOptions::default).unwrap();
    for (key, value) in add {
        table.insert(*key, value.as_slice()).unwrap();
    }
    data.persist(fjall::PersistMode::SyncAll).unwrap();
    let row = |row: fjall::Guard| row.into_inner().unwrap();
    table.iter().map(row).map(|(key, value)| (key.to_vec(), value.to_vec())).collect()
}

fn sums(numbers: [u64; 8]) -> Sums {
    let [attempts, successes, timed, rest @ ..] = numbers;
    let [log_time, log_time_squared, ability, slope_score, slope_information] = rest.map(|word| word as i64);
    Sums { attempts, successes, timed, log_time, log_time_squared, ability, slope_score, slope_information }
}

#[tokio::test]
async fn sums_from_before_there_were_tenants_are_the_default_tenants() {
    let home = tempfile::tempdir().unwrap();
    drop(Embedded::open(home.path()).unwrap());
    // Byte for byte as releases without tenants wrote them; the oldest kept five numbers of a subject.
    let old: [(&[u8], Vec<u8>); 3] = [
        (&[0, 0, 0, 0, 0, 0, 0, 0, 0], words([9, 5, 4, 3, 2, 1, 6, 7])),
        (&[1, 0, 0, 0, 0, 0, 0, 0, 1], words([9, 5, 4, 3, 2, 1, 6, 7])[..40].to_vec()),
        (&[2, 0, 0, 0, 0, 0, 0, 0, 42], words([7, 1, 0, 0, 0, 0, 0, 0])),
    ];
    rows(home.path(), &old);
    let kept = [
        (Subject::All, sums([9, 5, 4, 3, 2, 1, 6, 7])),
        (Subject::Skill(1), sums([9, 5, 4, 3, 2, 0, 0, 0])),
        (Subject::Item(42), sums([7, 1, 0, 0, 0, 0, 0, 0])),
    ];
    let store: Arc<dyn Store> = Arc::new(Embedded::open(home.path()).unwrap());
    let known = store.statistics().await.unwrap();
    assert_eq!(known, kept.map(|(subject, sums)| (Arc::from("default"), subject, sums)));

    let engine = Engine::open(RULES[0].clone(), Arc::clone(&store), Statistics::Learn).await.unwrap();
    for (tenant, version) in [("default", 9), ("north", 0)] {
        let event = answer("ana", "1", 42, true, 0);
        let mut reply = engine.submit(&key(tenant, "ana"), &event, Options::default(), at(0)).await.unwrap();
        engine.settle(&mut reply).await.unwrap();
        assert_eq!(reply.report.statistics_version, version, "{tenant}");
    }
    engine.close().await.unwrap();
    drop((engine, store));

    // The default tenant's stay where they were, so going on from them loses nothing; another's lie beside them.
    let now = rows(home.path(), &[]);
    let subjects = old.map(|(key, _)| key.to_vec());
    let mut expected: Vec<_> =
        subjects.iter().cloned().chain(subjects.iter().map(|key| [b"\0\x05north", &key[..]].concat())).collect();
    expected.sort();
    assert_eq!(now.iter().map(|(key, _)| key.clone()).collect::<Vec<_>>(), expected);
    let attempts = |key: &[u8]| now.iter().find(|(other, _)| other == key).unwrap().1[7];
    assert_eq!(subjects.iter().map(|key| attempts(key)).collect::<Vec<_>>(), [10, 10, 8]);
}
