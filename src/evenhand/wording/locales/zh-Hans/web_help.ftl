# 帮助页。
web-help-receipt-title = 分配依据：为什么是他
web-help-receipt = 每条线索分给谁、为什么，都有一份分配依据：值多少分、按哪条规则、谁可参与分配、谁因为什么没有参与、每个人待补多少。没分到的人也能看到怎样才会分到。
web-help-ledger-title = 分配台账：应得与实得
web-help-ledger = 每来一条线索，可参与分配的同事按权重各记一份应得；拿到的人整条分值记入实得。应得减实得大于零是待补，小于零是已超，所有人加起来永远是零。下一条先给待补最多的人。
web-help-countdown-title = 首次联系时限
web-help-countdown = 倒计时只走工作时间：下班、周末、节假日和请假都不算。第一次联系登记之后倒计时就消失。
web-help-switch-title = 接单开关
web-help-switch = 暂时不方便时关上，新线索先给别人；关着的时候也不记应得，打开后接着轮。请假会自动处理，不用关。
web-help-unassigned-title = 未分配
web-help-unassigned = 谁都接不了的线索停在这里，写明原因和办法；一有人能接，系统会自动分出去，先分值高、等得久的。
web-help-manual-title = 人工调整
web-help-manual = 主管可以指定、转交、退回和作废，每次都要选原因，都会记账，次数对能看分配动态的人公开。
web-help-more = 继续了解
web-help-more-text = 安装目录下的 docs/guide 里有销售、主管和销售运营各自的第一小时；docs/glossary.md 里是全部用语。
