### 註冊、登入、登出、郵件裡的連結，以及帳號頁。

## 欄位

name = 名字
email = 電子郵件
password = 密碼
current-password = 目前的密碼
new-password = 新密碼
password-hint = 至少 10 個字元。三四個互不相關的詞連起來就很好。

## 註冊

join-title = 建立你的帳號
join-lead = 一個帳號，記住你學到哪裡、答過什麼、完成多少，換裝置也不會遺失。
create-account = 建立帳號
# 後面是寫著「登入」的連結。
have-account = 已經有帳號？
notice-joined = 帳號建好了。確認電子郵件的連結已經寄出。

## 登入

forgot = 忘記密碼？
# 後面是寫著「建立帳號」的連結。
new-here = 第一次來？

## 登出

sign-out-title = 要登出嗎？
sign-out-lead = 你的進度都會保留，隨時可以再登入。
sign-out-here = 在這個瀏覽器登出
notice-signed-out = 你已登出，進度都還在。

## 用郵件設定新密碼

forgot-title = 設定新密碼
forgot-lead = 填寫你的電子郵件，我們寄一個連結給你。
forgot-send = 寄出連結
back-to-sign-in = 返回登入
# 不論有沒有這個帳號，頁面說的都一樣。
sent-title = 請查看信箱
sent-text = 如果這個電子郵件有帳號，設定新密碼的連結已經寄出，一小時內有效。
# 回到表單的連結。
sent-again = 沒有收到？核對一下電子郵件
reset-title = 設定新密碼
change-password = 變更密碼
notice-password-changed = 密碼已變更。其他瀏覽器都已登出。

## 確認電子郵件

confirm-title = 確認你的電子郵件
confirm-lead = 按下按鈕，確認這個電子郵件是你的。
confirm = 確認電子郵件
notice-email-confirmed = 電子郵件已確認。

## 帳號頁

# 名字和電子郵件上方的標題。
you = 個人資料
save-name = 儲存名字
notice-saved = 已儲存。
email-confirmed = 已確認
email-waiting = 還沒確認。請打開寄到這個信箱的連結。
send-again = 寄一個新連結
notice-confirmation-sent = 新連結已經寄出，七天內有效。
preferences = 語言和外觀
save-preferences = 儲存設定

# 已登入瀏覽器列表上方的標題。
sessions = 在哪裡登入中
# 列表中的一列：「Linux 上的 Firefox」。
browser-on = { $system } 上的 { $browser }
browser-unknown = 未知的瀏覽器
# 標出正在顯示本頁的瀏覽器。
this-one = 目前的瀏覽器
since = { $date } 登入
last-used = 上次使用：{ $date }
# 其他瀏覽器那一列的按鈕；朗讀時後面接瀏覽器的名字。
sign-out-there = 讓它登出
sign-out-elsewhere = 讓其他瀏覽器全部登出
notice-signed-out-there = 那邊已登出，再用時需要重新登入。
