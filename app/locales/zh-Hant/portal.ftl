### 每頁的頁首頁尾、首頁、課程列表，以及日期、金額和語言的寫法。

# 學校的名字。也出現在每頁標題之後，以及安裝到桌面後的圖示下。
school = Waymark 路標

## 頁首和頁尾

skip = 跳到主要內容
# 標誌連結的朗讀名稱，以看得見的名字開頭。
to-front-mark = { school }，首頁
# 兩組連結的朗讀名稱。
nav-main = 主選單
nav-footer = 更多
courses = 課程
all-courses = 全部課程
my-learning = 我的學習
to-my-place = 回到上次學到的地方
account = 帳號
sign-in = 登入
sign-out = 登出
close = 關閉
# 每頁頁尾的一句話。
about = { school }：記住你學到哪裡，告訴你下一步，只算真正學過的。

## 語言和外觀

language = 語言
appearance = 外觀
theme = 配色
theme-system = 跟隨系統
theme-light = 淺色
theme-dark = 深色
# 暖色紙面、柔和墨色，適合久讀和夜讀。
theme-eye-care = 護眼
text-size = 文字大小
text-s = 小
text-m = 中
text-l = 大
text-xl = 特大
# 頁面上的東西是否會動。
motion = 動畫
motion-system = 跟隨系統
motion-off = 關閉

## 首頁（訪客）

front-title = 一步一步學
# 用於搜尋引擎、分享卡片和安裝說明。
front-description = 課程分成短短的幾課：看一段，讀一段，答幾題。不用註冊就能試聽，換了裝置也能接著學。
# 頂部的大字。
promise = 一步一步學，下一步總在眼前。
# 圖片的朗讀名稱，點開就播放這一課。
play-lesson = 播放「{ $title }」
trial-note = { $minutes } 分鐘，免費，不用註冊
# 短列表的朗讀名稱：試聽課、後面幾課，以及全部單元的連結。
trial-after = 這一課和後面幾課
all-lessons = 全部 { $count } 堂課

# 三個承諾：粗體短句，後面緊接解釋。
promises = 你可以放心的事
promise-place = 停在哪裡，就從哪裡接著學。
promise-place-text = 哪一秒停下都行，換個裝置也一樣。
promise-honest = 進度不灌水。
promise-honest-text = 影片看完才算看過，測驗通過才算完成。
promise-open = 先試聽，再決定。
promise-open-text = 試聽課點開就能學，不用註冊，也不用付款。

## 首頁（學員）

# 瀏覽器分頁上的標題。
today = 今天
greeting = { $name }，你好
in-progress = 正在學
more-courses = 更多課程
# 沒有正在學的課程時，寫在課程列表上方。
first-step = 選一門課，從這裡開始

## 課程列表

catalogue-description = 全部課程，附課數、時間、難度和價格。
# 搜尋欄位的標籤，也是欄位空白時的提示。
search-courses = 搜尋課程
search = 搜尋
category = 分類
category-all = 全部分類
level = 難度
level-any = 不限難度
level-beginner = 入門
level-intermediate = 進階
level-advanced = 高階
# 課程列表的朗讀名稱。
results = 找到的課程
courses-found = { $count } 門課程
nothing-found = 沒有同時符合這些字詞和條件的課程。換個字詞，少選幾個條件，或者看看全部課程。
# 寫在價格的位置。
free = 免費
lessons = { $count } 堂課
# 位置很窄，盡量短。
minutes = { $count } 分鐘

## 日期和列舉

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
# 連接一行裡的兩部分：「12 堂課，95 分鐘」。
list-comma = ，

## 金額

# 數字已帶分隔符號：1,234.50。
currency-cny = CN¥{ $amount }
currency-eur = €{ $amount }
currency-gbp = £{ $amount }
currency-hkd = HK${ $amount }
currency-jpy = JP¥{ $amount }
currency-krw = ₩{ $amount }
currency-twd = NT${ $amount }
currency-usd = US${ $amount }
# 其他貨幣用代碼：CHF 49.50。
currency-other = { $code } { $amount }

## 課程和字幕的語言

# 這裡沒有的語言，直接顯示代碼。
language-ar = 阿拉伯文
language-de = 德文
language-en = 英文
language-es = 西班牙文
language-fr = 法文
language-hi = 印地文
language-id = 印尼文
language-it = 義大利文
language-ja = 日文
language-ko = 韓文
language-pt = 葡萄牙文
language-ru = 俄文
language-th = 泰文
language-vi = 越南文
language-zh = 中文
language-zh-cn = 簡體中文
language-zh-hans = 簡體中文
language-zh-hant = 繁體中文
language-zh-hk = 中文（香港）
language-zh-tw = 繁體中文
