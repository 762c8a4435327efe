# 訂單為什麼不能繼續。
error-seats-taken = 這門課程的最後一個名額剛剛被佔用，訂單沒有送出。
error-agreement-changed = 你閱讀期間，課程協議有了更新。請閱讀新的協議，再勾選一次。
error-order-over = 這筆訂單已經結束，不能再付款。
error-refund-nothing = 這筆訂單沒有可以退還的金額。
error-refund-amount = 請輸入大於零、且不超過訂單剩餘金額的數目。
error-reason-missing = 請寫明原因。
error-seats = 請輸入名額數，零或更大的整數。
