//! Text → tree: the whole of CEL's grammar but for messages, over the tokens of the cel library's lexer. There is one
//! tree for rules, which [`crate::check`] types, and for expressions over bare values, which [`crate::dynamic`] computes.
//!
//! Why not the library's parser: it forgets the spans of what it parsed, expands macros before they can be typed, and
//! refuses `has(name)`. Its lexer, operator table and literals are used; a test holds both parsers to the same trees.
//!
//! Invariants: every node knows its byte range; `&&` and `||` chains are flat; depth and length are limited, so that
//! no later stage can exhaust the stack.
mod faults;
mod literal;

use crate::finding::Finding;
use crate::typed::Span;
use cel::common::ast::operators as op;
use cel::parser::pratt_parser::{Lexer, Token, TokenKind, get_binary_op_info};
use faults::too_deep;
use std::sync::Arc;

/// Longest source in bytes.
pub const MAX_LENGTH: usize = 20_000;
/// Deepest nesting of the tree.
pub const MAX_DEPTH: u16 = 64;

#[derive(Clone, Debug)]
pub struct Tree {
    pub span: Span,
    pub shape: Shape,
    depth: u16,
}

#[derive(Clone, Debug)]
pub enum Shape {
    Null,
    Bool(bool),
    Int(i64),
    Uint(u64),
    Double(f64),
    Text(Arc<str>),
    Bytes(Arc<[u8]>),
    /// A name; one that starts at the root keeps its leading dot.
    Name(String),
    /// `operand.field`; the span is the field's.
    Select(Box<Tree>, String, Span),
    Call(Box<CallTree>),
    List(Vec<Tree>),
    Map(Vec<(Tree, Tree)>),
    /// `?value`: an element of a list or the value of an entry that may be left out.
    Optional(Box<Tree>),
    Not(Box<Tree>),
    Negate(Box<Tree>),
    And(Vec<Tree>),
    Or(Vec<Tree>),
    If(Box<[Tree; 3]>),
    /// An operator other than `&&` and `||`, as the grammar names it (`_==_`, `@in`, `_[_]`; `_?._` with the field as text).
    Binary(&'static str, Box<[Tree; 2]>),
}

/// `name(arguments)` or `target.name(arguments)`.
#[derive(Clone, Debug)]
pub struct CallTree {
    pub target: Option<Tree>,
    pub name: String,
    pub name_span: Span,
    pub arguments: Vec<Tree>,
}

/// Reads a whole source.
pub fn parse(source: &str) -> Result<Tree, Finding> {
    if source.len() > MAX_LENGTH {
        return Err(Finding::new(
            "expr.too-long",
            Span::default(),
            format!("表达式长 {} 字节，上限 {MAX_LENGTH}", source.len()),
            format!("the expression has {} bytes, the limit is {MAX_LENGTH}", source.len()),
        )
        .hint("拆成几条规则，或改用代码表", "split it into several rules or use a code list"));
    }
    let mut parser = Parser { source, lexer: Lexer::new(source), peek: Token::default(), last: Span::default(), nesting: 0 };
    parser.advance()?;
    if parser.peek.kind == TokenKind::TokEnd {
        return Err(Finding::new("expr.empty", Span::default(), "表达式是空的", "the expression is empty")
            .hint("恒真写作 true", "write true for a rule that always holds"));
    }
    let tree = parser.expression()?;
    if parser.peek.kind != TokenKind::TokEnd {
        return Err(parser.unexpected("运算符或结尾", "an operator or the end"));
    }
    Ok(tree)
}

struct Parser<'a> {
    source: &'a str,
    lexer: Lexer<'a>,
    peek: Token,
    /// The token consumed last.
    last: Span,
    nesting: u16,
}

type Parsed = Result<Tree, Finding>;

impl<'a> Parser<'a> {
    /// Consumes the peeked token.
    fn advance(&mut self) -> Result<Token, Finding> {
        let taken = self.peek;
        self.last = span(taken);
        loop {
            self.peek = self.lexer.lex();
            match self.peek.kind {
                TokenKind::TokWhitespace | TokenKind::TokComment => {}
                TokenKind::TokError => return Err(self.bad_character()),
                _ => return Ok(taken),
            }
        }
    }

    fn text(&self, token: Token) -> &'a str {
        self.source.get(token.start..token.end).unwrap_or("")
    }

    fn expect(&mut self, kind: TokenKind) -> Result<(), Finding> {
        if self.peek.kind != kind {
            let shown = kind.as_str();
            return Err(self.unexpected(&format!("“{shown}”"), &format!("`{shown}`")));
        }
        self.advance().map(|_| ())
    }

    fn node(&self, start: u32, shape: Shape) -> Parsed {
        let depth = 1 + children(&shape).map(|t| t.depth).max().unwrap_or(0);
        let at = Span { start, end: self.last.end };
        if depth > MAX_DEPTH { Err(too_deep(at)) } else { Ok(Tree { span: at, shape, depth }) }
    }

    fn expression(&mut self) -> Parsed {
        if self.nesting >= MAX_DEPTH {
            return Err(too_deep(span(self.peek)));
        }
        self.nesting += 1;
        let tree = self.conditional();
        self.nesting -= 1;
        tree
    }

    fn conditional(&mut self) -> Parsed {
        let condition = self.binary(1)?;
        if self.peek.kind != TokenKind::TokQuestion {
            return Ok(condition);
        }
        self.advance()?;
        let yes = self.binary(1)?;
        self.expect(TokenKind::TokColon)?;
        let no = self.expression()?;
        self.node(condition.span.start, Shape::If(Box::new([condition, yes, no])))
    }

    fn binary(&mut self, lowest: u8) -> Parsed {
        let mut left = self.unary()?;
        loop {
            let op = get_binary_op_info(self.peek.kind);
            if op.kind == TokenKind::TokError || op.precedence < lowest {
                return Ok(left);
            }
            let start = left.span.start;
            if matches!(op.kind, TokenKind::TokLogicalAnd | TokenKind::TokLogicalOr) {
                let mut parts = vec![left];
                while self.peek.kind == op.kind {
                    self.advance()?;
                    parts.push(self.binary(op.precedence + 1)?);
                }
                let shape = if op.kind == TokenKind::TokLogicalAnd { Shape::And(parts) } else { Shape::Or(parts) };
                left = self.node(start, shape)?;
            } else {
                self.advance()?;
                let right = self.binary(op.precedence + 1)?;
                left = self.node(start, Shape::Binary(op.name, Box::new([left, right])))?;
            }
        }
    }

    fn unary(&mut self) -> Parsed {
        let start = self.peek.start as u32;
        match self.peek.kind {
            TokenKind::TokExclamation => {
                self.advance()?;
                let operand = self.nested(Self::unary)?;
                self.node(start, Shape::Not(Box::new(operand)))
            }
            TokenKind::TokMinus => {
                self.advance()?;
                if matches!(self.peek.kind, TokenKind::TokInt | TokenKind::TokFloat) {
                    let literal = self.literal(true)?;
                    return self.postfix(literal);
                }
                let operand = self.nested(Self::unary)?;
                self.node(start, Shape::Negate(Box::new(operand)))
            }
            _ => {
                let primary = self.primary()?;
                self.postfix(primary)
            }
        }
    }

    fn nested(&mut self, parse: fn(&mut Self) -> Parsed) -> Parsed {
        if self.nesting >= MAX_DEPTH {
            return Err(too_deep(span(self.peek)));
        }
        self.nesting += 1;
        let tree = parse(self);
        self.nesting -= 1;
        tree
    }

    fn postfix(&mut self, mut tree: Tree) -> Parsed {
        loop {
            let start = tree.span.start;
            match self.peek.kind {
                TokenKind::TokDot => tree = self.member(tree)?,
                TokenKind::TokLeftBracket => {
                    self.advance()?;
                    let operator = if self.skipped(TokenKind::TokQuestion)? { op::OPT_INDEX } else { op::INDEX };
                    let key = self.expression()?;
                    self.expect(TokenKind::TokRightBracket)?;
                    tree = self.node(start, Shape::Binary(operator, Box::new([tree, key])))?;
                }
                TokenKind::TokLeftBrace if matches!(tree.shape, Shape::Name(_) | Shape::Select(..)) => return Err(self.message()),
                _ => return Ok(tree),
            }
        }
    }

    /// What follows a dot: a field, a call, or a field that may be absent.
    fn member(&mut self, of: Tree) -> Parsed {
        let start = of.span.start;
        self.advance()?;
        let optional = self.skipped(TokenKind::TokQuestion)?;
        let quoted = self.text(self.peek).starts_with('`');
        let (name, name_span) = self.name(true)?;
        if optional {
            let field = Tree { span: name_span, shape: Shape::Text(name.into()), depth: 1 };
            return self.node(start, Shape::Binary(op::OPT_SELECT, Box::new([of, field])));
        }
        if self.peek.kind != TokenKind::TokLeftParen || quoted {
            return self.node(start, Shape::Select(Box::new(of), name, name_span));
        }
        let arguments = self.arguments()?;
        self.node(start, Shape::Call(Box::new(CallTree { target: Some(of), name, name_span, arguments })))
    }

    /// Whether a token of that kind was there and is consumed.
    fn skipped(&mut self, kind: TokenKind) -> Result<bool, Finding> {
        let there = self.peek.kind == kind;
        if there {
            self.advance()?;
        }
        Ok(there)
    }

    /// A name; after a dot it may be in back quotes or a reserved word.
    fn name(&mut self, after_dot: bool) -> Result<(String, Span), Finding> {
        let fits = match self.peek.kind {
            TokenKind::TokIdent => after_dot || !self.text(self.peek).starts_with('`'),
            TokenKind::TokReservedWord => after_dot,
            _ => false,
        };
        if !fits {
            return Err(self.unexpected("名称", "a name"));
        }
        let token = self.advance()?;
        Ok((self.text(token).trim_matches('`').to_string(), span(token)))
    }

    fn arguments(&mut self) -> Result<Vec<Tree>, Finding> {
        self.expect(TokenKind::TokLeftParen)?;
        let list = self.list_until(TokenKind::TokRightParen)?;
        self.expect(TokenKind::TokRightParen)?;
        Ok(list)
    }

    fn list_until(&mut self, close: TokenKind) -> Result<Vec<Tree>, Finding> {
        let mut list = Vec::new();
        while self.peek.kind != close {
            list.push(self.entry(close == TokenKind::TokRightBracket)?);
            if self.peek.kind != TokenKind::TokComma {
                break;
            }
            self.advance()?;
            if self.peek.kind == close && close == TokenKind::TokRightParen {
                return Err(self.unexpected("参数", "an argument"));
            }
        }
        Ok(list)
    }

    /// An expression that a `?` makes optional where it may be.
    fn entry(&mut self, may_lack: bool) -> Parsed {
        let start = self.peek.start as u32;
        let optional = may_lack && self.skipped(TokenKind::TokQuestion)?;
        let value = self.expression()?;
        if optional { self.node(start, Shape::Optional(Box::new(value))) } else { Ok(value) }
    }

    fn map(&mut self) -> Parsed {
        let start = self.peek.start as u32;
        self.advance()?;
        let mut entries = Vec::new();
        while self.peek.kind != TokenKind::TokRightBrace {
            let optional = self.skipped(TokenKind::TokQuestion)?;
            let key = self.expression()?;
            self.expect(TokenKind::TokColon)?;
            let mut value = self.expression()?;
            if optional {
                value = self.node(value.span.start, Shape::Optional(Box::new(value)))?;
            }
            entries.push((key, value));
            if !self.skipped(TokenKind::TokComma)? {
                break;
            }
        }
        self.expect(TokenKind::TokRightBrace)?;
        self.node(start, Shape::Map(entries))
    }

    fn primary(&mut self) -> Parsed {
        let start = self.peek.start as u32;
        match self.peek.kind {
            TokenKind::TokLeftParen => {
                self.advance()?;
                let mut inner = self.expression()?;
                self.expect(TokenKind::TokRightParen)?;
                inner.span = Span { start, end: self.last.end };
                Ok(inner)
            }
            TokenKind::TokLeftBracket => {
                self.advance()?;
                let list = self.list_until(TokenKind::TokRightBracket)?;
                self.expect(TokenKind::TokRightBracket)?;
                self.node(start, Shape::List(list))
            }
            TokenKind::TokNull | TokenKind::TokTrue | TokenKind::TokFalse => {
                let shape = match self.peek.kind {
                    TokenKind::TokNull => Shape::Null,
                    kind => Shape::Bool(kind == TokenKind::TokTrue),
                };
                self.advance()?;
                self.node(start, shape)
            }
            TokenKind::TokInt | TokenKind::TokUint | TokenKind::TokFloat | TokenKind::TokString | TokenKind::TokBytes => {
                self.literal(false)
            }
            TokenKind::TokLeftBrace => self.map(),
            TokenKind::TokDot => {
                self.advance()?;
                self.named(start, ".")
            }
            TokenKind::TokIdent => self.named(start, ""),
            _ => Err(self.unexpected("一个值", "a value")),
        }
    }

    /// A name or a call of a function; `root` is the dot before a name that starts at the root.
    fn named(&mut self, start: u32, root: &str) -> Parsed {
        let (name, name_span) = self.name(false)?;
        let name = format!("{root}{name}");
        if self.peek.kind == TokenKind::TokLeftParen {
            let arguments = self.arguments()?;
            return self.node(start, Shape::Call(Box::new(CallTree { target: None, name, name_span, arguments })));
        }
        self.node(start, Shape::Name(name))
    }
}

fn span(token: Token) -> Span {
    Span { start: token.start as u32, end: token.end as u32 }
}

impl Tree {
    /// The direct parts in source order.
    pub fn parts(&self) -> impl Iterator<Item = &Tree> {
        children(&self.shape)
    }
}

fn children(shape: &Shape) -> Box<dyn Iterator<Item = &Tree> + '_> {
    match shape {
        Shape::Select(a, ..) | Shape::Not(a) | Shape::Negate(a) | Shape::Optional(a) => Box::new(std::iter::once(&**a)),
        Shape::Call(c) => Box::new(c.target.iter().chain(&c.arguments)),
        Shape::List(l) | Shape::And(l) | Shape::Or(l) => Box::new(l.iter()),
        Shape::Map(entries) => Box::new(entries.iter().flat_map(|(key, value)| [key, value])),
        Shape::If(l) => Box::new(l.iter()),
        Shape::Binary(_, l) => Box::new(l.iter()),
        _ => Box::new(std::iter::empty()),
    }
}
