# Why a word about load, or an answer to it, is not taken.
load-answered-already = 主管已回复这周的反馈；有变化请直接沟通
load-no-such-answer = 没有“{ $value }”这个回复选项
load-no-such-word = 没有“{ $value }”这个选项
load-nothing-proposed = 这些修改现在都不再建议；请重新看一下页面
load-own-word = 不能回复自己的反馈，由你的主管回复
