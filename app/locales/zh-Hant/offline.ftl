### 沒有網路時：留存的頁面、留存的課程，以及等著傳送的內容。

## 頁面

# 顯示在上次造訪留下的頁面上方。
offline-copy = 沒有網路。這是你上次看到的頁面。
# 顯示在離線時送出過表單的頁面上方。
offline-form-kept = 已存在這部裝置上，連線後傳送。
offline-title = 沒有網路
offline-text = 這部裝置上還沒有這個頁面。你做過的都留著，連線後會傳送。
# 重新開啟這個頁面的連結。
try-again = 再試一次

## 留在裝置上的課程

keep-title = 離線學習
keep-text = 把整門課存到這部裝置上，沒有網路也能學。
keep-quality = 影片大小
# `size` 是百萬位元組數。
keep-quality-small = 小（{ $size } MB）
keep-quality-full = 原始（{ $size } MB）
keep-size = 需要 { $size } MB。
keep-start = 存到裝置
keep-update = 更新
keep-resume = 繼續
keep-cancel = 取消
keep-remove = 從裝置上刪除
# `done` 和 `total` 是百萬位元組數。
keep-progress = { $done } / { $total } MB
keep-kept = 已存在這部裝置上（{ $size } MB）。
keep-outdated = 已存在這部裝置上。課程有了新版本。
keep-broken = 中斷了。已經存下的都在，連線後接著存。
keep-full = 這部裝置空間不足。可以刪掉別的課程或檔案，或者選小的影片。已經存下的都在。
keep-failed = 這門課現在存不下來，請稍後再試。

# 留存課程清單的標題。
kept-title = 這部裝置上
kept-none = 這裡還沒有課程。連線時開啟你的課程，點「存到裝置」。
kept-state = { $size } MB
kept-state-keeping = 正在存
kept-state-broken = 沒有存完

## 等著傳送的內容

sync-here-watching = 看過的部分已存在這部裝置上，連線後傳送。
sync-here-answers = 答案已存在這部裝置上，連線後給出結果。
sync-here-notes = 筆記已存在這部裝置上，連線後傳送。
sync-sending = 正在傳送……
sync-saved = 已全部儲存。
sync-sign-in = 已存在這部裝置上，登入後傳送。
sync-refused = 存在這部裝置上的內容有一部分沒能收下：它所屬的內容已經不在，或者更動過。
error-kept = 已存在這部裝置上，連線後傳送。
