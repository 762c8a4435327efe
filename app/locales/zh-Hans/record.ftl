### 每天学了什么，还剩什么。

## 星期和日期

weekday-1 = 星期一
weekday-2 = 星期二
weekday-3 = 星期三
weekday-4 = 星期四
weekday-5 = 星期五
weekday-6 = 星期六
weekday-7 = 星期日
# 写在柱形图下方和日历旁边，越短越好。
weekday-short-1 = 一
weekday-short-2 = 二
weekday-short-3 = 三
weekday-short-4 = 四
weekday-short-5 = 五
weekday-short-6 = 六
weekday-short-7 = 日
# 写在日历各列上方。
month-short-1 = 1月
month-short-2 = 2月
month-short-3 = 3月
month-short-4 = 4月
month-short-5 = 5月
month-short-6 = 6月
month-short-7 = 7月
month-short-8 = 8月
month-short-9 = 9月
month-short-10 = 10月
month-short-11 = 11月
month-short-12 = 12月
# 名称和说明之间：“星期一：完成”。
list-colon = ：

## 本周

this-week = 本周
study-time =
    { $hours ->
        [0] { $minutes } 分钟
       *[other] { $hours } 小时 { $minutes } 分钟
    }
study-lessons = 完成 { $count } 节课
# 数字的名称，也是表格的列名。
week-time = 学习时间
week-lessons = 完成课数
day = 日期
# 表格的朗读标题。
week-table = 本周每天的学习
# 首页上，本周还没学时显示。
week-empty = 本周还没开始。学完一课，或者学五分钟，就算一天。
# 图表下方，接在标记之后。
chart-key = 学完一课。柱子是分钟数。
# 朗读时接在星期之后，说出标记的意思。
day-done = 完成
day-done-today = 今天，完成
day-begun = 学了不到五分钟
day-empty = 没有学习
day-rest = 休息日
day-today = 今天，还没完成
day-ahead = 还没到

## 连续学习

streak = 连续学习
# 接在数字之后。
streak-days = 天连续学习
# 后面还有一句。
streak-since = 从{ $date }开始。
streak-today-done = 今天已经算上。
streak-today-open = 今天还没算上：学完一课，或者学五分钟。
streak-today-rest = 今天是休息日，不会中断。
streak-begin = 学完一课，或者学五分钟，就从第一天开始。

## 日历

calendar = 学习日历
calendar-caption = 每天的学习分钟数，每行一个星期几，每列一周
week-of = { $date }那一周
calendar-less = 少
calendar-more = 多
# `time` 带单位：3 小时 20 分钟。
total-time = 共学习 { $time }
total-days = 学习 { $count } 天
# `zone` 是地点：Asia/Shanghai。
in-zone = 按 { $zone } 的日期计算
study-settings-link = 时区、休息日和连续学习

## 账号：日子怎么算

study-settings = 学习
time-zone = 时区
time-zone-hint = 决定你的一天从什么时候开始。过去的日子按当时的时区算。
rest-days = 休息日
rest-days-hint = 休息日不会中断连续学习。这一天学了，照样算。
streak-hint = 学完一节课、一个测验或一段音视频，或者学满五分钟，就算一天。
streak-show = 显示连续学习天数
save-study = 保存学习设置
error-time-zone = 请从列表里选一个时区。
error-rest-days = 至少留一天来学习。

## 还剩什么

whats-left = 还剩什么
# 接在音视频的标题和冒号之后。`time` 写作 2:10。
left-watch = 至少再看 { $time }。
# 后面是 3:00–4:10 这样的段落，每段是一个链接。
left-gaps = 还没看：
# 接在列出的段落之后。
left-gaps-more = 等 { $count } 段
# 接在测验的标题和冒号之后。
left-pass = { $possible } 分里得到 { $needed } 分即可通过。
left-best = 目前最好 { $best } 分。
left-more = 还有 { $count } 节课
# 接在课的标题之后。
need-watch = 还要看 { $time }
need-pass = 还要通过 { $count } 个测验
need-answer = 还要回答 { $count } 处互动
need-mark = 读完后标记为完成
# 标出报名之后新增的课。
new-lesson = 新
new-lessons = { $count } 节新课
new-since-enrolled = 报名之后新增
new-since-finished = 学完之后新增
new-note-enrolled = 这些课是后来加的，不影响你的进度。
new-note-finished = 这些课是后来加的，不学也不影响这门课已经完成。
