### 收據、與訂單有關的郵件、郵件連結建立的帳號，以及停止提醒。

## 收據上的文字

receipt-title = 收據
# 日期、時刻，以及與 UTC 的時差。
receipt-moment = { $date } { $clock }（{ $offset }）
receipt-number = 訂單編號
receipt-placed = 下單時間
receipt-paid = 付款時間
receipt-buyer = 購買人
receipt-means = 付款方式
receipt-means-sandbox = 測試付款
receipt-means-stripe = Stripe
receipt-means-nothing = 無需付款
receipt-agreement = 協議
receipt-agreement-version = 課程協議第 { $version } 版，{ $date }接受
receipt-tax-id = 稅務編號
receipt-test = 測試訂單：沒有實際收付款。
# 兩欄的標題。
receipt-what = 項目
receipt-amount = 金額
# 定價之下，有優惠時。
receipt-list = 定價合計
receipt-total = 實付
# 金額為負的一行。
receipt-refunded = { $date }退款
receipt-left = 退款後淨額
# 看過但沒有生效的優惠。
receipt-refused = 未生效的優惠
receipt-page = 第 { $page } 頁

## 郵件，純文字。連結單獨占一行。

mail-order-hello = { $name }，你好：
mail-order-hello-guest = 你好：
mail-paid-subject = 訂單 { $number } 的收據
mail-paid-text =
    謝謝。訂單 { $number } 的付款 { $amount } 已收到，以下課程已經開通：

    { $courses }

    收據見附件。訂單詳情和進展：

    { $link }
mail-paid-nothing =
    謝謝。訂單 { $number } 無需付款，以下課程已經開通：

    { $courses }

    收據見附件。訂單詳情和進展：

    { $link }
# 給沒有帳號的購買人。
mail-paid-guest =
    學習需要一個使用這個電子郵件的帳號。打開下面的連結，填好名字和密碼，課程就在裡面：

    { $link }
mail-refunded-subject = 訂單 { $number } 的退款
mail-refunded-text =
    訂單 { $number } 的 { $amount } 正按原付款方式退回，銀行可能需要幾天才會入帳。

    訂單詳情和進展：

    { $link }
# 金額為零的訂單被撤回。
mail-refunded-nothing =
    訂單 { $number } 已撤回。

    訂單詳情和進展：

    { $link }
mail-order-reason = 原因：{ $reason }
mail-returned-subject = 訂單 { $number } 的款項將退回
mail-returned-text =
    { $why }

    款項按原付款方式退回，你不需要做任何事。訂單詳情和進展：

    { $link }
mail-declined-subject = 關於訂單 { $number } 的申請
mail-declined-text =
    你為訂單 { $number } 申請了退款。學校沒有同意，課程繼續對你開放。

    訂單詳情和進展：

    { $link }
mail-reminder-subject = 有一張訂單還沒完成：{ $title }
mail-reminder-text =
    你有一張訂單還沒有完成：

    { $courses }

    如果還想要，可以從這裡繼續；不想要了，不用理會。我們只提醒這一次。

    { $link }
mail-reminder-stop = 今後不再接收任何訂單的提醒：

## 郵件連結建立的帳號

welcome-title = 建立你的帳號
welcome-lead = 帳號電子郵件：{ $email }。你已購買：
welcome-button = 建立帳號並開始學習
welcome-known = 這個電子郵件已經有帳號了，購買的課程就在裡面。
welcome-over = 這個連結無法使用，可能沒有複製完整。
notice-welcome = 帳號建好了，課程已經開通。
# 註冊頁上，給沒有帳號就購買過的瀏覽器看。`courses`：課程名稱。
join-waiting = { $courses }在等你。用購買時填寫的電子郵件註冊，再打開我們寄出的連結確認電子郵件，課程就會出現在帳號裡。

## 停止提醒

unsubscribe-title = 不再提醒
unsubscribe-lead = 按下按鈕後，我們不再向這個信箱提醒未完成的訂單。收據和你所下訂單的郵件照常寄出。
unsubscribe-button = 停止提醒
unsubscribe-done = 這個信箱不會再收到提醒。
