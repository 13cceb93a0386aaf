//! Puts the small modules that several pages share into one file, and has the loader take them out of it.
//!
//! Six pages have fifty such modules, most of them below 4 kB: opening a page took some thirty requests. Together they weigh
//! less than one page, come in one request, and are there for every page after it.
//!
//! Knows how the splitter writes a fetch, nothing of pages.

/// What a module may weigh before it is fetched on its own, in bytes. Measured on six pages: with this a page takes 2 to 4
/// requests in place of 27 to 30 and at most 12 % more bytes when it is the first one opened; with twice as much the bytes
/// grow and the requests hardly get fewer.
const SMALL: usize = 32 * 1024;

/// What the loader calls to get a part of the file.
const PART: &str = "partOfShared";

/// A module that several pages share.
pub struct SharedModule {
    /// Its name without `.wasm`, as the loader has it.
    pub stem: String,
    /// The optimised module.
    pub content: Vec<u8>,
}

/// Does the module go into the common file? A page's own module never does.
pub fn is_small(stem: &str, content: &[u8]) -> bool {
    stem.starts_with("chunk_") && content.len() <= SMALL
}

/// The content of the common file.
pub fn together(modules: &[SharedModule]) -> Vec<u8> {
    modules.iter().flat_map(|module| module.content.iter().copied()).collect()
}

/// The loader, taking the modules from the common file at that address, which is relative to the script.
///
/// # Errors
/// A sentence when the loader does not fetch a module the way it is known to.
pub fn load_together(loader: &str, modules: &[SharedModule], address: &str) -> Result<String, String> {
    let (mut loader, mut start) = (loader.to_owned(), 0);
    for SharedModule { stem, content } in modules {
        let end = start + content.len();
        let fetch = format!("fetch(new URL(\"./{stem}.wasm\", import.meta.url))");
        let streaming = "WebAssembly.instantiateStreaming(src, imports)";
        let place = loader.find(&fetch).ok_or_else(|| format!("the loader has no {fetch:?}"))?;
        let after = place + fetch.len();
        let next = loader[after..].find(streaming).ok_or_else(|| format!("the loader has no {streaming:?} for {stem}"))?;
        // From behind, so that the first place stays where it is.
        loader.replace_range(after + next..after + next + streaming.len(), "WebAssembly.instantiate(await src, imports)");
        loader.replace_range(place..after, &format!("{PART}({start}, {end})"));
        start = end;
    }
    // A file that did not come is asked for again the next time.
    loader.push_str(&format!(
        "let sharedFile;
async function fetchShared() {{
    const response = await fetch(new URL(\"{address}\", import.meta.url));
    if (!response.ok) throw new TypeError(`${{response.status}} ${{response.url}}`);
    const bytes = await response.arrayBuffer();
    if (bytes.byteLength !== {start}) throw new TypeError(`${{bytes.byteLength}} bytes ${{response.url}}`);
    return bytes;
}}
async function {PART}(from, to) {{
    const file = sharedFile ??= fetchShared();
    try {{
        return (await file).slice(from, to);
    }} catch (error) {{
        if (sharedFile === file) sharedFile = undefined;
        throw error;
    }}
}}
"
    ));
    Ok(loader)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;

    const LOADER: &str = "const __chunk_7 = makeLoad(() => {
    const src = fetch(new URL(\"./chunk_7.wasm\", import.meta.url));
    src.catch(() => {});
    return async (imports) => (WebAssembly.instantiateStreaming(src, imports));
}, []);
const __chunk_8 = makeLoad(() => {
    const src = fetch(new URL(\"./chunk_8.wasm\", import.meta.url));
    src.catch(() => {});
    return async (imports) => (WebAssembly.instantiateStreaming(src, imports));
}, []);
";

    fn module(stem: &str, content: &str) -> SharedModule {
        SharedModule { stem: stem.to_owned(), content: content.into() }
    }

    #[test]
    fn a_page_and_a_large_module_stay_alone() {
        assert!(is_small("chunk_7", &[0; SMALL]));
        assert!(!is_small("chunk_7", &[0; SMALL + 1]));
        assert!(!is_small("split_documents", &[0; 10]));
    }

    #[test]
    fn each_module_is_cut_out_where_it_was_put() {
        let modules = [module("chunk_7", "abc"), module("chunk_8", "defgh")];
        assert_eq!(together(&modules), b"abcdefgh");
        let loader = load_together(LOADER, &modules, "./pages/small-1.bin").unwrap();
        assert!(
            loader.contains("const src = partOfShared(0, 3);") && loader.contains("const src = partOfShared(3, 8);"),
            "{loader}"
        );
        assert!(!loader.contains("instantiateStreaming") && !loader.contains("chunk_7.wasm"), "{loader}");
        assert!(loader.contains("new URL(\"./pages/small-1.bin\", import.meta.url)") && loader.contains("!== 8)"), "{loader}");
    }

    #[test]
    fn a_module_that_is_not_small_is_left_as_it_is() {
        let loader = load_together(LOADER, &[module("chunk_8", "defgh")], "./pages/small-1.bin").unwrap();
        assert!(loader.contains("fetch(new URL(\"./chunk_7.wasm\", import.meta.url))"), "{loader}");
        assert_eq!(loader.matches("instantiateStreaming").count(), 1);
    }

    #[test]
    fn a_loader_that_is_not_understood_is_refused() {
        assert!(load_together(LOADER, &[module("chunk_9", "x")], "./x.bin").unwrap_err().contains("chunk_9"));
        assert!(load_together("fetch(new URL(\"./chunk_7.wasm\", import.meta.url))", &[module("chunk_7", "x")], "./x").is_err());
    }
}
