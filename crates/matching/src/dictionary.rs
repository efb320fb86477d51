//! The codes of a column as small numbers.
use liangu_expr::schema::CodeList;
use std::collections::HashMap;
use std::sync::Arc;

/// Numbers are given in order of appearance and never change.
#[derive(Clone, Debug, Default)]
pub(crate) struct Dictionary {
    codes: Vec<Arc<str>>,
    numbers: HashMap<Arc<str>, u32>,
    /// Of a code list: the codes in and below each code.
    below: HashMap<u32, Vec<u32>>,
}

impl Dictionary {
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    pub fn find(&self, code: &str) -> Option<u32> {
        self.numbers.get(code).copied()
    }

    /// The number of a code, a new one if it was never seen.
    pub fn intern(&mut self, code: &str) -> u32 {
        if let Some(number) = self.find(code) {
            return number;
        }
        let (number, shared) = (self.codes.len() as u32, Arc::<str>::from(code));
        self.codes.push(shared.clone());
        self.numbers.insert(shared, number);
        number
    }

    /// All codes of a list, with what lies below each.
    pub fn of(list: &CodeList) -> Dictionary {
        let mut dictionary = Dictionary::default();
        for code in list.codes.keys() {
            dictionary.intern(code);
        }
        for (number, code) in list.codes.keys().enumerate() {
            let mut at = Some(code);
            while let Some(ancestor) = at.and_then(|code| dictionary.find(code)) {
                dictionary.below.entry(ancestor).or_default().push(number as u32);
                at = list.codes[ancestor as usize].parent.as_ref();
            }
        }
        dictionary
    }

    /// The codes in and below a code, as [`CodeList::contains`] says; none for a code the list does not have.
    pub fn below(&self, code: &str) -> &[u32] {
        self.find(code).and_then(|number| self.below.get(&number)).map_or(&[], Vec::as_slice)
    }

    pub fn code(&self, number: u32) -> &Arc<str> {
        &self.codes[number as usize]
    }
}
