### 注册、登录、退出、邮件里的链接，以及账号页。

## 字段

name = 名字
email = 邮箱
password = 密码
current-password = 当前密码
new-password = 新密码
password-hint = 至少 10 个字符。三四个互不相关的词连起来就很好。

## 注册

join-title = 创建你的账号
join-lead = 一个账号，记住你学到哪里、答过什么、完成多少，换设备也不丢。
create-account = 创建账号
# 后面是写着“登录”的链接。
have-account = 已经有账号？
notice-joined = 账号建好了。确认邮箱的链接已经寄出。

## 登录

forgot = 忘记密码？
# 后面是写着“创建账号”的链接。
new-here = 第一次来？

## 退出

sign-out-title = 要退出登录吗？
sign-out-lead = 你的进度都会保留，随时可以再登录。
sign-out-here = 在这个浏览器退出
notice-signed-out = 你已退出登录，进度都还在。

## 用邮件设置新密码

forgot-title = 设置新密码
forgot-lead = 填写你的邮箱，我们寄一个链接给你。
forgot-send = 寄出链接
back-to-sign-in = 返回登录
# 不论有没有这个账号，页面说的都一样。
sent-title = 请查看邮箱
sent-text = 如果这个邮箱有账号，设置新密码的链接已经寄出，一小时内有效。
# 回到表单的链接。
sent-again = 没有收到？核对一下邮箱
reset-title = 设置新密码
change-password = 修改密码
notice-password-changed = 密码已修改。其他浏览器都已退出登录。

## 确认邮箱

confirm-title = 确认你的邮箱
confirm-lead = 按下按钮，确认这个邮箱是你的。
confirm = 确认邮箱
notice-email-confirmed = 邮箱已确认。

## 账号页

# 名字和邮箱上方的标题。
you = 个人信息
save-name = 保存名字
notice-saved = 已保存。
email-confirmed = 已确认
email-waiting = 还没确认。请打开寄到这个邮箱的链接。
send-again = 寄一个新链接
notice-confirmation-sent = 新链接已经寄出，七天内有效。
preferences = 语言和外观
save-preferences = 保存设置

# 已登录浏览器列表上方的标题。
sessions = 在哪里登录着
# 列表中的一行：“Linux 上的 Firefox”。
browser-on = { $system } 上的 { $browser }
browser-unknown = 未知浏览器
# 标出正在显示本页的浏览器。
this-one = 当前浏览器
since = { $date } 登录
last-used = 上次使用：{ $date }
# 其他浏览器那一行的按钮；朗读时后面接浏览器的名字。
sign-out-there = 让它退出
sign-out-elsewhere = 让其他浏览器全部退出
notice-signed-out-there = 那边已退出登录，再用时需要重新登录。
