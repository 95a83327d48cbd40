//! Where a message is shown.

/// Where a message is shown. The numbers are the API's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Placement {
    /// Beside the work, where it moves nothing.
    Inline = 1,
    /// At the edge, for a while.
    Toast = 2,
    /// In front of the work: only where a policy says so.
    Interruptive = 3,
}

impl Placement {
    /// All of them, by number.
    pub const ALL: [Self; 3] = [Self::Inline, Self::Toast, Self::Interruptive];
}
