//! The browser and its driver, for the tests.

use super::{apt, which};
use crate::run::{Failure, say};
use std::path::PathBuf;

/// Chromium and the ChromeDriver that goes with it.
pub struct Browser {
    /// The browser.
    pub chromium: PathBuf,
    /// The driver.
    pub driver: PathBuf,
}

/// What the browser is called on the systems that have it.
const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// The browser from `CHROMIUM` and `CHROMEDRIVER` or PATH, or else installed on Debian and Ubuntu as root.
pub fn ensure() -> Result<Browser, Failure> {
    if let Some(browser) = find() {
        return Ok(browser);
    }
    say("the browser tests need Chromium and ChromeDriver");
    apt::install(&["chromium", "chromium-driver", "fonts-dejavu-core"], "Chromium and ChromeDriver").map_err(|failure| {
        let by_hand = "install Chromium and the ChromeDriver of the same version, on PATH or named by CHROMIUM and CHROMEDRIVER";
        Failure::new("finding a browser for the tests", failure.why(), by_hand)
    })?;
    find().ok_or_else(|| {
        let why = "the packages are installed, and still chromium and chromedriver are not on PATH";
        Failure::new("finding a browser for the tests", why, "name them by CHROMIUM and CHROMEDRIVER")
    })
}

fn find() -> Option<Browser> {
    let named = |variable: &str| std::env::var_os(variable).map(PathBuf::from).filter(|path| path.is_file());
    let chromium = named("CHROMIUM").or_else(|| BROWSERS.iter().find_map(|name| which(name)))?;
    let driver = named("CHROMEDRIVER").or_else(|| which("chromedriver"))?;
    Some(Browser { chromium, driver })
}
