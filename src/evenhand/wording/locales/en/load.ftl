# Why a word about load, or an answer to it, is not taken.
load-answered-already = This week’s word is answered already; talk to your manager
load-no-such-answer = { $value } is no answer from the list
load-no-such-word = { $value } is none of the three words
load-nothing-proposed = Nothing of this is proposed any more; look at the page anew
load-own-word = Nobody answers his own word; your manager does
