### 筆記、畫線和書籤。

## 單元旁邊

notes = 筆記
# 從單元頂部通往筆記；`count`：筆記則數。
notes-jump =
    { $count ->
        [0] 筆記
       *[other] 筆記（{ $count }）
    }
# 從單元通往所有課程的筆記。
notes-all = 全部筆記
# 打開表單。
note-write = 寫筆記
note-body = 筆記內容
note-body-hint = 支援 Markdown：**粗體**、清單、連結、程式碼。
# 填寫時間，例如 3:12。
note-time = 對應的時間
note-time-hint = 例如 3:12。不填，就是對整個單元的筆記。
# 單元有多段影音時，從中選一段。
note-medium = 對應的影音
# 填寫內文裡的一段話。
note-quote = 對應的原文
note-quote-hint = 在上面的內文裡選取文字，或者貼到這裡。不填，就是對整個單元的筆記。
note-save = 儲存筆記
# 只記下上面的時間，不寫內容。
note-bookmark-second = 收藏這個時間
bookmark-lesson = 收藏這個單元
bookmark-remove = 取消收藏
# 朗讀名稱：從這個時間開始播放。
note-play = 從 { $time } 播放
note-edit = 修改
note-delete = 刪除
# 上面那個按鈕之後，真正刪除的按鈕。
note-delete-sure = 確認刪除
# 用於畫線和書籤。
note-remove = 移除
# 清單的朗讀名稱。
note-list = 這個單元的筆記

# 表單做了什麼。會朗讀，也顯示在清單上方。
noted-note = 筆記已儲存。
noted-highlight = 已畫線。
noted-bookmark = 已收藏。
noted-edited = 筆記已修改。
noted-deleted = 已刪除。

# 選取內文後出現的兩個按鈕，以及這一組的朗讀名稱。
marker = 選取的文字
marker-highlight = 畫線
marker-note = 寫筆記

## 全部筆記

my-notes = 我的筆記
notes-search = 搜尋筆記
notes-kind = 顯示
notes-kind-all = 全部
note-kind-note = 筆記
note-kind-highlight = 畫線
note-kind-bookmark = 書籤
notes-course = 課程
notes-course-all = 全部課程
# 清單的朗讀名稱。
notes-results = 找到的筆記
notes-none = 還沒有筆記。打開一個單元，在下方就能寫：可以記在影片的某一秒，也可以針對一段原文。
notes-not-found = 沒有找到。換個詞，或者查看全部。
notes-older = 更早的筆記
notes-export = 匯出筆記
# 兩種檔案格式的名稱。
notes-markdown = Markdown
notes-json = JSON
# 跟在課程裡已經沒有的單元標題之後。
note-lesson-gone = 課程裡已沒有這個單元
# 清單和匯出檔案裡代表書籤。
note-is-bookmark = 書籤

## 修改

note-edit-title = 修改筆記
note-keep = 儲存修改
note-delete-title = 刪除這則筆記
note-delete-text = 刪除後無法復原。
# 寫在已儲存內容的上方，此時你填的是另一份。
note-now = 現在儲存著的內容
notice-note-edited = 筆記已修改。
notice-note-deleted = 已刪除。

## 出了什麼事

error-note-empty = 還沒有內容可以儲存。寫點什麼吧。
error-note-long = 超過了 20,000 個字元，沒有儲存。請縮短，或者分成兩則。
error-note-time = 這不是時間。請寫分和秒，例如 3:12。
error-note-time-late = 沒有這麼長。請檢查時間。
error-note-time-missing = 哪個時間？請寫分和秒，例如 3:12。
error-note-both = 一則筆記對應一個時間，或者一段原文。請把其中一項清空。
error-quote-long = 這段原文超過了 1,000 個字元。請選短一點的。
error-quote-missing = 這個單元的內文裡沒有這些字。請照原文複製，或者留空。
error-note-changed = 這則筆記剛才在別處改過，兩份都沒有遺失：你寫的在這裡，已儲存的在下方。整理好之後再儲存。
error-note-deleted = 這則筆記剛才已被刪除。你寫的還在：再儲存一次，就是一則新筆記。
error-notes-full = 已經放滿了（最多 5,000 則，或者兩百萬字）。沒有儲存，你寫的還在。請刪掉一些不需要的。
