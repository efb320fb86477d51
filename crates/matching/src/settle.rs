//! Whether the answer to one question can decide a policy.
//!
//! The values of a fact fall into finitely many classes that its leaves in the policy tell apart; each class is tried.
use crate::column::Data;
use crate::engine::Engine;
use crate::lower::Leaf;
use crate::program::Ref;
use crate::table::FactKey;
use crate::tree::{self, NO, State, Tree, UNKNOWN, YES};
use crate::view::RowView;
use std::collections::{BTreeMap, BTreeSet};

/// Beyond this many classes of values of a set, only the empty set, single codes and all codes are tried.
const MOST_CLASSES: usize = 256;
/// Beyond this many combinations the fact is taken to decide.
const MOST_TRIES: usize = 4096;

/// Whether some value of the fact, all else as `leaf_state` has it, makes the policy yes or no.
///
/// A formula or derived leaf counts as decidable, any way, if the fact is all that is missing to it.
pub(crate) fn settles(
    clauses: &[Tree<Ref>],
    fact: FactKey,
    engine: &Engine,
    view: &RowView<'_>,
    leaf_state: &impl Fn(Ref) -> State,
) -> bool {
    let groups = groups(clauses, fact, engine, view);
    let all: usize = groups.iter().fold(1, |product, g| product.saturating_mul(g.classes.len()));
    if all > MOST_TRIES {
        return true;
    }
    (0..all).any(|mut choice| {
        let mut tried: Vec<(u32, bool)> = Vec::new();
        for group in &groups {
            let class = &group.classes[choice % group.classes.len()];
            choice /= group.classes.len();
            tried.extend(group.leaves.iter().copied().zip(class.iter().copied()));
        }
        let state = |leaf: Ref| match tried.iter().find(|(number, _)| *number == leaf.leaf) {
            Some((_, true)) => YES,
            Some((_, false)) => NO,
            None => leaf_state(leaf),
        };
        tree::all(clauses, &state) != UNKNOWN
    })
}

/// Leaves that a value of the fact decides together.
struct Group {
    leaves: Vec<u32>,
    classes: Vec<Vec<bool>>,
}

/// The leaves of a policy that the fact alone decides, by column; derived leaves one by one.
fn groups(clauses: &[Tree<Ref>], fact: FactKey, engine: &Engine, view: &RowView<'_>) -> Vec<Group> {
    let (mut by_column, mut derived) = (BTreeMap::<u32, BTreeSet<u32>>::new(), BTreeSet::new());
    for clause in clauses {
        clause.each_leaf(&mut |r| {
            if engine.missing(r.leaf, view) != [fact] {
                return;
            }
            match engine.leaves.leaf(r.leaf).column() {
                Some(column) => by_column.entry(column).or_default().insert(r.leaf),
                None => derived.insert(r.leaf),
            };
        });
    }
    let columns = by_column.into_iter().map(|(column, leaves)| {
        let leaves: Vec<u32> = leaves.into_iter().collect();
        let classes = classes(&engine.table.columns[column as usize].data, &leaves, engine).into_iter().collect();
        Group { leaves, classes }
    });
    let single = derived.into_iter().map(|leaf| Group { leaves: vec![leaf], classes: vec![vec![false], vec![true]] });
    columns.chain(single).collect()
}

/// The different truth values that the leaves of one column can have together, for a known value.
fn classes(data: &Data, leaves: &[u32], engine: &Engine) -> BTreeSet<Vec<bool>> {
    let of = |number: &u32| engine.leaves.leaf(*number);
    let class =
        |holds: &dyn Fn(&Leaf) -> bool| leaves.iter().map(|n| matches!(of(n), Leaf::Known { .. }) || holds(of(n))).collect::<Vec<bool>>();
    match data {
        Data::Bool(_) => [true, false].into_iter().map(|v| class(&|_| v)).collect(),
        Data::Int(_) => {
            let cuts = leaves.iter().filter_map(|n| if let Leaf::AtLeast { cut, .. } = of(n) { Some(*cut) } else { None });
            let values = cuts.chain([i64::MIN]).chain([i64::MAX]);
            values.map(|v| class(&|leaf| matches!(leaf, Leaf::AtLeast { cut, .. } if v >= *cut))).collect()
        }
        Data::Double(_) => BTreeSet::from([class(&|_| false)]),
        Data::Code(codes) => {
            let mut single: BTreeSet<u32> = leaves.iter().flat_map(|n| of(n).codes()).copied().collect();
            // one code that no leaf names stands for all of them, if there is one
            if !codes.closed || single.len() < codes.dictionary.len() {
                single.insert(u32::MAX);
            }
            single.into_iter().map(|c| class(&|leaf| names(leaf, c))).collect()
        }
        Data::Set(_) => {
            let codes: BTreeSet<u32> = leaves.iter().flat_map(|n| of(n).codes()).copied().collect();
            let single: BTreeSet<Vec<bool>> = codes.into_iter().map(|c| class(&|leaf| names(leaf, c))).collect();
            let mut all = BTreeSet::from([class(&|_| false)]);
            for one in &single {
                let unions: Vec<Vec<bool>> = all.iter().map(|a| a.iter().zip(one).map(|(a, b)| *a || *b).collect()).collect();
                if all.len() + unions.len() <= MOST_CLASSES {
                    all.extend(unions);
                } else {
                    all.insert(one.clone());
                }
            }
            all
        }
    }
}

fn names(leaf: &Leaf, code: u32) -> bool {
    leaf.codes().binary_search(&code).is_ok()
}
