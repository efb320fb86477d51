//! Clauses: the sentence of the text beside the expression that decides it.
use crate::entry::Entry;
use liangu_base::{Id, Text};

#[derive(Clone, Debug)]
pub struct Clause {
    pub article: Option<String>,
    pub text: Text,
    /// `deciding`, `person` or `information`.
    pub kind: &'static str,
    /// Of every deciding clause and of no other.
    pub when: Option<String>,
    pub confidence: Option<&'static str>,
}

impl Clause {
    pub fn deciding(zh: impl Into<String>, en: impl Into<String>, when: impl Into<String>) -> Clause {
        Clause { article: None, text: Text::new(zh.into(), en.into()), kind: "deciding", when: Some(when.into()), confidence: None }
    }

    pub fn person(zh: &'static str, en: &'static str) -> Clause {
        Clause { article: None, text: Text::fixed(zh, en), kind: "person", when: None, confidence: None }
    }

    pub fn information(zh: impl Into<String>, en: impl Into<String>) -> Clause {
        Clause { article: None, text: Text::new(zh.into(), en.into()), kind: "information", when: None, confidence: None }
    }

    pub fn entry(self, policy: Id, id: Id, position: usize) -> Entry {
        Entry::new("policy_clause", id)
            .with("policy", policy)
            .with("position", position as i64 + 1)
            .maybe("article", self.article)
            .with("text", self.text)
            .with("kind", self.kind)
            .maybe("when", self.when)
            .maybe("confidence", self.confidence)
    }
}

/// The rule of a policy: all its deciding clauses hold. `None` where nothing decides.
pub fn conjunction(clauses: &[Clause]) -> Option<String> {
    let parts: Vec<String> = clauses.iter().filter_map(|c| c.when.as_ref()).map(|when| format!("({when})")).collect();
    (!parts.is_empty()).then(|| parts.join(" && "))
}

/// Gives the clauses their article numbers, from the fourth article on as such texts do.
pub fn number_articles(clauses: &mut [Clause]) {
    for (place, clause) in clauses.iter_mut().enumerate() {
        clause.article.get_or_insert_with(|| format!("第{}条", chinese(place + 4)));
    }
}

/// Numbers below a hundred in Chinese.
fn chinese(number: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    match number {
        0..=9 => DIGITS[number].to_owned(),
        10..=19 => format!("十{}", DIGITS[number - 10]),
        _ => format!("{}十{}", DIGITS[number / 10 % 10], DIGITS[number % 10]),
    }
}
