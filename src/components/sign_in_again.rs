//! Asks to sign in again when the session has ended in the middle of the work. A dialog, because it has to be reached over any other
//! dialog; the login opens in a tab of its own, so that nothing on this page is lost.

use leptos::{ev, prelude::*};

use super::lazy_parts::{Part, parts};
use crate::{
    dom::{timers::Timer, visibility, visible::visible},
    i18n::use_locale,
    state::sign_in::SignIn,
    ui::{Button, ButtonKind, Dialog},
};

/// How often the other tab is thought of while this one is seen, in milliseconds. Coming back to this one asks at once.
const ASK_AGAIN: u32 = 4_000;

/// The dialog, fetched when it is first needed.
#[component]
pub fn SignInAgain() -> impl IntoView {
    let is_wanted = expect_context::<SignIn>().is_wanted();
    let is_needed = Memo::new(move |was: Option<&bool>| was == Some(&true) || is_wanted.get());
    move || is_needed.get().then(|| parts(Part::SignIn))
}

/// The dialog itself.
#[component]
pub(super) fn SignInDialog() -> impl IntoView {
    let locale = use_locale();
    let messages = locale.sign_in();
    let sign_in = expect_context::<SignIn>();
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(sign_in.is_wanted().get()));
    // Closed by its cross or by Escape.
    Effect::new(move |was: Option<bool>| {
        let is_open = open.get();
        if was == Some(true) && !is_open && sign_in.is_wanted().get_untracked() {
            sign_in.dismiss();
        }
        is_open
    });

    let timer = StoredValue::new_local(None::<Timer>);
    Effect::new(move |_| {
        if sign_in.is_wanted().get() {
            ask_again(sign_in, timer);
        } else {
            timer.set_value(None);
        }
    });
    let focused = window_event_listener(ev::focus, move |_| sign_in.check());
    on_cleanup(move || focused.remove());
    visibility::on_change(move |is_hidden| {
        if !is_hidden {
            sign_in.check();
        }
    });

    let somebody_else = sign_in.somebody_else();
    let title = Signal::derive(move || match somebody_else.get() {
        Some(name) => (messages.other_title)(&name),
        None => messages.title.to_owned(),
    });
    let close = move |_| open.set(false);
    view! {
        <Dialog open title close_label=locale.messages.common.close>
            {move || match somebody_else.get() {
                Some(_) => view! {
                    <div class="form">
                        <p>{(messages.other_text)(&visible(&sign_in.name().get_untracked()))}</p>
                        <div class="dialog-foot">
                            <Button kind=ButtonKind::Primary on_click=close>{messages.go_on}</Button>
                        </div>
                    </div>
                }
                .into_any(),
                None => view! {
                    <div class="form">
                        <p>{messages.text}</p>
                        <p class="hint">{messages.waiting}</p>
                        <div class="dialog-foot">
                            <Button on_click=close>{messages.not_now}</Button>
                            <a class="button primary" href=sign_in.address() target="_blank" rel="noopener">{messages.open}</a>
                        </div>
                    </div>
                }
                .into_any(),
            }}
        </Dialog>
    }
}

/// Asks in a while, and again after that, as long as somebody has to sign in.
fn ask_again(sign_in: SignIn, timer: StoredValue<Option<Timer>, LocalStorage>) {
    let next = Timer::start(ASK_AGAIN, move || {
        if !visibility::is_hidden() {
            sign_in.check();
        }
        if sign_in.is_wanted().try_get_untracked() == Some(true) {
            ask_again(sign_in, timer);
        }
    });
    let _ = timer.try_set_value(Some(next));
}
