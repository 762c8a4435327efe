### 購買：價格和它的由來、下單、訂單和退款。

## 時刻

# 日期和時間。`month` 是月份名稱。
moment = { $month }{ $day }日 { $time }
moment-year = { $year }年{ $month }{ $day }日 { $time }
# 不知道讀者所在時區時，寫在時間後面：「18:00（UTC+8）」。
moment-zone = { $moment }（{ $zone }）

## 課程價格

# 劃線價之前的朗讀。
price-was = 原價：
# 現價之前的朗讀。
price-now = 現價：
# `until`：一個時刻，「11月30日 18:00」。
price-until = { $until } 截止
# 降價時寫在價格下方，法規要求。
price-lowest = 近 30 天最低價：{ $price }
price-history = 價格歷史
# `day`: from which on this was the price.
price-since = { $day } 起
price-see-bundle = 看合購價

## 結帳

# 各區塊的標題。
checkout-what = 購買內容
checkout-who = 購買人
checkout-agreement = 協議
# 在購買內容裡的課程旁；朗讀時後面接課程名稱。
checkout-remove = 移除
# 在可以加進來的課程旁；朗讀時後面接課程名稱。
checkout-add = 加入
checkout-others = 再選一門課程
coupon-code = 優惠碼
coupon-apply = 使用
# 拿掉優惠券的連結。
coupon-off = 不用這張券
# 優惠碼生效時，寫在輸入框旁。
coupon-applied = 優惠已計入下方的價格。
error-coupon-first = 優惠碼已經算進價格。請看過合計，再送出訂單。
checkout-total = 合計
place-order = 送出訂單
# 按鈕旁：按下之後會怎樣。
checkout-pay-next = 下一頁付款。
checkout-free-next = 送出後即可學習。
# 目前登入的人。
checkout-as = { $name }，{ $email }
checkout-email-hint = 收據和課程連結會寄到這裡，不必先註冊。
checkout-have-account = 已有帳號？
# 退款規則，一句話。`days` 從付款算起；`percent` 是課程進度。
checkout-refund =
    { $days ->
        [0] 除法律規定外，本次購買不提供退款。
       *[other] 付款後 { $days } 天內、學習進度不超過 { $percent }%，可全額退款。
    }
checkout-agree = 我同意課程協議
checkout-read = 閱讀課程協議
# 沒有開通真實付款時，出現在每個有待付金額或訂單的頁面。
checkout-test = 這是測試環境：沒有開通付款，不會真的扣款。
why-not-cheaper = 為什麼沒有更便宜？
make-cheaper = 怎樣更便宜

## 每條價格規則的結果

# `code`：學員輸入的優惠碼。
rule-coupon = 優惠券 { $code }
# 沒有生效的規則和原因。
rule-refused = { $rule }：{ $reason }
reason-not-valid = 這個優惠碼不能用。請逐字核對，也可能已經過期。
reason-not-yet = { $starts } 開始
reason-other-courses = 不適用於這門課程
reason-other-currency = 不適用於這種貨幣
reason-below = 還差 { $missing }
# `courses`：課程名稱。
reason-incomplete = 需要和{ $courses }一起購買
reason-new = 僅限首次購課
reason-used = 你已經用過
# `name`：活動或優惠券的名稱。
reason-beaten = 優惠活動不能疊加，這裡用的是「{ $name }」
reason-not-together = 不能和「{ $name }」同時使用，後者的優惠不比它少
reason-made-way = 不能和「{ $name }」同時使用
reason-nothing-left = 已經沒有可減的金額
# 更省錢的辦法。`courses`：課程名稱。
cheaper-bundle = 加購{ $courses }，「{ $name }」省 { $saves }
cheaper-spend = 再買 { $missing }，「{ $name }」省 { $saves }
cheaper-wait = { $starts } 起，「{ $name }」省 { $saves }

## 訂單

orders-title = 我的訂單
orders-empty = 你還沒有買過課程。可以先上免費的課，看看合不合適。
# 訂單的標題。
order-title = 訂單 { $number }
# `date` 是日期。
order-placed = { $date }下單
# 標出沒有實際收付款的訂單。
order-test = 測試訂單
order-for = 購買人：{ $email }
order-refunded-part = 已退款：{ $amount }
order-state-draft = 已下單，未付款
order-state-awaiting-payment = 等待付款
order-state-paid = 已付款
order-state-partly-refunded = 部分退款
order-state-refunded = 已退款
order-state-cancelled = 已取消
order-state-expired = 已逾時
order-items = 你買的課程
order-items-open = 購買內容
order-start = 開始學習
order-access-ended = 學習權限已結束，進度還在。
order-guest = 課程在你的帳號裡等你。建立帳號的連結正寄往 { $email }。
order-held = 價格和優惠為你保留到 { $until }。
order-pay = 支付 { $amount }
order-cancel = 取消訂單
order-waiting = 正在等銀行確認，頁面會自動更新。也可以先關掉：款項一到，課程自動開通。
order-again = 再買一次
order-resume = 繼續這筆訂單：{ $amount }
order-resume-text = 訂單沒有付款，也沒有扣款。如果價格還有效，可以按原價繼續。
order-again-today = 查看今天的價格
order-receipt = 收據（PDF）
order-agreement = 課程協議第 { $version } 版，{ $date }同意
order-timeline = 訂單紀錄

## 退款

refund-title = 退款
refund-until = { $until } 之前、學習進度不超過 { $percent }%，可以退款。退款後課程關閉，進度會保留。
refund-late = 規則內的退款期限已於 { $since } 結束。仍可申請，由學校決定。
refund-far = 你已經學了 { $percent }%，超過了退款規則的上限。仍可申請，由學校決定。
refund-far-guest = 學習進度超過了退款規則的上限。仍可申請，由學校決定。
refund-reason = 退款原因
refund-reason-hint = 寫下來能幫學校改進。
refund-ask = 申請退款
refund-asked = 你已申請退款，學校會以電子郵件答覆。

## 訂單紀錄，一句一件事

event-placed = 你送出了訂單，金額 { $amount }。
event-payment-begun = 打開了付款頁面。
event-declined = 付款沒有成功，未扣款。
event-captured = 收到你的付款 { $amount }。
event-captured-nothing = 無須付款，訂單已完成。
event-cancelled = 訂單已取消，不會扣款。
event-expired = 訂單逾時未付款，價格和優惠不再保留。未扣款。
event-resumed = 你繼續了這筆訂單，金額 { $amount }。
event-late-capture = 訂單結束後收到了你的付款 { $amount }，訂單依然有效。
event-returned-paid-twice = { $amount } 將原路退回：這筆訂單已經付過款。
event-returned-limit-reached = { $amount } 將原路退回：付款到得晚了，優惠或名額已經用完。
event-returned-wrong-amount = { $amount } 將原路退回：金額與訂單不符。
event-returned-has-course = { $amount } 將原路退回：你已透過另一筆訂單擁有這門課。
event-refund-requested = 你申請了退款。
event-refund-declined = 學校沒有同意退款。
event-refund-begun = 已通知銀行退回 { $amount }。
event-refunded = { $amount } 已退回，入帳要等幾天。
event-refund-failed = { $amount } 沒有退成。學校已經知道，會用其他方式退給你。
event-dispute-opened = 你的銀行要求退回 { $amount }，學校正在答覆。
event-dispute-won = 銀行已結案：付款有效。
event-dispute-lost = 銀行已結案：款項已退回。
event-reminded = 寄了郵件，提醒你訂單還沒付款。
event-healed = 主動向銀行核對，訂單已更新。

## 送出之後

notice-order-cancelled = 訂單已取消，不會扣款。
notice-refund-asked = 你已申請退款。

## 錯誤

error-agree = 請閱讀課程協議並勾選同意。還沒有下單。
error-price-changed = 在你瀏覽時價格有變動，還沒有下單。請看過新的合計，再送出一次。
error-has-course = 你已經有這門課了。還沒有下單。
error-reason-long = 超過了 1,000 個字，請刪短一些。

## 學習權限已結束的課程

locked-ended = 這門課的學習權限已結束。
locked-ended-text = 課款已退回。你學過的內容都還在，重新購買後接著學。
