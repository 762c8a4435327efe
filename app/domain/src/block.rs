//! Blocks in which learners do something beside watching and being tested: a poll, a chain of cases, something
//! hidden to be shown, cards.

use serde::{Deserialize, Serialize};

use crate::course::is_cjk;

/// A second of a medium of the same lesson, at which an activity is due.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cue {
    /// Key of the medium's activity.
    pub media: String,
    /// From its beginning.
    pub seconds: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    pub body: BlockBody,
    /// The lesson is complete only with it.
    #[serde(default)]
    pub required: bool,
    #[serde(default)]
    pub cue: Option<Cue>,
}

/// All texts but titles are Markdown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "block", rename_all = "lowercase")]
pub enum BlockBody {
    /// Nothing is right or wrong: each learner chooses, and sees what the others chose.
    Poll {
        prompt: String,
        options: Vec<String>,
        /// Said to those who have chosen.
        #[serde(default)]
        feedback: Option<String>,
        /// How the others chose is shown to staff only.
        #[serde(default)]
        private: bool,
    },
    /// Each learner adds a case of their own, after having seen those of the others.
    Chain {
        prompt: String,
        example: Option<String>,
    },
    /// Shown when the learner asks for it.
    Reveal {
        title: String,
        text: String,
    },
    Cards {
        title: String,
        cards: Vec<Card>,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    pub front: String,
    pub back: String,
}

/// What is kept of a card or of something that was shown.
pub const KNOWN: &str = "known";
pub const NOT_YET: &str = "not-yet";
pub const OPENED: &str = "opened";

/// Characters of an entry in a chain.
pub const MAX_ENTRY: usize = 2_000;

/// An answer to a block: to a part of it, where it has parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Given<'a> {
    /// Key of a card; else empty.
    pub part: &'a str,
    /// Key of a poll's option, or one of the words above.
    pub choice: &'a str,
}

impl BlockBody {
    /// Name of the kind, as authors write it.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Poll { .. } => "poll",
            Self::Chain { .. } => "chain",
            Self::Reveal { .. } => "reveal",
            Self::Cards { .. } => "cards",
        }
    }

    /// Every text that may refer to files and lessons.
    #[must_use]
    pub fn texts(&self) -> Vec<&String> {
        match self {
            Self::Poll {
                prompt,
                options,
                feedback,
                ..
            } => [prompt]
                .into_iter()
                .chain(options)
                .chain(feedback)
                .collect(),
            Self::Chain { prompt, example } => [prompt].into_iter().chain(example).collect(),
            Self::Reveal { text, .. } => vec![text],
            Self::Cards { cards, .. } => cards
                .iter()
                .flat_map(|card| [&card.front, &card.back])
                .collect(),
        }
    }

    /// Whether the block can take the answer. What it cannot was not sent by our form, or by one of an older version.
    #[must_use]
    pub fn takes(&self, given: Given<'_>) -> bool {
        match self {
            Self::Poll { options, .. } => {
                given.part.is_empty() && options.iter().any(|option| key(option) == given.choice)
            }
            Self::Chain { .. } => false,
            Self::Reveal { .. } => given.part.is_empty() && given.choice == OPENED,
            Self::Cards { cards, .. } => {
                matches!(given.choice, KNOWN | NOT_YET)
                    && cards.iter().any(|card| key(&card.front) == given.part)
            }
        }
    }

    /// Whether the block is done with these answers; `entered`: the learner has an entry in its chain. Of cards, each
    /// has to be turned, known or not.
    #[must_use]
    pub fn is_answered<'a>(
        &self,
        given: impl IntoIterator<Item = Given<'a>>,
        entered: bool,
    ) -> bool {
        let mut taken = given.into_iter().filter(|given| self.takes(*given));
        match self {
            Self::Chain { .. } => entered,
            Self::Poll { .. } | Self::Reveal { .. } => taken.next().is_some(),
            Self::Cards { cards, .. } => {
                let turned: Vec<&str> = taken.map(|given| given.part).collect();
                cards
                    .iter()
                    .all(|card| turned.contains(&key(&card.front).as_str()))
            }
        }
    }

    /// Seconds that it takes beside reading.
    #[must_use]
    pub fn seconds(&self) -> f64 {
        match self {
            Self::Poll { .. } => 15.0,
            Self::Chain { .. } => 120.0,
            Self::Reveal { .. } => 0.0,
            Self::Cards { cards, .. } => 10.0 * cards.len() as f64,
        }
    }
}

/// Names an option or a card through all imports by what it says: answers stay with the words that were chosen, in
/// whatever order they come later. FNV-1a, 64 bits, hexadecimal.
#[must_use]
pub fn key(text: &str) -> String {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}

/// Whole percents that add up to 100: each count's share rounded down, and what is left given to the largest
/// remainders (Hamilton's method); of equal ones, to the first. Of nothing, nothing.
#[must_use]
pub fn shares(counts: &[u64]) -> Vec<u8> {
    let total: u128 = counts.iter().map(|count| u128::from(*count)).sum();
    if total == 0 {
        return vec![0; counts.len()];
    }
    let parts = || counts.iter().map(|count| u128::from(*count) * 100);
    // At most 100 each, so they fit.
    let mut shares: Vec<u8> = parts().map(|part| (part / total) as u8).collect();
    let mut order: Vec<(usize, u128)> = parts().map(|part| part % total).enumerate().collect();
    order.sort_by_key(|(_, rest)| std::cmp::Reverse(*rest));
    let missing = 100
        - shares
            .iter()
            .map(|share| usize::from(*share))
            .sum::<usize>();
    for (index, _) in order.into_iter().take(missing) {
        shares[index] += 1;
    }
    shares
}

/// An entry as it is kept: with plain ends of lines, and without blanks around it.
///
/// # Errors
/// The message's key where there is nothing to keep, or too much.
pub fn entry(text: &str) -> Result<String, &'static str> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let is_plain = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    let text: String = text.trim().chars().filter(is_plain).collect();
    if text.trim().is_empty() {
        Err("error-entry-empty")
    } else if text.chars().count() > MAX_ENTRY {
        Err("error-entry-long")
    } else {
        Ok(text)
    }
}

/// What others may call a learner who agreed to be named: what stands before the first blank. Where the family's name
/// comes first, as in Chinese, names are short and said in full.
#[must_use]
pub fn first_name(name: &str) -> &str {
    let name = name.trim();
    if name.starts_with(is_cjk) {
        return name;
    }
    name.split_whitespace().next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn given<'a>(part: &'a str, choice: &'a str) -> Given<'a> {
        Given { part, choice }
    }

    #[test]
    fn a_poll_takes_its_own_options_only() {
        let poll = BlockBody::Poll {
            prompt: "Tea?".into(),
            options: vec!["Yes".into(), "No".into()],
            feedback: None,
            private: false,
        };
        let yes = key("Yes");
        assert!(poll.takes(given("", &yes)));
        assert!(poll.is_answered([given("", &yes)], false));
        for other in [given("x", &yes), given("", "0"), given("", OPENED)] {
            assert!(!poll.takes(other), "{other:?}");
            assert!(
                !poll.is_answered([other], true),
                "an option that is gone is no answer"
            );
        }
    }

    #[test]
    fn all_cards_have_to_be_turned() {
        let card = |front: &str| Card {
            front: front.into(),
            back: "b".into(),
        };
        let cards = BlockBody::Cards {
            title: String::new(),
            cards: vec![card("one"), card("two")],
        };
        let (one, two) = (key("one"), key("two"));
        assert!(!cards.is_answered([given(&one, KNOWN)], false));
        assert!(cards.is_answered([given(&one, KNOWN), given(&two, NOT_YET)], false));
        assert!(!cards.takes(given(&one, OPENED)) && !cards.takes(given("", KNOWN)));
    }

    #[test]
    fn a_chain_is_answered_by_an_entry() {
        let chain = BlockBody::Chain {
            prompt: "p".into(),
            example: None,
        };
        assert!(!chain.is_answered([given("", OPENED)], false));
        assert!(chain.is_answered([], true));
    }

    #[test]
    fn keys_stay() {
        // Answers in databases hang on it.
        assert_eq!(key(""), "cbf29ce484222325");
        assert_eq!(key("a"), "af63dc4c8601ec8c");
    }

    #[test]
    fn an_entry_says_something() {
        assert_eq!(entry(" a\r\nb\0 \n"), Ok("a\nb".into()));
        assert_eq!(entry("\n \u{7}"), Err("error-entry-empty"));
        assert_eq!(entry(&"学".repeat(MAX_ENTRY)).map(|_| ()), Ok(()));
        assert_eq!(entry(&"学".repeat(MAX_ENTRY + 1)), Err("error-entry-long"));
    }

    #[test]
    fn names_are_first_names() {
        assert_eq!(first_name("Ada  Lovelace"), "Ada");
        assert_eq!(first_name("王小明"), "王小明");
        assert_eq!(first_name("陈 梅"), "陈 梅");
        assert_eq!(first_name(" "), "");
    }

    proptest! {
        #[test]
        fn shares_add_up_and_keep_the_order(counts in prop::collection::vec(0..u64::MAX, 0..12)) {
            let shares = shares(&counts);
            let sum: u32 = shares.iter().map(|share| u32::from(*share)).sum();
            prop_assert_eq!(sum, if counts.iter().all(|count| *count == 0) { 0 } else { 100 });
            for (a, share_a) in counts.iter().zip(&shares) {
                for (b, share_b) in counts.iter().zip(&shares) {
                    prop_assert!(a <= b || share_a >= share_b);
                }
            }
        }
    }
}
