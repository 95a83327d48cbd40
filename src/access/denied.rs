//! Why somebody was not let in. Strangers are told what to mend, and nothing about what is known here.

use super::Role;

/// Why not.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    /// Nothing was shown.
    #[error("no credential: send the header `authorization: Bearer …` with a key or a token")]
    Missing,
    /// What was shown is no credential.
    #[error("the header `authorization` is not `Bearer` with one key or token")]
    Malformed,
    /// Nobody known has it.
    #[error("the credential is not known here: wrong, or revoked")]
    Unknown,
    /// It was good once.
    #[error("the credential has expired")]
    Expired,
    /// A token that says too little, or the wrong thing.
    #[error("the token is refused: {0}")]
    Token(String),
    /// The key that signed a token is not known, or not yet.
    #[error("the token is refused: it was signed by a key that the issuer does not publish")]
    Signer,
    /// A known caller asks for what is not theirs to do.
    #[error("this credential may not do that: it takes the role `{0}`")]
    Role(Role),
    /// A known caller asks for another's data.
    #[error("this credential belongs to another tenant than the header `hearten-tenant` names")]
    Tenant,
    /// A known caller asks for a class that is not theirs.
    #[error("is not among the classes this credential may see")]
    Class,
}

impl Denied {
    /// The caller is known; what they asked for is not theirs.
    #[must_use]
    pub fn known(&self) -> bool {
        matches!(self, Self::Role(_) | Self::Tenant | Self::Class)
    }

    /// In one word, for errors and metrics.
    #[must_use]
    pub fn reason(&self) -> &'static str {
        match self {
            Self::Missing => "CREDENTIAL_MISSING",
            Self::Malformed => "CREDENTIAL_MALFORMED",
            Self::Unknown => "CREDENTIAL_UNKNOWN",
            Self::Expired => "CREDENTIAL_EXPIRED",
            Self::Token(_) | Self::Signer => "TOKEN_REFUSED",
            Self::Role(_) => "ROLE_MISSING",
            Self::Tenant => "OTHER_TENANT",
            Self::Class => "OTHER_CLASS",
        }
    }
}
