### 課程、單元、播放器、測驗和進度。

## 課程

# 標題上方連結的朗讀名稱：課程，然後是課程的分類。
breadcrumb = 所在位置
# 價格和按鈕那一塊的朗讀名稱。
offer = 價格和報名
start-trial = 開始試聽
buy-course = 購買課程
enrol = 報名
continue-learning = 繼續學習
notice-enrolled = 報名成功。從現在起，你的進度都會記下來。

# 課程包含內容列表的朗讀名稱。
included = 課程包含
included-videos = { $count } 部影片
# `minutes` 是整門課的總和。
included-lessons = { $count } 堂課，共 { $minutes } 分鐘
included-quizzes = { $count } 份測驗，附講解
included-progress = 記住學到哪裡，換裝置也不會遺失

# 課程頁的小標題。
outcomes = 學完你能做到
about-course = 課程介紹
# 章節列表的標題；課數和時間接在同一行。
trail = 課程大綱
teachers =
    { $count ->
        [1] 授課老師
       *[other] { $count } 位授課老師
    }
prerequisites = 開始之前

## 結帳

checkout-title = 購買課程
back-to-course = 返回課程

## 列表中的每一課

kind-video = 影片
kind-audio = 音訊
kind-text = 閱讀
kind-quiz = 測驗
# 標出對所有人開放的一課。
free-lesson = 免費
# 朗讀時接在標題之後，說出標記的意思。
state-done = 已完成
state-here = 你在這裡
state-begun = 學了一部分
state-locked = 未開放

## 上課頁

# 接在章節標題之後：「起步 · 第 2 課，共 12 課」。
lesson-of = 第 { $number } 課，共 { $total } 課
# 側欄列表的朗讀名稱。
lessons-in-course = 這門課的每一課
# 上一課、下一課那組連結的朗讀名稱。
nav-lessons = 前後課
previous-lesson = 上一課
next-lesson = 下一課
# 打開課程大綱。
lessons-button = 大綱
mark-complete = 標記為已完成
lesson-left = 看完這一課的內容，通過其中的測驗，這一課就完成了。
# `left`：同一章裡還沒完成的課數。
lesson-done =
    { $left ->
        [0] 這一課完成了，這一章也學完了。
       *[other] 這一課完成了。本章還剩 { $left } 課。
    }
course-done = 課程學完了，每一課都已完成。

## 上課頁（沒有報名的人）

# `count`：課程的課數。寫在對所有人開放的一課末尾。
trial-next-paid =
    { $count ->
        [1] 整門課就是這一課。看看報名的價格，以及報名後能為你記下什麼。
       *[other] 這是全部 { $count } 堂課中的一堂。看看其他各課講什麼，以及課程的價格。
    }
trial-next-free = 整門課都免費。報名之後，進度會記下來。
trial-next-join = 整門課都免費。有了帳號，進度會記下來。
see-course = 查看課程
locked = 這一課還沒有對你開放。
locked-trial = 可以先試聽：試聽課對所有人開放。
locked-enrol = 報名之後就能學。
# `price` 已帶貨幣：NT$900。
buy-for = { $price } 購買
# 通往免費課程的課程頁。
to-enrol = 去課程頁報名

## 播放器

# 手動打開影片；在此之前不會連到 YouTube。
youtube-open = 顯示 YouTube 上的「{ $title }」，YouTube 會知道你來過
# `percent` 在播放時填入。
watched = 已看 { $percent }%
watched-all = 已看完
# 連不上伺服器時，接在「已看 42%」之後。
report-waiting = （還沒儲存，正在重試）

## 測驗

check-answers = 核對答案
# 下拉選單的第一項，還沒選的時候顯示。
choose = 請選擇
# 接在可複選的題目之後。
choose-all = 選出所有符合的。
hint = 提示
# 接在選取的選項之後。
answer-right = 選對了
answer-not-right = 沒選對
# 寫在題目下方；後面可能接講解。
verdict-right = 答對了。
verdict-wrong = 還不對。
# `earned` 和 `possible` 之後才填入，是文字。
quiz-passed = 已通過，得 { $earned } 分，滿分 { $possible } 分。
quiz-failed = 得 { $earned } 分，滿分 { $possible } 分。得分達到 { $percent }% 才算通過。看看下面標出的題目，再核對一次。

## 進度

# 進度列的朗讀名稱。
progress = 課程進度
# 接在百分比之後。
lessons-done = 已完成 { $done }/{ $total } 課
nothing-yet = 你還沒有課程。選一門，它會在這裡等你，停在哪裡就從哪裡接著學。
finished = 學完的課程
