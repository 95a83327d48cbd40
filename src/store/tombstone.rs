//! What is left of an erased learner.

use aws_lc_rs::hmac;

use super::Key;

/// A hash that tells whether somebody is them, and from which nobody can tell who they were without the store's secret.
pub(crate) fn tombstone(secret: [u8; 16], key: &Key) -> Vec<u8> {
    let mut context = hmac::Context::with_key(&hmac::Key::new(hmac::HMAC_SHA256, &secret));
    context.update(&(key.tenant().len() as u64).to_be_bytes());
    context.update(key.tenant().as_bytes());
    context.update(key.learner().as_bytes());
    context.sign().as_ref().get(..16).unwrap_or_default().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hash(secret: u8, tenant: &str, learner: &str) -> Vec<u8> {
        tombstone([secret; 16], &Key::new(tenant, learner))
    }

    #[test]
    fn it_names_one_learner_of_one_tenant_in_one_store() {
        let ana = hash(1, "default", "ana");
        assert_eq!(ana.len(), 16);
        assert_eq!(ana, hash(1, "default", "ana"));
        for other in [hash(2, "default", "ana"), hash(1, "defaulta", "na"), hash(1, "default", "ann")] {
            assert_ne!(ana, other);
        }
    }
}
