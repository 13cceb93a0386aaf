//! Why there was no answer, in words that help and show no address.

use std::error::Error;
use std::fmt;
use std::io;

use hyper_util::client::legacy;
use rustls::CertificateError;

/// Why a server gave no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// It did not accept the connection in time.
    ConnectTimeout,
    /// There was no connection, so nothing was sent; the reason.
    Unreachable(String),
    /// Its certificate, or something else of TLS, so nothing was sent; the reason.
    Insecure(String),
    /// The connection broke after something was sent.
    Broken(String),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ConnectTimeout => f.write_str("it did not accept the connection in time"),
            Self::Unreachable(reason) => write!(f, "it cannot be reached ({reason})"),
            Self::Insecure(reason) => f.write_str(reason),
            Self::Broken(reason) => write!(f, "the connection broke before the answer was there ({reason})"),
        }
    }
}

/// Reads the reason out of the client's nested errors.
pub(crate) fn failure(error: &legacy::Error) -> Failure {
    let mut last: &(dyn Error + 'static) = error;
    let mut reason = None;
    loop {
        if let Some(io) = last.downcast_ref::<io::Error>() {
            if io.kind() == io::ErrorKind::TimedOut && error.is_connect() {
                return Failure::ConnectTimeout;
            }
            if let Some(tls) = tls(io) {
                return Failure::Insecure(of_tls(tls));
            }
            reason = reason.or(of_io(io.kind()));
        }
        if last.to_string() == "dns error" {
            reason = Some("its name is not known here");
        }
        match last.source() {
            Some(source) => last = source,
            None => break,
        }
    }
    let reason = reason.map_or_else(|| last.to_string(), str::to_owned);
    if error.is_connect() { Failure::Unreachable(reason) } else { Failure::Broken(reason) }
}

/// Plain words for what happens often; anything else speaks for itself.
fn of_io(kind: io::ErrorKind) -> Option<&'static str> {
    Some(match kind {
        io::ErrorKind::ConnectionRefused => "nothing listens there",
        io::ErrorKind::ConnectionReset
        | io::ErrorKind::ConnectionAborted
        | io::ErrorKind::BrokenPipe
        | io::ErrorKind::UnexpectedEof => "it closed the connection",
        io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkUnreachable => "there is no way to it in the network",
        _ => return None,
    })
}

/// The error of TLS that travels as an I/O error, perhaps in another one; it is not among the sources of either.
fn tls(error: &io::Error) -> Option<&rustls::Error> {
    let inner = error.get_ref()?;
    inner.downcast_ref::<rustls::Error>().or_else(|| tls(inner.downcast_ref::<io::Error>()?))
}

fn of_tls(error: &rustls::Error) -> String {
    match error {
        rustls::Error::InvalidCertificate(CertificateError::UnknownIssuer) => {
            "its certificate is not trusted, because its authority is unknown; name the authority's certificate with ca_file"
                .to_owned()
        }
        rustls::Error::InvalidCertificate(
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
        ) => "its certificate is for another name than the one in the url".to_owned(),
        rustls::Error::InvalidCertificate(CertificateError::Expired | CertificateError::ExpiredContext { .. }) => {
            "its certificate has expired".to_owned()
        }
        other => format!("no secure connection could be made ({other})"),
    }
}
