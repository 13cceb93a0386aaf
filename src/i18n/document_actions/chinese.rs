//! Simplified Chinese.

use super::{Action, Again, Delays, Deletion, DocumentActions, Obstacles, Zip};

/// Simplified Chinese.
pub static CHINESE: DocumentActions = DocumentActions {
    enable: Action {
        word: "启用", title: |_, text| format!("启用 {text} 个文档"), done: |name| format!("已启用“{name}”。")
    },
    disable: Action {
        word: "停用",
        title: |_, text| format!("停用 {text} 个文档"),
        done: |name| format!("已停用“{name}”，检索将不再找到它。"),
    },
    archive: Action {
        word: "归档", title: |_, text| format!("归档 {text} 个文档"), done: |name| format!("已归档“{name}”。")
    },
    un_archive: Action {
        word: "取消归档",
        title: |_, text| format!("取消归档 {text} 个文档"),
        done: |name| format!("“{name}”已取消归档。"),
    },
    download: Action {
        word: "下载原文件",
        title: |_, text| format!("下载 {text} 个原文件"),
        done: |name| format!("正在保存“{name}”。"),
    },
    reindex: Action {
        word: "重试",
        title: |_, text| format!("重新索引 {text} 个文档"),
        done: |name| format!("正在重新索引“{name}”。"),
    },
    delete: Action {
        word: "删除", title: |_, text| format!("删除 {text} 个文档"), done: |name| format!("已删除“{name}”。")
    },
    download_zip: "下载为 ZIP",
    recover: "恢复…",
    more: "所选文档的更多操作",
    obstacles: Obstacles {
        already_so: "已是此状态。",
        archived: "文档已归档，请先取消归档。",
        not_indexed: "它尚未索引成功，只有已索引的文档才能停用。",
        no_file: "它不是由文件生成的，没有可下载的原文件。",
        not_failed: "它已完成索引，无需重试。",
        working: "服务器正在处理它，请等待处理结束。",
        disabled: "它已停用，服务器会因此生成第二个文档。请先启用它。",
        name: "它的名称不能作为文件名（需要受支持的扩展名，且不含 / \\ : * ? \" < > |）。请删除它，并以其他名称添加文件。",
        namesake: "另一个已启用的文档同名，服务器可能会替换那一个。请先停用另一个。",
        no_uploads: "此知识库不接受文件：请重新运行其流水线或同步其来源。",
    },
    some_cannot: |_, count, why| format!("所选文档中有 {count} 个不能执行：{why}"),
    none_can: |why| format!("所选文档都不能执行：{why}"),
    deletion: Deletion {
        pending_one: |name| format!("即将删除“{name}”"),
        pending_many: |count| format!("即将删除 {count} 个文档"),
        leaving: "即将删除，尚未发送任何请求。",
        undo: |name| format!("撤销删除 {name}"),
        not_deleted: |name, why| format!("“{name}”未被删除。{why}"),
        running: |done, all| format!("正在删除：已完成 {done} / {all}"),
        ended: |done, left| format!("已删除 {done} 个，仍有 {left} 个未删除。"),
        all_gone: |count| format!("已删除 {count} 个文档。"),
        show: "查看原因",
    },
    delays: Delays {
        stuck: "停滞",
        worker_down: |ago| format!("自{ago}起等待，且此处没有任何文档在索引：服务器的 worker 可能已停止，或正忙于其他任务。"),
        blocked_by: |ago, name| format!("自{ago}起排在已停滞的“{name}”之后。请先恢复那一个。"),
        update_hang: |ago| {
            format!("自{ago}起没有进展。Dify 1.11.4 至 1.12 的文档更新会永久挂起：请重启其 worker，然后恢复此文档。")
        },
        stalled: |ago| format!("自{ago}起没有进展，已超出其大小所需的时间：服务器的 worker 可能已停止。请恢复它。"),
        behind: |ago, name| format!("自{ago}起排在正在索引的“{name}”之后。"),
    },
    again: Again {
        question: |_, text| format!("重新索引 {text} 个文档？"),
        text: "将下载原文件，并以相同名称和文档自己的设置重新发送。ID 和元数据保持不变。",
        lost: "分段将重新生成，对分段的修改会丢失。",
        stuck: |_, text| format!("服务器仍称正在处理其中 {text} 个。如果确有 worker 在处理，同一文档将被同时处理两次。"),
        submit: "重新索引",
        no_original: |said| format!("无法获取原文件：{said} 请用您自己的副本执行“用文件替换…”。"),
        second: "此服务器为它生成了第二个文档，元数据相同。待新文档可用后，可以删除这一个。",
        second_without_metadata: "此服务器为它生成了第二个文档，但元数据未能复制。请在新文档上设置元数据后再删除这一个。",
    },
    zip: Zip {
        name: |name| format!("{name}.zip"),
        part: |name, number| format!("{name} 第 {number} 部分.zip"),
        not_saved: "浏览器无法保存该文件。",
        one_by_one: "此服务器不提供 ZIP 下载。将逐个保存原文件，浏览器可能会询问是否允许。",
    },
    gone: "服务器上已没有此文档。",
    not_kept: "服务器已接受，但列表没有变化。",
    columns: "显示的列",
    metadata: "元数据",
};
