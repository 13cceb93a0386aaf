//! Starts the app in the page that `index.html` made.

fn main() {
    loredesk::app::start();
}
