//! What rules are made of, and a choice of rules that differ.
use liangu_base::random::{RandomExt, SplitMix64};
use liangu_base::text::Text;
use liangu_expr::reads;
use liangu_expr::schema::Type;
use liangu_expr::typed::{Kind, Node, Source};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Something a rule is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// A number against a number.
    Threshold,
    /// A code or text against constants.
    Codes,
    Sets,
    Within,
    Or,
    Not,
    AtLeast,
    Known,
    /// A yearly fact of an earlier year.
    Years,
    Children,
    Arithmetic,
    Dates,
    Conditional,
    /// Parts of texts.
    Texts,
}

impl Part {
    pub fn label(self) -> Text {
        match self {
            Part::Threshold => Text::fixed("数值门槛", "thresholds"),
            Part::Codes => Text::fixed("代码", "codes"),
            Part::Sets => Text::fixed("集合", "sets"),
            Part::Within => Text::fixed("上下级", "within"),
            Part::Or => Text::fixed("或", "or"),
            Part::Not => Text::fixed("非", "not"),
            Part::AtLeast => Text::fixed("至少几项", "at least"),
            Part::Known => Text::fixed("是否已知", "known"),
            Part::Years => Text::fixed("往年", "years"),
            Part::Children => Text::fixed("子记录", "children"),
            Part::Arithmetic => Text::fixed("运算", "arithmetic"),
            Part::Dates => Text::fixed("日期", "dates"),
            Part::Conditional => Text::fixed("如果", "if"),
            Part::Texts => Text::fixed("文字", "texts"),
        }
    }
}

/// The parts of a rule: rules of one shape are alike.
pub type Shape = BTreeSet<Part>;

pub fn shape(rule: &Node) -> Shape {
    let mut shape = Shape::new();
    reads::each(rule, &mut |node| shape.extend(part(node)));
    shape
}

fn part(node: &Node) -> Option<Part> {
    Some(match &node.kind {
        Kind::Const(_) | Kind::Fact(Source::Param { .. } | Source::Child { .. }) | Kind::And(_) | Kind::Named { .. } => return None,
        Kind::Fact(Source::Record { year, .. }) => return (*year != 0).then_some(Part::Years),
        Kind::Today | Kind::JudgedYear => Part::Dates,
        Kind::Not(_) => Part::Not,
        Kind::Or(_) => Part::Or,
        Kind::AtLeast(..) => Part::AtLeast,
        Kind::Compare(_, a, _) if matches!(a.ty, Type::Date) => Part::Dates,
        Kind::Compare(_, a, _) if matches!(a.ty, Type::Code(_) | Type::Text | Type::Ref(_)) => Part::Codes,
        Kind::Compare(..) => Part::Threshold,
        Kind::OneOf(..) => Part::Codes,
        Kind::Within(..) | Kind::WithinOf(..) => Part::Within,
        Kind::HasAny(..) | Kind::HasAll(..) | Kind::Size(_) => Part::Sets,
        Kind::IsKnown(_) => Part::Known,
        Kind::Arith(..) | Kind::Neg(_) => Part::Arithmetic,
        Kind::If(..) => Part::Conditional,
        Kind::Call("years_since" | "months_since" | "days_since" | "year_of" | "months_between" | "years_between" | "add_months", _) => {
            Part::Dates
        }
        Kind::Call("startsWith" | "contains", _) => Part::Texts,
        Kind::Call("in_set", _) => Part::Sets,
        Kind::Call(..) => Part::Arithmetic,
        Kind::Aggregate { .. } => Part::Children,
    })
}

/// Positions of `wanted` rules, ascending; all if it is `None`. First one for every part that occurs, then shape by
/// shape in turn, so that a rare shape has as good a chance as a frequent one.
pub fn choose(shapes: &[Shape], wanted: Option<usize>, random: &mut SplitMix64) -> Vec<usize> {
    let Some(wanted) = wanted.filter(|wanted| *wanted < shapes.len()) else { return (0..shapes.len()).collect() };
    let mut by_shape: BTreeMap<&Shape, Vec<usize>> = BTreeMap::new();
    shapes.iter().enumerate().for_each(|(at, shape)| by_shape.entry(shape).or_default().push(at));
    let mut groups: Vec<(&Shape, Vec<usize>)> = by_shape.into_iter().collect();
    random.shuffle(&mut groups);
    groups.iter_mut().for_each(|(_, rules)| random.shuffle(rules));
    let parts: Shape = groups.iter().flat_map(|(shape, _)| shape.iter().copied()).collect();
    let first = parts.iter().filter_map(|part| groups.iter().find(|(shape, _)| shape.contains(part)).map(|(_, rules)| rules[0]));
    let longest = groups.iter().map(|(_, rules)| rules.len()).max().unwrap_or_default();
    let turns = (0..longest).flat_map(|turn| groups.iter().filter_map(move |(_, rules)| rules.get(turn).copied()));
    let mut chosen = BTreeSet::new();
    for rule in first.chain(turns) {
        if chosen.len() == wanted {
            break;
        }
        chosen.insert(rule);
    }
    chosen.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(parts: &[Part]) -> Shape {
        parts.iter().copied().collect()
    }

    #[test]
    fn rare_shapes_are_chosen_beside_a_frequent_one() {
        let mut shapes = vec![of(&[Part::Threshold]); 1000];
        shapes[500] = of(&[Part::Children]);
        shapes[700] = of(&[Part::Or, Part::Years]);
        for seed in 0..20 {
            let chosen = choose(&shapes, Some(5), &mut SplitMix64::new(seed));
            assert_eq!(chosen.len(), 5);
            assert!(chosen.contains(&500) && chosen.contains(&700), "{chosen:?}");
        }
    }

    #[test]
    fn the_seed_decides_and_no_number_means_all() {
        let shapes = vec![of(&[Part::Threshold]); 50];
        let chosen = |seed| choose(&shapes, Some(7), &mut SplitMix64::new(seed));
        assert_eq!(chosen(3), chosen(3));
        assert_ne!(chosen(3), chosen(4));
        assert_eq!(choose(&shapes, None, &mut SplitMix64::new(3)), (0..50).collect::<Vec<_>>());
        assert_eq!(choose(&shapes, Some(80), &mut SplitMix64::new(3)).len(), 50);
    }
}
