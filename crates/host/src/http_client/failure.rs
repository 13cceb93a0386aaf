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
    loop {
        if let Some(io) = last.downcast_ref::<io::Error>() {
            if io.kind() == io::ErrorKind::TimedOut && error.is_connect() {
                return Failure::ConnectTimeout;
            }
            // The cause of an error of ours that travels as an I/O error is not among its sources.
            if let Some(tls) = io.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
                return Failure::Insecure(of_tls(tls));
            }
        }
        match last.source() {
            Some(source) => last = source,
            None => break,
        }
    }
    if error.is_connect() { Failure::Unreachable(last.to_string()) } else { Failure::Broken(last.to_string()) }
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
