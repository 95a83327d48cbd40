//! Which keys there are and what they allow, as the published schema tells.

use hearten::feedback::schema;
use serde_json::Value;

/// A number that a file may set.
pub struct Number {
    /// Its table, such as `reasons.stuck`.
    pub table: String,
    pub key: String,
    pub whole: bool,
    /// The least and the most that is allowed; the first number below and the first above.
    pub least: String,
    pub most: String,
    pub below: String,
    pub above: String,
}

/// Every number of every table that may be set there.
pub fn numbers() -> Vec<Number> {
    let schema = schema();
    let mut numbers = Vec::new();
    let mut from = |table: &str, properties: &Value, refined: &Value| {
        for (key, about) in properties.as_object().unwrap() {
            let own = &refined[key];
            // What the reason has no use for is another mistake.
            if own == &Value::Bool(false) || own.get("const").is_some() {
                continue;
            }
            numbers.extend(number(table, key, about, own));
        }
    };
    from("", &schema["properties"], &Value::Null);
    for table in ["restraint", "attention"] {
        from(table, &schema["properties"][table]["properties"], &Value::Null);
    }
    for (reason, tables) in schema["properties"]["reasons"]["properties"].as_object().unwrap() {
        let refined = &tables["allOf"][1]["properties"];
        from(&format!("reasons.{reason}"), &schema["$defs"]["ReasonTable"]["properties"], refined);
    }
    numbers
}

fn number(table: &str, key: &str, about: &Value, own: &Value) -> Option<Number> {
    let is = |kind: &str| {
        let types = &about["type"];
        types == kind || types.as_array().is_some_and(|types| types.iter().any(|one| one == kind))
    };
    let whole = is("integer");
    let bound = |name: &str| own[name].as_f64().or(about[name].as_f64());
    let most = bound("maximum").filter(|_| whole || is("number"))?;
    let exclusive = bound("exclusiveMinimum");
    let least = bound("minimum").or(exclusive.map(|least| least + 0.001))?;
    let step = if whole { 1.0 } else { 0.001 };
    Some(Number {
        table: table.to_owned(),
        key: key.to_owned(),
        whole,
        least: least.to_string(),
        most: most.to_string(),
        below: exclusive.unwrap_or(least - step).to_string(),
        above: (most + step).to_string(),
    })
}
