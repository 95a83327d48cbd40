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
        let refined = match &Trigger::of(reason).measure {
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
        *table = json!({"allOf": [table.take(), refined]});
    }
    schema
}
