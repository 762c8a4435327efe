### 管理台：訂單、收入和優惠，給辦學的人使用。

## 框架

console = 管理台
console-part-overview = 總覽
console-part-orders = 訂單
console-part-coupons = 優惠券
console-part-promotions = 促銷
console-part-prices = 價格
console-part-findings = 對帳
# 每頁頁尾。
console-zone = 日期和時間均按 { $zone }

## 總覽

console-open-orders = 未完成訂單
console-refunds-asked = 待處理退款
console-unhealed = 待查對帳問題
console-due = 即將用完或到期的優惠券
console-left = 剩餘
console-ends = 截止
console-revenue = 收入
# `currency`：ISO 代碼。
console-revenue-in = 收入（{ $currency }）
console-no-revenue = 這段時間沒有收款。
# 朗讀名稱：按日、週、月選擇。
console-per = 統計方式
console-per-day = 按日
console-per-week = 按週
console-per-month = 按月
console-period = 時間
# 兩個日期：2026-11-23。
console-days = { $first } 至 { $last }
console-orders-paid = 訂單數
console-paid = 收款
console-refunded = 退款
# 收款減退款。
console-net = 淨額

## 訂單

console-search = 搜尋訂單
console-search-hint = 訂單編號、完整電子郵件、課程、優惠碼或金流序號
console-find = 搜尋
console-all = 顯示全部
console-any = 不限
console-older = 更早的訂單
console-csv = 下載 CSV
console-no-orders = 沒有符合條件的訂單。減少篩選條件再試。
console-number = 訂單編號
console-placed = 下單時間
console-paid-at = 付款時間
console-state = 狀態
console-buyer = 買家
console-email = 電子郵件
console-course = 課程
console-courses-count = 課程數
# 一門課程的名稱，以及另有幾門。
console-and-more = { $title } 另加 { $count } 門
console-currency = 幣別
console-total = 金額
console-coupon = 優惠券
console-coupon-code = 優惠碼
console-id = 識別碼
# 標出沒有實際收付款的訂單。
console-test = 測試
# 兩個日期指的是哪個時間。
console-by = 日期類型
console-by-placed = 下單
console-by-paid = 付款
console-by-refunded = 退款
console-from = 從
console-to = 到
console-state-draft = 草稿
console-state-awaiting-payment = 待付款
console-state-paid = 已付款
console-state-partly-refunded = 部分退款
console-state-refunded = 已退款
console-state-cancelled = 已取消
console-state-expired = 已逾期
console-state-open = 未完成
console-state-refund-asked = 申請退款
console-state-ever-paid = 曾付款

## 對帳

console-findings-text = 付款遲遲沒有結果時，系統會向金流平台查詢。對不上的都在這裡。
console-no-findings = 全部對得上。
console-at = 時間
console-finding = 問題
console-finding-missed-capture = 已付款，但沒收到通知
console-finding-refund-refused = 金流平台拒絕退款
console-finding-refund-came-back = 退款被退回
console-finding-refund-waits = 退款送不出去
console-finding-refund-elsewhere = 在金流平台上退了款
console-finding-dispute = 買家向銀行提出爭議
console-finding-no-payment-required = 金流平台上無須付款
console-finding-receipt-mismatch = 收據上的價格無法重算
console-details = 詳情
console-healed = 已修復
console-not-healed = 需處理
console-settled = 已處理
# 人名。
console-settled-by = 處理人：{ $name }
console-settle = 人工處理
console-settle-note = 備註（選填）
console-settle-hint = 寫下是怎麼處理的，供工作人員查看。最多 500 個字。
console-settle-now = 標記為已處理
notice-console-settled = 已標記為已處理。
# 對帳發現的內容。金額已帶幣別。
console-found-paid = 款項已入帳，但沒收到通知。訂單現已付款。
console-found-late = 款項已入帳，但沒收到通知，入帳時訂單已結束。訂單現已付款。
# `why`：退回的原因，見 console-why-…。
console-found-returned = 款項已入帳，但沒收到通知。款項將退回：{ $why }
console-found-refused = 金流平台不退還 { $amount }。
console-found-came-back = { $amount } 已經退款，又退回了學校。
console-found-waits = 退還 { $amount } 已嘗試 { $tries } 次，都沒有成功。系統會繼續嘗試。
console-found-elsewhere = { $amount } 是在金流平台上退的，不是從這裡退的。
console-found-nothing-due = 金流平台上沒有要付的款，所以沒有收到錢。這不算付了訂單。
console-found-disputed = 付款人就 { $amount } 向銀行提出爭議。請在金流平台上回應。
console-found-dispute-won = 銀行支持學校一方。
console-found-dispute-lost = 銀行支持付款人一方，款項已被收回。
# `why`：金流平台或系統的原話。
console-found-why = 給出的原因：{ $why }
console-fault-way = 重新計算後，價格的構成不同。
console-fault-price = 重新計算後，價格是 { $now }，而不是 { $then }。
console-fault-total = 訂單上是 { $order }，價格明細是 { $price }。
console-fault-kept = 實收 { $came }，應收 { $due }。
console-fault-refunded = 按記錄退了 { $events }，訂單上是 { $order }。

## 一筆訂單

console-order = 訂單 { $number }
console-agreement = 協議
console-guest = 尚無帳號
console-items = 課程
console-to-pay = 應付
console-access = 學員可學
console-price = 價格怎麼算的
console-rule = 規則
console-outcome = 結果
console-effect = 優惠
console-applied = 已使用
console-trail = 經過
console-event = 事件
console-by-whom = 操作人
console-event-placed = 下單，{ $amount }
console-event-begun = 開始付款（{ $gateway }）
console-event-declined = 銀行拒絕付款
console-event-captured = 收到 { $amount }
console-event-cancelled = 已取消
console-event-expired = 逾時未付
console-event-resumed = 重新繼續：{ $amount }
console-event-late = { $amount } 遲到，已按訂單處理
console-event-returned = 退回 { $amount }：{ $why }
console-why-paid-twice = 重複付款
console-why-limit-reached = 優惠券或名額已用完
console-why-wrong-amount = 金額不符
console-why-has-course = 學員已有這門課
console-why-gateway = 在金流平台上退了款
console-why-dispute = 爭議後由銀行收回
console-event-asked = 學員申請退款：{ $reason }
console-event-refused = 拒絕退款：{ $reason }
console-event-refund-begun = 開始退款 { $amount }
console-event-refunded = 已退 { $amount }，剩 { $left }
console-event-refund-failed = 退款 { $amount } 失敗
console-event-dispute = 銀行對 { $amount } 提出爭議
console-event-dispute-won = 爭議結束：付款有效
console-event-dispute-lost = 爭議結束：款項退回
console-event-reminded = 已寄信提醒
console-event-healed = 對帳後修復
console-payments = 付款
console-gateway = 金流平台
console-gateway-sandbox = 模擬付款（測試）
console-gateway-stripe = Stripe
console-amount = 金額
console-arrived = 實收
console-begun = 開始
console-reference = 序號
console-capture = 收款序號
console-payment-begun = 進行中
console-payment-captured = 已收款
console-payment-returned = 已退回
console-payment-refunded = 已退款
console-payment-ended = 已結束
console-refunds = 退款
console-refund-due = 待退
console-refund-sent = 已送出
console-refund-done = 已退
console-refund-failed = 失敗
console-excess = 多付
console-reason = 理由
console-ends-access = 停止學習
console-tries = 次數
console-notices = 平台通知
console-notice = 事件
console-received = 收到
console-processed = 處理
# 通知處理後的結果。
console-came-paid = 訂單已付款
console-came-paid-late = 訂單結束後才付款，已處理
console-came-returned-paid-twice = 已退回：重複付款
console-came-returned-limit-reached = 已退回：優惠券或名額已用完
console-came-returned-wrong-amount = 已退回：金額不符
console-came-returned-has-course = 已退回：學員已有這門課
console-came-noted = 已記錄
console-came-known = 已知，無需處理
console-came-unknown = 查不到對應的付款
console-came-not-understood = 無法識別
console-came-failed = 沒有成功，會再試
console-came-given-up = 沒有成功，不再重試
console-yes = 是
console-no = 否

## 退款

console-give-back = 退款
console-give-back-some = 退款（可退 { $left }）
console-amount-in = 金額（{ $currency }）
console-amount-hint = 不填即全部退還：{ $left }
console-reason-hint = 買家會在信裡看到。
console-end-access = 停止學習權限。全部退還時一定停止。
console-go-on = 下一步：確認
console-sure = 將退 { $amount } 給 { $email }。
console-access-ends = 課程不能再學。
console-access-stays = 課程仍可學習。
console-give-back-amount = 退還 { $amount }
console-back = 不退
console-decline = 拒絕申請
console-decline-hint = 學員會在信裡看到。
console-decline-now = 拒絕
notice-console-refunded = 退款已送出。
notice-console-declined = 已拒絕，並通知學員。

## 操作紀錄

console-audit = 操作紀錄
console-did = 操作
console-did-order-refund = 退款
console-did-order-decline = 拒絕退款
console-did-finding-settle = 標記對帳問題為已處理
console-did-coupon-add = 新增優惠券
console-did-coupon-change = 修改優惠券
console-did-coupon-stop = 停用優惠券
console-did-coupon-batch = 產生優惠碼
console-did-promotion-add = 新增促銷
console-did-promotion-change = 修改促銷
console-did-promotion-stop = 停止促銷
console-detail-amount = 金額
console-detail-reason = 理由
console-detail-note = 備註
console-detail-name = 名稱
console-detail-count = 數量

## 優惠券和促銷

console-life-planned = 未開始
console-life-running = 進行中
console-life-used-up = 已用完
console-life-over = 已結束
console-life-stopped = 已停用
console-name = 名稱
console-held = 占用
console-redeemed = 已使用
console-limit = 總次數
console-brought = 帶來收入
console-says-percent = 減 { $percent }%
console-says-capped = 減 { $percent }%，最多 { $cap }
console-says-amount = 減 { $amount }
console-says-to = 一口價 { $amount }
console-says-together = 組合購買：{ $effect }
console-says-tier = 滿 { $spend } 減 { $save }
console-says-all-but = 除 { $courses } 外全部
console-coupon-new = 新增優惠券
console-no-coupons = 還沒有優惠券。
console-coupon-name-hint = 給同事看：活動名稱。
console-promotion-name-hint = 學員會在價格旁看到。
console-code-hint = 學員輸入的內容，不分大小寫和形近字。不填則只用批次優惠碼和發放的優惠碼。
console-code-is = 優惠碼 { $code }
console-share = 自帶優惠碼的連結
console-orders-with = 用過這張券的訂單
console-version = 第 { $version } 版
console-version-number = 版本
console-versions = 歷次版本
console-versions-text = 修改會產生新版本。已下的訂單仍按原版本。
console-change = 修改
console-window = 起訖時間
console-off = 優惠方式
console-off-percent = 打折
console-off-amount = 折抵
console-off-to = 一口價
console-percent = 減百分之幾
console-cap = 最多減
console-amount-off = 折抵金額
console-new-price = 一口價
console-scope = 適用課程
console-scope-all = 全部課程
console-scope-these = 僅勾選的課程
console-scope-all-but = 除勾選的課程外
console-courses = 勾選課程
console-starts = 開始
console-ends-at = 結束
console-min-spend = 最低消費
console-per-learner = 每人次數
console-new-learners = 僅限首次購買
# A list of courses, for the completion of which codes of a coupon are given.
console-task = 學完以下課程即發放
console-task-none = 不隨課程發放
console-task-for = 學完發放
# `task`: the name of a course in its address, or of a course and a lesson.
console-task-is = 學完 { $task } 即發放
# How many learners were given a code.
console-given = 已發放
console-save = 儲存
console-save-version = 存為新版本
console-stop = 停用
console-coupon-stop = 停用這張優惠券
console-coupon-stop-text = 從現在起不能再用；已占用的訂單不受影響。停用後不能恢復。
console-promotion-stop = 停止這項促銷
console-promotion-stop-text = 立即結束，不能恢復。
console-batches = 一次性優惠碼
console-batch = 批次
console-codes = 數量
console-file = 檔案
console-batch-new = 產生優惠碼
console-batch-name = 批次名稱
console-count = 數量
console-count-hint = 1 至 10,000
console-batch-make = 產生
console-no-promotions = 還沒有促銷。
console-add-price = 新增限時價
console-add-tiers = 新增滿減
console-add-bundle = 新增組合優惠
console-priority = 優先順序
console-priority-hint = 多項促銷時，數字大的優先。
console-with-coupons = 可疊加優惠券
console-with-coupons-too = 可以再用優惠券
console-tiers = 滿減級距
console-tiers-hint = 每行一檔：滿多少、減多少，例如 300 30
console-bundle-courses = 組合課程
console-theme = 橫幅樣式
console-theme-none = 不顯示橫幅
console-theme-plain = 一般
console-theme-new-year = 元旦
console-theme-spring-festival = 春節
console-theme-back-to-school = 開學季
console-theme-mid-autumn = 中秋
console-theme-singles = 雙十一
console-theme-year-end = 年末
console-banner = 橫幅文字
console-banner-hint = 每種語言不超過 200 字。
console-preview = 預覽
notice-console-saved = 已儲存。
notice-console-stopped = 已停用。
notice-console-batch = 優惠碼已產生。

## 價格

console-prices-text = 過去 60 天和未來 60 天，單獨購買、不用優惠券。未來的價格按現有安排推算。
console-all-courses = 全部課程
console-no-prices = 沒有收費課程。
console-from-on = 起
console-key = 圖例
console-ink-list = 原價
console-ink-price = 實際價格
console-ink-lowest = 30 天最低價
console-ink-offer = 促銷

## 錯誤

error-console-twice = 這份表單已經送出過。先看結果，再決定是否重新送出。
error-console-moment = 這不是日期和時間。請都填上，例如 2026-12-01 09:00。
error-settle-note = 超過了 500 個字，請刪短一些。
