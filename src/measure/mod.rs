//! How good predictions are, and how sure that is.
//!
//! Rows come as columns of equal length, and each row belongs to a cluster, its learner, numbered from zero. Every
//! measure takes [`Weights`]: how often each cluster counts. All ones give the value itself; those a [`Bootstrap`]
//! draws give its interval. A measure is `None` where it says nothing: no weight to go by, columns of different
//! lengths, or a prediction that is not a number.

mod bootstrap;
mod concordance;
mod errors;
mod order;
mod rank_correlation;
mod ranked;
mod weights;

pub use bootstrap::{Bootstrap, Interval};
pub use concordance::Survival;
pub use errors::Errors;
pub use rank_correlation::RankCorrelation;
pub use ranked::Ranked;
pub use weights::Weights;
