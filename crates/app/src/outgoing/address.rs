//! Where something may be sent: mail addresses and web addresses, checked before they are kept.
use std::fmt;

/// Characters of an address, as RFC 5321 limits a path.
const LONGEST: usize = 254;
/// Characters of a web address.
const LONGEST_URL: usize = 2000;

/// A mail address: ASCII, one `@`, nothing that could begin another header or command.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct MailAddress(String);

impl MailAddress {
    pub fn parse(text: &str) -> Option<MailAddress> {
        let text = text.trim();
        let (local, host) = text.rsplit_once('@')?;
        let of_local = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&byte);
        let fits = text.len() <= LONGEST && !local.is_empty() && local.bytes().all(of_local) && is_host(host);
        fits.then(|| MailAddress(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn host(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, host)| host)
    }
}

impl fmt::Display for MailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// `收件人 <a@b.cn>` or `a@b.cn`: the name, if any, and the address.
pub(super) fn named(text: &str) -> Option<(String, MailAddress)> {
    let text = text.trim();
    if text.chars().any(char::is_control) {
        return None;
    }
    match text.strip_suffix('>').and_then(|rest| rest.rsplit_once('<')) {
        Some((name, address)) => Some((name.trim().trim_matches('"').to_owned(), MailAddress::parse(address)?)),
        None => Some((String::new(), MailAddress::parse(text)?)),
    }
}

/// A host name, an IPv4 address or nothing.
pub(super) fn is_host(text: &str) -> bool {
    let label = |label: &str| {
        !label.is_empty() && label.len() <= 63 && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    text.len() <= 253 && !text.is_empty() && text.split('.').all(label)
}

/// Where a webhook is posted to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct WebAddress {
    pub secure: bool,
    pub host: String,
    pub port: u16,
    /// Path and query, beginning with `/`.
    pub path: String,
}

impl WebAddress {
    /// Only http and https, a host, no user name within, no fragment.
    pub fn parse(text: &str) -> Option<WebAddress> {
        let text = text.trim();
        if text.len() > LONGEST_URL || !text.bytes().all(|byte| byte.is_ascii_graphic()) || text.contains('#') {
            return None;
        }
        let (scheme, rest) = text.split_once("://")?;
        let secure = match scheme.to_ascii_lowercase().as_str() {
            "https" => true,
            "http" => false,
            _ => return None,
        };
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at(end);
        let (host, port) = match authority.split_once(':') {
            Some((host, port)) => (host, port.parse().ok().filter(|port| *port > 0)?),
            None => (authority, if secure { 443 } else { 80 }),
        };
        let path = if path.starts_with('/') { path.to_owned() } else { format!("/{path}") };
        is_host(host).then(|| WebAddress { secure, host: host.to_ascii_lowercase(), port, path })
    }

    /// Scheme, host and port: what may be told, since a path may hold a token.
    pub fn origin(&self) -> String {
        let (scheme, usual) = if self.secure { ("https", 443) } else { ("http", 80) };
        let port = if self.port == usual { String::new() } else { format!(":{}", self.port) };
        format!("{scheme}://{}{port}", self.host)
    }
}

#[cfg(test)]
mod tests {
    use super::{MailAddress, WebAddress, named};

    #[test]
    fn mail_addresses_hold_nothing_but_an_address() {
        for good in ["a@b.cn", "zhang.san+x@mail.loudi.gov.cn", "ops@localhost"] {
            assert!(MailAddress::parse(good).is_some(), "{good}");
        }
        for bad in ["", "a", "@b.cn", "a@", "a b@c.cn", "a@b.cn\r\nRCPT TO:<x@y.cn>", "<a@b.cn>", "张@b.cn", "a@b..cn", "a@@b.cn"] {
            assert!(MailAddress::parse(bad).is_none(), "{bad}");
        }
        let (name, address) = named("链谷 <noreply@b.cn>").expect("a named address");
        assert_eq!((name.as_str(), address.as_str()), ("链谷", "noreply@b.cn"));
        assert!(named("x\r\nBcc: y@z.cn <a@b.cn>").is_none());
    }

    #[test]
    fn web_addresses_are_http_with_a_host() {
        let parsed = |text: &str| WebAddress::parse(text).map(|web| format!("{} {}", web.origin(), web.path));
        assert_eq!(parsed("https://Oa.loudi.gov.cn/hook?k=1").as_deref(), Some("https://oa.loudi.gov.cn /hook?k=1"));
        assert_eq!(parsed("http://10.0.0.7:8088").as_deref(), Some("http://10.0.0.7:8088 /"));
        assert_eq!(parsed("http://a.cn?x=1").as_deref(), Some("http://a.cn /?x=1"));
        for bad in [
            "ftp://a.cn/",
            "file:///etc/passwd",
            "https://u:p@a.cn/",
            "http:///x",
            "http://a.cn:0/",
            "a.cn",
            "http://a.cn/ b",
            "http://a.cn/#x",
        ] {
            assert!(WebAddress::parse(bad).is_none(), "{bad}");
        }
    }
}
