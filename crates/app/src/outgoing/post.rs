//! A signed POST to a webhook: HTTP/1.1, one request a connection, no redirects followed.
use super::address::WebAddress;
use super::wire::Wire;
use hmac::{Hmac, KeyInit, Mac};
use liangu_base::Text;
use sha2::Sha256;

/// Lines of an answer's head that are still read.
const HEAD: usize = 100;

/// What is posted.
pub(super) struct Post<'a> {
    pub to: &'a WebAddress,
    pub secret: &'a str,
    pub topic: &'a str,
    /// Number of the message; the same for every try.
    pub delivery: i64,
    pub body: &'a [u8],
}

/// `sha256=` and the body's HMAC in hex.
pub fn signature(secret: &str, body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("a key of any length is taken");
    mac.update(body);
    format!("sha256={}", crate::secrets::hex(&mac.finalize().into_bytes()))
}

impl Post<'_> {
    /// The status that the other side answered, when it took the message.
    ///
    /// # Errors
    /// Any other status, with it; whoever cannot be reached.
    pub fn send(&self) -> Result<u16, (Option<u16>, Text)> {
        let status = self.status().map_err(|why| (None, why))?;
        if (200..300).contains(&status) {
            return Ok(status);
        }
        let why = Text::new(
            format!("对方答复 HTTP {status}，应为 2xx；请查看对方日志。"),
            format!("The other side answered HTTP {status} where 2xx is wanted; see its log."),
        );
        Err((Some(status), why))
    }

    fn status(&self) -> Result<u16, Text> {
        let mut wire = Wire::open(&self.to.host, self.to.port)?;
        if self.to.secure {
            wire.secure()?;
        }
        let head = format!(
            "POST {} HTTP/1.1\r\nHost: {}:{}\r\nUser-Agent: liangu\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\nX-Liangu-Topic: {}\r\nX-Liangu-Delivery: {}\r\nX-Liangu-Signature: {}\r\n\r\n",
            self.to.path,
            self.to.host,
            self.to.port,
            self.body.len(),
            self.topic,
            self.delivery,
            signature(self.secret, self.body),
        );
        wire.send(head.as_bytes())?;
        wire.send(self.body)?;
        // Interim answers (1xx) are passed over.
        for _ in 0..HEAD {
            let line = wire.line()?;
            let status = line.strip_prefix("HTTP/1.").and_then(|rest| rest.get(2..5)).and_then(|status| status.parse().ok());
            if let Some(status) = status.filter(|status| *status >= 200) {
                return Ok(status);
            }
        }
        Err(Text::fixed("对方没有按 HTTP 答复；请核对地址。", "The other side did not answer in HTTP; check the address."))
    }
}

#[cfg(test)]
mod tests {
    use super::signature;

    /// RFC 4231, test case 2.
    #[test]
    fn the_signature_is_hmac_sha_256() {
        assert_eq!(
            signature("Jefe", b"what do ya want for nothing?"),
            "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
    }
}
