//! Files that a person picked or dropped, folders with everything in them.

use std::cell::Cell;

use futures::channel::oneshot;
use leptos::{ev, prelude::*, task::spawn_local};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
pub use web_sys::File;
use web_sys::{DataTransfer, DragEvent, FileSystemDirectoryEntry, FileSystemEntry, FileSystemFileEntry};

thread_local! {
    // How many screens take dropped files just now: the guard of the app hears of a drop before they do.
    static TAKERS: Cell<u32> = const { Cell::new(0) };
}

/// A file, and where in a folder it was.
#[derive(Clone)]
pub struct PickedFile {
    /// The file.
    pub file: File,
    /// Its folder within what was picked; empty for a single file.
    pub folder: String,
}

/// What was picked.
#[derive(Clone, Default)]
pub struct PickedFiles {
    /// The files.
    pub files: Vec<PickedFile>,
    /// Paths that the browser could not read.
    pub unreadable: Vec<String>,
}

fn folder_of(path: &str) -> String {
    path.trim_start_matches('/').rsplit_once('/').map(|(folder, _)| folder.to_owned()).unwrap_or_default()
}

/// What a file field holds; the field is emptied, so that the same file can be picked again.
#[must_use]
pub fn from_input(input: &web_sys::HtmlInputElement) -> PickedFiles {
    let list = input.files();
    let files = (0..list.as_ref().map_or(0, web_sys::FileList::length)).filter_map(|at| list.as_ref()?.get(at));
    let picked = files
        .map(|file| {
            let path = js_sys::Reflect::get(&file, &JsValue::from_str("webkitRelativePath")).ok();
            PickedFile { folder: folder_of(&path.and_then(|path| path.as_string()).unwrap_or_default()), file }
        })
        .collect();
    input.set_value("");
    PickedFiles { files: picked, unreadable: Vec::new() }
}

/// Tells while files are dragged over the page, and what is dropped; until the owner goes away.
pub fn on_drop(on_over: impl Fn(bool) + Copy + 'static, on_files: impl Fn(PickedFiles) + Copy + 'static) {
    let over = move |event: DragEvent| {
        if has_files(&event) {
            event.prevent_default();
            on_over(true);
        }
    };
    let entered = window_event_listener(ev::dragenter, over);
    let moved = window_event_listener(ev::dragover, over);
    let left = window_event_listener(ev::dragleave, move |event| {
        // Between two elements of the page there is one that it goes to.
        if event.related_target().is_none() {
            on_over(false);
        }
    });
    let dropped = window_event_listener(ev::drop, move |event| {
        on_over(false);
        let Some(transfer) = event.data_transfer().filter(|_| has_files(&event)) else { return };
        event.prevent_default();
        let (entries, mut picked) = entries(&transfer);
        spawn_local(async move {
            for entry in entries {
                walk(entry, &mut picked).await;
            }
            on_files(picked);
        });
    });
    TAKERS.set(TAKERS.get() + 1);
    on_cleanup(move || {
        TAKERS.set(TAKERS.get().saturating_sub(1));
        for handle in [entered, moved, left, dropped] {
            handle.remove();
        }
    });
}

/// Keeps the browser from leaving the app for a file that is dropped where nothing takes it; until the owner goes away.
pub fn ignore_stray_drops() {
    let ignore = |event: DragEvent| {
        if TAKERS.get() == 0 && has_files(&event) {
            event.prevent_default();
            if let Some(transfer) = event.data_transfer() {
                transfer.set_drop_effect("none");
            }
        }
    };
    let moved = window_event_listener(ev::dragover, ignore);
    let dropped = window_event_listener(ev::drop, ignore);
    on_cleanup(move || {
        moved.remove();
        dropped.remove();
    });
}

fn has_files(event: &DragEvent) -> bool {
    event.data_transfer().is_some_and(|transfer| transfer.types().includes(&JsValue::from_str("Files"), 0))
}

/// Has to be read before the event is over; where a browser has no entries, the plain files count.
fn entries(transfer: &DataTransfer) -> (Vec<FileSystemEntry>, PickedFiles) {
    let items = transfer.items();
    let mut entries = Vec::new();
    let mut picked = PickedFiles::default();
    for at in 0..items.length() {
        let Some(item) = items.get(at).filter(|item| item.kind() == "file") else { continue };
        match (item.webkit_get_as_entry().ok().flatten(), item.get_as_file().ok().flatten()) {
            (Some(entry), _) => entries.push(entry),
            (None, Some(file)) => picked.files.push(PickedFile { file, folder: String::new() }),
            (None, None) => {}
        }
    }
    (entries, picked)
}

/// Reads a file, or a folder with everything below it.
async fn walk(entry: FileSystemEntry, picked: &mut PickedFiles) {
    let mut waiting = vec![entry];
    while let Some(entry) = waiting.pop() {
        let path = entry.full_path();
        if entry.is_directory() {
            match list(entry.unchecked_into()).await {
                // In the order of the folder: the last one put in is read first.
                Some(entries) => waiting.extend(entries.into_iter().rev()),
                None => picked.unreadable.push(path.trim_start_matches('/').to_owned()),
            }
        } else {
            match open(&entry.unchecked_into()).await {
                Some(file) => picked.files.push(PickedFile { file, folder: folder_of(&path) }),
                None => picked.unreadable.push(path.trim_start_matches('/').to_owned()),
            }
        }
    }
}

async fn open(entry: &FileSystemFileEntry) -> Option<File> {
    answer(|done, failed| entry.file_with_callback_and_callback(done, failed)).await?.dyn_into().ok()
}

/// Everything directly in a folder: the browser hands it over in parts of a hundred, the last one empty.
async fn list(folder: FileSystemDirectoryEntry) -> Option<Vec<FileSystemEntry>> {
    let reader = folder.create_reader();
    let mut all = Vec::new();
    loop {
        let part: js_sys::Array =
            answer(|done, failed| reader.read_entries_with_callback_and_callback(done, failed).unwrap_or(()))
                .await?
                .dyn_into()
                .ok()?;
        if part.length() == 0 {
            return Some(all);
        }
        all.extend(part.iter().map(JsCast::unchecked_into::<FileSystemEntry>));
    }
}

/// Waits for one of two callbacks: what the first got, or `None` after the second.
async fn answer(ask: impl FnOnce(&js_sys::Function, &js_sys::Function)) -> Option<JsValue> {
    let (sender, receiver) = oneshot::channel::<Option<JsValue>>();
    let sender = std::rc::Rc::new(std::cell::RefCell::new(Some(sender)));
    let other = std::rc::Rc::clone(&sender);
    let tell = |sender: &std::cell::RefCell<Option<oneshot::Sender<Option<JsValue>>>>, value| {
        if let Some(sender) = sender.borrow_mut().take() {
            let _ = sender.send(value);
        }
    };
    let done = Closure::<dyn FnMut(JsValue)>::new(move |value| tell(&sender, Some(value)));
    let failed = Closure::<dyn FnMut(JsValue)>::new(move |_| tell(&other, None));
    ask(done.as_ref().unchecked_ref(), failed.as_ref().unchecked_ref());
    receiver.await.ok().flatten()
}

/// The beginning of a file as text, at most so many bytes. Bytes that are no UTF-8 become `\u{fffd}`.
pub async fn beginning(file: &File, bytes: i32) -> Option<String> {
    let part = file.slice_with_i32_and_i32(0, bytes).ok()?;
    let text = wasm_bindgen_futures::JsFuture::from(part.text()).await.ok()?.as_string()?;
    // The cut may have gone through a character.
    Some(text.trim_end_matches('\u{fffd}').to_owned())
}

#[cfg(test)]
mod tests {
    use super::folder_of;

    #[test]
    fn a_folder_is_what_stands_before_the_name() {
        assert_eq!(folder_of("/manuals/en/a.txt"), "manuals/en");
        assert_eq!(folder_of("/a.txt"), "");
        assert_eq!(folder_of(""), "");
    }
}
