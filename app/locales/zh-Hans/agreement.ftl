### 课程协议的页面，以及新版本哪里不对。协议正文由学校自己写。

agreement-title = 课程协议
# 给搜索引擎看的。
agreement-lead = 购买课程能得到什么、可以怎样使用、什么时候可以退款。
agreement-version = 第 { $version } 版，适用于 { $date }起的订单
# 后面是一个链接。
agreement-old = 这是较早的版本，适用于当时下的订单。
agreement-newest = 查看新订单适用的版本
agreement-foreign = 本校还没有这份协议的中文版。

## 工作人员写的新版本

error-agreement-empty = 请至少用一种语言写出协议。
error-agreement-language = 协议可以用英文（en）和中文（zh-Hans、zh-Hant）来写。
error-agreement-long = 协议最多 40,000 个字符。
error-agreement-days = 退款期限最长 365 天。
error-agreement-percent = 百分比不能超过 100。
