### 课程、课时、播放器、测验和进度。

## 课程

# 标题上方链接的朗读名称：课程，然后是课程的分类。
breadcrumb = 所在位置
# 价格和按钮那一块的朗读名称。
offer = 价格和报名
start-trial = 开始试听
buy-course = 购买课程
enrol = 报名
continue-learning = 继续学习
notice-enrolled = 报名成功。从现在起，你的进度都会记下来。

# 课程包含内容列表的朗读名称。
included = 课程包含
included-videos = { $count } 个视频
# `minutes` 是所有课时的总和。
included-lessons = { $count } 节课，共 { $minutes } 分钟
included-quizzes = { $count } 个测验，附讲解
included-progress = 记住学到哪里，换设备也不丢

# 课程页的小标题。
outcomes = 学完你能做到
about-course = 课程介绍
# 章节和课时列表的标题；课数和时长跟在同一行。
trail = 课程目录
teachers =
    { $count ->
        [1] 授课老师
       *[other] { $count } 位授课老师
    }
prerequisites = 开始之前

## 结算

checkout-title = 购买课程
back-to-course = 返回课程

## 列表中的课时

kind-video = 视频
kind-audio = 音频
kind-text = 阅读
kind-quiz = 测验
# 标出对所有人开放的课时。
free-lesson = 免费
# 朗读时接在课时标题之后，说出标记的意思。
state-done = 已完成
state-here = 你在这里
state-begun = 学了一部分
state-locked = 未开放

## 课时

# 接在章节标题之后：“起步 · 第 2 课，共 12 课”。
lesson-of = 第 { $number } 课，共 { $total } 课
# 侧栏列表的朗读名称。
lessons-in-course = 本课程的课时
# 上一课、下一课那组链接的朗读名称。
nav-lessons = 前后课时
previous-lesson = 上一课
next-lesson = 下一课
# 打开课时列表。
lessons-button = 目录
mark-complete = 标记为已完成
lesson-left = 看完这一课的内容，通过其中的测验，这一课就完成了。
# `left`：同一章里还没完成的课时数。
lesson-done =
    { $left ->
        [0] 这一课完成了，这一章也学完了。
       *[other] 这一课完成了。本章还剩 { $left } 课。
    }
course-done = 课程学完了，每一课都已完成。

## 课时（没有报名的人）

# `count`：课程的课时数。写在对所有人开放的课时末尾。
trial-next-paid =
    { $count ->
        [1] 整门课就是这一课。看看报名的价格，以及报名后能为你记下什么。
       *[other] 这是全部 { $count } 节课中的一节。看看其余各课讲什么，以及课程的价格。
    }
trial-next-free = 整门课都免费。报名之后，进度会记下来。
trial-next-join = 整门课都免费。有了账号，进度会记下来。
see-course = 查看课程
locked = 这一课还没有对你开放。
locked-trial = 可以先试听：试听课对所有人开放。
locked-enrol = 报名之后就能学。
# `price` 已带货币：¥199。
buy-for = { $price } 购买
# 通往免费课程的课程页。
to-enrol = 去课程页报名

## 播放器

# 手动打开视频；在此之前不会连接 YouTube。
youtube-open = 显示 YouTube 上的“{ $title }”，YouTube 会知道你来过
# `percent` 在播放时填入。
watched = 已看 { $percent }%
watched-all = 已看完
# 连不上服务器时，接在“已看 42%”之后。
report-waiting = （还没保存，正在重试）

## 测验

check-answers = 核对答案
# 下拉列表的第一项，还没选的时候显示。
choose = 请选择
# 跟在可多选的题目之后。
choose-all = 选出所有符合的。
hint = 提示
# 跟在选中的选项之后。
answer-right = 选对了
answer-not-right = 没选对
# 写在题目下方；后面可能接讲解。
verdict-right = 答对了。
verdict-wrong = 还不对。
# `earned` 和 `possible` 之后才填入，是文字。
quiz-passed = 已通过，得 { $earned } 分，满分 { $possible } 分。
quiz-failed = 得 { $earned } 分，满分 { $possible } 分。得分达到 { $percent }% 才算通过。看看下面标出的题，再核对一次。

## 进度

# 进度条的朗读名称。
progress = 课程进度
# 跟在百分比之后。
lessons-done = 已完成 { $done }/{ $total } 课
nothing-yet = 你还没有课程。选一门，它会在这里等你，停在哪里就从哪里接着学。
finished = 学完的课程
