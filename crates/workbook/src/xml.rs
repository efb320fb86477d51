//! A bounded pull reader of XML parts: no document type, no entity but the five of XML, bounded depth and event size.
use crate::fault::Unreadable;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::io::{self, BufRead, Read};

/// Bytes of one tag or text.
const EVENT: usize = 1 << 20;
/// Elements within elements.
const DEPTH: usize = 64;

/// Counts what is taken since the last event.
struct Guard<B> {
    inner: B,
    since: usize,
}

impl<B: BufRead> Read for Guard<B> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.inner.read(buffer)
    }
}

impl<B: BufRead> BufRead for Guard<B> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.since > EVENT {
            return Err(Unreadable::new(
                "too_long",
                "文件中有一处内容超过 1 MB；请检查后另存为 .xlsx 再上传。",
                "One piece of the file is longer than 1 MB; check it, save it as .xlsx again and upload that.",
            )
            .to_io());
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.since += amount;
        self.inner.consume(amount);
    }
}

pub struct Xml<B> {
    reader: Reader<Guard<B>>,
    buffer: Vec<u8>,
    depth: usize,
}

impl<B: BufRead> Xml<B> {
    pub fn new(source: B) -> Xml<B> {
        let mut reader = Reader::from_reader(Guard { inner: source, since: 0 });
        reader.config_mut().expand_empty_elements = true;
        Xml { reader, buffer: Vec::new(), depth: 0 }
    }

    /// The next event; an empty element comes as its start and its end.
    pub fn next(&mut self) -> Result<Event<'_>, Unreadable> {
        self.buffer.clear();
        self.reader.get_mut().since = 0;
        let event = self.reader.read_event_into(&mut self.buffer)?;
        match event {
            Event::Start(_) => self.depth += 1,
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            Event::Eof if self.depth > 0 => return Err(Unreadable::damaged("XML")),
            Event::DocType(_) => {
                return Err(Unreadable::new(
                    "doctype",
                    "文件内含文档类型声明（DTD），不予读取；请在表格软件中另存为 .xlsx 后再上传。",
                    "The file declares a document type (DTD) and is not read; save it from a spreadsheet program as .xlsx and upload that.",
                ));
            }
            _ => {}
        }
        if self.depth > DEPTH {
            return Err(Unreadable::damaged("XML depth"));
        }
        Ok(event)
    }
}

/// Adds what the event says in characters.
pub fn add_text(event: &Event<'_>, to: &mut String) -> Result<(), Unreadable> {
    match event {
        Event::Text(text) => to.push_str(utf8(text)?),
        Event::CData(text) => to.push_str(utf8(text)?),
        Event::GeneralRef(reference) => match reference.resolve_char_ref() {
            Ok(Some(character)) => to.push(character),
            _ => to.push(match reference.as_ref() {
                b"lt" => '<',
                b"gt" => '>',
                b"amp" => '&',
                b"quot" => '"',
                b"apos" => '\'',
                _ => return Err(Unreadable::damaged("XML entity")),
            }),
        },
        _ => {}
    }
    Ok(())
}

fn utf8(bytes: &[u8]) -> Result<&str, Unreadable> {
    std::str::from_utf8(bytes).map_err(|_| Unreadable::damaged("UTF-8"))
}

/// An attribute by its local name.
pub fn attribute(start: &BytesStart<'_>, name: &str) -> Result<Option<String>, Unreadable> {
    for attribute in start.attributes().with_checks(false) {
        let attribute = attribute.map_err(|_| Unreadable::damaged("XML attribute"))?;
        if attribute.key.local_name().as_ref() == name.as_bytes() {
            return Ok(Some(attribute.unescape_value()?.into_owned()));
        }
    }
    Ok(None)
}
