### 没有网络时：留存的页面、留存的课程，以及等着发送的内容。

## 页面

# 显示在上次访问留下的页面上方。
offline-copy = 没有网络。这是你上次看到的页面。
# 显示在断网时提交过表单的页面上方。
offline-form-kept = 已存在这台设备上，联网后发送。
offline-title = 没有网络
offline-text = 这台设备上还没有这个页面。你做过的都留着，联网后会发送。
# 重新打开这个页面的链接。
try-again = 再试一次

## 留在设备上的课程

keep-title = 离线学习
keep-text = 把整门课存到这台设备上，没有网络也能学。
keep-quality = 视频大小
# `size` 是兆字节数。
keep-quality-small = 小（{ $size } MB）
keep-quality-full = 原始（{ $size } MB）
keep-size = 需要 { $size } MB。
keep-start = 存到设备
keep-update = 更新
keep-resume = 继续
keep-cancel = 取消
keep-remove = 从设备上删除
# `done` 和 `total` 是兆字节数。
keep-progress = { $done } / { $total } MB
keep-kept = 已存在这台设备上（{ $size } MB）。
keep-outdated = 已存在这台设备上。课程有了新版本。
keep-broken = 中断了。已经存下的都在，联网后接着存。
keep-full = 这台设备空间不够。可以删掉别的课程或文件，或者选小的视频。已经存下的都在。
keep-failed = 这门课现在存不下来，请稍后再试。

# 留存课程列表的标题。
kept-title = 这台设备上
kept-none = 这里还没有课程。联网时打开你的课程，点“存到设备”。
kept-state = { $size } MB
kept-state-keeping = 正在存
kept-state-broken = 没有存完

## 等着发送的内容

sync-here-watching = 看过的部分已存在这台设备上，联网后发送。
sync-here-answers = 答案已存在这台设备上，联网后给出结果。
sync-here-notes = 笔记已存在这台设备上，联网后发送。
sync-sending = 正在发送……
sync-saved = 已全部保存。
sync-sign-in = 已存在这台设备上，登录后发送。
sync-refused = 存在这台设备上的内容有一部分没能收下：它所属的内容已经不在，或者改动过。
error-kept = 已存在这台设备上，联网后发送。
