//! Typing of the functions of [`crate::functions`].
use super::operators::text_of;
use super::{Checker, Item, type_name};
use crate::finding::Finding;
use crate::functions::Function;
use crate::schema::{Type, Unit};
use crate::syntax::{Shape, Tree};
use crate::typed::{Const, Kind, Node, Source, Span};
use liangu_base::area::Area;
use liangu_base::date::Date;
use liangu_base::text::Explain;

/// A call to be typed; the number of arguments is right.
pub struct Site<'t> {
    pub(crate) function: &'static Function,
    pub(crate) span: Span,
    pub(crate) arguments: Vec<&'t Tree>,
}

impl Site<'_> {
    pub(super) fn call(&self, arguments: Vec<Node>, ty: Type) -> Option<Node> {
        Some(Node { kind: Kind::Call(self.function.name, arguments), ty, span: self.span })
    }

    pub(super) fn wrong(&self, at: Span, zh: &str, en: &str) -> Finding {
        let name = self.function.name;
        Finding::new("expr.arguments", at, format!("{name} {zh}"), format!("{name} {en}"))
            .hint(format!("写法：{}", self.function.signature), format!("it is written {}", self.function.signature))
    }
}

/// Years that `at`, `sum_years` and `mean_years` may reach back or ahead.
const MOST_YEARS: i64 = 30;

/// `wan(2000)`, `percent(2.5)`: a constant in the smallest unit.
pub(crate) fn number(checker: &mut Checker<'_>, site: &Site<'_>) -> Option<Node> {
    let argument = site.arguments[0];
    let (mantissa, places) = match &argument.shape {
        Shape::Int(n) => (i128::from(*n), 0),
        Shape::Double(x) => match decimal(*x) {
            Some(d) => d,
            None => return checker.fail(site.wrong(argument.span, "至多四位小数", "takes at most four places")),
        },
        _ => return checker.fail(site.wrong(argument.span, "要写一个数", "takes a number as written")),
    };
    match measure(site.function.name, mantissa, places) {
        Ok((n, unit)) => Some(Node { kind: Kind::Const(Const::Int(n)), ty: Type::Int(unit), span: site.span }),
        Err([zh, en]) => checker.fail(site.wrong(argument.span, zh, en)),
    }
}

/// So many hundredths of a yuan, of a percent and so on in `mantissa` divided by ten to the power of `places`.
pub(crate) fn measure(name: &str, mantissa: i128, places: u32) -> Result<(i64, Unit), [&'static str; 2]> {
    const TOO_LARGE: [&str; 2] = ["的数太大", "has too large a number"];
    let (unit, factor) = match name {
        "yuan" => (Unit::Fen, 100),
        "wan" => (Unit::Fen, 1_000_000),
        "yi" => (Unit::Fen, 10_000_000_000),
        "percent" => (Unit::BasisPoint, 100),
        "hectare" => (Unit::SquareMetre, 10_000),
        "square_metres" => (Unit::SquareMetre, 1),
        "tce" => (Unit::Kgce, 1_000),
        _ => (Unit::SquareMetre, 10),
    };
    let (scaled, divisor) = (mantissa * factor, 10i128.pow(places));
    if scaled % divisor != 0 {
        return Err(if name == "mu" {
            ["至多一位小数", "takes at most one place"]
        } else {
            ["的小数位太多", "has too many decimal places"]
        });
    }
    let n = i64::try_from(scaled / divisor).map_err(|_| TOO_LARGE)?;
    match name {
        "mu" => Area::from_tenths_of_mu(n).map(|area| (area.square_metres(), unit)).ok_or(TOO_LARGE),
        _ => Ok((n, unit)),
    }
}

/// A decimal literal as written: the shortest text of the double is the text of the source.
pub(crate) fn decimal(x: f64) -> Option<(i128, u32)> {
    let text = format!("{x}");
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    if fraction.len() > 4 || whole.len() > 17 {
        return None;
    }
    format!("{whole}{fraction}").parse().ok().map(|m| (m, fraction.len() as u32))
}

pub(crate) fn date(checker: &mut Checker<'_>, site: &Site<'_>) -> Option<Node> {
    let argument = site.arguments[0];
    let Shape::Text(text) = &argument.shape else {
        return checker.fail(site.wrong(argument.span, "要写引号里的日期", "takes a quoted date"));
    };
    match Date::parse(text) {
        Ok(date) => Some(Node { kind: Kind::Const(Const::Date(date)), ty: Type::Date, span: site.span }),
        Err(error) => {
            let said = error.text();
            checker.fail(Finding::new("expr.date", argument.span, said.zh, said.en))
        }
    }
}

pub(crate) fn known(checker: &mut Checker<'_>, site: &Site<'_>) -> Option<Node> {
    let value = checker.node(site.arguments[0])?;
    Some(Node { kind: Kind::IsKnown(Box::new(value)), ty: Type::Bool, span: site.span })
}

pub(crate) fn within(checker: &mut Checker<'_>, site: &Site<'_>) -> Option<Node> {
    let code = checker.node(site.arguments[0])?;
    let Type::Code(list) = &code.ty else {
        let (zh, en) = type_name(&code.ty);
        return checker.fail(site.wrong(code.span, &format!("要一个代码，却是{zh}"), &format!("takes a code, not {en}")));
    };
    let list = list.clone();
    if let [_, single] = site.arguments[..]
        && !matches!(single.shape, Shape::Text(_) | Shape::List(_))
    {
        let ancestor = checker.node(single)?;
        return match &ancestor.ty {
            Type::Code(of) if of.name == list.name => {
                Some(Node { kind: Kind::WithinOf(Box::new(code), Box::new(ancestor)), ty: Type::Bool, span: site.span })
            }
            ty => {
                let (zh, en) = type_name(ty);
                checker.fail(site.wrong(
                    single.span,
                    &format!("的范围要“{}”代码，却是{zh}", list.label.zh),
                    &format!("takes a code of {}, not {en}", list.name),
                ))
            }
        };
    }
    let ty = code.ty.clone();
    let codes = checker.codes(&site.arguments[1..], &ty)?;
    Some(Node { kind: Kind::Within(Box::new(code), codes), ty: Type::Bool, span: site.span })
}

pub(crate) fn at_least(checker: &mut Checker<'_>, site: &Site<'_>) -> Option<Node> {
    let parts: Vec<Option<Node>> = site.arguments[1..].iter().map(|a| checker.boolean(a)).collect();
    let parts: Vec<Node> = parts.into_iter().collect::<Option<_>>()?;
    match site.arguments[0].shape {
        Shape::Int(n) if n >= 1 && n <= parts.len() as i64 => {
            Some(Node { kind: Kind::AtLeast(n as u32, parts), ty: Type::Bool, span: site.span })
        }
        _ => checker.fail(site.wrong(
            site.arguments[0].span,
            &format!("的个数要在 1 到 {} 之间", parts.len()),
            &format!("takes a count from 1 to {}", parts.len()),
        )),
    }
}

pub(crate) fn size(checker: &mut Checker<'_>, site: &Site<'_>) -> Option<Node> {
    match checker.item(site.arguments[0])? {
        Item::Children { child, filter } | Item::Mapped { child, filter, .. } => {
            Some(super::openness::counted(child, filter, checker.schema, site.span))
        }
        Item::Node(node) => checker.size(node, site.span),
        _ => checker.fail(site.wrong(site.arguments[0].span, "用在一组代码或子记录上", "works on a set of codes or child records")),
    }
}

/// A yearly fact of the record.
pub(super) fn series(checker: &mut Checker<'_>, site: &Site<'_>, argument: &Tree) -> Option<Node> {
    let node = checker.node(argument)?;
    let yearly = checker.declaration(&node).is_some_and(|d| d.yearly) && matches!(node.kind, Kind::Fact(Source::Record { .. }));
    if yearly {
        Some(node)
    } else {
        checker.fail(site.wrong(argument.span, "要一个按年填报的字段", "takes a field that is reported yearly"))
    }
}

/// The same fact `by` years later.
pub(super) fn moved(node: &Node, by: i32) -> Node {
    let mut node = node.clone();
    if let Kind::Fact(Source::Record { year, .. }) = &mut node.kind {
        *year += by;
    }
    node
}

fn year(checker: &mut Checker<'_>, site: &Site<'_>, argument: &Tree) -> Option<i32> {
    match argument.shape {
        Shape::Int(n) if n.abs() <= MOST_YEARS => Some(n as i32),
        _ => checker.fail(site.wrong(
            argument.span,
            &format!("的年度写作 -1、0 这样的数，至多相差 {MOST_YEARS} 年"),
            &format!("takes a year as -1 or 0, at most {MOST_YEARS} away"),
        )),
    }
}

pub(crate) fn at(checker: &mut Checker<'_>, site: &Site<'_>) -> Option<Node> {
    let fact = series(checker, site, site.arguments[0])?;
    let by = year(checker, site, site.arguments[1])?;
    Some(Node { span: site.span, ..moved(&fact, by) })
}

pub(crate) fn growth(checker: &mut Checker<'_>, site: &Site<'_>) -> Option<Node> {
    let now = series(checker, site, site.arguments[0])?;
    if now.ty.unit().is_none() {
        return checker.fail(site.wrong(now.span, "要一个整数", "takes a whole number"));
    }
    let before = moved(&now, -1);
    site.call(vec![now, before], Type::Int(Unit::BasisPoint))
}

pub(crate) fn years(checker: &mut Checker<'_>, site: &Site<'_>) -> Option<Node> {
    let fact = series(checker, site, site.arguments[0])?;
    let (from, to) = (year(checker, site, site.arguments[1])?, year(checker, site, site.arguments[2])?);
    if from > to || fact.ty.unit().is_none() {
        return checker.fail(site.wrong(site.span, "要整数字段，先写较早的年度", "takes a whole number and the earlier year first"));
    }
    let ty = fact.ty.clone();
    site.call((from..=to).map(|y| moved(&fact, y)).collect(), ty)
}

pub(crate) fn ratio(checker: &mut Checker<'_>, site: &Site<'_>) -> Option<Node> {
    let (a, b) = (checker.node(site.arguments[0]), checker.node(site.arguments[1]));
    let (mut a, mut b) = (a?, b?);
    let ty = checker.unify(&mut a, &mut b, site.span)?;
    if ty.unit().is_none() {
        return checker.fail(site.wrong(site.span, "要两个整数", "takes two whole numbers"));
    }
    site.call(vec![a, b], Type::Int(Unit::BasisPoint))
}

pub(crate) fn share(checker: &mut Checker<'_>, site: &Site<'_>) -> Option<Node> {
    let (a, part) = (checker.node(site.arguments[0]), checker.node(site.arguments[1]));
    let (a, part) = (a?, part?);
    if a.ty.unit().is_none() || part.ty.unit() != Some(Unit::BasisPoint) {
        return checker.fail(site.wrong(site.span, "要一个数量和一个比例", "takes a quantity and a percentage"));
    }
    let ty = a.ty.clone();
    site.call(vec![a, part], ty)
}

pub(crate) fn since(checker: &mut Checker<'_>, site: &Site<'_>) -> Option<Node> {
    let date = checker.node(site.arguments[0])?;
    if !matches!(date.ty, Type::Date) {
        let (zh, en) = type_name(&date.ty);
        return checker.fail(site.wrong(date.span, &format!("要一个日期，却是{zh}"), &format!("takes a date, not {en}")));
    }
    let unit = match site.function.name {
        "months_since" => Unit::Month,
        "days_since" => Unit::Day,
        _ => Unit::Year,
    };
    site.call(vec![date], Type::Int(unit))
}

pub(crate) fn extreme(checker: &mut Checker<'_>, site: &Site<'_>) -> Option<Node> {
    let parts: Vec<Option<Node>> = site.arguments.iter().map(|a| checker.node(a)).collect();
    let mut parts: Vec<Node> = parts.into_iter().collect::<Option<_>>()?;
    let ty = super::steps::alike(checker, site, &mut parts)?;
    if ty.unit().is_none() && !matches!(ty, Type::Date) {
        return checker.fail(site.wrong(site.span, "要整数或日期", "takes whole numbers or dates"));
    }
    site.call(parts, ty)
}

pub(crate) fn abs(checker: &mut Checker<'_>, site: &Site<'_>) -> Option<Node> {
    let value = checker.node(site.arguments[0])?;
    if value.ty.unit().is_none() {
        return checker.fail(site.wrong(value.span, "要一个整数", "takes a whole number"));
    }
    let ty = value.ty.clone();
    site.call(vec![value], ty)
}

pub(crate) fn part(checker: &mut Checker<'_>, site: &Site<'_>) -> Option<Node> {
    let (of, part) = (checker.node(site.arguments[0]), checker.node(site.arguments[1]));
    let (of, part) = (of?, part?);
    if !matches!(of.ty, Type::Text | Type::Code(_)) || text_of(&part).is_none_or(str::is_empty) {
        return checker.fail(site.wrong(site.span, "用在文字上，参数是引号里的文字", "works on text and takes quoted text"));
    }
    site.call(vec![of, part], Type::Bool)
}

/// A function that has a meaning over bare values alone.
pub(crate) fn not_carried(checker: &mut Checker<'_>, site: &Site<'_>) -> Option<Node> {
    let name = site.function.name;
    checker.not_carried(site.span, &format!("函数 {name}"), &format!("the function {name}"))
}

pub(crate) fn in_set(checker: &mut Checker<'_>, site: &Site<'_>) -> Option<Node> {
    checker.fail(
        Finding::new("expr.unknown-function", site.span, "没有名为 in_set 的函数", "there is no function in_set")
            .hint("写作 代码 in 字段", "write code in field"),
    )
}
