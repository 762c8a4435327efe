### 證書：頁面、PDF、給機器讀的內容，以及驗證。

## 證書上的文字，用課程的語言

certificate-title = 結業證書
# 共三行：這一行，學員姓名，下一行；然後是課程名稱。
certificate-this-certifies = 茲證明
certificate-has-completed = 已完成課程
# 課程的內容。
certificate-extent = 共 { $count } 節課，{ $minutes } 分鐘
certificate-completed-on = 完成於 { $date }
# `names`：一位或多位，用頓號或逗號隔開。
certificate-taught-by = 授課：{ $names }
certificate-check-at = 任何人都可以在此驗證本證書
certificate-number = 證書編號 { $code }
certificate-revoked-on = 已於 { $date }撤銷
# 要做到什麼，供機器和它的讀者閱讀。
certificate-criteria = 完成課程全部 { $count } 節課：看完其中的影片和音訊，通過其中的測驗。

## 證書周圍的頁面

# 頁面標題。
certificate-of = { $name }的證書
# 說明證書是否有效的那一部分的朗讀名稱。
certificate-standing = 驗證結果
certificate-valid = 有效，由本校簽發
certificate-valid-text = { $name }於 { $date }完成本課程。剛剛核對過學校的簽章，姓名、課程和日期都在簽章之內。
certificate-revoked-text = 學校已收回這張證書。原因：{ $reason }
certificate-broken = 無效
certificate-broken-text = 這裡保存的內容與學校簽署的不一致。請告知學校。
# 圖片的朗讀名稱。
certificate-qr = 本頁網址的 QR 碼
certificate-pdf = 下載 PDF
# 帶簽章的憑證，供電子錢包和其他系統使用。
certificate-credential = Open Badge（已簽章）
certificate-readable = Open Badge 的 JSON
certificate-linkedin = 加到 LinkedIn
certificate-print = 適合用 A4 紙橫向列印。
# 對學員說。
certificate-share = 分享本頁
certificate-share-text = 有這個網址的人都能查看並驗證證書。我們請搜尋引擎不要收錄它。
# 對學員說。
certificate-frozen = 證書寫的是你學完那天的情況：當時帳號上的名字，和你報名時的課程。之後再改，證書也不會變。
certificate-check-another = 驗證另一張證書
# 出現在已學完的課程上。
certificate-see = 查看證書

## 驗證

certificate-verify-title = 驗證證書
certificate-verify-lead = 輸入證書上的編號，或者貼上 Open Badge 本身。
certificate-verify-field = 編號、網址或 Open Badge
certificate-verify-hint = Open Badge 是以「ey」開頭的一長行文字。
certificate-verify = 驗證
certificate-altered = 已被更動
certificate-altered-text = 這份憑證寫著本校的金鑰，但簽章與內容不符。它在簽章之後被改過，或者根本不是我們簽的。
certificate-foreign = 不是本校簽發
certificate-foreign-text = 這份憑證用的不是我們的金鑰。我們無法對它作出任何說明。
# `issuer`：憑證裡寫的網址。
certificate-foreign-issuer = 它自稱來自 { $issuer }。
certificate-unknown = 查無此證
certificate-unknown-text = 本校沒有這張證書的紀錄。請檢查編號是否輸錯。
certificate-unreadable = 無法辨識
certificate-unreadable-text = 這既不是編號，也不是簽過章的 Open Badge。請複製完整的一行，不要帶引號。
certificate-see-it = 查看證書
error-certificate-empty = 請輸入編號，或貼上憑證。
error-certificate-long = 內容太長，我們的憑證沒有這麼長。
