### 证书：页面、PDF、给机器读的内容，以及验证。

## 证书上的文字，用课程的语言

certificate-title = 结业证书
# 共三行：这一行，学员姓名，下一行；然后是课程名称。
certificate-this-certifies = 兹证明
certificate-has-completed = 已完成课程
# 课程的内容。
certificate-extent = 共 { $count } 节课，{ $minutes } 分钟
certificate-completed-on = 完成于 { $date }
# `names`：一位或多位，用顿号或逗号隔开。
certificate-taught-by = 授课：{ $names }
certificate-check-at = 任何人都可以在此验证本证书
certificate-number = 证书编号 { $code }
certificate-revoked-on = 已于 { $date }撤销
# 要做到什么，供机器和它的读者阅读。
certificate-criteria = 完成课程全部 { $count } 节课：看完其中的视频和音频，通过其中的测验。

## 证书周围的页面

# 页面标题。
certificate-of = { $name }的证书
# 说明证书是否有效的那一部分的朗读名称。
certificate-standing = 验证结果
certificate-valid = 有效，由本校签发
certificate-valid-text = { $name }于 { $date }完成本课程。刚刚核对过学校的签名，姓名、课程和日期都在签名之内。
certificate-revoked-text = 学校已收回这张证书。原因：{ $reason }
certificate-broken = 无效
certificate-broken-text = 这里保存的内容与学校签名的不一致。请告知学校。
# 图片的朗读名称。
certificate-qr = 本页地址的二维码
certificate-pdf = 下载 PDF
# 带签名的凭证，供电子钱包和其他系统使用。
certificate-credential = Open Badge（已签名）
certificate-readable = Open Badge 的 JSON
certificate-linkedin = 添加到领英
certificate-print = 适合用 A4 纸横向打印。
# 对学员说。
certificate-share = 分享本页
certificate-share-text = 有这个地址的人都能查看并验证证书。我们请搜索引擎不要收录它。
# 对学员说。
certificate-frozen = 证书写的是你学完那天的情况：当时账号上的名字，和你报名时的课程。之后再改，证书也不会变。
certificate-check-another = 验证另一张证书
# 出现在已学完的课程上。
certificate-see = 查看证书

## 验证

certificate-verify-title = 验证证书
certificate-verify-lead = 输入证书上的编号，或者粘贴 Open Badge 本身。
certificate-verify-field = 编号、地址或 Open Badge
certificate-verify-hint = Open Badge 是以“ey”开头的一长行文字。
certificate-verify = 验证
certificate-altered = 已被改动
certificate-altered-text = 这份凭证写着本校的密钥，但签名与内容不符。它在签名之后被改过，或者根本不是我们签的。
certificate-foreign = 不是本校签发
certificate-foreign-text = 这份凭证用的不是我们的密钥。我们无法对它作出任何说明。
# `issuer`：凭证里写的地址。
certificate-foreign-issuer = 它自称来自 { $issuer }。
certificate-unknown = 查无此证
certificate-unknown-text = 本校没有这张证书的记录。请检查编号是否输错。
certificate-unreadable = 无法识别
certificate-unreadable-text = 这既不是编号，也不是签过名的 Open Badge。请复制完整的一行，不要带引号。
certificate-see-it = 查看证书
error-certificate-empty = 请输入编号，或粘贴凭证。
error-certificate-long = 内容太长，我们的凭证没有这么长。
