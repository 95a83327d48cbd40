//! What lets in anybody from anywhere does not start.

use super::{
    Folder,
    support::{Server, hearten},
};

const EVERYWHERE: &str = "0.0.0.0:0";
const TLS: [&str; 4] = ["--tls-cert", "cert.pem", "--tls-key", "key.pem"];
const KEYS: [&str; 2] = ["--keys", "keys.toml"];
const TOKENS: [&str; 6] =
    ["--jwt-keys", "jwks.json", "--jwt-issuer", "https://issuer.test", "--jwt-audience", "hearten"];
const NO_TLS: &str = "TLS (--tls-cert, --tls-key)";
const NO_AUTHENTICATION: &str = "authentication (--keys or --jwt-keys)";

fn start(folder: &Folder, arguments: &[&str]) -> Server {
    let mut command = hearten(["serve", "--store", "memory"]);
    command.args(arguments).current_dir(&folder.0);
    Server::spawn(command, folder.0.path())
}

#[test]
fn what_is_missing_beyond_this_machine_is_named_and_nothing_else() {
    let folder = Folder::new();
    let lacking: [(&[&str], String); 5] = [
        (&[], format!("{NO_TLS} and {NO_AUTHENTICATION}")),
        (&KEYS, NO_TLS.to_owned()),
        (&TOKENS, NO_TLS.to_owned()),
        (&[&KEYS[..], &TOKENS].concat(), NO_TLS.to_owned()),
        (&TLS, NO_AUTHENTICATION.to_owned()),
    ];
    for (given, lacking) in lacking {
        for address in [EVERYWHERE, "[::]:0", "192.0.2.1:50051"] {
            let by_flag = folder.refused(&[&["--listen", address], given].concat(), &[]);
            let by_variable = folder.refused(given, &[("HEARTEN_LISTEN", address)]);
            folder.put("hearten.toml", &format!("listen = \"{address}\"\n"));
            let by_file = folder.refused(&[&["--config", "hearten.toml"], given].concat(), &[]);
            let (well, checked) = folder.run(&[&["config", "check", "--listen", address], given].concat(), &[]);
            assert!(!well);
            for said in [by_flag, by_variable, by_file, checked] {
                let told =
                    format!("--listen {address} can be reached from outside this machine, and there is no {lacking}: ");
                assert!(said.contains(&told) && said.contains("or say --insecure"), "{given:?}: {said}");
            }
        }
    }
    // Saying no is not saying yes.
    let said = folder.refused(&["--listen", EVERYWHERE, "--insecure=false"], &[]);
    assert!(said.contains(NO_TLS), "{said}");
}

#[test]
fn with_both_it_listens_everywhere_and_without_a_word() {
    let folder = Folder::new();
    for known in [&KEYS[..], &TOKENS] {
        let server = start(&folder, &[&["--listen", EVERYWHERE], &TLS[..], known].concat());
        let said = server.output();
        assert!(!said.contains("WARN") && !said.contains("-plaintext"), "{said}");
    }
}

#[test]
fn insecure_lets_it_and_warns_and_at_home_nothing_is_said() {
    let folder = Folder::new();
    let server = start(&folder, &["--listen", EVERYWHERE, "--insecure"]);
    let warned = server.output_with("reads and writes");
    let told = format!(
        "WARN whoever reaches this server reads and writes, as --insecure allows listen.lacking={NO_TLS} and {NO_AUTHENTICATION}"
    );
    assert!(warned.contains(&told), "{warned}");
    let checked = folder.checked(&[&["--listen", EVERYWHERE], &KEYS[..]].concat(), &[("HEARTEN_INSECURE", "true")]);
    assert!(
        checked.contains(&format!(
            "warning: --insecure: whoever reaches {EVERYWHERE} reads and writes, without {NO_TLS}\n"
        )),
        "{checked}"
    );

    for address in ["127.0.0.1:0", "127.1.2.3:0"] {
        let server = start(&folder, &["--listen", address]);
        let mut server = server;
        server.terminate();
        assert!(server.wait(super::support::PATIENCE).unwrap().success());
        assert!(!server.output().contains("WARN"), "{}", server.output());
    }
}

#[test]
fn what_goes_together_is_asked_for_together() {
    let folder = Folder::new();
    let ca = ["--client-ca", "ca.pem"];
    let useless = folder.refused(&[&TLS[..], &ca].concat(), &[]);
    for words in ["--client-ca", "hearten keys new --certificate NAME", "give --keys"] {
        assert!(useless.contains(words), "{useless}");
    }
    for known in [&KEYS[..], &TOKENS] {
        folder.checked(&[&TLS[..], &ca, known].concat(), &[]);
    }
    let halves: [(&[&str], &str); 7] = [
        (&TLS[..2], "--tls-key"),
        (&TLS[2..], "--tls-cert"),
        (&[&ca[..], &KEYS].concat(), "--tls-cert"),
        (&TOKENS[..2], "--jwt-issuer"),
        (&TOKENS[..4], "--jwt-audience"),
        (&TOKENS[2..4], "--jwt-keys"),
        (&TOKENS[4..], "--jwt-keys"),
    ];
    for (half, missing) in halves {
        let said = folder.refused(half, &[]);
        assert!(said.contains("is of no use without") && said.contains(missing), "{half:?}: {said}");
    }
    // In the environment it is the same.
    let said = folder.refused(&[], &[("HEARTEN_TLS_CERT", "cert.pem")]);
    assert!(said.contains("--tls-key"), "{said}");
    folder.put("hearten.toml", "tls_cert = \"cert.pem\"\n");
    let config = ["--config", "hearten.toml"];
    let said = folder.refused(&config, &[]);
    assert!(said.contains("--tls-cert is of no use without --tls-key"), "{said}");
    // One half may stand elsewhere.
    folder.checked(&[&config[..], &TLS[2..]].concat(), &[]);
    folder.checked(&config, &[("HEARTEN_TLS_KEY", "key.pem")]);
    folder.put("hearten.toml", "jwt_keys = \"jwks.json\"\n");
    folder.checked(&[&config[..], &TOKENS[2..]].concat(), &[]);
}

#[test]
fn files_that_cannot_be_used_are_named() {
    let folder = Folder::new();
    let other = super::Authority::new("another").issue(&["localhost"]);
    folder.put("other.pem", &other.certificate);
    folder.put("empty.pem", "");
    folder.put("broken.toml", "# keys\n\n[[key]]\nid = 7\n");
    folder.put("broken.json", "{}");
    let tls = |cert, key| ["--tls-cert", cert, "--tls-key", key];
    let unusable: [(&[&str], &[&str]); 9] = [
        (&tls("other.pem", "key.pem"), &["certificate and private key"]),
        (&tls("empty.pem", "key.pem"), &["the certificate: holds no certificate in PEM"]),
        (&tls("cert.pem", "empty.pem"), &["the private key"]),
        (&tls("cert.pem", "nowhere.pem"), &["nowhere.pem"]),
        (&[&TLS[..], &["--client-ca", "empty.pem"], &KEYS].concat(), &["the client CA: holds no certificate in PEM"]),
        (&["--keys", "broken.toml"], &["broken.toml", "line 4"]),
        (&["--keys", "nowhere.toml"], &["nowhere.toml"]),
        (&[&["--jwt-keys", "broken.json"], &TOKENS[2..]].concat(), &["--jwt-keys broken.json", "no JSON Web Key Set"]),
        (&[&["--jwt-keys", "http://issuer.test/keys"], &TOKENS[2..]].concat(), &["--jwt-keys", "https:// is needed"]),
    ];
    for (given, words) in unusable {
        let served = folder.refused(given, &[]);
        let (well, checked) = folder.run(&[&["config", "check"], given].concat(), &[]);
        assert!(!well, "{given:?}");
        for said in [served, checked] {
            assert!(words.iter().all(|word| said.contains(word)), "{given:?} {words:?}: {said}");
        }
    }
}
