//! Model files, whole and broken.

/// Not the one that comes with the release.
pub const MODEL: &str = r#"name = "other-1.0"
calibrated = ["wheel_spinning"]

[expectation]
bias = 0.3
ability = 0.9
retry = 0.4

[frustration]
bias = -1.0
error_run = 0.5
help_30s = 0.2

[confidence]
bias = -0.25
answer_right = 2

[disengagement]
help_180s = 1.5

[wheel_spinning]
skill_opportunities = 0.2
skill_run = -1.0
"#;

/// What is wrong, the line it is at where there is one, and the file.
pub fn broken() -> Vec<(&'static str, Option<usize>, String)> {
    let changed = |from: &str, to: &str| {
        assert_eq!(MODEL.matches(from).count(), 1, "{from}");
        MODEL.replace(from, to)
    };
    let foreign = "[package]\nname = \"hearten\"\nversion = \"0.1.0\"\n\n[dependencies]\n";
    vec![
        ("not TOML", Some(1), "{\"name\": \"other\"}\n".to_owned()),
        ("empty", None, String::new()),
        ("foreign", Some(5), foreign.to_owned()),
        ("an unknown table", Some(18), changed("[disengagement]", "[boredom]")),
        ("a missing table", None, changed("[disengagement]\nhelp_180s = 1.5\n", "")),
        ("a table twice", Some(18), changed("[disengagement]", "[confidence]")),
        ("an unknown term", Some(6), changed("ability = 0.9", "gender = 0.9")),
        ("an unknown weight", Some(11), changed("error_run = 0.5", "eror_run = 0.5")),
        ("a weight of another estimate", Some(19), changed("help_180s", "slow_error_180s")),
        ("a weight twice", Some(12), changed("help_30s", "error_run")),
        ("a weight that is no number", Some(11), changed("error_run = 0.5", "error_run = \"0.5\"")),
        ("an error that lowers frustration", Some(11), changed("error_run = 0.5", "error_run = -0.5")),
        ("ability that lowers the expectation", Some(6), changed("ability = 0.9", "ability = -0.9")),
        ("nan", Some(10), changed("-1.0\nerror", "nan\nerror")),
        ("inf", Some(5), changed("bias = 0.3", "bias = inf")),
        ("beyond all bounds", Some(16), changed("answer_right = 2", "answer_right = 1e9")),
        ("a name with spaces", Some(1), changed("other-1.0", "my model")),
        ("a name with a line break", Some(1), changed("other-1.0", "my\\nmodel")),
        ("no name", Some(1), changed("other-1.0", "")),
        ("an unknown estimate", Some(2), changed("[\"wheel_spinning\"]", "[\"boredom\"]")),
    ]
}
