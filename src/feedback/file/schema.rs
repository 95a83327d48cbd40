//! The JSON schema of policy files, for editors and for whoever writes policies by program.

use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

use super::{super::Trigger, tables::File};
use crate::reason::Reason;

/// The schema, each reason with the thresholds that it allows.
#[must_use]
pub fn schema() -> Value {
    let mut schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<File>().to_value();
    for reason in Reason::ALL {
        let place = format!("/properties/reasons/properties/{}", reason.name());
        let Some(table) = schema.pointer_mut(&place) else { continue };
        let mut refined = match &Trigger::of(reason).measure {
            None => json!({"properties": {"threshold": false, "alerts_per_hour": false, "running": {"const": 1}}}),
            Some(measure) => {
                let (least, most) = measure.range;
                let threshold = json!({"minimum": least, "maximum": most, "description": measure.meaning});
                let either = json!([{"required": ["threshold"]}, {"required": ["alerts_per_hour"]}]);
                match measure.watched {
                    Some(_) => json!({"properties": {"threshold": threshold}, "oneOf": either}),
                    None => json!({
                        "properties": {"threshold": threshold, "alerts_per_hour": false, "running": {"const": 1}},
                        "required": ["threshold"],
                    }),
                }
            }
        };
        if reason == Reason::Stuck
            && let Some(properties) = refined.pointer_mut("/properties").and_then(Value::as_object_mut)
        {
            // Whoever is stuck is never left alone for a trial, and what asks for one is not theirs either.
            properties.extend(["trial", "trial_unit"].map(|key| (key.to_owned(), json!(false))));
            properties.insert("guard".to_owned(), json!({"const": false}));
            properties.insert("selection".to_owned(), json!({"const": "rotation"}));
        }
        *table = json!({"allOf": [table.take(), refined]});
    }
    schema
}
