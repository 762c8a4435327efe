### 播放器：视频上方、下方和旁边的文字。

## 视频上方

media-failed = 内容没能加载。正在从同一秒重试，已保存的进度不受影响。
media-retry = 立即重试
# 等数据等了一会儿才显示。
media-loading = 正在加载…
# `percent` 之后才填入，是文字。
player-volume = 音量 { $percent }%
# 把没看过的部分都放完之后显示。
missing-done = 没看过的部分都放完了。
# 视频结束时显示，下一行是下一课的标题。
next-up = 下一课
# 后面接剩下的秒数。
next-up-go = 继续
next-up-stay = 留在这里

## 视频下方

player-speed = 倍速
player-captions = 字幕
captions-off = 无字幕
player-quality = 画质
quality-auto = 自动
# `size` 已带单位：4.2 MB。
quality-small = 省流，{ $size }
quality-full = 完整，{ $size }
megabytes = { $size } MB
player-picture = 画中画
player-full = 全屏
# 按钮的名称，也是打开之后的标题。
player-more = 设置和快捷键
player-auto-next = 看完自动进入下一课
player-keys = 启用单键快捷键
# 只在没有 JavaScript 时显示：保存倍速、字幕和画质。
player-save = 保存设置

## 快捷键

key-play = 播放或暂停，空格键也行
key-5 = 后退或前进 5 秒
key-10 = 后退或前进 10 秒
key-volume = 调高或调低音量
key-mute = 静音
key-captions = 打开或关闭字幕
key-transcript = 展开或收起文字稿
key-full = 全屏
key-picture = 画中画
key-speed = 减速或加速
# 前面是 0 和 9 两个键。
key-tenth = 跳到对应的十分之几处
key-next = 下一课
key-help = 显示这张表

## 看过的部分

# 后面是时间列表：3:00–4:10、5:20–5:40。
not-watched = 还没看：
# 列表中两段时间之间。
list-comma = 、
play-missing = 只放没看过的

## 章节和文字稿

chapters = 章节
transcript = 文字稿
transcript-search = 在文字稿中查找
# `count` 之后才填入，是文字。
transcript-found = 找到 { $count } 处
transcript-none = 没有找到
transcript-next = 下一处
transcript-follow = 跟随播放
