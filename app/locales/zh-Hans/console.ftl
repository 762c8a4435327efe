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
# 标出没有实际收付款的订单。
console-test = 测试
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
console-finding-missed-capture = 已付款，但没收到通知
console-finding-refund-refused = 支付平台拒绝退款
console-finding-refund-came-back = 退款被退回
console-finding-refund-waits = 退款发不出去
console-finding-refund-elsewhere = 在支付平台上退了款
console-finding-dispute = 买家向银行提出争议
console-finding-no-payment-required = 支付平台上无需付款
console-finding-receipt-mismatch = 收据上的价格无法重算
console-details = 详情
console-healed = 已修复
console-not-healed = 需处理
console-settled = 已处理
# 人名。
console-settled-by = 处理人：{ $name }
console-settle = 人工处理
console-settle-note = 备注（选填）
console-settle-hint = 写下是怎么处理的，供工作人员查看。最多 500 个字。
console-settle-now = 标记为已处理
notice-console-settled = 已标记为已处理。
# 对账发现的内容。金额已带币种。
console-found-paid = 钱已到账，但没收到通知。订单现已付款。
console-found-late = 钱已到账，但没收到通知，到账时订单已结束。订单现已付款。
# `why`：退回的原因，见 console-why-…。
console-found-returned = 钱已到账，但没收到通知。款项将退回：{ $why }
console-found-refused = 支付平台不退还 { $amount }。
console-found-came-back = { $amount } 已经退款，又退回了学校。
console-found-waits = 退还 { $amount } 已尝试 { $tries } 次，都没有成功。系统会继续尝试。
console-found-elsewhere = { $amount } 是在支付平台上退的，不是从这里退的。
console-found-nothing-due = 支付平台上没有要付的款，所以没有收到钱。这不算付了订单。
console-found-disputed = 付款人就 { $amount } 向银行提出争议。请在支付平台上回应。
console-found-dispute-won = 银行支持学校一方。
console-found-dispute-lost = 银行支持付款人一方，款项已被收回。
# `why`：支付平台或系统的原话。
console-found-why = 给出的原因：{ $why }
console-fault-way = 重新计算后，价格的构成不同。
console-fault-price = 重新计算后，价格是 { $now }，而不是 { $then }。
console-fault-total = 订单上是 { $order }，价格明细是 { $price }。
console-fault-kept = 实收 { $came }，应收 { $due }。
console-fault-refunded = 按记录退了 { $events }，订单上是 { $order }。

## 一笔订单

console-order = 订单 { $number }
console-agreement = 协议
console-guest = 还没有账号
console-items = 课程
console-to-pay = 应付
console-access = 学员可学
console-price = 价格怎么算的
console-rule = 规则
console-outcome = 结果
console-effect = 优惠
console-applied = 已使用
console-trail = 经过
console-event = 事件
console-by-whom = 操作人
console-event-placed = 下单，{ $amount }
console-event-begun = 开始付款（{ $gateway }）
console-event-declined = 银行拒绝付款
console-event-captured = 收到 { $amount }
console-event-cancelled = 已取消
console-event-expired = 超时未付
console-event-resumed = 重新继续：{ $amount }
console-event-late = { $amount } 迟到，已按订单处理
console-event-returned = 退回 { $amount }：{ $why }
console-why-paid-twice = 重复付款
console-why-limit-reached = 优惠券或名额已用完
console-why-wrong-amount = 金额不符
console-why-has-course = 学员已有这门课
console-why-gateway = 在支付平台上退了款
console-why-dispute = 争议后被银行收回
console-event-asked = 学员申请退款：{ $reason }
console-event-refused = 拒绝退款：{ $reason }
console-event-refund-begun = 开始退款 { $amount }
console-event-refunded = 已退 { $amount }，剩 { $left }
console-event-refund-failed = 退款 { $amount } 失败
console-event-dispute = 银行对 { $amount } 提出争议
console-event-dispute-won = 争议结束：付款有效
console-event-dispute-lost = 争议结束：款项退回
console-event-reminded = 已发邮件提醒
console-event-healed = 对账后修复
console-payments = 付款
console-gateway = 支付平台
console-gateway-sandbox = 模拟支付（测试）
console-gateway-stripe = Stripe
console-amount = 金额
console-arrived = 实收
console-begun = 开始
console-reference = 流水号
console-capture = 收款号
console-payment-begun = 进行中
console-payment-captured = 已收款
console-payment-returned = 已退回
console-payment-refunded = 已退款
console-payment-ended = 已结束
console-refunds = 退款
console-refund-due = 待退
console-refund-sent = 已提交
console-refund-done = 已退
console-refund-failed = 失败
console-excess = 多付
console-reason = 理由
console-ends-access = 停止学习
console-tries = 次数
console-notices = 平台通知
console-notice = 事件
console-received = 收到
console-processed = 处理
# 通知处理后的结果。
console-came-paid = 订单已付款
console-came-paid-late = 订单结束后才付款，已处理
console-came-returned-paid-twice = 已退回：重复付款
console-came-returned-limit-reached = 已退回：优惠券或名额已用完
console-came-returned-wrong-amount = 已退回：金额不符
console-came-returned-has-course = 已退回：学员已有这门课
console-came-noted = 已记录
console-came-known = 已知，无需处理
console-came-unknown = 查不到对应的付款
console-came-not-understood = 无法识别
console-came-failed = 没有成功，会再试
console-came-given-up = 没有成功，不再重试
console-yes = 是
console-no = 否

## 退款

console-give-back = 退款
console-give-back-some = 退款（可退 { $left }）
console-amount-in = 金额（{ $currency }）
console-amount-hint = 不填即全部退还：{ $left }
console-reason-hint = 买家会在邮件里看到。
console-end-access = 停止学习权限。全部退还时一定停止。
console-go-on = 下一步：确认
console-sure = 将退 { $amount } 给 { $email }。
console-access-ends = 课程不能再学。
console-access-stays = 课程仍可学习。
console-give-back-amount = 退还 { $amount }
console-back = 不退
console-decline = 拒绝申请
console-decline-hint = 学员会在邮件里看到。
console-decline-now = 拒绝
notice-console-refunded = 退款已提交。
notice-console-declined = 已拒绝，并通知学员。

## 操作记录

console-audit = 操作记录
console-did = 操作
console-did-order-refund = 退款
console-did-order-decline = 拒绝退款
console-did-finding-settle = 标记对账问题为已处理
console-did-coupon-add = 新建优惠券
console-did-coupon-change = 修改优惠券
console-did-coupon-stop = 停用优惠券
console-did-coupon-batch = 生成优惠码
console-did-promotion-add = 新建促销
console-did-promotion-change = 修改促销
console-did-promotion-stop = 停止促销
console-detail-amount = 金额
console-detail-reason = 理由
console-detail-note = 备注
console-detail-name = 名称
console-detail-count = 数量

## 优惠券和促销

console-life-planned = 未开始
console-life-running = 进行中
console-life-used-up = 已用完
console-life-over = 已结束
console-life-stopped = 已停用
console-name = 名称
console-held = 占用
console-redeemed = 已使用
console-limit = 总次数
console-brought = 带来收入
console-says-percent = 减 { $percent }%
console-says-capped = 减 { $percent }%，最多 { $cap }
console-says-amount = 减 { $amount }
console-says-to = 一口价 { $amount }
console-says-together = 组合购买：{ $effect }
console-says-tier = 满 { $spend } 减 { $save }
console-says-all-but = 除 { $courses } 外全部
console-coupon-new = 新建优惠券
console-no-coupons = 还没有优惠券。
console-coupon-name-hint = 给同事看：活动名称。
console-promotion-name-hint = 学员会在价格旁看到。
console-code-hint = 学员输入的内容，不分大小写和形近字。不填则只用批次优惠码和发放的优惠码。
console-code-is = 优惠码 { $code }
console-share = 自带优惠码的链接
console-orders-with = 用过这张券的订单
console-version = 第 { $version } 版
console-version-number = 版本
console-versions = 历次版本
console-versions-text = 修改会产生新版本。已下的订单仍按原版本。
console-change = 修改
console-window = 起止时间
console-off = 优惠方式
console-off-percent = 打折
console-off-amount = 立减
console-off-to = 一口价
console-percent = 减百分之几
console-cap = 最多减
console-amount-off = 立减金额
console-new-price = 一口价
console-scope = 适用课程
console-scope-all = 全部课程
console-scope-these = 仅勾选的课程
console-scope-all-but = 除勾选的课程外
console-courses = 勾选课程
console-starts = 开始
console-ends-at = 结束
console-min-spend = 最低消费
console-per-learner = 每人次数
console-new-learners = 仅限首次购买
# A list of courses, for the completion of which codes of a coupon are given.
console-task = 学完以下课程即发放
console-task-none = 不随课程发放
console-task-for = 学完发放
# `task`: the name of a course in its address, or of a course and a lesson.
console-task-is = 学完 { $task } 即发放
# How many learners were given a code.
console-given = 已发放
console-save = 保存
console-save-version = 保存为新版本
console-stop = 停用
console-coupon-stop = 停用这张优惠券
console-coupon-stop-text = 从现在起不能再用；已占用的订单不受影响。停用后不能恢复。
console-promotion-stop = 停止这项促销
console-promotion-stop-text = 立即结束，不能恢复。
console-batches = 一次性优惠码
console-batch = 批次
console-codes = 数量
console-file = 文件
console-batch-new = 生成优惠码
console-batch-name = 批次名称
console-count = 数量
console-count-hint = 1 至 10,000
console-batch-make = 生成
console-no-promotions = 还没有促销。
console-add-price = 新建限时价
console-add-tiers = 新建满减
console-add-bundle = 新建组合优惠
console-priority = 优先级
console-priority-hint = 多项促销时，数字大的优先。
console-with-coupons = 可叠加优惠券
console-with-coupons-too = 可以再用优惠券
console-tiers = 满减档位
console-tiers-hint = 每行一档：满多少、减多少，例如 300 30
console-bundle-courses = 组合课程
console-theme = 横幅样式
console-theme-none = 不显示横幅
console-theme-plain = 普通
console-theme-new-year = 元旦
console-theme-spring-festival = 春节
console-theme-back-to-school = 开学季
console-theme-mid-autumn = 中秋
console-theme-singles = 双十一
console-theme-year-end = 年末
console-banner = 横幅文字
console-banner-hint = 每种语言不超过 200 字。
console-preview = 预览
notice-console-saved = 已保存。
notice-console-stopped = 已停用。
notice-console-batch = 优惠码已生成。

## 价格

console-prices-text = 过去 60 天和未来 60 天，单独购买、不用优惠券。未来的价格按现有安排推算。
console-all-courses = 全部课程
console-no-prices = 没有收费课程。
console-from-on = 起
console-key = 图例
console-ink-list = 原价
console-ink-price = 实际价格
console-ink-lowest = 30 天最低价
console-ink-offer = 促销

## 错误

error-console-twice = 这份表单已经提交过。先看结果，再决定是否重新提交。
error-console-moment = 这不是日期和时间。请都填上，例如 2026-12-01 09:00。
error-settle-note = 超过了 500 个字，请删短一些。
