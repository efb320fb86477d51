//! All rows by a group of their code: firms by county, by section of industry, by size.
use crate::bits::Bits;
use crate::column::Data;
use crate::engine::Engine;
use crate::table::FactKey;
use std::collections::HashMap;

/// The group of a row that has none.
const NONE: u32 = u32::MAX;

/// Rows by group, as the table stood when it was made: whoever keeps it makes it anew when facts have changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partition {
    codes: Vec<String>,
    /// Position in `codes` by row.
    groups: Vec<u32>,
}

/// Rows of one group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GroupCount {
    pub yes: u32,
    /// No, and one step away.
    pub near: u32,
    pub unknown: u32,
}

impl Partition {
    /// The groups, in the order of all counts by group.
    pub fn codes(&self) -> &[String] {
        &self.codes
    }

    /// The position of a row's group; none where its code is unknown or of no group.
    pub fn group(&self, row: u32) -> Option<usize> {
        self.groups.get(row as usize).filter(|group| **group != NONE).map(|group| *group as usize)
    }

    pub(crate) fn counts(&self, yes: &Bits, near: &Bits, unknown: &Bits) -> Vec<GroupCount> {
        let mut counts = vec![GroupCount::default(); self.codes.len()];
        yes.rows().filter_map(|row| self.group(row)).for_each(|group| counts[group].yes += 1);
        near.rows().filter_map(|row| self.group(row)).for_each(|group| counts[group].near += 1);
        unknown.rows().filter_map(|row| self.group(row)).for_each(|group| counts[group].unknown += 1);
        counts
    }
}

impl Engine {
    /// The rows by the group of their code; `group` is asked once for each code. None if the table has no such fact
    /// or it holds no codes.
    pub fn partition(&self, fact: FactKey, group: impl Fn(&str) -> Option<String>) -> Option<Partition> {
        let column = &self.table.columns[self.table.place(fact)?];
        let Data::Code(codes) = &column.data else { return None };
        let mut partition = Partition { codes: Vec::new(), groups: vec![NONE; self.table.len()] };
        let mut places: HashMap<String, u32> = HashMap::new();
        let mut by_code = Vec::with_capacity(codes.dictionary.len());
        for number in 0..codes.dictionary.len() as u32 {
            let Some(group) = group(codes.dictionary.code(number)) else {
                by_code.push(NONE);
                continue;
            };
            let place = *places.entry(group).or_insert_with_key(|group| {
                partition.codes.push(group.clone());
                partition.codes.len() as u32 - 1
            });
            by_code.push(place);
        }
        for row in column.known.rows() {
            let group = codes.values.get(row as usize).and_then(|code| by_code.get(*code as usize));
            if let (Some(place), Some(group)) = (partition.groups.get_mut(row as usize), group) {
                *place = *group;
            }
        }
        Some(partition)
    }
}
