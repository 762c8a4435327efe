### 每页的页头页尾、首页、课程列表，以及日期、金额和语言的写法。

# 学校的名字。也出现在每页标题之后，以及安装到桌面后的图标下。
school = Waymark 路标

## 页头和页尾

skip = 跳到正文
# 标志链接的朗读名称，以看得见的名字开头。
to-front-mark = { school }，首页
# 两组链接的朗读名称。
nav-main = 主导航
nav-footer = 更多
courses = 课程
all-courses = 全部课程
my-learning = 我的学习
to-my-place = 回到上次学到的地方
account = 账号
sign-in = 登录
sign-out = 退出登录
close = 关闭
# 每页页尾的一句话。
about = { school }：记住你学到哪里，告诉你下一步，只算真正学过的。

## 语言和外观

language = 语言
appearance = 外观
theme = 配色
theme-system = 跟随系统
theme-light = 浅色
theme-dark = 深色
# 暖色纸面、柔和墨色，适合久读和夜读。
theme-eye-care = 护眼
text-size = 字号
text-s = 小
text-m = 中
text-l = 大
text-xl = 特大
# 页面上的东西是否会动。
motion = 动画
motion-system = 跟随系统
motion-off = 关闭

## 首页（访客）

front-title = 一步一步学
# 用于搜索引擎、分享卡片和安装说明。
front-description = 课程分成短短的几课：看一段，读一段，答几题。不用注册就能试听，换了设备也能接着学。
# 顶部的大字。
promise = 一步一步学，下一步总在眼前。
# 图片的朗读名称，点开就播放这一课。
play-lesson = 播放“{ $title }”
trial-note = { $minutes } 分钟，免费，不用注册
# 短列表的朗读名称：试听课、后面几课，以及全部课时的链接。
trial-after = 这一课和后面几课
all-lessons = 全部 { $count } 节课

# 三个承诺：粗体短句，后面紧跟解释。
promises = 你可以放心的事
promise-place = 停在哪里，就从哪里接着学。
promise-place-text = 哪一秒停下都行，换个设备也一样。
promise-honest = 进度不掺水。
promise-honest-text = 视频看完才算看过，测验通过才算完成。
promise-open = 先试听，再决定。
promise-open-text = 试听课点开就能学，不用注册，也不用付款。

## 首页（学员）

# 浏览器标签上的标题。
today = 今天
greeting = { $name }，你好
in-progress = 正在学
more-courses = 更多课程
# 没有正在学的课程时，写在课程列表上方。
first-step = 选一门课，从这里开始

## 课程列表

catalogue-description = 全部课程，附课时、时长、难度和价格。
# 搜索框的标签，也是框里没有内容时的提示。
search-courses = 搜索课程
search = 搜索
category = 分类
category-all = 全部分类
level = 难度
level-any = 不限难度
level-beginner = 入门
level-intermediate = 进阶
level-advanced = 高级
# 课程列表的朗读名称。
results = 找到的课程
courses-found = { $count } 门课程
nothing-found = 没有同时符合这些词和条件的课程。换个词，少选几个条件，或者看看全部课程。
# 写在价格的位置。
free = 免费
lessons = { $count } 节课
# 位置很窄，尽量短。
minutes = { $count } 分钟

## 日期和列举

# `month` 是下面的月份名。
date = { $year }年{ $month }{ $day }日
month-1 = 1月
month-2 = 2月
month-3 = 3月
month-4 = 4月
month-5 = 5月
month-6 = 6月
month-7 = 7月
month-8 = 8月
month-9 = 9月
month-10 = 10月
month-11 = 11月
month-12 = 12月
# 连接一行里的两部分：“12 节课，95 分钟”。
list-comma = ，

## 金额

# 数字已带分隔符：1,234.50。
currency-cny = ¥{ $amount }
currency-eur = €{ $amount }
currency-gbp = £{ $amount }
currency-hkd = HK${ $amount }
currency-jpy = JP¥{ $amount }
currency-krw = ₩{ $amount }
currency-twd = NT${ $amount }
currency-usd = US${ $amount }
# 其他货币用代码：CHF 49.50。
currency-other = { $code } { $amount }

## 课程和字幕的语言

# 这里没有的语言，直接显示代码。
language-ar = 阿拉伯语
language-de = 德语
language-en = 英语
language-es = 西班牙语
language-fr = 法语
language-hi = 印地语
language-id = 印度尼西亚语
language-it = 意大利语
language-ja = 日语
language-ko = 韩语
language-pt = 葡萄牙语
language-ru = 俄语
language-th = 泰语
language-vi = 越南语
language-zh = 中文
language-zh-cn = 简体中文
language-zh-hans = 简体中文
language-zh-hant = 繁体中文
language-zh-hk = 中文（香港）
language-zh-tw = 繁体中文
