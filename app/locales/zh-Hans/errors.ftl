### 出了什么事，该怎么办，什么还在。

## 页面

not-found-title = 这里没有内容
not-found-text = 可能是地址写错了，也可能是页面搬走了。你的课程和进度都还在。
error-title = 没有成功
to-front = 回到首页

## 各处

error-not-found = 没有这个内容，或者没有对你开放。什么都没有改动。可以到课程里找找。
error-sign-in-required = 登录后继续，登录完会回到这一页。
error-forbidden = 你的账号没有这个权限，什么都没有改动。如果应该有，请联系学校。
error-too-many-attempts = 尝试次数太多，什么都没有改动。请过 { $minutes } 分钟再试。
error-busy = 现在有点忙，什么都没有改动。请稍等片刻再试。
error-offline = 没有网络，所以没有发出去。你填的内容还在，检查网络后再试。
error-internal = 我们这边出了错，已经记录下来。之前保存的都还在。请过几分钟再试。
# 出现意外错误时显示；客服可以用编号在日志里找到它。
error-reference = 反馈时请附上编号：{ $id }

## 表单

# 整张表单。
error-form = 表单缺了一部分，或者无法读取。什么都没有改动。请检查后再提交。
error-form-large = 内容超出了表单的上限，没有保存。请返回，缩短后再提交。
error-choice = 没有这个选项，什么都没有改动。请从列出的选项里选。

error-name-missing = 请填写名字。想让别人怎么称呼你，就怎么写。
error-name-long = 名字超过了 80 个字符，请缩短。
error-email-invalid = 邮箱不完整。应该像 name@example.com 这样。
error-email-taken = 这个邮箱已经有账号。请直接登录，或者设置新密码。
# 不论什么原因都是这一句：不能透露有没有这个账号。
error-sign-in-failed = 邮箱和密码对不上。请检查两者，或者设置新密码。
error-link-used = 链接已过期，或者已经用过。请重新索取。你的账号没有变化。

## 密码

error-password-wrong = 这不是当前密码，什么都没有改动。请重新输入。
error-password-short = 不到 10 个字符。再加一两个词。
error-password-long = 超过了 128 个字符，请缩短。
error-password-weak = 这个密码容易猜到。换成三四个互不相关的词。
error-password-common = 这是最先被猜的密码之一。换成三四个互不相关的词。
error-password-keyboard = 键盘上相邻的键容易猜到。换成三四个互不相关的词。
error-password-repeats = 重复的字符容易猜到。换成三四个互不相关的词。
error-password-sequence = abc、123 这样的顺序容易猜到。换成三四个互不相关的词。
error-password-date = 日期和年份容易猜到。换成三四个互不相关的词。
error-password-word = 单独一个词容易猜到。再加两三个跟它无关的词。
error-password-name = 名字容易猜到。换成三四个互不相关的词。

## 学习

error-pass-first = 这一课还有测验没通过。通过之后再标记为已完成。已经完成的部分都还在。
error-watch-first = 从打开这一课到现在，时间还不够把内容放完，或者这段时间用在了别的视频或音频上。看完或听完之后，再标记为已完成。已经完成的部分都还在。
error-report = 播放器发来的记录无法读取，这几秒没有计入。之前保存的都还在。请刷新页面，接着播放。
error-answer-long = 这个答案太长，无法核对，这次没有评分。请缩短后再核对。
