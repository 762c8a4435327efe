### 學員參與的內容區塊：投票、案例接龍、卡片、需要時才顯示的內容。

# 跟在區塊種類後面，未完成時顯示。
block-required = 完成本課需要做這一項
# 在本課尚未完成的清單中，可能跟在標題和冒號後面。
left-answer = 完成標為必做的那一項。

## 投票

poll-kind = 投票
poll-send = 送出我的選擇
# 後面是數字。
poll-total = 目前作答：
# 跟在讀者自己選的選項後面。
poll-own = 你的選擇
poll-again = 修改我的選擇
# 給沒有作答卻能看到結果的人。
poll-take-part = 查看題目
poll-guest = 只統計本課程學員的選擇。
poll-private = 大家的選擇只有課程團隊看得到。
poll-private-staff = 學員看不到這些結果。

## 案例接龍：看過別人的案例，再寫自己的

chain-kind = 學員案例接龍
chain-example = 範例
# 在其他學員的案例上方。`count`：總數，包括讀者自己的。
chain-others = 已有 { $count } 個案例
chain-first = 還沒有人寫。你來寫第一個。
# 代替不署名的學員。
chain-learner = 一位學員
chain-older = 較早的案例
chain-latest = 最新的案例
chain-own = 你的案例
chain-own-hidden = 學校已將它隱藏，只有你和工作人員看得到。
chain-change = 修改或刪除
chain-label = 你的案例
chain-hint = 最多 { $count } 字。本課程的學員都看得到。
chain-named = 署名：{ $name }
chain-add = 加入我的案例
chain-save = 儲存我的案例
chain-remove = 刪除我的案例
chain-guest = 本課程的學員在這裡讀別人的案例，也寫自己的案例。
# 給工作人員。
chain-hide = 對學員隱藏
chain-show = 對學員顯示
chain-is-hidden = 已隱藏

## 需要時才顯示

reveal-kind = 先想一想
reveal-show = 看答案

## 卡片

cards-kind = 卡片
cards-state = { $total } 張中已記住 { $known } 張
cards-known = 記住了
cards-not-yet = 還沒有
# 跟在卡片正面後面。
cards-is-known = 已記住
cards-is-not-yet = 還沒記住

## 影片中的某一刻

cue-in-film = 影片 { $time } 處
cue-in-recording = 錄音 { $time } 處
cue-continue = 繼續

## 可能出的錯

error-choice-none = 請先選一個答案。
error-choice-gone = 這個選項已經沒有了，請從現在顯示的選項中選。
error-entry-empty = 請先寫下你的案例。
error-entry-long = 超過了 2,000 字，請刪短後再送出。
error-answer-first = 本課還有需要你作答的內容，已標為必做。
