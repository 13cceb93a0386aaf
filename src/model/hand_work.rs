//! What people did to a document's chunks by hand, which a new text or file of the document takes away.

use loredesk_wire::Segment;

use super::chunk::CUSTOMIZED;

/// Which of a document's chunks hold somebody's work, which a new text or file of the document takes away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HandWork {
    /// Chunks that somebody changed or switched.
    pub edited: u64,
    /// Chunks that somebody added.
    pub added: u64,
    /// Child chunks that somebody wrote or changed.
    pub children: u64,
}

impl HandWork {
    /// Counts it. Servers name the editor of a chunk; that one was added shows only in its time, which lies after the document's
    /// own `completed_at` (epoch seconds).
    #[must_use]
    pub fn of(chunks: &[Segment], completed_at: Option<i64>) -> Self {
        let mut work = Self::default();
        for chunk in chunks {
            let is_later = matches!((chunk.created_at, completed_at), (Some(chunk), Some(document)) if chunk > document + 1);
            if is_later {
                work.added += 1;
            } else if chunk.updated_by.is_some() {
                work.edited += 1;
            }
            work.children += chunk.child_chunks.iter().filter(|child| child.kind == CUSTOMIZED).count() as u64;
        }
        work
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_none(self) -> bool {
        self == Self::default()
    }
}

#[cfg(test)]
mod tests {
    use loredesk_wire::ChildChunk;

    use super::*;

    #[test]
    fn work_by_hand_is_counted_once() {
        let child = |kind: &str| ChildChunk { kind: kind.to_owned(), ..ChildChunk::default() };
        let chunk = |created_at, editor: Option<&str>| Segment {
            created_at: Some(created_at),
            updated_by: editor.map(str::to_owned),
            ..Segment::default()
        };
        let mut chunks = [chunk(100, None), chunk(101, Some("me")), chunk(500, None), chunk(500, Some("me"))];
        chunks[0].child_chunks = vec![child("automatic"), child("customized")];
        assert_eq!(HandWork::of(&chunks, Some(100)), HandWork { edited: 1, added: 2, children: 1 });
        assert_eq!(HandWork::of(&chunks, None), HandWork { edited: 2, added: 0, children: 1 });
        assert!(HandWork::of(&[chunk(100, None)], Some(100)).is_none());
    }
}
