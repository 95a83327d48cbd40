//! What an import does not take, and an export does not touch.

use std::{fs, path::Path};

use crate::{
    crowd,
    run::{command, done},
    support::{Server, hearten, postgres},
};

async fn export(home: &Path) -> std::path::PathBuf {
    let (store, out) = (home.join("store"), home.join("out"));
    crowd::fill(&store, 20).await;
    done(command(["export"], &out, &["--data-dir", store.to_str().unwrap()])).unwrap();
    out
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_spoilt_is_named() {
    let home = tempfile::tempdir().unwrap();
    let out = export(home.path()).await;
    let file = out.join("learners-000001.jsonl");
    let whole = fs::read(&file).unwrap();
    let import = || {
        let place = home.path().join("new");
        done(command(["import"], &out, &["--data-dir", place.to_str().unwrap()]))
    };

    let line = whole.iter().enumerate().filter(|(_, byte)| **byte == b'\n').nth(6).unwrap().0;
    let mut spoilt = whole.clone();
    // A letter of the eighth line's record for another.
    let place = line + whole[line..].windows(10).position(|window| window == b"\"record\":\"").unwrap() + 40;
    spoilt[place] = if spoilt[place] == b'A' { b'B' } else { b'A' };
    fs::write(&file, &spoilt).unwrap();
    let said = import().unwrap_err();
    assert!(said.contains("learners-000001.jsonl:8: "), "{said}");

    fs::write(&file, &whole[..line + 1]).unwrap();
    let said = import().unwrap_err();
    assert!(said.contains("learners-000001.jsonl: lines are missing"), "{said}");

    fs::write(&file, &whole[..line - 5]).unwrap();
    let said = import().unwrap_err();
    assert!(said.contains("learners-000001.jsonl:7: "), "{said}");

    fs::remove_file(&file).unwrap();
    let said = import().unwrap_err();
    assert!(said.contains("learners-000001.jsonl"), "{said}");

    // The export mends it.
    done(command(["export"], &out, &["--data-dir", home.path().join("store").to_str().unwrap()])).unwrap();
    assert_eq!(fs::read(&file).unwrap(), whole);
    import().unwrap();
    assert!(import().unwrap().contains("there already"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_written_over() {
    let home = tempfile::tempdir().unwrap();
    let out = export(home.path()).await;
    let store = home.path().join("store");
    let place = ["--data-dir", store.to_str().unwrap()];
    let said = done(command(["import"], &out, &place)).unwrap_err();
    assert!(said.contains("writes over nothing"), "{said}");

    let other = home.path().join("other");
    crowd::fill(&other, 2).await;
    let said = done(command(["export"], &out, &["--data-dir", other.to_str().unwrap()])).unwrap_err();
    assert!(said.contains("of another store"), "{said}");
    fs::create_dir(home.path().join("photos")).unwrap();
    fs::write(home.path().join("photos/cat"), "meow").unwrap();
    let said = done(command(["export"], &home.path().join("photos"), &place)).unwrap_err();
    assert!(said.contains("something else"), "{said}");
    let said = done(command(["export"], &home.path().join("x"), &["--data-dir", "/nonexistent"])).unwrap_err();
    assert!(said.contains("there is no store"), "{said}");

    // What is whole is of its day, and is not taken for today's.
    let said = done(command(["export"], &out, &place)).unwrap_err();
    assert!(said.contains("a whole export already"), "{said}");

    let _server = Server::start_in(&store, &[]);
    let said = done(command(["export"], &home.path().join("y"), &place)).unwrap_err();
    assert!(said.contains("another process has it open") && said.contains("hearten backup"), "{said}");
}

/// What it takes to make of a half import a whole store, and nothing less.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn half_an_import_is_not_served() {
    let home = tempfile::tempdir().unwrap();
    let place = home.path().join("new");
    // Killed a moment after it began, and later.
    fs::create_dir_all(place.join("import.new")).unwrap();
    let mut early = hearten(["serve", "--listen", "127.0.0.1:0", "--data-dir"]);
    early.arg(&place);
    let said = done(early).unwrap_err();
    assert!(said.contains("is not whole"), "{said}");
    fs::create_dir_all(place.join("import")).unwrap();
    let mut serve = hearten(["serve", "--listen", "127.0.0.1:0", "--data-dir"]);
    serve.arg(&place);
    let said = done(serve).unwrap_err();
    assert!(said.contains("not whole"), "{said}");
}

/// A server goes by the secret that it began with.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_imported_under_a_running_server() {
    let Some(cluster) = tokio::task::block_in_place(postgres::shared) else { return };
    let home = tempfile::tempdir().unwrap();
    let out = export(home.path()).await;
    let url = cluster.database("served").await;
    let mut migrate = hearten(["migrate", "--store"]);
    migrate.arg(&url);
    done(migrate).unwrap();
    let server = tokio::task::block_in_place(|| Server::start(&["--store", &url]));
    let said = done(command(["import"], &out, &["--store", &url])).unwrap_err();
    assert!(said.contains("a server is running on it"), "{said}");
    drop(server);
    let gone = "select count(*) from pg_stat_activity where application_name = 'hearten'";
    let client = cluster.client("served").await;
    for _ in 0..100 {
        if client.query_one(gone, &[]).await.unwrap().get::<_, i64>(0) == 0 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    done(command(["import"], &out, &["--store", &url])).unwrap();
}
