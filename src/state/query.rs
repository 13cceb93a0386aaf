//! Reads: a typed query, its shared answer, and the hook that screens use.
//!
//! Screens with the same query share one request and one answer. A second load keeps the old answer on screen; after a change
//! of parameters the answer before stays, marked as previous, until the new one is there.

use std::{any::Any, cell::RefCell, collections::HashMap, future::Future, pin::Pin, rc::Rc, sync::Arc};

use leptos::{prelude::*, task::spawn_local};

use super::{
    cache::{Cache, Key, Resource},
    poll::BackOff,
};
use crate::{
    api::ApiError,
    dom::{clock, timers::Timer, visibility},
};

/// A read of a server.
pub trait Query: Clone + PartialEq + Send + Sync + 'static {
    /// What it answers.
    type Value: Send + Sync + 'static;

    /// Its key in the cache.
    fn key(&self) -> Key;

    /// Asks the server.
    fn fetch(&self) -> impl Future<Output = Result<Self::Value, ApiError>> + 'static;

    /// Whether the answer will change by itself, so that it is asked for again.
    fn is_moving(_value: &Self::Value) -> bool {
        false
    }

    /// Whether two answers show progress between them; decides how soon to ask again.
    fn has_changed(_old: &Self::Value, _new: &Self::Value) -> bool {
        true
    }
}

type Data = Arc<dyn Any + Send + Sync>;
type Fetch = Pin<Box<dyn Future<Output = Result<Data, ApiError>>>>;

/// A query without its type, so that everything but the fetch itself is compiled once for all of them.
trait AnyQuery: Send + Sync {
    fn fetch(&self) -> Fetch;
    fn is_moving(&self, value: &Data) -> bool;
    fn has_changed(&self, old: &Data, new: &Data) -> bool;
}

impl<Q: Query> AnyQuery for Q {
    fn fetch(&self) -> Fetch {
        let future = Query::fetch(self);
        Box::pin(async move { future.await.map(|value| Arc::new(value) as Data) })
    }

    fn is_moving(&self, value: &Data) -> bool {
        value.downcast_ref::<Q::Value>().is_some_and(Q::is_moving)
    }

    fn has_changed(&self, old: &Data, new: &Data) -> bool {
        match (old.downcast_ref(), new.downcast_ref()) {
            (Some(old), Some(new)) => Q::has_changed(old, new),
            _ => true,
        }
    }
}

/// A query on a screen; the same as another one if its key is.
#[derive(Clone)]
struct Wanted(Arc<dyn AnyQuery>, Key);

impl PartialEq for Wanted {
    fn eq(&self, other: &Self) -> bool {
        self.1 == other.1
    }
}

/// What is known of one key.
#[derive(Clone, Default)]
struct Snapshot {
    data: Option<Data>,
    error: Option<ApiError>,
    is_fetching: bool,
    is_stale: bool,
}

/// Every answer of the app. Made once, in `App`.
#[derive(Clone, Copy)]
pub struct QueryCache {
    rules: StoredValue<Cache>,
    answers: StoredValue<HashMap<Key, ArcRwSignal<Snapshot>>>,
    listener: StoredValue<Option<Callback<Resource>>>,
}

impl QueryCache {
    /// An empty cache.
    #[must_use]
    pub fn new() -> Self {
        Self {
            rules: StoredValue::new(Cache::default()),
            answers: StoredValue::new(HashMap::new()),
            listener: StoredValue::new(None),
        }
    }

    fn answer(self, key: &Key) -> ArcRwSignal<Snapshot> {
        self.answers.try_update_value(|answers| answers.entry(key.clone()).or_default().clone()).unwrap_or_default()
    }

    /// Calls back whenever something about a resource has changed. There is one listener.
    pub fn on_change(self, listener: Callback<Resource>) {
        self.listener.set_value(Some(listener));
    }

    /// Marks everything about a resource as old: what is on screen is fetched again, the rest when it is next wanted.
    pub fn invalidate(self, resource: Resource) {
        if let Some(listener) = self.listener.get_value() {
            listener.run(resource);
        }
        let keys = self.rules.try_update_value(|rules| rules.invalidate(resource)).unwrap_or_default();
        for key in keys {
            self.answer(&key).update(|snapshot| {
                snapshot.is_stale = true;
                snapshot.is_fetching = false;
            });
        }
    }

    /// Puts an answer in that a write has just brought, so that no screen shows the old one meanwhile.
    pub fn put<Q: Query>(self, query: &Q, value: Q::Value) {
        self.answer(&Query::key(query)).update(|snapshot| {
            snapshot.data = Some(Arc::new(value));
            snapshot.error = None;
        });
    }

    fn start(self, Wanted(query, key): &Wanted, is_forced: bool) {
        let now = clock::now();
        let ticket =
            self.rules.try_update_value(|rules| if is_forced { rules.want_anew(key, now) } else { rules.want(key, now) });
        let Some(Some(ticket)) = ticket else { return };
        let answer = self.answer(key);
        answer.update(|snapshot| {
            snapshot.is_fetching = true;
            snapshot.is_stale = false;
        });
        let (future, key) = (query.fetch(), key.clone());
        spawn_local(async move {
            let outcome = future.await;
            self.settle(&key, ticket, &answer, outcome);
        });
    }

    fn settle(self, key: &Key, ticket: super::cache::Ticket, answer: &ArcRwSignal<Snapshot>, outcome: Result<Data, ApiError>) {
        let counts = self.rules.try_update_value(|rules| rules.settle(key, ticket, outcome.is_ok(), clock::now()));
        if counts != Some(true) {
            return;
        }
        answer.update(|snapshot| {
            snapshot.is_fetching = false;
            match outcome {
                Ok(data) => (snapshot.data, snapshot.error) = (Some(data), None),
                Err(error) => snapshot.error = Some(error),
            }
        });
        let evicted = self.rules.try_update_value(Cache::evict).unwrap_or_default();
        self.answers.try_update_value(|answers| evicted.iter().for_each(|key| drop(answers.remove(key))));
    }
}

impl Default for QueryCache {
    fn default() -> Self {
        Self::new()
    }
}

/// A screen's view of a query.
pub struct QueryHandle<T: Send + Sync + 'static> {
    /// The answer: the one wanted, or the one before while that is being fetched.
    pub data: Signal<Option<Arc<T>>>,
    /// Why the latest attempt failed; the answer before it may still be there.
    pub error: Signal<Option<ApiError>>,
    /// Whether a request is under way.
    pub is_fetching: Signal<bool>,
    /// Whether `data` belongs to the parameters before, so that it is shown dimmed.
    pub is_previous: Signal<bool>,
    /// Asks again.
    pub retry: Callback<()>,
}

impl<T: Send + Sync + 'static> Clone for QueryHandle<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T: Send + Sync + 'static> Copy for QueryHandle<T> {}

/// Reads a query on a screen. `None` asks for nothing yet.
pub fn use_query<Q: Query>(query: impl Fn() -> Option<Q> + Send + Sync + 'static) -> QueryHandle<Q::Value> {
    let raw = use_any_query(Box::new(move || {
        query().map(|query| {
            let key = Query::key(&query);
            Wanted(Arc::new(query), key)
        })
    }));
    let RawHandle { data, error, is_fetching, is_previous, retry } = raw;
    let typed = move || data.get().and_then(|data| data.downcast::<Q::Value>().ok());
    QueryHandle { data: Signal::derive(typed), error, is_fetching, is_previous, retry }
}

struct RawHandle {
    data: Signal<Option<Data>>,
    error: Signal<Option<ApiError>>,
    is_fetching: Signal<bool>,
    is_previous: Signal<bool>,
    retry: Callback<()>,
}

fn use_any_query(wanted: Box<dyn Fn() -> Option<Wanted> + Send + Sync>) -> RawHandle {
    let wanted = Memo::new(move |_| wanted());
    let (handle, snapshot) = read(expect_context::<QueryCache>(), wanted);
    poll_while_moving(wanted, snapshot, handle.retry);
    handle
}

/// The reading itself, without the polling, which needs a browser.
fn read(cache: QueryCache, wanted: Memo<Option<Wanted>>) -> (RawHandle, Signal<Snapshot>) {
    let snapshot = Signal::derive(move || {
        wanted.with(|wanted| wanted.as_ref().map(|Wanted(_, key)| cache.answer(key).get())).unwrap_or_default()
    });
    let current = Signal::derive(move || snapshot.with(|snapshot| snapshot.data.clone()));
    let previous: StoredValue<Option<Data>> = StoredValue::new(None);

    // Fetches at the start, after a change of parameters and after an invalidation; not after a failure, which is no reason to
    // ask again at once and for ever.
    let is_stale = Memo::new(move |_| snapshot.with(|snapshot| snapshot.is_stale));
    Effect::new(move |_| {
        // In this order: were `is_stale` asked first whether it changed, it would renew `wanted` on the way, and the change of
        // that would go unnoticed here. And read, not only tracked: a memo that nobody has read knows no sources.
        let wanted = wanted.get();
        let _ = is_stale.get();
        if let Some(wanted) = &wanted {
            cache.start(wanted, false);
        }
    });
    // Remembers the last answer, for the time after a change of parameters.
    Effect::new(move |_| {
        if let Some(value) = current.get() {
            previous.set_value(Some(value));
        }
    });
    let retry = Callback::new(move |()| {
        wanted.with_untracked(|wanted| {
            if let Some(wanted) = wanted {
                cache.start(wanted, true);
            }
        });
    });
    let handle = RawHandle {
        data: Signal::derive(move || current.get().or_else(|| previous.get_value())),
        error: Signal::derive(move || snapshot.with(|snapshot| snapshot.error.clone())),
        is_fetching: Signal::derive(move || snapshot.with(|snapshot| snapshot.is_fetching)),
        is_previous: Signal::derive(move || current.with(Option::is_none)),
        retry,
    };
    (handle, snapshot)
}

/// One timer a query: asks again while the answer moves, backs off while nothing changes, rests while the tab is hidden.
fn poll_while_moving(wanted: Memo<Option<Wanted>>, snapshot: Signal<Snapshot>, retry: Callback<()>) {
    let timer: Rc<RefCell<Option<Timer>>> = Rc::default();
    let back_off = RefCell::new(BackOff::default());
    let seen: RefCell<Option<Data>> = RefCell::new(None);
    let is_waiting_for_sight = StoredValue::new(false);
    Effect::new(move |_| {
        let Snapshot { data, is_fetching, .. } = snapshot.get();
        let query = wanted.get().map(|Wanted(query, _)| query);
        let (Some(value), Some(query)) = (data, query) else { return drop(timer.borrow_mut().take()) };
        if !query.is_moving(&value) {
            return drop(timer.borrow_mut().take());
        }
        if is_fetching {
            return;
        }
        let before = seen.replace(Some(Arc::clone(&value)));
        let has_changed = before.is_none_or(|before| query.has_changed(&before, &value));
        let wait = back_off.borrow_mut().next(has_changed);
        *timer.borrow_mut() = Some(Timer::start(wait, move || {
            if visibility::is_hidden() {
                let _ = is_waiting_for_sight.try_set_value(true);
            } else {
                retry.run(());
            }
        }));
    });
    visibility::on_change(move |is_hidden| {
        if !is_hidden && is_waiting_for_sight.get_value() {
            is_waiting_for_sight.set_value(false);
            retry.run(());
        }
    });
}

#[cfg(test)]
mod tests;
