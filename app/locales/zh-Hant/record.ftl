### 每天學了什麼，還剩什麼。

## 星期與日期

weekday-1 = 星期一
weekday-2 = 星期二
weekday-3 = 星期三
weekday-4 = 星期四
weekday-5 = 星期五
weekday-6 = 星期六
weekday-7 = 星期日
# 寫在長條圖下方和日曆旁邊，愈短愈好。
weekday-short-1 = 一
weekday-short-2 = 二
weekday-short-3 = 三
weekday-short-4 = 四
weekday-short-5 = 五
weekday-short-6 = 六
weekday-short-7 = 日
# 寫在日曆各欄上方。
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
# 名稱和說明之間：「星期一：完成」。
list-colon = ：

## 本週

this-week = 本週
study-time =
    { $hours ->
        [0] { $minutes } 分鐘
       *[other] { $hours } 小時 { $minutes } 分鐘
    }
study-lessons = 完成 { $count } 堂課
# 數字的名稱，也是表格的欄名。
week-time = 學習時間
week-lessons = 完成堂數
day = 日期
# 表格的朗讀標題。
week-table = 本週每天的學習
# 首頁上，本週還沒學時顯示。
week-empty = 本週還沒開始。學完一課，或是學五分鐘，就算一天。
# 圖表下方，接在標記之後。
chart-key = 學完一課。長條是分鐘數。
# 朗讀時接在星期之後，說出標記的意思。
day-done = 完成
day-done-today = 今天，完成
day-begun = 學了不到五分鐘
day-empty = 沒有學習
day-rest = 休息日
day-today = 今天，還沒完成
day-ahead = 還沒到

## 連續學習

streak = 連續學習
# 接在數字之後。
streak-days = 天連續學習
# 後面還有一句。
streak-since = 從{ $date }開始。
streak-today-done = 今天已經算進去。
streak-today-open = 今天還沒算：學完一課，或是學五分鐘。
streak-today-rest = 今天是休息日，不會中斷。
streak-begin = 學完一課，或是學五分鐘，就從第一天開始。

## 日曆

calendar = 學習日曆
calendar-caption = 每天的學習分鐘數，每列一個星期幾，每欄一週
week-of = { $date }那一週
calendar-less = 少
calendar-more = 多
# `time` 帶單位：3 小時 20 分鐘。
total-time = 共學習 { $time }
total-days = 學習 { $count } 天
# `zone` 是地點：Asia/Taipei。
in-zone = 依 { $zone } 的日期計算
study-settings-link = 時區、休息日和連續學習

## 帳號：日子怎麼算

study-settings = 學習
time-zone = 時區
time-zone-hint = 決定你的一天從什麼時候開始。過去的日子依當時的時區計算。
rest-days = 休息日
rest-days-hint = 休息日不會中斷連續學習。這一天學了，一樣算。
streak-hint = 學完一堂課、一個測驗或一段影音，或是學滿五分鐘，就算一天。
streak-show = 顯示連續學習天數
save-study = 儲存學習設定
error-time-zone = 請從清單裡選一個時區。
error-rest-days = 至少留一天來學習。

## 還剩什麼

whats-left = 還剩什麼
# 接在影音的標題和冒號之後。`time` 寫作 2:10。
left-watch = 至少再看 { $time }。
# 後面是 3:00–4:10 這樣的段落，每段是一個連結。
left-gaps = 還沒看：
# 接在列出的段落之後。
left-gaps-more = 等 { $count } 段
# 接在測驗的標題和冒號之後。
left-pass = { $possible } 分裡拿到 { $needed } 分就通過。
left-best = 目前最好 { $best } 分。
left-more = 還有 { $count } 堂課
# 接在課的標題之後。
need-watch = 還要看 { $time }
need-pass = 還要通過 { $count } 個測驗
need-answer = 還要回答 { $count } 處互動
need-mark = 讀完後標示為完成
# 標出報名之後新增的課。
new-lesson = 新
new-lessons = { $count } 堂新課
new-since-enrolled = 報名之後新增
new-since-finished = 學完之後新增
new-note-enrolled = 這些課是後來加的，不影響你的進度。
new-note-finished = 這些課是後來加的，不學也不影響這門課已經完成。
