# 訂單為什麼不能繼續。
error-seats-taken = 這門課程的最後一個名額剛剛被佔用，訂單沒有送出。
error-amount-not-taken = 學校的收款銀行無法接受這個金額，還沒有下單。請換一種方式，例如不用優惠券，或與學校聯絡。
error-agreement-changed = 你閱讀期間，課程協議有了更新。請閱讀新的協議，再勾選一次。
error-order-over = 這筆訂單已經結束，不能再付款。
error-order-changed = 價格或協議與下單時不同，這筆訂單不能繼續。沒有扣款。請查看今天的價格。
error-order-other = 你有另一筆購買同一課程的訂單還沒有完成。請查看今天的價格，從那裡繼續。
error-refund-nothing = 這筆訂單沒有可以退還的金額。
error-refund-amount = 請輸入大於零、且不超過訂單剩餘金額的數目。
error-reason-missing = 請寫明原因。
error-seats = 請輸入名額數，零或更大的整數。
