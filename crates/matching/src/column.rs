//! One column of facts: the values of one field in one year for all rows, with an index per block.
//!
//! Invariants: `known` has a bit for each row whose value is on file; the index of a block always describes its
//! present values, so that a changed cell costs at most the index of its own block.
use crate::ascending::Ascending;
use crate::bits::{Bits, Block, ROWS};
use crate::dictionary::Dictionary;
use crate::inverted::Inverted;

/// The value of one cell as the table stores it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Stored {
    Unknown,
    Bool(bool),
    /// Integers; dates and lengths of time as days.
    Int(i64),
    Double(f64),
    /// Position in the dictionary.
    Code(u32),
    /// Positions in the dictionary, ascending, each once.
    Set(Vec<u32>),
}

#[derive(Clone, Debug)]
pub(crate) struct Column {
    pub known: Bits,
    pub data: Data,
}

#[derive(Clone, Debug)]
pub(crate) enum Data {
    /// True rows; subset of `known`.
    Bool(Bits),
    Int(Numbers),
    Double(Vec<f64>),
    Code(Codes),
    Set(Sets),
}

/// Integers with, for each block, its known rows in ascending order of value.
#[derive(Clone, Debug, Default)]
pub(crate) struct Numbers {
    pub values: Vec<i64>,
    pub order: Vec<Ascending>,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Codes {
    pub dictionary: Dictionary,
    pub values: Vec<u32>,
    /// Empty where the dictionary is open (texts, references): those are scanned.
    pub inverted: Vec<Inverted>,
    pub closed: bool,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Sets {
    pub dictionary: Dictionary,
    pub values: Vec<Box<[u32]>>,
    pub inverted: Vec<Inverted>,
}

impl Column {
    pub fn new(data: Data) -> Column {
        Column { known: Bits::default(), data }
    }

    pub fn dictionary(&self) -> Option<&Dictionary> {
        match &self.data {
            Data::Code(c) => Some(&c.dictionary),
            Data::Set(s) => Some(&s.dictionary),
            _ => None,
        }
    }

    pub fn dictionary_mut(&mut self) -> Option<&mut Dictionary> {
        match &mut self.data {
            Data::Code(c) => Some(&mut c.dictionary),
            Data::Set(s) => Some(&mut s.dictionary),
            _ => None,
        }
    }

    /// Makes room for `rows` rows, the new ones unknown.
    pub fn grow(&mut self, rows: usize) {
        self.known.grow(rows);
        let blocks = rows.div_ceil(ROWS);
        match &mut self.data {
            Data::Bool(bits) => bits.grow(rows),
            Data::Int(n) => {
                n.values.resize(rows, 0);
                n.order.resize_with(blocks, Ascending::default);
            }
            Data::Double(v) => v.resize(rows, 0.0),
            Data::Code(c) => {
                c.values.resize(rows, 0);
                if c.closed {
                    c.inverted.resize_with(blocks, Inverted::default);
                }
            }
            Data::Set(s) => {
                s.values.resize(rows, Box::default());
                s.inverted.resize_with(blocks, Inverted::default);
            }
        }
    }

    pub fn get(&self, row: usize) -> Stored {
        if !self.known.get(row) {
            return Stored::Unknown;
        }
        match &self.data {
            Data::Bool(bits) => Stored::Bool(bits.get(row)),
            Data::Int(n) => Stored::Int(n.values[row]),
            Data::Double(v) => Stored::Double(v[row]),
            Data::Code(c) => Stored::Code(c.values[row]),
            Data::Set(s) => Stored::Set(s.values[row].to_vec()),
        }
    }

    /// Writes a cell without its index; false if the kind of the value is not the column's.
    pub fn write(&mut self, row: usize, value: Stored) -> bool {
        let known = value != Stored::Unknown;
        match (&mut self.data, value) {
            (Data::Bool(bits), Stored::Unknown) => bits.put(row, false),
            (_, Stored::Unknown) => {}
            (Data::Bool(bits), Stored::Bool(v)) => bits.put(row, v),
            (Data::Int(n), Stored::Int(v)) => n.values[row] = v,
            (Data::Double(d), Stored::Double(v)) => d[row] = v,
            (Data::Code(c), Stored::Code(v)) => c.values[row] = v,
            (Data::Set(s), Stored::Set(v)) => s.values[row] = v.into(),
            _ => return false,
        }
        self.known.put(row, known);
        true
    }

    /// Writes a cell and brings the index of its block up to date; false, and no change, if the kind differs.
    pub fn set(&mut self, row: usize, value: Stored) -> bool {
        let written = self.write(row, value);
        if written {
            self.index_block(row / ROWS);
        }
        written
    }

    /// Rebuilds the index of every block.
    pub fn index(&mut self) {
        for block in 0..self.known.blocks.len() {
            self.index_block(block);
        }
    }

    fn index_block(&mut self, block: usize) {
        let known: &Block = &self.known.blocks[block];
        match &mut self.data {
            Data::Bool(_) | Data::Double(_) => {}
            Data::Int(n) => {
                let values = &n.values[block * ROWS..];
                n.order[block].rebuild(known, &values[..values.len().min(ROWS)]);
            }
            Data::Code(c) if c.closed => {
                let values = &c.values[block * ROWS..];
                c.inverted[block] = Inverted::build(c.dictionary.len(), known.ones().map(|at| (at, &values[at..=at])));
            }
            Data::Code(_) => {}
            Data::Set(s) => {
                let values = &s.values[block * ROWS..];
                s.inverted[block] = Inverted::build(s.dictionary.len(), known.ones().map(|at| (at, &*values[at])));
            }
        }
    }
}
