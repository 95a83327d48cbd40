//! A store of many learners without the time that many histories take: a few of them, again and again under other names.

use std::path::Path;

use hearten::store::{Begun, Embedded, Key, Moving as _, Rest, Store as _, Whole};

use crate::crowd;

const HISTORIES: usize = 60;

/// Makes it. Some learners are of another tenant, with ids of other lengths.
pub async fn fill(directory: &Path, learners: usize) {
    let few = tempfile::tempdir().unwrap();
    crowd::fill(&few.path().join("few"), HISTORIES).await;
    let store = Embedded::open_existing(few.path().join("few")).unwrap();
    let mut histories = store.learners(None, HISTORIES).await.unwrap();
    let lists = store.lists().await.unwrap();
    histories.iter_mut().for_each(|whole| whole.classes = lists.get(&whole.key).cloned().unwrap_or_default());
    for (outcome, whole) in (1..=5).cycle().zip(&mut histories) {
        whole.decisions.iter_mut().take(1).for_each(|kept| kept.outcome = Some(outcome));
    }
    assert!(histories.iter().any(|whole| !whole.classes.is_empty()), "nobody needs a teacher");
    assert!(histories.iter().any(|whole| whole.decisions.len() > 2), "hardly anything was said");
    let rest = Rest { statistics: store.statistics().await.unwrap(), ..Rest::default() };

    let Begun::Open(making) = Embedded::restore(directory, "crowd", store.secret()).unwrap() else {
        panic!("it is new")
    };
    for first in (0..learners).step_by(1_000) {
        let numbers = first..learners.min(first + 1_000);
        let named = numbers.map(|number| {
            let key = if number % 100 == 99 {
                Key::new("north", &format!("{number}-ähnlich"))
            } else {
                Key::new("default", &crowd::name(number))
            };
            Whole { key, ..histories[number % HISTORIES].clone() }
        });
        making.put(named.collect(), |_| None).await.unwrap();
    }
    making.finish(rest).await.unwrap();
}
