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
console-details = 詳情
console-healed = 已修復
console-not-healed = 需處理

## 錯誤

error-console-twice = 這份表單已經送出過。先看結果，再決定是否重新送出。
