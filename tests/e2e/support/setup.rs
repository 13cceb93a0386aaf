//! What a test wants to be different from a plain desk.

/// How the browser is set up.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Width of the page in pixels.
    pub width: u32,
    /// Height of the page in pixels.
    pub height: u32,
    /// Whether the system is dark.
    pub is_dark: bool,
    /// The browser's language.
    pub language: &'static str,
}

/// What is different from a plain desk.
#[derive(Clone, Debug, Default)]
pub struct Setup {
    /// How the browser is set up.
    pub look: Look,
    /// More arguments of the host.
    pub flags: Vec<String>,
    /// The host's configuration file, with `{folder}` for the folder of the test's files.
    pub config: Option<String>,
    /// More arguments of the browser.
    pub browser_arguments: Vec<String>,
    /// Whether the browser gives no page any storage, as people can have it.
    pub has_no_storage: bool,
    /// Header lines of the requests that the test makes past the browser.
    pub headers: &'static str,
}

impl Default for Look {
    fn default() -> Self {
        Self { width: 1280, height: 800, is_dark: false, language: "en" }
    }
}
