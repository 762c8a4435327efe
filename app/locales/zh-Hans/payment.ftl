error-payment-amount = 这个金额无法在这里支付，请与学校联系。

sandbox-title = 测试付款
sandbox-test = 本页代替银行页面，仅供测试：不会扣款，也不需要任何银行卡。
sandbox-notify = 银行何时通知学校
sandbox-notify-first = 立即，在你返回之前
sandbox-notify-after = 你返回几秒之后
sandbox-notify-late = 晚半分钟
sandbox-notify-twice = 通知两次
sandbox-notify-never = 不通知，由学校自己查询
sandbox-pay = 付款
sandbox-decline = 拒绝付款
sandbox-paid = 这笔款项已支付。
sandbox-ended = 这笔付款已失效，不能再支付。可在订单中重新发起付款。
sandbox-back = 返回订单
