### 过关测验：一章末尾的测验，通过后下一章才开放。

## 课程目录和课时里

# 写在别的课时写“视频”“阅读”的地方。
stage-kind = 过关测验
# 写在还没开放的课时上方。
stage-locked = 通过测验，这一课就开放。
# `title` 是测验的标题。
stage-locked-text = 前面有一个过关测验“{ $title }”，通过之后这一课就能学。之前的内容随时可以看。
stage-take = 去过关测验
# 写在一章最后一课的末尾。
stage-next-text = 这一章的最后是过关测验：“{ $title }”。

## 测验页

# `section` 是章节的标题。
stage-place = “{ $section }”的过关测验
# 一行说明测验怎么考。
stage-questions = { $count } 道题
stage-pass = 得分 { $percent }% 通过
stage-attempts = 可考 { $count } 次
# `time` 是下面三种之一。
stage-pause = 两次之间隔 { $time }
stage-minutes = { $count } 分钟
stage-hours = { $count } 小时
stage-days = { $count } 天
stage-how = 不限时间，可以查资料。开始之后，题目不会变，换设备也一样，直到你交卷。交卷以后能看到对错和讲解。
stage-left = 还可以考 { $count } 次。
stage-begin = 开始测验
stage-begin-again = 再考一次
# 题目上方的小标题。
stage-attempt = 第 { $number } 次
stage-submit = 交卷
# 有题没答时才显示的勾选框。
stage-with-blanks = 有题不答，直接交卷
# `time` 是还要多久，`date` 和 `clock` 是几时。
stage-wait = 再过 { $time } 可以再考：{ $date } { $clock }（{ $zone }）。
stage-spent = 次数已经用完。学校可以直接为你开放后面的内容，请联系老师。
stage-shut = 先通过“{ $title }”，这个测验才开放。
stage-not-enrolled = 这个测验是课程的一部分，报名之后才能考。
stage-staff = 你不用测验就能看所有课时。

## 结果

stage-passed-title = 通过了
stage-failed-title = 还没通过
stage-score = 得 { $earned } 分，满分 { $possible } 分。得分达到 { $percent }% 就通过。
# 学校让学习者不考也能往下学。
stage-opened = 学校已经为你开放后面的内容，不考也可以往下学。
stage-passed = 这个测验你已经通过。课程以后有改动，也不会作废。
# 按钮：`title` 是测验后面的第一课。
stage-go-on = 继续：{ $title }
stage-concepts = 按知识点看
# 跟在知识点的名字之后。
stage-concept = { $of } 题对 { $right } 题
stage-lessons = 值得再看一遍
stage-review = 你的答案
# 点开才显示：不用再看的题。
stage-right-ones = 答对的 { $count } 道题
stage-no-answer = 没有作答
stage-chosen-right = 你的答案，对
stage-chosen-wrong = 你的答案，不对
stage-missed = 正确答案，你没有答到

## 给老师

stage-open-title = 为学习者开放后面的内容
stage-open-text = 对方不考也能往下学。谁开放的、为什么，都会记下来。
stage-open-email = 学习者的邮箱
stage-open-reason = 理由
stage-open-submit = 开放
notice-stage-opened = 已经为这位学习者开放。

## 错误

error-stage-blank = 这道题还没有作答。
error-stage-blanks = 还有题没答，所以没有交卷。答过的都还在。把剩下的答完，或者勾选最后的选项，直接交卷。
error-stage-early = 还没到可以再考的时间，没有开始新的一次。下面写着什么时候可以再考。
error-stage-spent = 次数已经用完，没有开始新的一次。学校可以直接为你开放后面的内容，请联系老师。
error-stage-learner = 报名这门课的学习者里没有这个邮箱，什么都没有改动。请核对邮箱。
error-stage-reason = 请用一行写明理由，最多 500 个字。什么都没有改动。
