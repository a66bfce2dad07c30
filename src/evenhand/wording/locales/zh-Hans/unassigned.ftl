unassigned-escalated = 已上报给 { $rep }，等他决定
unassigned-handed-back = 刚被退回，还没有重新分配
unassigned-no-rule = 没有规则管到它；请在分配规则里加一条兜底的规则
unassigned-waiting = 按规则“{ $rule }”等到有人能接
unassigned-left-aside = 随文件导入，先放着；放出来才会分配
unassigned-released = 刚放出来，马上分配
