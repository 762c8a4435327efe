### 收据、与订单有关的邮件、邮件链接创建的账号，以及停止提醒。

## 收据上的文字

receipt-title = 收据
# 日期、时刻，以及与 UTC 的时差。
receipt-moment = { $date } { $clock }（{ $offset }）
receipt-number = 订单号
receipt-placed = 下单时间
receipt-paid = 付款时间
receipt-buyer = 购买人
receipt-means = 付款方式
receipt-means-sandbox = 测试付款
receipt-means-stripe = Stripe
receipt-means-nothing = 无需付款
receipt-agreement = 协议
receipt-agreement-version = 课程协议第 { $version } 版，{ $date }接受
receipt-tax-id = 税号
receipt-test = 测试订单：没有实际收付款。
# 两列的表头。
receipt-what = 项目
receipt-amount = 金额
# 标价之下，有优惠时。
receipt-list = 标价合计
receipt-total = 实付
# 金额为负的一行。
receipt-refunded = { $date }退款
receipt-left = 退款后净额
# 看过但没有生效的优惠。
receipt-refused = 未生效的优惠
receipt-page = 第 { $page } 页

## 邮件，纯文本。链接单独占一行。

mail-order-hello = { $name }，你好：
mail-order-hello-guest = 你好：
mail-paid-subject = 订单 { $number } 的收据
mail-paid-text =
    谢谢。订单 { $number } 的付款 { $amount } 已收到，以下课程已经开通：

    { $courses }

    收据见附件。订单详情和进展：

    { $link }
mail-paid-nothing =
    谢谢。订单 { $number } 无需付款，以下课程已经开通：

    { $courses }

    收据见附件。订单详情和进展：

    { $link }
# 给没有账号的购买人。
mail-paid-guest =
    学习需要一个使用这个邮箱的账号。打开下面的链接，填好名字和密码，课程就在里面：

    { $link }
mail-refunded-subject = 订单 { $number } 的退款
mail-refunded-text =
    订单 { $number } 的 { $amount } 正按原付款方式退回，银行可能需要几天才能到账。

    订单详情和进展：

    { $link }
# 金额为零的订单被撤回。
mail-refunded-nothing =
    订单 { $number } 已撤回。

    订单详情和进展：

    { $link }
mail-order-reason = 原因：{ $reason }
mail-returned-subject = 订单 { $number } 的款项将退回
mail-returned-text =
    { $why }

    款项按原付款方式退回，你不需要做任何事。订单详情和进展：

    { $link }
mail-declined-subject = 关于订单 { $number } 的申请
mail-declined-text =
    你为订单 { $number } 申请了退款。学校没有同意，课程继续对你开放。

    订单详情和进展：

    { $link }
mail-reminder-subject = 有一个订单还没完成：{ $title }
mail-reminder-text =
    你有一个订单还没有完成：

    { $courses }

    如果还想要，可以从这里继续；不想要了，不用理会。我们只提醒这一次。

    { $link }
mail-reminder-stop = 今后不再接收任何订单的提醒：

## 邮件链接创建的账号

welcome-title = 创建你的账号
welcome-lead = 账号邮箱：{ $email }。你已购买：
welcome-button = 创建账号并开始学习
welcome-known = 这个邮箱已经有账号了，购买的课程就在里面。
welcome-over = 这个链接无法使用，可能没有复制完整。
notice-welcome = 账号建好了，课程已经开通。
# 注册页上，给没有账号就购买过的浏览器看。`courses`：课程名称。
join-waiting = { $courses }在等你。用购买时填写的邮箱注册，再打开我们寄出的链接确认邮箱，课程就会出现在账号里。

## 停止提醒

unsubscribe-title = 不再提醒
unsubscribe-lead = 按下按钮后，我们不再向这个邮箱提醒未完成的订单。收据和你所下订单的邮件照常寄出。
unsubscribe-button = 停止提醒
unsubscribe-done = 这个邮箱不会再收到提醒。
