### 價格、優惠券與促銷。

## 購課清單有什麼問題

error-basket-large = 一張訂單最多 20 門課程。請先移除幾門，稍後再另下一單。
error-basket-currencies = 這些課程以不同幣別定價，不能放在同一張訂單裡。請分開下單。

## 優惠券或促銷有什麼問題

error-rule-percent = 這不是有效的百分比。請填 1 到 100 的整數。
error-rule-amount = 這不是有效的金額。請填大於零的數，小數位數以幣別為準。
error-rule-currency = 有金額就要選幣別，只按百分比優惠則不選。
error-rule-ends = 結束時間早於開始時間。請選一個更晚的結束時間。
error-rule-courses = 請至少指定一門課程，最多 200 門。
error-rule-limit = 上限不能小於 1。請填更大的數，或留空。
error-rule-name = 請填名稱，1 到 80 個字，不換行。
error-rule-tiers = 級距須逐級提高：門檻更高，折抵也更多，且折抵不超過門檻。最多十級。
error-rule-bundle = 組合由 2 到 20 門課程組成。請全部列出。
error-rule-priority = 優先順序是 -1000 到 1000 的整數。
error-rule-banner = 橫幅文字每種語言 1 到 200 個字。
error-course-unknown = 沒有這門課程。請核對課程網址中的名稱。
error-task-unknown = 沒有這門課程，或課程裡沒有這一課。請核對網址中的名稱。
error-code-taken = 已有優惠券使用這個優惠碼，或與它容易看混的碼。請換一個。
error-code-form = 這不能用作優惠碼。請用 1 到 32 個字母或數字。
error-batch-count = 一批可產生 1 到 10,000 個優惠碼。請填這個範圍內的數。
error-batch-taken = 這張優惠券已有同名批次。請換一個名稱。
error-changed-meanwhile = 這裡剛剛被別人改過，你的修改沒有儲存。請重新開啟，在最新內容上修改。

## 學員獲贈的優惠券，顯示在「我的學習」頁

gifts-title = 送你的優惠券
# `off`：折抵多少，例如「折抵 10%」。
gift-use = 下一門課程{ $off }
gift-percent = 折抵 { $percent }%
gift-percent-capped = 折抵 { $percent }%（最多折抵 { $cap }）
gift-amount = 折抵 { $amount }
gift-to = 只需 { $amount }
