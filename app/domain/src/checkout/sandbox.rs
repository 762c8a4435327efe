//! What the built-in gateway's page shows and offers.

use serde::{Deserialize, Serialize};

use crate::money::Money;

/// A payment at the sandbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SandboxPayment {
    pub amount: Money,
    pub description: String,
    pub state: SandboxState,
    /// The way back to the order.
    pub return_url: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SandboxState {
    Open,
    Paid,
    /// Expired or ended: it cannot be paid any more.
    Ended,
}

/// When the notice of a payment arrives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Delivery {
    /// Before the payer is back at the order.
    #[default]
    First,
    /// Some seconds after that.
    After,
    /// Half a minute later.
    Late,
    /// Before the payer is back, and once more.
    Twice,
    /// Not at all: only asking finds it out.
    Never,
}

impl Delivery {
    pub const ALL: [Self; 5] = [
        Self::First,
        Self::After,
        Self::Late,
        Self::Twice,
        Self::Never,
    ];

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::After => "after",
            Self::Late => "late",
            Self::Twice => "twice",
            Self::Never => "never",
        }
    }

    /// `None` for a word that is none.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.as_str() == word)
    }

    /// Whether the payer waits until the notice was taken in.
    #[must_use]
    pub fn is_before_return(self) -> bool {
        matches!(self, Self::First | Self::Twice)
    }
}
