//! Parts of the app that the first load leaves out. `cargo xtask build` cuts each into a wasm module of its own, which is fetched
//! when the part is first shown; what several of them use goes into a module that they share.
//!
//! Only with `--cfg split_pages`: without it, as in `trunk serve` and in native tests, they are a part of the app.

use std::{future::Future, pin::Pin};

use futures::FutureExt;
use leptos::{
    prelude::*, reactive::computed::ScopedFuture, task::spawn_local_scoped_with_cancellation, wasm_split::SplitLoaderError,
};

use crate::dom::crash;

/// Makes a function of each line that shows a view once its module is here, and until then what the first word makes. The
/// function's name is also that of the module's file.
macro_rules! lazy_views {
    ($waiting:path; $($name:ident($($argument:ident: $kind:ty),* $(,)?) => $view:expr;)*) => {$(
        pub fn $name($($argument: $kind),*) -> leptos::prelude::AnyView {
            // What is split off is a plain function, and the attribute makes calling it asynchronous.
            #[cfg(split_pages)]
            #[leptos::wasm_split::wasm_split($name, wasm_split_path = leptos::wasm_split, fallible)]
            fn $name($($argument: $kind),*) -> Result<leptos::prelude::AnyView, leptos::wasm_split::SplitLoaderError> {
                Ok($view.into_any())
            }
            #[cfg(not(split_pages))]
            async fn $name($($argument: $kind),*) -> Result<leptos::prelude::AnyView, leptos::wasm_split::SplitLoaderError> {
                Ok($view.into_any())
            }
            $crate::components::lazy::show(Box::pin($name($($argument),*)), $waiting)
        }
    )*};
}
pub(crate) use lazy_views;

type Load = Pin<Box<dyn Future<Output = Result<AnyView, SplitLoaderError>>>>;

/// Shows what a module makes when it is here. Only for [`lazy_views`].
pub(crate) fn show(load: Load, waiting: fn() -> AnyView) -> AnyView {
    // The view belongs to the place that asked for it; what it reads while it is made is no reason to make it anew.
    let mut load = Box::pin(ScopedFuture::new_untracked(load));
    // A view whose module is here is shown at once, without a moment of something else.
    if let Some(view) = load.as_mut().now_or_never() {
        return view.unwrap_or_else(missing);
    }
    let arrived = RwSignal::new_local(None);
    // Cancelled when the reader has gone elsewhere meanwhile; the module still arrives for the next time.
    spawn_local_scoped_with_cancellation(async move { arrived.set(Some(load.await.unwrap_or_else(missing))) });
    let view = move || {
        arrived.track();
        let view = arrived.try_update_untracked(Option::take).flatten();
        view.unwrap_or_else(waiting)
    };
    view.into_any()
}

/// The network failed, or the host carries another release by now: only loading everything again helps with both.
fn missing(error: SplitLoaderError) -> AnyView {
    crash::part_missing(&error.to_string());
    ().into_any()
}
