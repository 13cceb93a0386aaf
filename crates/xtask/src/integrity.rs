//! The digest of `boot.js` in the page, which trunk gives to the files that it names by their content, but not to one that is copied.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha384};
use std::io;
use std::path::Path;

/// Where the page loads the file, in front of the end of the tag.
const LOADED: &str = "boot.js\"></script>";

/// Writes the digest into the page.
pub fn seal_boot(dist: &Path) -> io::Result<()> {
    let page = dist.join("index.html");
    let digest = Sha384::digest(std::fs::read(dist.join("boot.js"))?);
    let sealed = format!("boot.js\" integrity=\"sha384-{}\"></script>", STANDARD.encode(digest));
    let html = std::fs::read_to_string(&page)?;
    if html.matches(LOADED).count() != 1 {
        return Err(io::Error::other(format!("the page has not exactly one {LOADED}")));
    }
    std::fs::write(&page, html.replace(LOADED, &sealed))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;

    #[test]
    fn the_page_gets_the_digest_of_the_file() {
        let dist = std::env::temp_dir().join(format!("xtask-integrity-{}", std::process::id()));
        std::fs::create_dir_all(&dist).unwrap();
        std::fs::write(dist.join("boot.js"), "alert('boot')").unwrap();
        let page = |text: &str| std::fs::write(dist.join("index.html"), text).unwrap();
        page(r#"<script type="module" src="./boot.js"></script>"#);
        seal_boot(&dist).unwrap();
        let sealed = std::fs::read_to_string(dist.join("index.html")).unwrap();
        let start = r#"<script type="module" src="./boot.js" integrity="sha384-"#;
        assert!(sealed.starts_with(start) && sealed.len() == start.len() + 64 + r#""></script>"#.len(), "{sealed}");
        assert!(seal_boot(&dist).is_err(), "there is no second one to seal");
        std::fs::remove_dir_all(dist).unwrap();
    }
}
