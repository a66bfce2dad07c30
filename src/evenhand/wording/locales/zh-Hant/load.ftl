# Why a word about load, or an answer to it, is not taken.
load-answered-already = 主管已回覆這週的回饋；有變化請直接溝通
load-no-such-answer = 沒有「{ $value }」這個回覆選項
load-no-such-word = 沒有「{ $value }」這個選項
load-nothing-proposed = 這些修改現在都不再建議；請重新看一下頁面
load-own-word = 不能回覆自己的回饋，由你的主管回覆
