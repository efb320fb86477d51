//! Words that mean the same: groups of two or more, no word in two of them.
use super::Cx;
use super::report::Words;
use crate::raw::{Name, Raw, RawSynonyms};
use indexmap::IndexMap;

/// Words of a group; each is one more thing the database looks for.
const MOST: usize = 12;
/// Letters of a word.
const LONGEST: usize = 40;

const EXAMPLE: (&str, &str) = ("写作 synonyms: [[技改, 技术改造]]", "write synonyms: [[技改, 技术改造]]");

pub(crate) fn build(raw: &Raw, cx: &Cx) -> Vec<Vec<String>> {
    let mut seen: IndexMap<String, (&Name, usize)> = IndexMap::new();
    for (group, synonyms) in raw.synonyms.iter().enumerate() {
        size(synonyms, cx);
        for word in &synonyms.words {
            form(word, cx);
            match seen.get(&plain(&word.value)) {
                Some(earlier) => twice(word, earlier.0, earlier.1 == group, cx),
                None => {
                    seen.insert(plain(&word.value), (word, group));
                }
            }
        }
    }
    raw.synonyms.iter().map(|g| super::plain(&g.words)).collect()
}

/// As search sees a word: small letters, any signs between them as one space.
fn plain(word: &str) -> String {
    let letters: String = word.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn size(group: &RawSynonyms, cx: &Cx) {
    let example = (EXAMPLE.0.into(), EXAMPLE.1.into());
    let (code, message, hint): (&str, Words, Words) = match group.words.as_slice() {
        [] => ("empty_group", ("同义词组是空的".into(), "this group of synonyms is empty".into()), example),
        [one] => {
            let message = (format!("{} 独自一组，没有同义词", one.value), format!("{} stands alone in its group", one.value));
            ("lone_word", (message.0.into(), message.1.into()), example)
        }
        more if more.len() > MOST => {
            let message = (
                format!("一组最多 {MOST} 个词，这里有 {} 个", more.len()),
                format!("a group has at most {MOST} words, this one {}", more.len()),
            );
            let hint = ("只留人们真会输入的词。".into(), "keep the words that people really type.".into());
            ("long_group", (message.0.into(), message.1.into()), hint)
        }
        _ => return,
    };
    cx.say(group.at, code, message, Some(hint));
}

fn form(word: &Name, cx: &Cx) {
    if plain(&word.value).is_empty() {
        let message = (format!("“{}”里没有可搜索的字", word.value).into(), format!("\"{}\" has no letter to search", word.value).into());
        cx.say(word.at, "bad_synonym", message, Some((EXAMPLE.0.into(), EXAMPLE.1.into())));
    } else if word.value.chars().count() > LONGEST {
        let message = (format!("同义词最长 {LONGEST} 个字").into(), format!("a synonym has at most {LONGEST} letters").into());
        cx.say(word.at, "bad_synonym", message, None);
    }
}

fn twice(word: &Name, earlier: &Name, same_group: bool, cx: &Cx) {
    let (value, line) = (&word.value, earlier.at.line);
    if same_group {
        let message = (format!("{value} 在这一组里写了两次").into(), format!("{value} is in this group twice").into());
        return cx.say(word.at, "duplicate", message, Some(("删去其中一处。".into(), "remove one of them.".into())));
    }
    let file = cx.errors.files().get(earlier.at.file as usize).map_or("", |f| f.path.as_str());
    let message = (
        format!("{value} 已在另一组里：{file} 第 {line} 行").into(),
        format!("{value} is in another group already: {file}, line {line}").into(),
    );
    let hint = ("意思相同就并成一组，否则删去一处。".into(), "make one group of both if they mean the same, or remove one.".into());
    cx.say(word.at, "duplicate", message, Some(hint));
}
