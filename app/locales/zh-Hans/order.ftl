# 订单为什么不能继续。
error-seats-taken = 这门课程的最后一个名额刚刚被占用，订单没有提交。
error-amount-not-taken = 学校的收款银行不能接受这个金额，还没有下单。请换一种方式，例如不用优惠券，或与学校联系。
error-agreement-changed = 你阅读期间，课程协议有了更新。请阅读新的协议，再勾选一次。
error-order-over = 这个订单已经结束，不能再付款。
error-order-changed = 价格或协议与下单时不同，这个订单不能继续。没有扣款。请查看今天的价格。
error-order-other = 你有另一个购买同一课程的订单还没有完成。请查看今天的价格，从那里继续。
error-refund-nothing = 这个订单没有可以退还的金额。
error-refund-amount = 请输入大于零、且不超过订单剩余金额的数目。
error-reason-missing = 请写明原因。
error-seats = 请输入名额数，零或更大的整数。
