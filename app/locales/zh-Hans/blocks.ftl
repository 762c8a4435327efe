### 学员参与的内容块：投票、案例接龙、卡片、按需显示的内容。

# 跟在内容块种类后面，未完成时显示。
block-required = 完成本课需要做这一项
# 在本课尚未完成的清单中，可能跟在标题和冒号后面。
left-answer = 完成标为必做的那一项。

## 投票

poll-kind = 投票
poll-send = 提交我的选择
# 后面是数字。
poll-total = 目前作答：
# 跟在读者自己选的选项后面。
poll-own = 你的选择
poll-again = 修改我的选择
# 给没有作答却能看到结果的人。
poll-take-part = 查看题目
poll-guest = 只统计本课程学员的选择。
poll-private = 大家的选择只有课程团队能看到。
poll-private-staff = 学员看不到这些结果。

## 案例接龙：看过别人的案例，再写自己的

chain-kind = 学员案例接龙
chain-example = 示例
# 在其他学员的案例上方。`count`：总数，包括读者自己的。
chain-others = 已有 { $count } 个案例
chain-first = 还没有人写。你来写第一个。
# 代替不署名的学员。
chain-learner = 一位学员
chain-older = 更早的案例
chain-latest = 最新的案例
chain-own = 你的案例
chain-own-hidden = 学校已将它隐藏，只有你和工作人员能看到。
chain-change = 修改或删除
chain-label = 你的案例
chain-hint = 最多 { $count } 字。本课程的学员都能看到。
chain-named = 署名：{ $name }
chain-add = 加入我的案例
chain-save = 保存我的案例
chain-remove = 删除我的案例
chain-guest = 本课程的学员在这里读别人的案例，也写自己的案例。
# 给工作人员。
chain-hide = 对学员隐藏
chain-show = 对学员显示
chain-is-hidden = 已隐藏

## 按需显示

reveal-kind = 先想一想
reveal-show = 看答案

## 卡片

cards-kind = 卡片
cards-state = { $total } 张中已记住 { $known } 张
cards-known = 记住了
cards-not-yet = 还没有
# 跟在卡片正面后面。
cards-is-known = 已记住
cards-is-not-yet = 还没记住

## 视频中的某一刻

cue-in-film = 视频 { $time } 处
cue-in-recording = 录音 { $time } 处
cue-continue = 继续

## 可能出的错

error-choice-none = 请先选一个答案。
error-choice-gone = 这个选项已经没有了，请从现在显示的选项中选。
error-entry-empty = 请先写下你的案例。
error-entry-long = 超过了 2,000 字，请删短后再提交。
error-answer-first = 本课还有需要你作答的内容，已标为必做。
