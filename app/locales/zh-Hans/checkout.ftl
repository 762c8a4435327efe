### 购买：价格和它的由来、下单、订单和退款。

## 时刻

# 日期和时间。`month` 是月份名。
moment = { $month }{ $day }日 { $time }
moment-year = { $year }年{ $month }{ $day }日 { $time }
# 不知道读者所在时区时，写在时间后面：“18:00（UTC+8）”。
moment-zone = { $moment }（{ $zone }）

## 课程价格

# 划线价之前的朗读。
price-was = 原价：
# 现价之前的朗读。
price-now = 现价：
# `until`：一个时刻，“11月30日 18:00”。
price-until = { $until } 截止
# 降价时写在价格下方，法规要求。
price-lowest = 近 30 天最低价：{ $price }
price-history = 价格历史
# `day`: from which on this was the price.
price-since = { $day } 起
price-see-bundle = 看合购价

## 结算

# 各块的标题。
checkout-what = 购买内容
checkout-who = 购买人
checkout-agreement = 协议
# 在购物内容里的课程旁；朗读时后面跟课程名。
checkout-remove = 移除
# 在可以加进来的课程旁；朗读时后面跟课程名。
checkout-add = 加入
checkout-others = 再选一门课程
coupon-code = 优惠码
coupon-apply = 使用
# 去掉优惠券的链接。
coupon-off = 不用这张券
# 优惠码生效时，写在输入框旁。
coupon-applied = 优惠已计入下面的价格。
error-coupon-first = 优惠码已经算进价格。请看过合计，再提交订单。
checkout-total = 合计
place-order = 提交订单
# 按钮旁：按下之后会怎样。
checkout-pay-next = 下一页付款。
checkout-free-next = 提交后即可学习。
# 当前登录的人。
checkout-as = { $name }，{ $email }
checkout-email-hint = 收据和课程链接会寄到这里，不用先注册。
checkout-have-account = 已有账号？
# 退款规则，一句话。`days` 从付款算起；`percent` 是课程进度。
checkout-refund =
    { $days ->
        [0] 除法律规定外，本次购买不支持退款。
       *[other] 付款后 { $days } 天内、学习进度不超过 { $percent }%，可全额退款。
    }
checkout-agree = 我同意课程协议
checkout-read = 阅读课程协议
# 没有开通真实支付时，出现在每个有待付金额或订单的页面。
checkout-test = 这是测试环境：没有开通支付，不会真的扣款。
why-not-cheaper = 为什么没有更便宜？
make-cheaper = 怎样更便宜

## 每条价格规则的结果

# `code`：学员输入的优惠码。
rule-coupon = 优惠券 { $code }
# 没有生效的规则和原因。
rule-refused = { $rule }：{ $reason }
reason-not-valid = 这个优惠码不能用。请逐字核对，也可能已经过期。
reason-not-yet = { $starts } 开始
reason-other-courses = 不适用于这门课程
reason-other-currency = 不适用于这种货币
reason-below = 还差 { $missing }
# `courses`：课程名。
reason-incomplete = 需要和{ $courses }一起购买
reason-new = 仅限首次购课
reason-used = 你已经用过
# `name`：活动或优惠券的名称。
reason-beaten = 优惠活动不能叠加，这里用的是“{ $name }”
reason-not-together = 不能和“{ $name }”同时使用，后者的优惠不比它少
reason-made-way = 不能和“{ $name }”同时使用
reason-nothing-left = 已经没有可减的金额
# 更省钱的办法。`courses`：课程名。
cheaper-bundle = 加购{ $courses }，“{ $name }”省 { $saves }
cheaper-spend = 再买 { $missing }，“{ $name }”省 { $saves }
cheaper-wait = { $starts } 起，“{ $name }”省 { $saves }

## 订单

orders-title = 我的订单
orders-empty = 你还没有买过课程。可以先学免费的课，看看合不合适。
# 订单的标题。
order-title = 订单 { $number }
# `date` 是日期。
order-placed = { $date }下单
# 标出没有实际收付款的订单。
order-test = 测试订单
order-for = 购买人：{ $email }
order-refunded-part = 已退款：{ $amount }
order-state-draft = 已下单，未付款
order-state-awaiting-payment = 等待付款
order-state-paid = 已付款
order-state-partly-refunded = 部分退款
order-state-refunded = 已退款
order-state-cancelled = 已取消
order-state-expired = 已超时
order-items = 你买的课程
order-items-open = 购买内容
order-start = 开始学习
order-access-ended = 学习权限已结束，进度还在。
order-guest = 课程在你的账号里等你。创建账号的链接正寄往 { $email }。
order-held = 价格和优惠为你保留到 { $until }。
order-pay = 支付 { $amount }
order-cancel = 取消订单
order-waiting = 正在等银行确认，页面会自动更新。也可以先关掉：款项一到，课程自动开通。
order-again = 再买一次
order-resume = 继续这个订单：{ $amount }
order-resume-text = 订单没有付款，也没有扣款。如果价格还有效，可以按原价继续。
order-again-today = 查看今天的价格
order-receipt = 收据（PDF）
order-agreement = 课程协议第 { $version } 版，{ $date }同意
order-timeline = 订单记录

## 退款

refund-title = 退款
refund-until = { $until } 之前、学习进度不超过 { $percent }%，可以退款。退款后课程关闭，进度会保留。
refund-late = 规则内的退款期限已于 { $since } 结束。仍可申请，由学校决定。
refund-far = 你已经学了 { $percent }%，超过了退款规则的上限。仍可申请，由学校决定。
refund-far-guest = 学习进度超过了退款规则的上限。仍可申请，由学校决定。
refund-reason = 退款原因
refund-reason-hint = 写下来能帮学校改进。
refund-ask = 申请退款
refund-asked = 你已申请退款，学校会发邮件答复。

## 订单记录，一句一件事

event-placed = 你提交了订单，金额 { $amount }。
event-payment-begun = 打开了付款页面。
event-declined = 付款没有成功，未扣款。
event-captured = 收到你的付款 { $amount }。
event-captured-nothing = 无需付款，订单已完成。
event-cancelled = 订单已取消，不会扣款。
event-expired = 订单超时未付款，价格和优惠不再保留。未扣款。
event-resumed = 你继续了这个订单，金额 { $amount }。
event-late-capture = 订单结束后收到了你的付款 { $amount }，订单依然有效。
event-returned-paid-twice = { $amount } 将原路退回：这个订单已经付过款。
event-returned-limit-reached = { $amount } 将原路退回：付款到得晚了，优惠或名额已经用完。
event-returned-wrong-amount = { $amount } 将原路退回：金额与订单不符。
event-returned-has-course = { $amount } 将原路退回：你已通过另一个订单拥有这门课。
event-refund-requested = 你申请了退款。
event-refund-declined = 学校没有同意退款。
event-refund-begun = 已通知银行退回 { $amount }。
event-refunded = { $amount } 已退回，到账要等几天。
event-refund-failed = { $amount } 没有退成。学校已经知道，会用其他方式退给你。
event-dispute-opened = 你的银行要求退回 { $amount }，学校正在答复。
event-dispute-won = 银行已结案：付款有效。
event-dispute-lost = 银行已结案：款项已退回。
event-reminded = 发了邮件，提醒你订单还没付款。
event-healed = 主动向银行核对，订单已更新。

## 提交之后

notice-order-cancelled = 订单已取消，不会扣款。
notice-refund-asked = 你已申请退款。

## 错误

error-agree = 请阅读课程协议并勾选同意。还没有下单。
error-price-changed = 在你浏览时价格有变动，还没有下单。请看过新的合计，再提交一次。
error-has-course = 你已经有这门课了。还没有下单。
error-reason-long = 超过了 1,000 个字，请删短一些。

## 学习权限已结束的课程

locked-ended = 这门课的学习权限已结束。
locked-ended-text = 课款已退回。你学过的内容都还在，重新购买后接着学。
