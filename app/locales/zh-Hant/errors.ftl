### 出了什麼事，該怎麼辦，什麼還在。

## 頁面

not-found-title = 這裡沒有內容
not-found-text = 可能是網址打錯了，也可能是頁面搬走了。你的課程和進度都還在。
error-title = 沒有成功
to-front = 回到首頁

## 各處

error-not-found = 沒有這個內容，或者沒有對你開放。什麼都沒有變更。可以到課程裡找找。
error-sign-in-required = 登入後繼續，登入完會回到這一頁。
error-forbidden = 你的帳號沒有這個權限，什麼都沒有變更。如果應該有，請聯絡學校。
error-too-many-attempts = 嘗試次數太多，什麼都沒有變更。請過 { $minutes } 分鐘再試。
error-busy = 現在有點忙，什麼都沒有變更。請稍等片刻再試。
error-offline = 沒有網路，所以沒有送出。你填的內容還在，檢查網路後再試。
error-internal = 我們這邊出了錯，已經記錄下來。之前儲存的都還在。請過幾分鐘再試。
# 發生意外錯誤時顯示；客服可以用編號在記錄裡找到它。
error-reference = 回報時請附上編號：{ $id }

## 表單

# 整張表單。
error-form = 表單缺了一部分，或者無法讀取。什麼都沒有變更。請檢查後再送出。
error-form-large = 內容超出了表單的上限，沒有儲存。請返回，縮短後再送出。
error-choice = 沒有這個選項，什麼都沒有變更。請從列出的選項裡選。

error-name-missing = 請填寫名字。想讓別人怎麼稱呼你，就怎麼寫。
error-name-long = 名字超過了 80 個字元，請縮短。
error-email-invalid = 電子郵件不完整。應該像 name@example.com 這樣。
error-email-taken = 這個電子郵件已經有帳號。請直接登入，或者設定新密碼。
# 不論什麼原因都是這一句：不能透露有沒有這個帳號。
error-sign-in-failed = 電子郵件和密碼不相符。請檢查兩者，或者設定新密碼。
error-link-used = 連結已過期，或者已經用過。請重新索取。你的帳號沒有變化。

## 密碼

error-password-wrong = 這不是目前的密碼，什麼都沒有變更。請重新輸入。
error-password-short = 不到 10 個字元。再加一兩個詞。
error-password-long = 超過了 128 個字元，請縮短。
error-password-weak = 這個密碼容易猜到。換成三四個互不相關的詞。
error-password-common = 這是最先被猜的密碼之一。換成三四個互不相關的詞。
error-password-keyboard = 鍵盤上相鄰的鍵容易猜到。換成三四個互不相關的詞。
error-password-repeats = 重複的字元容易猜到。換成三四個互不相關的詞。
error-password-sequence = abc、123 這樣的順序容易猜到。換成三四個互不相關的詞。
error-password-date = 日期和年份容易猜到。換成三四個互不相關的詞。
error-password-word = 單獨一個詞容易猜到。再加兩三個跟它無關的詞。
error-password-name = 名字容易猜到。換成三四個互不相關的詞。

## 學習

error-pass-first = 這一課還有測驗沒通過。通過之後再標記為已完成。已經完成的部分都還在。
error-watch-first = 從打開這一課到現在，時間還不夠把內容播完，或者這段時間用在了別的影片或音訊上。看完或聽完之後，再標記為已完成。已經完成的部分都還在。
error-report = 播放器送來的紀錄無法讀取，這幾秒沒有計入。之前儲存的都還在。請重新整理頁面，接著播放。
error-answer-long = 這個答案太長，無法核對，這次沒有評分。請縮短後再核對。
