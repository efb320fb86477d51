//! Numbers, text and bytes as written, decoded by the cel library.
use super::{Parsed, Parser, Shape};
use crate::finding::Finding;
use crate::typed::Span;
use cel::common::ast::{Expr, LiteralValue};
use cel::parser::pratt_parser::{PrattParser, TokenKind};

impl Parser<'_> {
    /// The literal at hand; the minus before a negative one is consumed already and belongs to it.
    pub(super) fn literal(&mut self, negative: bool) -> Parsed {
        let minus = self.last.start;
        let token = self.advance()?;
        let start = if negative { minus } else { token.start as u32 };
        let at = Span { start, end: token.end as u32 };
        let decoded = PrattParser::new().parse(&self.source[start as usize..token.end]);
        let shape = match decoded.map(|e| e.expr) {
            Ok(Expr::Literal(LiteralValue::Int(n))) => Shape::Int(*n.inner()),
            Ok(Expr::Literal(LiteralValue::UInt(n))) => Shape::Uint(*n.inner()),
            Ok(Expr::Literal(LiteralValue::Double(x))) if x.inner().is_finite() => Shape::Double(*x.inner()),
            Ok(Expr::Literal(LiteralValue::String(s))) => Shape::Text(s.inner().into()),
            Ok(Expr::Literal(LiteralValue::Bytes(b))) => Shape::Bytes(b.inner().into()),
            _ if matches!(token.kind, TokenKind::TokString | TokenKind::TokBytes) => {
                return Err(Finding::new("expr.literal", at, "字符串里的转义写法不对", "the string has an escape that does not exist")
                    .hint(r#"反斜杠写作 \\，引号写作 \""#, r#"write \\ for a backslash and \" for a quote"#));
            }
            _ => return Err(Finding::new("expr.literal", at, "数太大了", "the number is too large")),
        };
        self.node(start, shape)
    }
}
