//! Cutting text into words, the same way for what is stored and for what a person types.
//!
//! Stored text gives every dictionary word it contains, however it would be cut, and every Chinese character by itself;
//! typed text gives the words of its best cut. So whoever types a piece of Chinese text as it stands in a record finds
//! the record, whatever stands around it. Latin letters and digits form one word up to the next other character, in
//! lower case; full-width forms become half-width. Words contain letters and digits only, which is what lets them stand
//! in the databases' query languages without further care.
use jieba_rs::Jieba;
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// Letters of one word kept.
const LONGEST: usize = 64;

fn dictionary() -> &'static Jieba {
    static DICTIONARY: OnceLock<Jieba> = OnceLock::new();
    DICTIONARY.get_or_init(Jieba::new)
}

/// Loads the dictionary, so that the first search does not wait for it.
pub fn warm() {
    dictionary();
}

/// Letters that stand together and are of one kind.
pub(super) struct Run {
    pub text: String,
    pub han: bool,
    /// Signs or spaces stand before it.
    pub apart: bool,
}

impl Run {
    /// The words of its best cut.
    pub fn cut(&self) -> Vec<String> {
        match self.han {
            true => dictionary().cut(&self.text, false).into_iter().map(|token| token.word.to_owned()).collect(),
            false => vec![cut_short(&self.text)],
        }
    }
}

fn is_han(letter: char) -> bool {
    matches!(letter, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' | '〇')
}

/// Full-width letters, digits and signs as half-width ones.
fn half_width(letter: char) -> char {
    match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(letter as u32 - 0xfee0).unwrap_or(letter),
        '\u{3000}' => ' ',
        other => other,
    }
}

pub(super) fn runs(text: &str) -> Vec<Run> {
    let mut found: Vec<Run> = Vec::new();
    let mut apart = true;
    for letter in text.chars().map(half_width).flat_map(char::to_lowercase) {
        if !letter.is_alphanumeric() {
            apart = true;
            continue;
        }
        let han = is_han(letter);
        match found.last_mut() {
            Some(run) if !apart && run.han == han => run.text.push(letter),
            _ => found.push(Run { text: letter.to_string(), han, apart }),
        }
        apart = false;
    }
    found
}

fn cut_short(word: &str) -> String {
    word.chars().take(LONGEST).collect()
}

/// All words by which a text is found.
pub fn stored(text: &str, into: &mut BTreeSet<String>) {
    for run in runs(text) {
        if run.han {
            into.extend(run.text.chars().map(String::from));
            into.extend(dictionary().cut_all(&run.text).into_iter().map(|token| token.word.to_owned()));
        } else {
            into.insert(cut_short(&run.text));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SENTENCES: [&str; 4] = [
        "娄底市涟钢薄板有限责任公司申报省级专精特新中小企业",
        "对首次认定为高新技术企业的一次性奖励二十万元",
        "支持企业实施技术改造和设备更新贷款贴息",
        "研究开发费用加计扣除比例提高到百分之一百",
    ];

    proptest! {
        #[test]
        fn any_piece_of_a_stored_text_finds_it(sentence in 0..SENTENCES.len(), from in 0usize..20, length in 1usize..8) {
            let letters: Vec<char> = SENTENCES[sentence].chars().collect();
            let from = from.min(letters.len() - 1);
            let piece: String = letters[from..(from + length).min(letters.len())].iter().collect();
            let mut all = BTreeSet::new();
            stored(SENTENCES[sentence], &mut all);
            for word in runs(&piece).iter().flat_map(Run::cut) {
                prop_assert!(all.contains(&word), "{piece}: {word} is not among {all:?}");
            }
        }
    }
}
