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

/// Words of a query that count; nobody types more on purpose.
const TYPED: usize = 16;
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

enum Run {
    Han(String),
    Other(String),
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

fn runs(text: &str) -> Vec<Run> {
    let mut found: Vec<Run> = Vec::new();
    let mut open = false;
    for letter in text.chars().map(half_width).flat_map(char::to_lowercase) {
        if !letter.is_alphanumeric() {
            open = false;
            continue;
        }
        match (found.last_mut(), is_han(letter)) {
            (Some(Run::Han(run)), true) | (Some(Run::Other(run)), false) if open => run.push(letter),
            (_, true) => found.push(Run::Han(letter.to_string())),
            (_, false) => found.push(Run::Other(letter.to_string())),
        }
        open = true;
    }
    found
}

fn cut_short(word: &str) -> String {
    word.chars().take(LONGEST).collect()
}

/// All words by which a text is found.
pub fn stored(text: &str, into: &mut BTreeSet<String>) {
    for run in runs(text) {
        match run {
            Run::Other(word) => {
                into.insert(cut_short(&word));
            }
            Run::Han(run) => {
                into.extend(run.chars().map(String::from));
                into.extend(dictionary().cut_all(&run).into_iter().map(|token| token.word.to_owned()));
            }
        }
    }
}

/// A word someone typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    pub word: String,
    /// Also finds words that begin with it: names in Latin letters and long numbers are often typed in part.
    pub prefix: bool,
}

/// What someone typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Needle {
    pub words: Vec<Typed>,
}

impl Needle {
    /// No words at all (`！？`) finds nothing.
    pub fn new(text: &str) -> Needle {
        let mut words: Vec<Typed> = Vec::new();
        let mut add = |word: String, prefix: bool| {
            if words.len() < TYPED && !words.iter().any(|w| w.word == word) {
                words.push(Typed { word, prefix });
            }
        };
        for run in runs(text) {
            match run {
                Run::Other(word) => {
                    let letters = word.chars().any(|c| !c.is_numeric());
                    let prefix = word.chars().count() >= if letters { 2 } else { 5 };
                    add(cut_short(&word), prefix);
                }
                Run::Han(run) => dictionary().cut(&run, false).into_iter().for_each(|token| add(token.word.to_owned(), false)),
            }
        }
        Needle { words }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn typed(text: &str) -> Vec<String> {
        Needle::new(text).words.into_iter().map(|w| w.word).collect()
    }

    #[test]
    fn a_document_number_is_cut_into_its_parts() {
        for text in ["湘政办发〔2019〕24号", "湘政办发[2019]24号", "湘政办发【２０１９】２４号"] {
            let words = typed(text);
            assert!(
                words.contains(&"2019".into()) && words.contains(&"24".into()) && words.contains(&"号".into()),
                "{text} gave {words:?}"
            );
        }
    }

    #[test]
    fn latin_words_are_lower_case_and_found_by_their_beginning() {
        let words = Needle::new("Liangu ５G ISO9001 24").words;
        let told: Vec<(&str, bool)> = words.iter().map(|w| (w.word.as_str(), w.prefix)).collect();
        assert_eq!(told, [("liangu", true), ("5g", true), ("iso9001", true), ("24", false)]);
    }

    #[test]
    fn signs_alone_are_no_words() {
        assert_eq!(typed("！？…—\"'*:()"), Vec::<String>::new());
    }

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
            for word in typed(&piece) {
                prop_assert!(all.contains(&word), "{piece}: {word} is not among {all:?}");
            }
        }
    }
}
