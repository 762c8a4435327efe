### 笔记、划线和书签。

## 课时旁边

notes = 笔记
# 从课时顶部通往笔记；`count`：笔记条数。
notes-jump =
    { $count ->
        [0] 笔记
       *[other] 笔记（{ $count }）
    }
# 从课时通往所有课程的笔记。
notes-all = 全部笔记
# 打开表单。
note-write = 写笔记
note-body = 笔记内容
note-body-hint = 支持 Markdown：**粗体**、列表、链接、代码。
# 填写时间，例如 3:12。
note-time = 对应的时间
note-time-hint = 例如 3:12。不填，就是对整节课的笔记。
# 课时有多段音视频时，从中选一段。
note-medium = 对应的音视频
# 填写正文里的一段话。
note-quote = 对应的原文
note-quote-hint = 在上面的正文里选中文字，或者粘贴到这里。不填，就是对整节课的笔记。
note-save = 保存笔记
# 只记下上面的时间，不写内容。
note-bookmark-second = 收藏这个时间
bookmark-lesson = 收藏这节课
bookmark-remove = 取消收藏
# 朗读名称：从这个时间开始播放。
note-play = 从 { $time } 播放
note-edit = 修改
note-delete = 删除
# 上面那个按钮之后，真正删除的按钮。
note-delete-sure = 确认删除
# 用于划线和书签。
note-remove = 移除
# 列表的朗读名称。
note-list = 这节课的笔记

# 表单做了什么。会朗读，也显示在列表上方。
noted-note = 笔记已保存。
noted-highlight = 已划线。
noted-bookmark = 已收藏。
noted-edited = 笔记已修改。
noted-deleted = 已删除。

# 选中正文后出现的两个按钮，以及这一组的朗读名称。
marker = 选中的文字
marker-highlight = 划线
marker-note = 写笔记

## 全部笔记

my-notes = 我的笔记
notes-search = 搜索笔记
notes-kind = 显示
notes-kind-all = 全部
note-kind-note = 笔记
note-kind-highlight = 划线
note-kind-bookmark = 书签
notes-course = 课程
notes-course-all = 全部课程
# 列表的朗读名称。
notes-results = 找到的笔记
notes-none = 还没有笔记。打开一节课，在下方就能写：可以记在视频的某一秒，也可以针对一段原文。
notes-not-found = 没有找到。换个词，或者查看全部。
notes-older = 更早的笔记
notes-export = 导出笔记
# 两种文件格式的名称。
notes-markdown = Markdown
notes-json = JSON
# 跟在课程里已经没有的课时标题之后。
note-lesson-gone = 课程里已没有这一课
# 列表和导出文件里代表书签。
note-is-bookmark = 书签

## 修改

note-edit-title = 修改笔记
note-keep = 保存修改
note-delete-title = 删除这条笔记
note-delete-text = 删除后无法恢复。
# 写在已保存内容的上方，此时你填的是另一份。
note-now = 现在保存着的内容
notice-note-edited = 笔记已修改。
notice-note-deleted = 已删除。

## 出了什么事

error-note-empty = 还没有内容可以保存。写点什么吧。
error-note-long = 超过了 20,000 个字符，没有保存。请缩短，或者分成两条。
error-note-time = 这不是时间。请写分和秒，例如 3:12。
error-note-time-late = 没有这么长。请检查时间。
error-note-time-missing = 哪个时间？请写分和秒，例如 3:12。
error-note-both = 一条笔记对应一个时间，或者一段原文。请把其中一项清空。
error-quote-long = 这段原文超过了 1,000 个字符。请选短一点的。
error-quote-missing = 这节课的正文里没有这些字。请照原文复制，或者留空。
error-note-changed = 这条笔记刚才在别处改过，两份都没有丢：你写的在这里，已保存的在下方。整理好之后再保存。
error-note-deleted = 这条笔记刚才已被删除。你写的还在：再保存一次，就是一条新笔记。
error-notes-full = 已经放满了（最多 5,000 条，或者两百万字）。没有保存，你写的还在。请删掉一些不需要的。
