### 播放器：影片上方、下方和旁邊的文字。

## 影片上方

media-failed = 內容沒能載入。正在從同一秒重試，已儲存的進度不受影響。
media-retry = 立即重試
# 等資料等了一會兒才顯示。
media-loading = 正在載入…
# `percent` 之後才填入，是文字。
player-volume = 音量 { $percent }%
# 把沒看過的部分都播完之後顯示。
missing-done = 沒看過的部分都播完了。
# 影片結束時顯示，下一行是下一課的標題。
next-up = 下一課
# 後面接剩下的秒數。
next-up-go = 繼續
next-up-stay = 留在這裡

## 影片下方

player-speed = 速度
player-captions = 字幕
captions-off = 無字幕
player-quality = 畫質
quality-auto = 自動
# `size` 已帶單位：4.2 MB。
quality-small = 省流量，{ $size }
quality-full = 完整，{ $size }
megabytes = { $size } MB
player-picture = 子母畫面
player-full = 全螢幕
# 按鈕的名稱，也是打開之後的標題。
player-more = 設定與快速鍵
player-auto-next = 看完自動進入下一課
player-keys = 啟用單鍵快速鍵
# 只在沒有 JavaScript 時顯示：儲存速度、字幕和畫質。
player-save = 儲存設定

## 快速鍵

key-play = 播放或暫停，空白鍵也行
key-5 = 倒退或快轉 5 秒
key-10 = 倒退或快轉 10 秒
key-volume = 調高或調低音量
key-mute = 靜音
key-captions = 開啟或關閉字幕
key-transcript = 展開或收起文字稿
key-full = 全螢幕
key-picture = 子母畫面
key-speed = 減速或加速
# 前面是 0 和 9 兩個鍵。
key-tenth = 跳到對應的十分之幾處
key-next = 下一課
key-help = 顯示這張表

## 看過的部分

# 後面是時間列表：3:00–4:10、5:20–5:40。
not-watched = 還沒看：
# 列表中兩段時間之間。
list-comma = 、
play-missing = 只播沒看過的

## 章節與文字稿

chapters = 章節
transcript = 文字稿
transcript-search = 在文字稿中搜尋
# `count` 之後才填入，是文字。
transcript-found = 找到 { $count } 處
transcript-none = 沒有找到
transcript-next = 下一處
transcript-follow = 跟隨播放
