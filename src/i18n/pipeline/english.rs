//! English.

use super::Pipeline;

/// English.
pub static ENGLISH: Pipeline = Pipeline {
    none_title: "This knowledge base has no pipeline",
    none_text: "Its documents are added directly, as files or as text.",
    to_documents: "Go to its documents",
    no_sources_title: "This pipeline has no data source",
    no_sources_text: "Whoever builds it adds one in the server's own console. The draft and the published version may differ.",
    source: "Source",
    source_text: "Where the pipeline takes its documents from. It was built in the server's own console.",
    version: "Version",
    published: "Published",
    draft: "Draft",
    published_hint: "What is in use.",
    draft_hint: "Tests changes that are not published yet. Servers may keep nothing of such a run.",
    not_published: "This pipeline has not been published yet.",
    local_file: "Files that you upload",
    online_document: "Online documents",
    website_crawl: "Website",
    online_drive: "Online drive",
    credential: "Credential",
    default_credential: |name| format!("{name} (default)"),
    provider_default: "The provider's default",
    inputs: "Inputs",
    inputs_text: "What this pipeline asks for.",
    optional: |label| format!("{label} (optional)"),
    choose: "Choose…",
    missing: "The pipeline needs this.",
    too_long: |most| format!("At most {most} characters."),
    too_many: |most| if most == 1 { "One file only.".to_owned() } else { format!("At most {most} files.") },
    no_number: "This is no number.",
    no_option: "Choose one of the options.",
    more_inputs: "Further inputs",
    more_label: "Further inputs as JSON",
    more_hint: "Servers list only what the source itself asks for. What later steps ask for goes here, such as {\"language\": \"en\"}.",
    more_line: |line| format!("This is not JSON: look at line {line}."),
    more_no_object: "This has to be an object: names and values within { }.",
    not_stored: "The browser cannot store what you typed, so it will not survive a reload.",
    files: "Files",
    files_text: "They are sent at once and become documents when the pipeline is run.",
    choose_files: "Choose files",
    choose_folder: "Choose a folder",
    drop_here: "Drop files anywhere on this page.",
    drop_title: "Drop to upload",
    drop_text: "The files wait on the server until the pipeline is run with them.",
    takes_no_files: "This pipeline has no source that takes files.",
    find_waiting: "Find earlier uploads",
    remove: |name| format!("Remove “{name}”"),
    waiting: "Waiting to be sent",
    sending: |sent, all| format!("Sending · {sent} of {all}"),
    uploaded: "Uploaded",
    found: "Documents",
    found_text: "What the source has to offer. Choose what the pipeline shall take in.",
    look: "Look for documents",
    look_again: "Look again",
    stop: "Stop",
    looking: "The source is being asked…",
    looked_at: |completed, total| format!("{completed} of {total} read"),
    looked_at_some: |count, text| if count == 1 { "1 read".to_owned() } else { format!("{text} read") },
    found_count: |count, text| if count == 1 { "1 found".to_owned() } else { format!("{text} found") },
    in_seconds: |seconds| format!("in {seconds} s"),
    stopped: "Stopped. What was found until then is below.",
    source_failed: "The source failed.",
    cut: "The connection broke before the source was done. Look again.",
    without_reason: "The server gives no reason. Whoever built the pipeline can see more in the server's own console.",
    nothing_found: "The source has nothing to offer for these inputs.",
    not_looked: "Nothing is known of this source yet. Looking makes no documents.",
    select_all: |count| format!("All {count}"),
    filter: "Filter by name",
    open_folder: |name| format!("Open “{name}”"),
    all_folders: "All",
    folder: "Folder",
    will_make: |count, text| if count == 1 { "1 chosen".to_owned() } else { format!("{text} chosen") },
    nothing_chosen: "Nothing is chosen yet.",
    still_sending: "Some files are still being sent.",
    mend_inputs: "An input has to be mended first.",
    latest: "Latest run",
    latest_text: "Its documents are followed in the tray until they can be found.",
    running: "The pipeline is running…",
    looking_first: "Looking for what an earlier run has made…",
    done: |count, text| {
        if count == 1 {
            "The pipeline has made 1 document.".to_owned()
        } else {
            format!("The pipeline has made {text} documents.")
        }
    },
    done_without: "The run ended well and made no document that can be seen. A draft is run to test it.",
    failed: "The run failed.",
    failed_remedy: "Change what it names and run it again. Documents that it made before are in the list.",
    recovered: |count, text| {
        if count == 1 {
            "The answer was lost, but the document is there. Nothing was run again.".to_owned()
        } else {
            format!("The answer was lost, but the {text} documents are there. Nothing was run again.")
        }
    },
    recovered_part: |found, all| {
        format!("The answer was lost. {found} of {all} documents are there; run the pipeline with the rest.")
    },
    copies: |count, text| {
        let copies = if count == 1 { "1 document is".to_owned() } else { format!("{text} documents are") };
        format!(
            "{copies} new in the list beside those of this run, under the same names. A broken connection may have sent the run twice, or somebody else has added them. Look at them there and delete what is one too many."
        )
    },
    lost: "The answer was lost, and none of its documents is in the list.",
    lost_remedy: "The server may still be at it. When you run it again, the list is looked at first, so that nothing is made twice.",
    lost_by_reload: "The page was loaded again during a run, and none of its documents is in the list.",
    step_running: "Under way",
    step_done: "Done",
    step_failed: "Failed",
};
