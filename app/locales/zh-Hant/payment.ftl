error-payment-amount = 這個金額無法在這裡支付，請與學校聯絡。

sandbox-title = 測試付款
sandbox-test = 本頁代替銀行頁面，僅供測試：不會扣款，也不需要任何銀行卡。
sandbox-notify = 銀行何時通知學校
sandbox-notify-first = 立即，在你返回之前
sandbox-notify-after = 你返回數秒之後
sandbox-notify-late = 晚半分鐘
sandbox-notify-twice = 通知兩次
sandbox-notify-never = 不通知，由學校自行查詢
sandbox-pay = 付款
sandbox-decline = 拒絕付款
sandbox-paid = 這筆款項已支付。
sandbox-ended = 這筆付款已失效，無法再支付。可在訂單中重新發起付款。
sandbox-back = 返回訂單
