//! Wordings that learn: what the arithmetic promises, whatever was counted, and what comes of it in schools whose truth is known.

#[path = "adaptive/fatigue.rs"]
mod fatigue;
#[path = "adaptive/laws.rs"]
mod laws;
#[path = "adaptive/learning.rs"]
mod learning;
#[path = "adaptive/off_policy.rs"]
mod off_policy;
#[path = "adaptive/school.rs"]
mod school;
