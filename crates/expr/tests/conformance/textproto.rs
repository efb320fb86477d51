//! The text form of protocol buffers, as much of it as test cases need.

#[derive(Clone, Debug, PartialEq)]
pub enum Field {
    /// A number or a name.
    Word(String),
    /// A string, which may be no UTF-8.
    Text(Vec<u8>),
    Message(Message),
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Message(pub Vec<(String, Field)>);

impl Message {
    pub fn all<'m>(&'m self, name: &'m str) -> impl Iterator<Item = &'m Field> {
        self.0.iter().filter(move |(n, _)| n == name).map(|(_, f)| f)
    }

    pub fn messages<'m>(&'m self, name: &'m str) -> impl Iterator<Item = &'m Message> {
        self.all(name).filter_map(|f| if let Field::Message(m) = f { Some(m) } else { None })
    }

    pub fn message(&self, name: &str) -> Option<&Message> {
        self.0.iter().find_map(|(n, f)| match f {
            Field::Message(m) if n == name => Some(m),
            _ => None,
        })
    }

    pub fn text(&self, name: &str) -> Option<String> {
        self.all(name).find_map(|f| match f {
            Field::Text(t) => String::from_utf8(t.clone()).ok(),
            _ => None,
        })
    }

    pub fn word(&self, name: &str) -> Option<&str> {
        self.0.iter().find_map(|(n, f)| match f {
            Field::Word(w) if n == name => Some(w.as_str()),
            _ => None,
        })
    }
}

/// Panics on what is no message, naming the byte.
pub fn read(source: &str) -> Message {
    let mut reader = Reader { source: source.as_bytes(), at: 0 };
    let message = reader.message(None);
    assert!(reader.at == source.len(), "byte {} belongs to no field", reader.at);
    message
}

struct Reader<'a> {
    source: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    /// The next byte that is neither space nor comment.
    fn peek(&mut self) -> Option<u8> {
        loop {
            let byte = *self.source.get(self.at)?;
            match byte {
                b'#' => self.at += self.source[self.at..].iter().position(|b| *b == b'\n').unwrap_or(self.source.len() - self.at),
                b' ' | b'\t' | b'\n' | b'\r' | b',' | b';' => self.at += 1,
                _ => return Some(byte),
            }
        }
    }

    fn skipped(&mut self, byte: u8) -> bool {
        let there = self.peek() == Some(byte);
        self.at += usize::from(there);
        there
    }

    fn message(&mut self, close: Option<u8>) -> Message {
        let mut fields = Vec::new();
        while let Some(byte) = self.peek() {
            if close == Some(byte) {
                self.at += 1;
                break;
            }
            let name = if self.skipped(b'[') { self.until(b']') } else { self.word() };
            self.skipped(b':');
            if self.skipped(b'[') {
                while !self.skipped(b']') {
                    fields.push((name.clone(), self.value()));
                }
            } else {
                fields.push((name, self.value()));
            }
        }
        Message(fields)
    }

    fn value(&mut self) -> Field {
        match self.peek() {
            Some(b'{') => {
                self.at += 1;
                Field::Message(self.message(Some(b'}')))
            }
            Some(b'"' | b'\'') => {
                let mut text = Vec::new();
                while let Some(quote @ (b'"' | b'\'')) = self.peek() {
                    self.string(quote, &mut text);
                }
                Field::Text(text)
            }
            _ => Field::Word(self.word()),
        }
    }

    fn word(&mut self) -> String {
        self.peek();
        let rest = &self.source[self.at..];
        let length = rest.iter().position(|b| !(b.is_ascii_alphanumeric() || b"_-+.".contains(b))).unwrap_or(rest.len());
        assert!(length > 0, "byte {} begins no word", self.at);
        self.at += length;
        String::from_utf8_lossy(&rest[..length]).into_owned()
    }

    fn until(&mut self, close: u8) -> String {
        let rest = &self.source[self.at..];
        let length = rest.iter().position(|b| *b == close).expect("the end of a name in brackets");
        self.at += length + 1;
        String::from_utf8_lossy(&rest[..length]).into_owned()
    }

    fn string(&mut self, quote: u8, text: &mut Vec<u8>) {
        self.at += 1;
        loop {
            let byte = self.source[self.at];
            self.at += 1;
            match byte {
                _ if byte == quote => return,
                b'\\' => self.escape(text),
                _ => text.push(byte),
            }
        }
    }

    fn escape(&mut self, text: &mut Vec<u8>) {
        let byte = self.source[self.at];
        self.at += 1;
        match byte {
            b'a' => text.push(7),
            b'b' => text.push(8),
            b'f' => text.push(12),
            b'n' => text.push(b'\n'),
            b'r' => text.push(b'\r'),
            b't' => text.push(b'\t'),
            b'v' => text.push(11),
            b'x' | b'X' => text.push(self.digits(16, 2) as u8),
            b'u' | b'U' => {
                let character = char::from_u32(self.digits(16, if byte == b'u' { 4 } else { 8 })).expect("a character");
                text.extend(character.to_string().bytes());
            }
            b'0'..=b'7' => {
                self.at -= 1;
                text.push(self.digits(8, 3) as u8);
            }
            other => text.push(other),
        }
    }

    fn digits(&mut self, base: u32, most: usize) -> u32 {
        let rest = &self.source[self.at..];
        let length = rest.iter().take(most).take_while(|b| (**b as char).is_digit(base)).count();
        self.at += length;
        rest[..length].iter().fold(0, |n, b| n * base + (*b as char).to_digit(base).unwrap_or(0))
    }
}
