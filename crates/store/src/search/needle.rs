//! What someone typed, as words to look for, each with what the packs say means the same.
//!
//! Text is cut as [`super::words`] cuts it. Neighbouring words that together are a word of a pack's synonyms become one
//! again: 企业|技|改 is 企业 and 技改. A synonym never begins or ends inside a word of the cut, so 提高|企业 does not hold
//! 高企. Synonyms are looked up here, when someone asks, and never stored: another pack needs no other index.
use super::words::{Run, runs};
use std::collections::{BTreeSet, HashMap};

/// Words of a query that count; nobody types more on purpose.
const TYPED: usize = 16;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Word {
    pub word: String,
    /// Also finds words that begin with it: names in Latin letters and long numbers are often typed in part.
    pub prefix: bool,
}

impl Word {
    fn new(word: String, han: bool) -> Word {
        let letters = word.chars().any(|c| !c.is_numeric());
        let prefix = !han && word.chars().count() >= if letters { 2 } else { 5 };
        Word { word, prefix }
    }
}

/// One way to write what is looked for: all of the words, and Chinese text of several words as it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Form {
    pub words: Vec<Word>,
    /// The index knows no order of words; the row's text does.
    pub unbroken: Vec<String>,
}

impl Form {
    fn of(runs: &[Run]) -> Form {
        let mut form = Form::default();
        for run in runs {
            let words = run.cut();
            if run.han && words.len() > 1 {
                form.unbroken.push(run.text.clone());
            }
            for word in words {
                let word = Word { word, prefix: false };
                if !form.words.contains(&word) {
                    form.words.push(word);
                }
            }
        }
        form
    }

    fn letters(&self) -> usize {
        self.words.iter().map(|w| w.word.chars().count()).sum()
    }
}

/// A word someone typed: its forms, of which any will do. Invariant: not empty; the first is the one typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    pub forms: Vec<Form>,
}

impl Typed {
    /// As long as its longest form: who abbreviates does not mean less.
    pub fn weight(&self) -> usize {
        self.forms.iter().map(Form::letters).max().unwrap_or_default()
    }

    /// Words of which forms of several words are made, without single letters.
    pub fn parts(&self) -> Vec<Form> {
        let of_several = self.forms.iter().filter(|f| f.words.len() > 1).flat_map(|f| &f.words);
        let words: BTreeSet<&String> = of_several.map(|w| &w.word).filter(|w| w.chars().count() > 1).collect();
        let form = |word: &String| Form { words: vec![Word { word: word.clone(), prefix: false }], unbroken: Vec::new() };
        words.into_iter().map(form).collect()
    }
}

/// What someone typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Needle {
    pub words: Vec<Typed>,
}

impl Needle {
    /// No words at all (`！？`) finds nothing.
    pub fn new(text: &str, synonyms: &[Vec<String>]) -> Needle {
        let tokens = tokens(text);
        let known = Known::new(synonyms);
        let mut words: Vec<Typed> = Vec::new();
        let (mut at, mut groups) = (0, BTreeSet::new());
        while at < tokens.len() && words.len() < TYPED {
            if let Some((group, member, next)) = known.longest(&tokens[at..]) {
                if groups.insert(group) {
                    words.push(expanded(&synonyms[group], member, &tokens[at..at + next]));
                }
                at += next;
                continue;
            }
            let form = Form { words: vec![tokens[at].word.clone()], unbroken: Vec::new() };
            if !words.iter().any(|w| w.forms[0] == form) {
                words.push(Typed { forms: vec![form] });
            }
            at += 1;
        }
        Needle { words }
    }

    /// The forms that must stand unbroken.
    pub fn unbroken(&self) -> impl Iterator<Item = &Form> {
        self.words.iter().flat_map(|word| &word.forms).filter(|form| !form.unbroken.is_empty())
    }

    /// Whether something less than all of it can be looked for.
    pub fn can_loosen(&self) -> bool {
        self.words.len() > 1 || self.words.iter().any(|w| !w.parts().is_empty())
    }
}

struct Token {
    word: Word,
    apart: bool,
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    for run in runs(text) {
        let words = run.cut().into_iter().enumerate();
        tokens.extend(words.map(|(n, word)| Token { word: Word::new(word, run.han), apart: n == 0 && run.apart }));
    }
    tokens
}

/// A group's forms, the member that was typed first; its Latin words may be a beginning, as those of any typed word.
fn expanded(group: &[String], member: usize, typed: &[Token]) -> Typed {
    let mut first = Form::of(&runs(&group[member]));
    for word in &mut first.words {
        word.prefix = typed.iter().any(|t| t.word.word == word.word && t.word.prefix);
    }
    let others = group.iter().enumerate().filter(|(n, _)| *n != member).map(|(_, word)| Form::of(&runs(word)));
    Typed { forms: std::iter::once(first).chain(others).filter(|f| !f.words.is_empty()).collect() }
}

/// The words of all groups, as letters with one space wherever signs stand between.
struct Known {
    words: HashMap<String, (usize, usize)>,
    /// Bytes of the longest.
    longest: usize,
}

impl Known {
    fn new(synonyms: &[Vec<String>]) -> Known {
        let mut words = HashMap::new();
        for (group, members) in synonyms.iter().enumerate() {
            for (member, word) in members.iter().enumerate() {
                let mut key = String::new();
                for run in runs(word) {
                    append(&mut key, &run.text, run.apart);
                }
                words.entry(key).or_insert((group, member));
            }
        }
        let longest = words.keys().map(String::len).max().unwrap_or_default();
        Known { words, longest }
    }

    /// The longest synonym that `tokens` begin with: its group, its place there, its number of tokens.
    fn longest(&self, tokens: &[Token]) -> Option<(usize, usize, usize)> {
        let (mut text, mut found) = (String::new(), None);
        for (n, token) in tokens.iter().enumerate() {
            append(&mut text, &token.word.word, token.apart);
            if text.len() > self.longest {
                break;
            }
            if let Some((group, member)) = self.words.get(&text) {
                found = Some((*group, *member, n + 1));
            }
        }
        found
    }
}

fn append(text: &mut String, word: &str, apart: bool) {
    if apart && !text.is_empty() {
        text.push(' ');
    }
    text.push_str(word);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn synonyms() -> Vec<Vec<String>> {
        let groups: [&[&str]; 5] =
            [&["技改", "技术改造"], &["高企", "高新技术企业"], &["首台套", "首台（套）"], &["规上", "规模以上"], &["MES", "制造执行系统"]];
        groups.iter().map(|group| group.iter().map(|word| (*word).to_owned()).collect()).collect()
    }

    /// The words of each form, joined by `+`, those that must stand unbroken after `=`; forms by `|`.
    fn shown(text: &str) -> String {
        let form = |f: &Form| {
            let words: Vec<String> = f.words.iter().map(|w| w.word.clone() + if w.prefix { "*" } else { "" }).collect();
            let unbroken: Vec<String> = f.unbroken.iter().map(|piece| format!("={piece}")).collect();
            words.join("+") + &unbroken.concat()
        };
        let word = |w: &Typed| w.forms.iter().map(form).collect::<Vec<_>>().join("|");
        Needle::new(text, &synonyms()).words.iter().map(word).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_become_what_means_the_same_and_nothing_inside_a_word_does() {
        for (text, expected) in [
            ("设备补助", "设备 补助"),
            ("企业技改", "企业 技改|技术改造"),
            ("技改 技术改造", "技改|技术改造"),
            ("新增规上企业", "新增 规+上=规上|规模+以上=规模以上 企业"),
            ("规模以上工业", "规模+以上=规模以上|规+上=规上 工业"),
            ("提高企业素质", "提高 企业 素质"),
            ("法规上网", "法规 上网"),
            ("首台(套)装备", "首台+套|首台+套=首台套 装备"),
            ("ｍｅｓ系统", "mes*|制造执行系统 系统"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    fn typed(text: &str) -> Vec<String> {
        Needle::new(text, &[]).words.into_iter().map(|w| w.forms[0].words[0].word.clone()).collect()
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
        assert_eq!(shown("Liangu ５G ISO9001 24"), "liangu* 5g* iso9001* 24");
    }

    #[test]
    fn signs_alone_are_no_words() {
        assert_eq!(typed("！？…—\"'*:()"), Vec::<String>::new());
    }
}
