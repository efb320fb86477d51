//! The codes of a column as small numbers.
use std::collections::HashMap;
use std::sync::Arc;

/// Numbers are given in order of appearance and never change.
#[derive(Clone, Debug, Default)]
pub(crate) struct Dictionary {
    codes: Vec<Arc<str>>,
    numbers: HashMap<Arc<str>, u32>,
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

    pub fn code(&self, number: u32) -> &Arc<str> {
        &self.codes[number as usize]
    }

    pub fn iter(&self) -> impl Iterator<Item = (u32, &Arc<str>)> {
        self.codes.iter().enumerate().map(|(i, c)| (i as u32, c))
    }
}
