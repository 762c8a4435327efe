### 管理台：订单、收入和优惠，给办学的人用。

## 框架

console = 管理台
console-part-overview = 概览
console-part-orders = 订单
console-part-coupons = 优惠券
console-part-promotions = 促销
console-part-prices = 价格
console-part-findings = 对账
# 每页页脚。
console-zone = 日期和时间均按 { $zone }

## 概览

console-open-orders = 未完成订单
console-refunds-asked = 待处理退款
console-unhealed = 待查对账问题
console-due = 即将用完或到期的优惠券
console-left = 剩余
console-ends = 截止
console-revenue = 收入
# `currency`：ISO 代码。
console-revenue-in = 收入（{ $currency }）
console-no-revenue = 这段时间没有收款。
# 朗读名称：按日、周、月选择。
console-per = 统计方式
console-per-day = 按日
console-per-week = 按周
console-per-month = 按月
console-period = 时间
# 两个日期：2026-11-23。
console-days = { $first } 至 { $last }
console-orders-paid = 订单数
console-paid = 收款
console-refunded = 退款
# 收款减退款。
console-net = 净额

## 订单

console-search = 搜索订单
console-search-hint = 订单号、完整邮箱、课程、优惠码或支付平台流水号
console-find = 搜索
console-all = 显示全部
console-any = 不限
console-older = 更早的订单
console-csv = 下载 CSV
console-no-orders = 没有符合条件的订单。减少筛选条件再试。
console-number = 订单号
console-placed = 下单时间
console-paid-at = 付款时间
console-state = 状态
console-buyer = 买家
console-email = 邮箱
console-course = 课程
console-courses-count = 课程数
# 一门课程的名称，以及另有几门。
console-and-more = { $title } 另加 { $count } 门
console-currency = 币种
console-total = 金额
console-coupon = 优惠券
console-coupon-code = 优惠码
console-id = 编号
# 两个日期指的是哪个时间。
console-by = 日期类型
console-by-placed = 下单
console-by-paid = 付款
console-by-refunded = 退款
console-from = 从
console-to = 到
console-state-draft = 草稿
console-state-awaiting-payment = 待付款
console-state-paid = 已付款
console-state-partly-refunded = 部分退款
console-state-refunded = 已退款
console-state-cancelled = 已取消
console-state-expired = 已过期
console-state-open = 未完成
console-state-refund-asked = 申请退款
console-state-ever-paid = 曾付款

## 对账

console-findings-text = 付款迟迟没有结果时，系统会向支付平台查询。对不上的都在这里。
console-no-findings = 全部对得上。
console-at = 时间
console-finding = 问题
console-details = 详情
console-healed = 已修复
console-not-healed = 需处理

## 错误

error-console-twice = 这份表单已经提交过。先看结果，再决定是否重新提交。
