### 課程協議的頁面，以及新版本哪裡不對。協議正文由學校自己寫。

agreement-title = 課程協議
# 給搜尋引擎看的。
agreement-lead = 購買課程能得到什麼、可以怎樣使用、什麼時候可以退款。
agreement-version = 第 { $version } 版，適用於 { $date }起的訂單
# 後面是一個連結。
agreement-old = 這是較早的版本，適用於當時下的訂單。
agreement-newest = 查看新訂單適用的版本
agreement-foreign = 本校還沒有這份協議的中文版。

## 工作人員寫的新版本

error-agreement-empty = 請至少用一種語言寫出協議。
error-agreement-language = 協議可以用英文（en）和中文（zh-Hans、zh-Hant）來寫。
error-agreement-long = 協議最多 40,000 個字元。
error-agreement-days = 退款期限最長 365 天。
error-agreement-percent = 百分比不能超過 100。
