### 過關測驗：一章末尾的測驗，通過後下一章才開放。

## 課程大綱和每一課裡

# 寫在別的單元寫「影片」「閱讀」的地方。
stage-kind = 過關測驗
# 寫在還沒開放的一課上方。
stage-locked = 通過測驗，這一課就開放。
# `title` 是測驗的標題。
stage-locked-text = 前面有一個過關測驗「{ $title }」，通過之後這一課就能學。之前的內容隨時可以看。
stage-take = 前往過關測驗
# 寫在一章最後一課的末尾。
stage-next-text = 這一章的最後是過關測驗：「{ $title }」。

## 測驗頁

# `section` 是章節的標題。
stage-place = 「{ $section }」的過關測驗
# 一行說明測驗怎麼考。
stage-questions = { $count } 道題
stage-pass = 得分 { $percent }% 通過
stage-attempts = 可考 { $count } 次
# `time` 是下面三種之一。
stage-pause = 兩次之間隔 { $time }
stage-minutes = { $count } 分鐘
stage-hours = { $count } 小時
stage-days = { $count } 天
stage-how = 不限時間，可以查資料。開始之後，題目不會變，換裝置也一樣，直到你交卷。交卷以後能看到對錯和講解。
stage-left = 還可以考 { $count } 次。
stage-begin = 開始測驗
stage-begin-again = 再考一次
# 題目上方的小標題。
stage-attempt = 第 { $number } 次
stage-submit = 交卷
# 有題沒答時才顯示的核取方塊。
stage-with-blanks = 有題不答，直接交卷
# `time` 是還要多久，`date` 和 `clock` 是幾時。
stage-wait = 再過 { $time } 可以再考：{ $date } { $clock }（{ $zone }）。
stage-spent = 次數已經用完。學校可以直接為你開放後面的內容，請聯絡老師。
stage-shut = 先通過「{ $title }」，這個測驗才開放。
stage-not-enrolled = 這個測驗是課程的一部分，報名之後才能考。
stage-staff = 你不用測驗就能看每一課。

## 結果

stage-passed-title = 通過了
stage-failed-title = 還沒通過
stage-score = 得 { $earned } 分，滿分 { $possible } 分。得分達到 { $percent }% 就通過。
# 學校讓學習者不考也能往下學。
stage-opened = 學校已經為你開放後面的內容，不考也可以往下學。
stage-passed = 這個測驗你已經通過。課程以後有更動，也不會失效。
# 按鈕：`title` 是測驗後面的第一課。
stage-go-on = 繼續：{ $title }
stage-concepts = 按知識點看
# 跟在知識點的名稱之後。
stage-concept = { $of } 題對 { $right } 題
stage-lessons = 值得再看一遍
stage-review = 你的答案
# 點開才顯示：不用再看的題。
stage-right-ones = 答對的 { $count } 道題
stage-no-answer = 沒有作答
stage-chosen-right = 你的答案，對
stage-chosen-wrong = 你的答案，不對
stage-missed = 正確答案，你沒有答到

## 給老師

stage-open-title = 為學習者開放後面的內容
stage-open-text = 對方不考也能往下學。誰開放的、為什麼，都會記下來。
stage-open-email = 學習者的電子郵件
stage-open-reason = 理由
stage-open-submit = 開放
notice-stage-opened = 已經為這位學習者開放。

## 錯誤

error-stage-blank = 這道題還沒有作答。
error-stage-blanks = 還有題沒答，所以沒有交卷。答過的都還在。把剩下的答完，或者勾選最後的選項，直接交卷。
error-stage-early = 還沒到可以再考的時間，沒有開始新的一次。下面寫著什麼時候可以再考。
error-stage-spent = 次數已經用完，沒有開始新的一次。學校可以直接為你開放後面的內容，請聯絡老師。
error-stage-learner = 報名這門課的學習者裡沒有這個電子郵件，什麼都沒有更動。請核對一次。
error-stage-reason = 請用一行寫明理由，最多 500 個字。什麼都沒有更動。
