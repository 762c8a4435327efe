### 价格、优惠券与促销。

## 购课清单有什么问题

error-basket-large = 一张订单最多 20 门课程。请先去掉几门，稍后再另下一单。
error-basket-currencies = 这些课程以不同币种定价，不能放在同一张订单里。请分开下单。

## 优惠券或促销有什么问题

error-rule-percent = 这不是有效的百分比。请填 1 到 100 的整数。
error-rule-amount = 这不是有效的金额。请填大于零的数，小数位数以币种为准。
error-rule-currency = 有金额就要选币种，只按百分比优惠则不选。
error-rule-ends = 结束时间早于开始时间。请选一个更晚的结束时间。
error-rule-courses = 请至少指定一门课程，最多 200 门。
error-rule-limit = 上限不能小于 1。请填更大的数，或留空。
error-rule-name = 请填名称，1 到 80 个字，不换行。
error-rule-tiers = 档位须逐级提高：门槛更高，减得也更多，且减额不超过门槛。最多十档。
error-rule-bundle = 组合由 2 到 20 门课程组成。请全部列出。
error-rule-priority = 优先级是 -1000 到 1000 的整数。
error-rule-banner = 横幅文字每种语言 1 到 200 个字。
error-course-unknown = 没有这门课程。请核对课程网址中的名称。
error-task-unknown = 没有这门课程，或课程里没有这一课。请核对网址中的名称。
error-code-taken = 已有优惠券使用这个优惠码，或与它容易看混的码。请换一个。
error-code-form = 这不能用作优惠码。请用 1 到 32 个字母或数字。
error-batch-count = 一批可生成 1 到 10,000 个优惠码。请填这个范围内的数。
error-batch-taken = 这张优惠券已有同名批次。请换一个名称。
error-changed-meanwhile = 这里刚刚被别人改过，你的修改没有保存。请重新打开，在最新内容上修改。

## 学员获赠的优惠券，显示在“我的学习”页

gifts-title = 送你的优惠券
# `off`：减多少，例如“减 10%”。
gift-use = 下一门课程{ $off }
gift-percent = 减 { $percent }%
gift-percent-capped = 减 { $percent }%（最多减 { $cap }）
gift-amount = 减 { $amount }
gift-to = 只需 { $amount }
